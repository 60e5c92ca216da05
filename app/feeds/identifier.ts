/**
 * What a person can be searched by, in the one spelling that blind indexes are built from.
 *
 * Two spellings of one plate must meet ("8wlk-042", "8WLK 042"), so normalising keeps letters and
 * digits alone. O and 0, I and 1 stay apart: merging them would show one person another's look-ups.
 */
import { z } from "zod";

/** The kinds that find somebody by themselves, each with its blind index. */
export const INDEXED_KINDS = ["plate", "licence", "vin", "state-id", "ssn"] as const;
export type IndexedKind = (typeof INDEXED_KINDS)[number];

/**
 * Everything that a person can be searched by. A name or a birth date alone is many people's, so neither has an
 * index of its own: together they are a subject, who is found by several keyed hashes and then scored (subjects/).
 */
export const IDENTIFIER_KINDS = [...INDEXED_KINDS, "name", "birth-date"] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** What a resident can claim to be searched by, each to be verified by itself: "person" is a name with a birth date. */
export const CLAIM_KINDS = [...INDEXED_KINDS, "person"] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];

/** Upper-case letters and digits of any script, everything else dropped; full-width forms become plain ones. */
function lettersAndDigits(text: string): string {
  if (isPlain(text)) return text;
  return text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** Capitals and digits of ASCII alone: most of what logs hold, so looked at without a regular expression. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 90 || (code > 57 && code < 65)) return false;
  }
  return true;
}

/** "8wlk-042" -> "8WLK042". Never fails; `plateSchema` says whether the result can be a plate. */
export function normalisePlate(text: string): string {
  return lettersAndDigits(text);
}

/** "a123 4567" -> "A1234567". Never fails; `licenceSchema` says whether the result can be a licence number. */
export function normaliseLicence(text: string): string {
  return lettersAndDigits(text);
}

const PLATE = /^[\p{L}\p{N}]{2,8}$/u;
const LICENCE = /^[\p{L}\p{N}]{4,20}$/u;
// Since 1981 seventeen characters without I, O and Q (49 CFR 565.13); before, each maker had its own.
const VIN = /^(?:[A-HJ-NPR-Z0-9]{17}|[A-Z0-9]{5,16})$/;
const STATE_ID = /^[\p{L}\p{N}]{4,32}$/u;
const SSN = /^\d{9}$/;

const SHAPES: Readonly<Record<IndexedKind, RegExp>> = {
  plate: PLATE,
  licence: LICENCE,
  vin: VIN,
  "state-id": STATE_ID,
  ssn: SSN,
};

/** A number plate as typed, 2 to 8 letters and digits once spaces and hyphens are gone; gives the normalised one. */
export const plateSchema = z.string().max(40).transform(normalisePlate).pipe(z.string().regex(PLATE));

/** A driver licence number as typed, 4 to 20 letters and digits; gives the normalised one. */
export const licenceSchema = z.string().max(60).transform(normaliseLicence).pipe(z.string().regex(LICENCE));

/** The normalised identifier, or null when the text cannot be one of this kind. For loops over many rows. */
export function findIdentifier(kind: IndexedKind, text: string): string | null {
  const normalised = lettersAndDigits(text);
  return SHAPES[kind].test(normalised) ? normalised : null;
}

/** An identifier as it may stand on paper and on a page: of a Social Security number only the last four digits. */
export function showIdentifier(kind: IdentifierKind | ClaimKind, value: string): string {
  return kind === "ssn" ? `***-**-${value.replace(/\D/g, "").slice(-4)}` : value;
}

/** True of most plates: one, spelt as it is indexed. */
export function isPlainPlate(text: string): boolean {
  return text.length > 1 && text.length < 9 && isPlain(text);
}

/** Longest text that is looked at as one identifier, in characters. */
export const LONGEST_IDENTIFIER = 40;
/** Longest text that can be a person's name: what passports and driver licences leave room for, many times over. */
const LONGEST_NAME = 200;

/** Whether a text can be a person's name: it has a letter, and is no essay. */
export function isName(text: string): boolean {
  return text.length <= LONGEST_NAME && /\p{L}/u.test(text);
}

/** How a log writes birth dates, where digits alone would leave it open which is the month. */
export const DATE_ORDERS = ["year-first", "month-first", "day-first"] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

const YEAR_FIRST = /^(\d{4})([-/.]?)(\d{2})\2(\d{2})$/;
const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/;
const COMPACT_YEAR_LAST = /^(\d{2})(\d{2})(\d{4})$/;

/**
 * The birth date as a local date (YYYY-MM-DD), or null when the text is not one day.
 *
 * @param order Decides between 07/04 and 04/07. With "year-first" eight digits begin with the year, else with what
 *   the order says.
 */
export function findBirthDate(text: string, order: DateOrder): string | null {
  const separated = YEAR_LAST.exec(text);
  if (separated !== null) return order === "year-first" ? null : yearLast(separated, order);
  const compact = order === "year-first" ? null : COMPACT_YEAR_LAST.exec(text);
  if (compact !== null) return yearLast(compact, order);
  const found = YEAR_FIRST.exec(text);
  return found === null ? null : toDay(found[1], found[3], found[4]);
}

function yearLast(found: RegExpExecArray, order: DateOrder): string | null {
  return order === "month-first" ? toDay(found[3], found[1], found[2]) : toDay(found[3], found[2], found[1]);
}

function toDay(year = "", month = "", day = ""): string | null {
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return z.iso.date().safeParse(date).success ? date : null;
}

/** A search with a wildcard ("8WL*", "8WLK?42") names no single plate and must not be indexed as one. */
export function isPartial(text: string): boolean {
  return /[*?%_]/.test(text);
}
