/**
 * When is a withheld value found? The rules by which the gates search for what must not leave.
 *
 * - A value is compared without regard to case, accents' composition, spaces, line breaks, or a hyphen at a
 *   line's end; once with single spaces, once with none.
 * - In the text of the pages, a value is found when the file holds it more often than the document
 *   composed from the redacted model does. What the model shows on another line, or the document's own
 *   words say, is expected there and so no leak; one occurrence more is. This counts values of any length.
 * - In free text that the model shows (a reason, what was searched by, a case number, the scope, an act of
 *   a reader), a value is found when it stands there as a whole word or phrase, unless the model also
 *   shows it on purpose: as the whole of some field, or inside a field that is no free text (an agency's
 *   name). Only values that point at a person or thing are held against free text: those with a digit, and
 *   those of two or more capitalised words. One common word ("patrol") in two reasons gives nothing away.
 * - Outside the pages' text (metadata, alternative text, names, comments, fonts) a value of three
 *   characters or more is found wherever it is contained; a shorter one only where it is the whole string.
 *   Fonts are binary, where three letters meet by chance: there six characters are needed.
 */
import { FIELDS, type Field, type History } from "../history.ts";

/** Shorter values occur everywhere by chance. */
export const SHORT = 3;
/** In binary data. */
export const BINARY = 6;

/** Lower case, one space between words, a word broken by a hyphen at a line's end made whole. */
export function loosely(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/gu, "")
    .replace(/[-\u2010\u2011]\s*\n\s*/gu, "")
    .replace(/\s+/gu, " ")
    .trim()
    .toLowerCase();
}

/** The same without any space. */
export function tightly(text: string): string {
  return loosely(text).replace(/\s+/gu, "");
}

/** As `tightly`, but with each hyphen kept: for telling whether two texts are the same. */
export function exactly(text: string): string {
  return text.normalize("NFKC").replace(/\s+/gu, "");
}

export interface Forbidden {
  value: string;
  loose: string;
  tight: string;
}

/** The values to search for, each once; an empty one says nothing. */
export function forbiddenValues(values: readonly string[]): Forbidden[] {
  const distinct = new Map(values.map((value) => [tightly(value), value]));
  distinct.delete("");
  return [...distinct].map(([tight, value]) => ({ value, loose: loosely(value), tight }));
}

export function occurrences(text: string, value: string): number {
  let count = 0;
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) count += 1;
  return count;
}

const FREE: readonly Field[] = ["purpose", "caseNumber", "searchedBy", "scope"];

/** True when free text that the model shows holds a value that it withholds elsewhere; see the rules above. */
export function slippedIntoModel(value: Forbidden, shown: ShownText): boolean {
  if (!pointsAtSomeone(value.value) || shown.wholes.has(value.tight)) return false;
  if (shown.structured.some((text) => holdsPhrase(text, value.loose))) return false;
  return shown.free.some((text) => holdsPhrase(text, value.loose));
}

function pointsAtSomeone(value: string): boolean {
  if (value.trim().length < SHORT) return false;
  if (/\p{Nd}/u.test(value)) return true;
  const words = value.trim().split(/\s+/u);
  return words.length > 1 && words.every((word) => /^\p{Lu}/u.test(word));
}

function holdsPhrase(text: string, phrase: string): boolean {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    const before = text.slice(0, at);
    const after = text.slice(at + phrase.length);
    if (!/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}

export interface ShownText {
  /** Whole values, without spaces. */
  wholes: ReadonlySet<string>;
  free: readonly string[];
  structured: readonly string[];
}

export function shownText(history: History): ShownText {
  const wholes = new Set<string>();
  const free = new Set<string>(history.readers.map((reader) => loosely(reader.act)));
  const structured = new Set<string>(structuredTexts(history).map(loosely));
  for (const line of history.lines) {
    for (const field of FIELDS) {
      const cell = line.cells[field];
      if (cell.kind !== "shown") continue;
      wholes.add(tightly(cell.text));
      (FREE.includes(field) ? free : structured).add(loosely(cell.text));
    }
  }
  return { wholes, free: [...free], structured: [...structured] };
}

function structuredTexts(history: History): string[] {
  const { agency, rule } = history;
  return [
    ...[
      history.reference,
      history.resident.name,
      agency.name,
      agency.unit,
      ...agency.address,
      agency.email,
      rule.cite,
      history.checkUrl,
    ],
    ...history.searchedFor.flatMap((one) => [one.kind, one.value]),
    ...history.grounds.flatMap((ground) => [ground.cite, ground.plain]),
    ...history.coverage.flatMap((one) => [one.system, one.custodian]),
    ...history.reviews.flatMap((review) => [review.plain, review.cite]),
  ];
}
