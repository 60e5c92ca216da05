import { PLAIN, type Profile } from "../profile.ts";

/**
 * What an Estonian data tracker answers to findUsage, version 3 (e-gov/AJ, dumonitor-openapi-v3.yaml, 3.0.0-rc.3).
 * The answer is of the one person who was asked for and does not repeat the code; a custodian who delivers several
 * people's answers adds it to each entry as `userCode`.
 */
export const xRoadUsage: Profile = {
  ...PLAIN,
  id: "x-road-usage",
  version: 1,
  about: {
    en: "The answer of an Estonian data tracker (X-Road findUsage, version 3), as JSON",
    es: "La respuesta de un rastreador de datos estonio (X-Road findUsage, versión 3), en JSON",
  },
  formats: [
    {
      kind: "json",
      items: ["dataRequests[]", "dataResponses[]", "dataProcessings[]", "internalProcessings[]"],
      marks: ["totalUsages", "returnedUsages"],
      facts: { rows: "returnedUsages" },
    },
  ],
  fields: {
    at: ["logTime"],
    org: ["initiatorOrg.name", "initiatorOrg.code"],
    orgCode: ["initiatorOrg.code"],
    user: ["initiatorPerson.code", "initiatorPerson.alternativeCode", "initiatorPerson.name"],
    userName: ["initiatorPerson.name"],
    "state-id": ["userCode"],
    purpose: ["purpose"],
    legalBasis: ["legalBasis"],
    consent: ["consentReference"],
    queryId: ["queryId"],
    groupId: ["queryGroupId"],
    messageKey: ["@list"],
    filters: [{ join: ["logSourceSystem", "target.name", "source.name"], with: ", " }],
    bulk: ["bulkProcessing"],
    hiddenReason: ["hiddenReason"],
    hiddenUntil: ["hiddenUntil"],
  },
  time: { formats: ["iso"], zone: null },
  states: { hiddenByVendor: [], hiddenByAgency: [], citation: null, placeholder: [], empty: {} },
  listSeparator: null,
  codes: {
    messageKey: {
      dataRequests: { en: "Asked another register", es: "Consultó otro registro" },
      dataResponses: { en: "Answered another register's question", es: "Respondió a la consulta de otro registro" },
      dataProcessings: { en: "Used data received before", es: "Usó datos recibidos antes" },
      internalProcessings: { en: "Used data of its own register", es: "Usó datos de su propio registro" },
    },
  },
  marks: { bulk: { bulk: ["true"] }, automatic: {}, sealed: {} },
};
