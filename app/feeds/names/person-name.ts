/**
 * A person's name in the one form that names are compared in. Pure.
 *
 * Which of a name's words is the family's is a guess in most logs, so nothing here decides it for good: the words are
 * kept in both groups as written, and whoever compares two names tries them the other way round as well.
 */
import { toLatin } from "./latin.ts";

export interface PersonName {
  /** Words of the given names, folded ("maria", "jose"). */
  readonly given: readonly string[];
  /** Words of the family names, folded, particles included ("de", "la", "cruz"). */
  readonly family: readonly string[];
  /** jr, sr, 2, 3, 4; null when there is none. */
  readonly suffix: string | null;
}

/** "II" is not always a son of "Jr": each stays as written, but for the words and figures of one meaning. */
const SUFFIXES: ReadonlyMap<string, string> = new Map([
  ["jr", "jr"],
  ["junior", "jr"],
  ["sr", "sr"],
  ["senior", "sr"],
  ["ii", "2"],
  ["2nd", "2"],
  ["iii", "3"],
  ["3rd", "3"],
  ["iv", "4"],
  ["4th", "4"],
]);

const TITLES: ReadonlySet<string> = new Set([
  "mr",
  "mrs",
  "ms",
  "miss",
  "mx",
  "dr",
  "prof",
  "sir",
  "sra",
  "srta",
  "don",
  "dona",
]);

/** Words that belong to the family name that follows them. */
const PARTICLES: ReadonlySet<string> = new Set(
  "de del dela da das do dos di du la las le los van von der den ter ten bin ibn bint ben abu al el st san santa mac o".split(
    " ",
  ),
);

/** Words as they are compared: Latin, without accents or apostrophes, parted at hyphens, blanks and full stops. */
export function foldWords(text: string): string[] {
  return toLatin(text)
    .replace(/['’ʼ`´]/gu, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** A name whose parts stand apart. Suffixes are found in either part. */
export function nameFromParts(given: string, family: string): PersonName {
  const first = withoutSuffix(foldWords(given));
  const last = withoutSuffix(foldWords(family));
  return { given: withoutTitle(first.words), family: last.words, suffix: last.suffix ?? first.suffix };
}

/**
 * A name in one text: "DE LA CRUZ, MARÍA JOSÉ", "García, Ana Jr.", "Maria de la Cruz", "J. R. Smith III".
 * Without a comma the last word is the family's, with the particles before it.
 */
export function nameFromText(text: string): PersonName {
  const [before = "", ...after] = text.split(",");
  const rest = after.join(" ");
  // "Smith Jr, John" and "John Smith, Jr": what follows the comma is a suffix alone in the second.
  if (
    foldWords(rest).length > withoutSuffixWords(foldWords(rest)).length &&
    withoutSuffixWords(foldWords(rest)).length === 0
  ) {
    return nameFromText(`${before} ${rest}`);
  }
  if (rest.trim() !== "") return nameFromParts(rest, before);
  const { words: all, suffix } = withoutSuffix(foldWords(text));
  const words = withoutTitle(all);
  let start = words.length - 1;
  while (start > 1 && PARTICLES.has(words[start - 1] ?? "")) start -= 1;
  return words.length < 2
    ? { given: [], family: words, suffix }
    : { given: words.slice(0, start), family: words.slice(start), suffix };
}

function withoutSuffixWords(words: readonly string[]): string[] {
  return words.filter((word) => !SUFFIXES.has(word));
}

/** A suffix stands last; a family that is called "Junior" alone keeps its name. */
function withoutSuffix(words: readonly string[]): { words: string[]; suffix: string | null } {
  const last = words.at(-1);
  const suffix = last === undefined ? undefined : SUFFIXES.get(last);
  if (suffix === undefined || words.length === 1) return { words: [...words], suffix: null };
  return { words: words.slice(0, -1), suffix };
}

function withoutTitle(words: readonly string[]): string[] {
  const [first, ...rest] = words;
  return first !== undefined && rest.length > 0 && TITLES.has(first) ? rest : [...words];
}

/** The words that tell families apart: without particles, unless there is nothing else. */
export function telling(words: readonly string[]): readonly string[] {
  const kept = words.filter((word) => !PARTICLES.has(word));
  return kept.length === 0 ? words : kept;
}
