import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fillHoles, partsOf } from "./holes.ts";

export type Locale = "en" | "es";

/** Which variables each letter may name. Letters of a case, on paper, stand in `letters/` and are the requests' own. */
const LETTERS = {
  "sign-in": ["link", "code", "minutes"],
  "factor-added": ["link"],
  "factor-removed": ["link"],
  "factor-locked": ["link"],
  "factors-reset": ["link"],
  "recovery-codes-made": ["link"],
  "recovery-code-used": ["link"],
  "agency-linked": ["link"],
  invitation: ["agency", "link", "days"],
  "contact-code": ["code", "minutes"],
  "contact-changed": ["link", "days"],
  "contact-undone": [],
  "something-ready": ["link"],
  "request-received": ["link", "number"],
  "staff-task": ["link"],
  "complaint-update": ["link"],
  // To a resident who wants nobody to see what this is, or to whom that resident named: they say nothing at all.
  "neutral-note": [],
  "representative-note": [],
  // On paper alone, for whoever wants no mail.
  "paper-news": [],
  "representative-invite": ["link", "days"],
  "ledger-checkpoint": ["checkpoint", "entries", "day"],
  "feed-reminder": ["agency", "system", "gaps", "link"],
} as const satisfies Record<string, readonly string[]>;
export type Letter = keyof typeof LETTERS;
export const LETTER_NAMES = Object.keys(LETTERS) as readonly Letter[];

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
