import { PLAIN, type Profile } from "../profile.ts";
import { CITATION, HIDDEN_BY_AGENCY, HIDDEN_BY_VENDOR, PLACEHOLDER } from "./usual-marks.ts";

/**
 * What an ALPR vendor's public portal offers for download. It has no plate: it can be counted and read, not matched.
 * Its times state no zone and are in UTC: the same searches stand in the vendor's network audit with "UTC".
 */
export const alprPortal: Profile = {
  ...PLAIN,
  id: "alpr-portal",
  version: 1,
  about: {
    en: "The search audit of a license-plate reader's public portal, as CSV; it has no plates",
    es: "La auditoría de búsquedas del portal público de un lector de placas, en CSV; no tiene placas",
  },
  formats: [
    {
      kind: "csv",
      delimiter: ",",
      headerRow: true,
      required: ["id", "userId", "searchDate"],
      optional: ["networkCount", "cameraCount", "reason", "caseNumber", "offenseType"],
      aliases: {},
    },
  ],
  fields: {
    sourceId: ["id"],
    user: ["userId"],
    at: ["searchDate"],
    networks: ["networkCount"],
    devices: ["cameraCount"],
    purpose: ["reason"],
    caseNumber: ["caseNumber"],
    purposeCode: ["offenseType"],
  },
  time: { formats: ["iso"], zone: "UTC" },
  states: {
    hiddenByVendor: HIDDEN_BY_VENDOR,
    hiddenByAgency: HIDDEN_BY_AGENCY,
    citation: CITATION,
    placeholder: PLACEHOLDER,
    empty: {},
  },
  listSeparator: null,
};
