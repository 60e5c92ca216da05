import { readFile } from "node:fs/promises";
import { join } from "node:path";

export type Locale = "en" | "es";

/**
 * Which variables each letter may name. A template is text with `{{name}}` holes and nothing more:
 * no expressions, so that a template can never run anything.
 */
const LETTERS = {
  "sign-in": ["link", "code", "minutes"],
  "something-ready": ["link"],
  "request-received": ["link", "number"],
  "staff-task": ["link"],
  "complaint-update": ["link"],
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
  const text = await readFile(join(folder, locale, `${letter}.txt`), "utf8");
  const filled = text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = params[name];
    if (!(LETTERS[letter] as readonly string[]).includes(name) || value === undefined) {
      throw new Error(`letter ${letter} (${locale}) has no value for {{${name}}}`);
    }
    return value;
  });
  const [first = "", ...rest] = filled.split("\n");
  return { subject: first.replace(/^Subject: /, ""), text: rest.join("\n").replace(/^\n+/, "") };
}
