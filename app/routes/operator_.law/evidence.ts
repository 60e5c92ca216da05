import type { Evidence } from "#app/law/words.ts";
import type { WordKey } from "#app/ui/words/words.ts";

/** How sure a fact of the law is, in words. */
export const EVIDENCE_WORDS = {
  V: "changes.evidenceV",
  S: "changes.evidenceS",
  B: "changes.evidenceB",
  "B-": "changes.evidenceBWeak",
  "?": "changes.evidenceOpen",
} as const satisfies Readonly<Record<Evidence, WordKey>>;
