import type { Profile } from "../profile.ts";

const BEFORE_DEVICES = ["ID", "Name", "Org Name", "Total Networks Searched"];
const AFTER_DEVICES = [
  "Time Frame",
  "License Plate",
  "Reason",
  "Case #",
  "Filters",
  "Search Time",
  "Search Type",
  "Text Prompt",
  "Moderation",
];

/** The network audit that an ALPR vendor's portal exports, with and without its devices column. */
export const alprNetworkAudit: Profile = {
  id: "alpr-network-audit",
  version: 1,
  about: {
    en: "The network audit of a license-plate reader portal, as CSV",
    es: "La auditoría de red de un portal de lectores de placas, en CSV",
  },
  format: "csv",
  headers: [
    [...BEFORE_DEVICES, ...AFTER_DEVICES],
    [...BEFORE_DEVICES, "Total Devices Searched", ...AFTER_DEVICES],
  ],
  columns: {
    ID: "sourceId",
    Name: "user",
    "Org Name": "org",
    "Total Networks Searched": "networks",
    "Total Devices Searched": "devices",
    "Time Frame": "timeFrame",
    "License Plate": "plate",
    Reason: "purpose",
    "Case #": "caseNumber",
    Filters: "filters",
    "Search Time": "at",
    "Search Type": "searchType",
    "Text Prompt": "textPrompt",
    Moderation: "moderation",
  },
  time: { format: "us-12-hour", zone: null },
  states: {
    hiddenByVendor: ["***"],
    hiddenByAgency: ["REDACTED", "[REDACTED]", "###"],
    // Some agencies write the exemption into the cell that they blanked out.
    citation:
      "\\b(?:ORS|RCW|U\\.?S\\.?C\\.?|Gov(?:ernment|\\.)? Code|Pen(?:al|\\.)? Code|Civ(?:il|\\.)? Code|Exempt(?:ion)?)\\b|§",
    placeholder: ["N/A", "n/a", "NA", "None", "NONE", "none", "null", "NULL", "-", "Unknown", "UNKNOWN", "unknown"],
    empty: { filters: ["{}", "[]"] },
  },
  listSeparator: ",",
};
