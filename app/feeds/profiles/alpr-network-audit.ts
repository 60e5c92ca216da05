import { PLAIN, type Profile } from "../profile.ts";
import { CITATION, HIDDEN_BY_AGENCY, HIDDEN_BY_VENDOR, PLACEHOLDER } from "./usual-marks.ts";

/** The network audit that an ALPR vendor's portal exports, with and without its devices column. */
export const alprNetworkAudit: Profile = {
  ...PLAIN,
  id: "alpr-network-audit",
  version: 2,
  about: {
    en: "The network audit of a license-plate reader portal, as CSV",
    es: "La auditoría de red de un portal de lectores de placas, en CSV",
  },
  formats: [
    {
      kind: "csv",
      delimiter: ",",
      headerRow: true,
      required: [
        "ID",
        "Name",
        "Org Name",
        "Total Networks Searched",
        "Time Frame",
        "License Plate",
        "Reason",
        "Case #",
        "Filters",
        "Search Time",
        "Search Type",
        "Text Prompt",
        "Moderation",
      ],
      optional: ["Total Devices Searched"],
      aliases: {},
    },
  ],
  fields: {
    sourceId: ["ID"],
    user: ["Name"],
    org: ["Org Name"],
    networks: ["Total Networks Searched"],
    devices: ["Total Devices Searched"],
    timeFrame: ["Time Frame"],
    plate: ["License Plate"],
    purpose: ["Reason"],
    caseNumber: ["Case #"],
    filters: ["Filters"],
    at: ["Search Time"],
    searchType: ["Search Type"],
    textPrompt: ["Text Prompt"],
    moderation: ["Moderation"],
  },
  time: { formats: ["month-first"], zone: null },
  states: {
    hiddenByVendor: HIDDEN_BY_VENDOR,
    hiddenByAgency: HIDDEN_BY_AGENCY,
    citation: CITATION,
    placeholder: PLACEHOLDER,
    empty: { filters: ["{}", "[]"] },
  },
  listSeparator: ",",
};
