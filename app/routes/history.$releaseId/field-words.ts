import type { Field } from "#app/histories/history.ts";
import type { WordKey } from "#app/ui/words/words.ts";

/** The columns of a look-up, as a resident reads them. */
export const HISTORY_FIELDS = {
  at: "history.at",
  system: "history.system",
  agency: "history.agency",
  user: "history.user",
  searchedBy: "history.searchedBy",
  purpose: "history.purpose",
  caseNumber: "history.caseNo",
  scope: "history.scope",
} as const satisfies Readonly<Record<Field, WordKey>>;
