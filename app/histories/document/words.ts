/** Every word that the released document says by itself, per locale. */
import type { DocumentWords } from "./word-list.ts";
import { english } from "./words-en.ts";
import { spanish } from "./words-es.ts";

const TABLE: Readonly<Record<"en" | "es", DocumentWords>> = { en: english, es: spanish };

/** The document's words in one of its languages. */
export function wordsFor(locale: "en" | "es"): DocumentWords {
  return TABLE[locale];
}
