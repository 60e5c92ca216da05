import type { TypedColumn } from "#app/feeds/maker/fixed-columns.ts";
import type { WordKey } from "#app/ui/words/words.ts";

/** The names of the form's fields that there is one of for each column, and for each fact. */
export const fixedField = (index: number, part: keyof TypedColumn) => `${part}-${index}`;
export const factField = (fact: (typeof FACTS)[number]) => `fact-${fact}`;

/** What a delivery may say of itself. */
export const FACTS = ["rows", "sequenceNo", "from", "to"] as const;

export const KINDS = ["csv", "fixed-width", "json-lines", "json"] as const;
export type LayoutKind = (typeof KINDS)[number];
export const LAYOUT_WORDS = {
  csv: "feedsLayout.kindCsv",
  "fixed-width": "feedsLayout.kindFixed",
  "json-lines": "feedsLayout.kindLines",
  json: "feedsLayout.kindJson",
} as const satisfies Readonly<Record<LayoutKind, WordKey>>;
