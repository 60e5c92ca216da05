import { PLAIN, type Profile } from "../profile.ts";

/** A field of the Elastic Common Schema may stand as members in members, or as one member with dots. */
const either = (field: string) => [field, `'${field}'`];
/** What the schema has no field for stands under its custom labels, which are flat. */
const label = (name: string) => [`labels.${name}`, `'labels.${name}'`];

/** Elastic Common Schema, one document a line, as a SIEM hands it out. */
export const ecs: Profile = {
  ...PLAIN,
  id: "ecs",
  version: 1,
  about: {
    en: "Elastic Common Schema, JSON Lines; plate, licence and case number under labels.*",
    es: "Elastic Common Schema, JSON Lines; placa, licencia y número de caso en labels.*",
  },
  formats: [{ kind: "json-lines", head: null, facts: {} }],
  only: { sources: either("event.type"), values: ["access"] },
  fields: {
    sourceId: either("event.id"),
    at: either("@timestamp"),
    org: [...either("organization.name"), ...either("organization.id")],
    orgCode: either("organization.id"),
    user: [...either("user.id"), ...either("user.name"), ...either("user.email")],
    userName: [...either("user.full_name"), ...either("user.name")],
    plate: label("plate"),
    licence: label("licence"),
    vin: label("vin"),
    "state-id": label("state_id"),
    ssn: label("ssn"),
    name: label("name"),
    "birth-date": label("birth_date"),
    purpose: [...either("event.reason"), ...label("reason")],
    purposeCode: label("purpose_code"),
    legalBasis: label("legal_basis"),
    caseNumber: label("case_number"),
    queryId: [...either("transaction.id"), ...either("trace.id")],
    groupId: label("group_id"),
    messageKey: either("event.action"),
    outcome: either("event.outcome"),
    filters: [...either("url.query"), ...label("query")],
    bulk: label("bulk"),
    automatic: label("automatic"),
    hiddenReason: label("hidden_reason"),
    hiddenUntil: label("hidden_until"),
  },
  time: { formats: ["iso", "epoch-ms"], zone: null },
  states: { hiddenByVendor: ["***"], hiddenByAgency: ["REDACTED"], citation: null, placeholder: ["-"], empty: {} },
  listSeparator: null,
  codes: {
    outcome: {
      success: { en: "Success", es: "Éxito" },
      failure: { en: "Failure", es: "Fallo" },
      unknown: { en: "Not known", es: "No se sabe" },
    },
  },
  marks: { bulk: { bulk: ["true"] }, automatic: { automatic: ["true"] }, sealed: {} },
};
