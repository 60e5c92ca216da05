/** The letters of a case: which there are, what each may say, and how its parts are put into words. Pure. */
import { createHash } from "node:crypto";
import type { LocalDate } from "#app/law/local-date.ts";
import type { Locale } from "#app/law/words.ts";

/** As a letter is filed. */
export const LETTER_KINDS = [
  "acknowledgement",
  "extension",
  "question",
  "pause",
  "determination",
  "denial",
  "identity",
] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

const HEAD = ["agency", "unit", "address", "email", "today", "name", "number", "received", "cite"] as const;

/** Each template in templates/{en,es}/letters with the only holes that it may have, and as what it is filed. */
export const LETTER_TEMPLATES = {
  acknowledgement: {
    kind: "acknowledgement",
    holes: [...HEAD, "law", "act", "due", "complainFrom", "steps", "reason", "gives", "silence"],
  },
  extension: {
    kind: "extension",
    holes: [...HEAD, "ground", "words", "length", "dueBefore", "due", "expected", "signer"],
  },
  question: { kind: "question", holes: [...HEAD, "asks", "words", "effect", "signer"] },
  arrival: { kind: "question", holes: [...HEAD, "came", "effect"] },
  "identity-refused": { kind: "identity", holes: [...HEAD, "identifier", "why", "ways", "page"] },
  pause: { kind: "pause", holes: [...HEAD, "ground", "since", "words", "effect", "signer"] },
  resumption: { kind: "pause", holes: [...HEAD, "on", "effect"] },
  determination: {
    kind: "determination",
    holes: [...HEAD, "decision", "available", "words", "withheld", "people", "reviews", "fee"],
  },
  denial: { kind: "denial", holes: [...HEAD, "words", "exemptions", "people", "reviews"] },
  "denial-of-own-records": { kind: "denial", holes: [...HEAD, "words", "exemptions", "people", "reviews"] },
} as const satisfies Record<string, { kind: LetterKind; holes: readonly string[] }>;
export type LetterTemplate = keyof typeof LETTER_TEMPLATES;

/** Sentences that some letters have and others do not, from phrases.txt, with the only holes that each may have. */
export const PHRASES = {
  "asks-identity": ["office"],
  "asks-information": [],
  "asks-fee": ["amount", "fee"],
  "came-identity": ["on"],
  "came-information": ["on"],
  "came-fee": ["on"],
  "effect-none": ["due", "cite"],
  "effect-starts-clock": ["cite"],
  "effect-pauses": ["cite"],
  "effect-moved": ["dueBefore", "due"],
  "effect-same": ["due"],
  silence: ["silence", "cite"],
  words: ["words"],
  "decision-whole": [],
  "decision-part": [],
  withheld: ["exemptions"],
  fee: ["fee", "cite"],
  "review-agency": ["length", "trigger"],
  "review-resident": ["due"],
  "identifier-plate": ["value"],
  "identifier-vin": ["value"],
  "identifier-licence": ["value"],
  "identifier-state-id": ["value"],
  "identifier-ssn": ["value"],
  "identifier-person": ["value"],
  "refused-not-proved": [],
  "refused-does-not-match": [],
  "refused-not-theirs-then": [],
  "refused-document-doubtful": [],
  "way-in-person": [],
  "way-video": [],
  "way-mailed-code": [],
  "way-registration-on-file": [],
  "way-record-on-file": [],
  "way-notarised-statement": [],
  "way-sworn-statement": [],
  "way-assertion": [],
  "ways-and": [],
} as const satisfies Record<string, readonly string[]>;
export type Phrase = keyof typeof PHRASES;

/** What the holes of `Names` are filled with. */
export type Filling<Names extends readonly string[]> = Readonly<Record<Names[number], string>>;

/** A letter as it will be sent, or was. */
export interface LetterText {
  readonly subject: string;
  readonly text: string;
}

/** Says the sentences of phrases.txt, and days, in one language. */
export interface Voice {
  readonly locale: Locale;
  phrase<P extends Phrase>(name: P, filling: Filling<(typeof PHRASES)[P]>): string;
  day(on: LocalDate): string;
}

/** SHA-256 (hex) over a letter of a case: who confirms it confirms exactly these words. */
export function digestOfLetter(caseId: string, { subject, text }: LetterText): string {
  return createHash("sha256")
    .update(JSON.stringify([caseId, subject, text]))
    .digest("hex");
}

const TAGS: Readonly<Record<Locale, string>> = { en: "en-US", es: "es-US" };

/** "$1,204.50" from "1204.50". */
export function sayDollars(amount: string, locale: Locale): string {
  const format = new Intl.NumberFormat(TAGS[locale], { style: "currency", currency: "USD" });
  return format.format(Number(amount)).replace(/[\u202f\u00a0]/g, " ");
}

/** "5:00 PM", "5:00 p. m." from "17:00". */
export function sayHour(time: string, locale: Locale): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const half = locale === "en" ? ["AM", "PM"] : ["a. m.", "p. m."];
  return `${hour % 12 === 0 ? 12 : hour % 12}:${String(minute).padStart(2, "0")} ${half[hour < 12 ? 0 : 1]}`;
}

/** One thing a line; the lines of one thing below each other. */
export function bulleted(items: readonly string[]): string {
  return items.map((item) => `- ${item.replaceAll("\n", "\n  ")}`).join("\n");
}

export function numbered(items: readonly string[]): string {
  return items.map((item, index) => `${index + 1}. ${item.replaceAll("\n", "\n   ")}`).join("\n");
}

/** Leaves out the lines that stand for nothing this time, each with the blank line after it. */
export function dropEmpty(template: string, filling: Readonly<Record<string, string>>): string {
  return template.replace(/^\{\{(\w+)\}\}\n\n?/gm, (line, name: string) => (filling[name] === "" ? "" : line));
}

/** Who is responsible, or signs: "Rosa Mata, Records Supervisor". */
export function sayPerson({ name, title }: { readonly name: string; readonly title: string }): string {
  return `${name}, ${title}`;
}
