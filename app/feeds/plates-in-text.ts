/**
 * Plates inside free text. A plate that an officer typed into a reason ("investigation plate 7ABC123")
 * is a person's data too, so it is masked before anyone but that person's own clerk reads it.
 *
 * What counts as a plate, in this order; when in doubt it is masked:
 * 1. Announced: the token after "plate", "plates", "lp", "tag" or "licence/license" (also "plate #",
 *    "plate no.", "plate is"), when it has 2 to 8 letters and digits and either contains a digit or is
 *    written in capitals amid small letters ("plate MIMSY"). Digits alone count here. One blank or
 *    hyphen between letters and digits is allowed ("plate ABC 123").
 * 2. Alert: the last word before " - <ISO time>" in the vendor's "Alert: <reason> <plate> - <time>".
 * 3. Grouped: digit-3 letters-3 digits in any spelling; 3 letters and 3 digits, either way round,
 *    joined by a hyphen, or by a blank when in capitals - unless the letters are a statute, a road or a
 *    call code ("ORS 164", "HWY 101").
 * 4. Bare: one token of 5 to 8 letters and digits that has both, or of 4 with two of each.
 * 5. A 17-character VIN, which names a car as surely as its plate.
 *
 * What does not: case numbers (25-02183, 2510494), ISO times, UUIDs, clock times and counts (02PM,
 * 24HRS, 10TH), statute numbers (459PC, HS11350, CVC10851), short codes (UUV, ST2), words. A statute code
 * of three letters beside exactly three digits (187CPC) looks like a plate and is masked.
 */
import { normalisePlate } from "./identifier.ts";

/** One fixed mark, so that its width says nothing about what it hides. */
export const PLATE_MARK = "[plate]";

interface Span {
  start: number;
  end: number;
}

const ISO_TIME = /\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?/g;
const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

const EDGE = "(?<![A-Za-z0-9])";
const END = "(?![A-Za-z0-9])";
// Every repetition is bounded, because a cell may hold a megabyte and be written to make this slow.
const ANNOUNCEMENT = `${EDGE}(?:plates?|lps?|tags?|licen[cs]es?)(?:[\\s+:#=.,_"'(-]|\\b(?:no|nbr|num|number|is|was|of|plates?|tags?)\\b){1,8}`;
const ANNOUNCED = new RegExp(`${ANNOUNCEMENT}([A-Za-z0-9]{2,8})${END}`, "gi");
const ANNOUNCED_PAIR = new RegExp(`${ANNOUNCEMENT}([A-Za-z]{1,4}[ +-]\\d{1,4}|\\d{1,4}[ +-][A-Za-z]{1,4})${END}`, "gi");
const ALERT = /Alert:\s{0,3}\S.{0,200}?[\s+]([A-Za-z0-9]{2,8})\s{1,3}-\s{1,3}(?=\d{4}-\d{2}-\d{2}T)/gi;
const CALIFORNIA = new RegExp(`${EDGE}\\d[\\s+_.-]?[A-Za-z]{3}[\\s+_.-]?\\d{3}${END}`, "g");
const HYPHENED = new RegExp(`${EDGE}(?:[A-Za-z]{3}[-_.]\\d{3}|\\d{3}[-_.][A-Za-z]{3})${END}`, "g");
const SPACED = new RegExp(`${EDGE}(?:[A-Z]{3}[ +]\\d{3}|\\d{3}[ +][A-Z]{3})${END}`, "g");
const TOKEN = /[A-Za-z0-9]+/g;
const VIN = /^(?=.*\d)(?=.*[A-HJ-NPR-Z])[A-HJ-NPR-Z0-9]{17}$/i;

