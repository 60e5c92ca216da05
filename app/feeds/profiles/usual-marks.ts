/** How the exports seen so far say "hidden" and "nothing". */
export const HIDDEN_BY_VENDOR = ["***"];
export const HIDDEN_BY_AGENCY = ["REDACTED", "[REDACTED]", "###"];
export const PLACEHOLDER = [
  ...["N/A", "n/a", "NA", "None", "NONE", "none", "null", "NULL", "-"],
  ...["Unknown", "UNKNOWN", "unknown"],
];
/** Some agencies write the exemption into the cell that they blanked out. */
export const CITATION =
  "\\b(?:ORS|RCW|U\\.?S\\.?C\\.?|Gov(?:ernment|\\.)? Code|Pen(?:al|\\.)? Code|Civ(?:il|\\.)? Code|Exempt(?:ion)?)\\b|§";
