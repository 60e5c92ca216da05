/**
 * What an empty answer says where a court may have allowed it: words that are true whether or not there is something.
 * Pure. It never says that nothing was found.
 */
import { findNoRecordLaw } from "#app/law/no-record.ts";
import type { History } from "../history.ts";
import type { Block } from "./blocks.ts";
import { sayCovered } from "./speak.ts";
import type { DocumentWords } from "./word-list.ts";

const WORDS = {
  en: {
    nothing: (covered: string, uncovered: string) =>
      `This answer lists no look-up. The logs we hold cover ${covered}; they do not cover ${uncovered}.`,
    law: (words: string, cite: string) => `${words} (${cite})`,
  },
  es: {
    nothing: (covered: string, uncovered: string) =>
      `Esta respuesta no contiene ninguna consulta. Los registros que tenemos abarcan ${covered}; no abarcan ${uncovered}.`,
    law: (words: string, cite: string) => `${words} (${cite})`,
  },
} as const;

/** Null for an answer that lists or withholds something, and where an empty answer means what it says. */
export function composeNoRecord(history: History, words: DocumentWords): Block[] | null {
  const law = findNoRecordLaw(history.rule.id);
  if (law === null || history.lines.length + history.withheld.length > 0) return null;
  const say = WORDS[history.locale];
  const { covered, uncovered } = sayCovered(history, words);
  return [
    { kind: "paragraph", text: say.nothing(covered, uncovered), style: "lead" },
    { kind: "paragraph", text: say.law(law.words[history.locale], law.cite), style: "body" },
  ];
}