const TWO_LETTER_STATUTES = "PC|VC|HS|WI|BP|GC|FG|CC|FC|MC|RS";
const THREE_LETTER_STATUTES = "CVC|CPC|HSC|WIC|BPC|CCP|CCR|CFR|USC|ORS|RCW|ARS|NRS|SMC|EMC";
const STATUTE = new RegExp(
  `^(?:(?:${TWO_LETTER_STATUTES}|${THREE_LETTER_STATUTES})\\d{2,6}[A-Z]?|\\d{2,6}[A-Z]?(?:${TWO_LETTER_STATUTES}|${THREE_LETTER_STATUTES}))$`,
);
const NOT_A_GROUP = new RegExp(
  `^(?:${THREE_LETTER_STATUTES}|HWY|RTE|APT|AVE|BLK|CFS|UUV|INV|DUI|GTA|ICE|PER|THE|AND|FOR|DAY|HRS|MIN|MPH|LBS|SEC|ROW|REF|REQ|TIP)$`,
);
const COUNT = /^\d+(?:ST|ND|RD|TH|AM|PM|HR|HRS|HOUR|HOURS|MIN|MINS|DAY|DAYS|YO|YR|YRS|MPH|CC)$/;
const PLATE_SHAPED = /^(?:[A-Z]{3}\d{3}|\d{3}[A-Z]{3})$/;

/** Blanks out, length for length, what would otherwise look like plates: times and UUIDs. */
function withoutTimes(text: string): string {
  const blank = (found: string) => "\n".repeat(found.length);
  return text.replace(UUID, blank).replace(ISO_TIME, blank);
}

function looksBare(token: string): boolean {
  const upper = token.toUpperCase();
  const digits = upper.replace(/[^0-9]/g, "").length;
  const letters = upper.length - digits;
  if (digits === 0 || letters === 0) return false;
  if (VIN.test(upper)) return true;
  if (upper.length < 4 || upper.length > 8) return false;
  if (PLATE_SHAPED.test(upper)) return true;
  if (upper.length === 4 && (digits < 2 || letters < 2)) return false;
  return !STATUTE.test(upper) && !COUNT.test(upper);
}

function spanAtEnd(found: RegExpExecArray, word: string): Span {
  const end = found.index + found[0].length;
  return { start: end - word.length, end };
}

function plateSpans(text: string): Span[] {
  if (!/\d/.test(text) && !/plate|lp|tag|licen/i.test(text)) return [];
  const clean = withoutTimes(text);
  const spans: Span[] = [];
  const hasSmallLetters = /[a-z]{2}/.test(text);
  for (const found of clean.matchAll(ANNOUNCED)) {
    const word = found[1] ?? "";
    if (/\d/.test(word) || (hasSmallLetters && /^[A-Z]+$/.test(word))) spans.push(spanAtEnd(found, word));
  }
  for (const found of clean.matchAll(ANNOUNCED_PAIR)) spans.push(spanAtEnd(found, found[1] ?? ""));
  for (const found of text.matchAll(ALERT)) {
    const start = found.index + found[0].search(/[A-Za-z0-9]+\s{1,3}-\s{1,3}$/);
    spans.push({ start, end: start + (found[1] ?? "").length });
  }
  for (const pattern of [CALIFORNIA, HYPHENED, SPACED]) {
    for (const found of clean.matchAll(pattern)) {
      const letters = found[0].replace(/[^A-Za-z]/g, "").toUpperCase();
      if (pattern !== CALIFORNIA && NOT_A_GROUP.test(letters)) continue;
      spans.push({ start: found.index, end: found.index + found[0].length });
    }
  }
  for (const found of clean.matchAll(TOKEN)) {
    if (looksBare(found[0])) spans.push({ start: found.index, end: found.index + found[0].length });
  }
  return merged(spans);
}

/** In order, overlapping ones joined. */
function merged(spans: Span[]): Span[] {
  const out: Span[] = [];
  for (const span of spans.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = out.at(-1);
    if (last !== undefined && span.start < last.end) last.end = Math.max(last.end, span.end);
    else out.push({ ...span });
  }
  return out;
}

/** The plates that stand in a text, normalised, each once, in order of appearance. */
export function findPlates(text: string): string[] {
  const found = plateSpans(text).map((span) => normalisePlate(text.slice(span.start, span.end)));
  return [...new Set(found)];
}

/**
 * The text with every plate replaced by `[plate]`, except those in `keep`.
 *
 * @param keep Normalised plates that the reader may see: the ones verified as this resident's own.
 */
export function maskPlates(text: string, keep: ReadonlySet<string> = new Set()): string {
  let out = "";
  let from = 0;
  for (const span of plateSpans(text)) {
    if (keep.has(normalisePlate(text.slice(span.start, span.end)))) continue;
    out += text.slice(from, span.start) + PLATE_MARK;
    from = span.end;
  }
  return out + text.slice(from);
}
