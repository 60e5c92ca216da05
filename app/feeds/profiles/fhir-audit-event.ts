import { PLAIN, type Profile } from "../profile.ts";

const USER = "agent[requestor=true]";
/** The user's organisation, as IHE BALP takes it from a token; else the server's site. */
const ORG = "agent[type.coding.code=PROV]";
const PATIENT = "entity[role.code=1]";

/** FHIR R4 AuditEvent, with what IHE's Basic Audit Log Patterns put where: a Bundle, or one resource a line. */
export const fhirAuditEvent: Profile = {
  ...PLAIN,
  id: "fhir-audit-event",
  version: 1,
  about: {
    en: "FHIR R4 AuditEvent (also by IHE BALP): a Bundle as JSON, or one resource a line (NDJSON)",
    es: "FHIR R4 AuditEvent (también según IHE BALP): un Bundle en JSON, o un recurso por línea (NDJSON)",
  },
  formats: [
    { kind: "json", items: ["entry[].resource"], marks: ["resourceType=Bundle"], facts: {} },
    { kind: "json-lines", head: null, facts: {} },
  ],
  only: { sources: ["resourceType"], values: ["AuditEvent"] },
  fields: {
    sourceId: ["id"],
    at: ["recorded"],
    org: [`${ORG}.who.display`, `${ORG}.who.identifier.value`, "source.site", "source.observer.display"],
    orgCode: [`${ORG}.who.identifier.value`],
    user: [
      `${USER}.who.identifier.value`,
      `${USER}.altId`,
      `${USER}.who.display`,
      `${USER}.name`,
      `${USER}.who.reference`,
    ],
    userName: [`${USER}.name`, `${USER}.who.display`],
    licence: [`${PATIENT}.what.identifier[type.coding.code=DL].value`],
    ssn: [`${PATIENT}.what.identifier[type.coding.code=SS].value`],
    "state-id": [`${PATIENT}.what.identifier[type.coding.code!=DL][type.coding.code!=SS].value`],
    name: [`${PATIENT}.what.display`, `${PATIENT}.name`],
    purpose: [
      `${USER}.purposeOfUse.text`,
      `${USER}.purposeOfUse.coding.display`,
      "purposeOfEvent.text",
      "purposeOfEvent.coding.display",
    ],
    purposeCode: [`${USER}.purposeOfUse.coding.code`, "purposeOfEvent.coding.code"],
    consent: ["entity[type.code=Consent].what.identifier.value", "entity[type.code=Consent].what.reference"],
    queryId: ["entity[type.code=XrequestId].what.identifier.value"],
    messageKey: ["subtype.code"],
    searchType: ["action"],
    outcome: ["outcome"],
    filters: [
      "entity[role.code=24].description",
      { base64: "entity[role.code=24].query" },
      "entity[role.code=4].what.reference",
      `${PATIENT}.what.reference`,
    ],
  },
  time: { formats: ["iso"], zone: null },
  states: { hiddenByVendor: [], hiddenByAgency: ["masked", "MASKED"], citation: null, placeholder: [], empty: {} },
  listSeparator: null,
  codes: {
    outcome: {
      "0": { en: "Success", es: "Éxito" },
      "4": { en: "Minor failure", es: "Fallo menor" },
      "8": { en: "Serious failure", es: "Fallo grave" },
      "12": { en: "Major failure", es: "Fallo mayor" },
    },
    searchType: {
      C: { en: "Created", es: "Creó" },
      R: { en: "Read", es: "Leyó" },
      U: { en: "Changed", es: "Cambió" },
      D: { en: "Deleted", es: "Borró" },
      E: { en: "Searched", es: "Buscó" },
    },
  },
  // Codes of the Swiss national profile for what a machine does by itself.
  marks: { bulk: {}, automatic: { purposeCode: ["AUTO", "DICOM_AUTO"] }, sealed: {} },
};
