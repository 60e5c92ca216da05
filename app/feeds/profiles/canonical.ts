import type { Profile } from "../profile.ts";

/** WhoLooked's own CSV, for custodians who can shape their export: one row for each look-up. */
export const canonical: Profile = {
  id: "canonical",
  version: 1,
  about: {
    en: "WhoLooked's own CSV: one row for each look-up, times in ISO 8601 with their offset",
    es: "El CSV propio de WhoLooked: una fila por consulta, horas en ISO 8601 con su desfase",
  },
  format: "csv",
  headers: [["id", "at", "org", "user", "plate", "licence", "purpose", "case_number", "scope"]],
  columns: {
    id: "sourceId",
    at: "at",
    org: "org",
    user: "user",
    plate: "plate",
    licence: "licence",
    purpose: "purpose",
    case_number: "caseNumber",
    scope: "searchType",
  },
  time: { format: "iso", zone: null },
  states: {
    hiddenByVendor: ["***"],
    hiddenByAgency: ["REDACTED", "###"],
    citation: null,
    placeholder: ["N/A"],
    empty: {},
  },
  listSeparator: ",",
};
