import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fillHoles, partsOf } from "./holes.ts";

export type Locale = "en" | "es";

/** Which variables each letter may name. Letters of a case, on paper, stand in `letters/` and are the requests' own. */
const LETTERS = {
  "sign-in": ["link", "code", "minutes"],
  "something-ready": ["link"],
  "request-received": ["link", "number"],
  "staff-task": ["link"],
  "complaint-update": ["link"],
  "ledger-checkpoint": ["checkpoint", "entries", "day"],
  "feed-reminder": ["agency", "system", "gaps", "link"],
} as const satisfies Record<string, readonly string[]>;
export type Letter = keyof typeof LETTERS;

export type LetterParams = Readonly<Record<string, string>>;

/** Subject (first line) and body of a letter. @throws when a variable is not the letter's, or is missing. */
export async function writeLetter(
  folder: string,
  letter: Letter,
  locale: Locale,
  params: LetterParams,
): Promise<{ subject: string; text: string }> {
  const template = await readFile(join(folder, locale, `${letter}.txt`), "utf8");
  const { subject, body } = partsOf(template);
  const fill = (text: string) => fillHoles(text, LETTERS[letter], params, `letter ${letter} (${locale})`);
  return { subject: fill(subject), text: fill(body) };
}
