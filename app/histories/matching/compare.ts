/**
 * How far two records agree, field by field, in a handful of levels. Pure, and blind to how much a level is worth:
 * that is the model's.
 */
import { countTypos, jaroWinkler } from "#app/feeds/names/jaro-winkler.ts";
import { isShortFormOf } from "#app/feeds/names/nicknames.ts";
import { telling } from "#app/feeds/names/person-name.ts";
import type { Address, Traits } from "./traits.ts";

/** Levels from the best to none at all. What is not known on one side is no level: it speaks for nobody. */
export const LEVELS = {
  given: ["same", "part", "short-form", "initial", "close", "alike", "other"],
  family: ["same", "part", "close", "alike", "other"],
  birth: ["same", "swapped", "typo", "two-parts", "year", "other"],
  number: ["same", "typo", "other"],
  street: ["same", "street", "close", "number", "other"],
  locality: ["same", "one", "close", "other"],
  suffix: ["same", "other"],
} as const;
export type Field = keyof typeof LEVELS;
export const FIELDS = Object.keys(LEVELS) as readonly Field[];
export type LevelOf<F extends Field> = (typeof LEVELS)[F][number];

export type Agreement = { readonly [F in Field]: LevelOf<F> | null };

/** Both orders: a record may have given and family names the other way round. */
export interface Comparison {
  readonly straight: Agreement;
  readonly crossed: Agreement;
}

const CLOSE = 0.92;
const ALIKE = 0.82;

export function compare(event: Traits, person: Traits): Comparison {
  const rest = compareRest(event, person);
  const [own, other] = [event.name, person.name];
  return {
    straight: { ...rest, given: compareGiven(own.given, other.given), family: compareFamily(own.family, other.family) },
    crossed: { ...rest, given: compareGiven(own.given, other.family), family: compareFamily(own.family, other.given) },
  };
}

function compareRest(a: Traits, b: Traits): Omit<Agreement, "given" | "family"> {
  const [suffix, another] = [a.name.suffix, b.name.suffix];
  return {
    birth: a.birth === null || b.birth === null ? null : compareBirth(a.birth, b.birth),
    number: a.number === null || b.number === null ? null : compareNumber(a.number, b.number),
    street: a.address === null || b.address === null ? null : compareStreet(a.address, b.address),
    locality: a.address === null || b.address === null ? null : compareLocality(a.address, b.address),
    suffix: suffix === null || another === null ? null : suffix === another ? "same" : "other",
  };
}

function compareGiven(a: readonly string[], b: readonly string[]): LevelOf<"given"> | null {
  if (a.length === 0 || b.length === 0) return null;
  const words = compareWords(a, b);
  if (words === "same" || words === "part") return words;
  const [first = "", other = ""] = [a[0], b[0]];
  if (isShortFormOf(first, other)) return "short-form";
  if ((first.length === 1 || other.length === 1) && first[0] === other[0]) return "initial";
  return words;
}

function compareFamily(a: readonly string[], b: readonly string[]): LevelOf<"family"> | null {
  return a.length === 0 || b.length === 0 ? null : compareWords(telling(a), telling(b));
}

/** "part": every word of the shorter name stands in the longer one, as half of a double surname does. */
function compareWords(a: readonly string[], b: readonly string[]): "same" | "part" | "close" | "alike" | "other" {
  const [whole, others] = [a.join(""), b.join("")];
  if (whole === others || [...a].sort().join(" ") === [...b].sort().join(" ")) return "same";
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  if (few.length < many.length && few.every((word) => word.length > 1 && many.includes(word))) return "part";
  if (isUnvowelled(whole, others)) return "close";
  const best = Math.max(
    jaroWinkler(whole, others),
    ...(a.length + b.length > 2 ? a.flatMap((one) => b.map((other) => jaroWinkler(one, other))) : []),
  );
  return best >= CLOSE ? "close" : best >= ALIKE ? "alike" : "other";
}

/** A name out of a script that does not write its vowels ("mhmd"), and the same with them ("muhammad"). */
function isUnvowelled(a: string, b: string): boolean {
  if (VOWEL.test(a) && VOWEL.test(b)) return false;
  const [one, other] = [consonants(a), consonants(b)];
  return one.length > 2 && one === other;
}

const VOWEL = /[aeiou]/;
const consonants = (word: string) => word.replace(/[aeiou]/g, "").replace(/(.)\1+/g, "$1");

/** Birth dates as eight digits. */
export function compareBirth(a: string, b: string): LevelOf<"birth"> {
  if (a === b) return "same";
  const [yearA, monthA, dayA] = [a.slice(0, 4), a.slice(4, 6), a.slice(6, 8)];
  const [yearB, monthB, dayB] = [b.slice(0, 4), b.slice(4, 6), b.slice(6, 8)];
  if (yearA === yearB && monthA === dayB && dayA === monthB) return "swapped";
  if (countTypos(a, b, 1) <= 1) return "typo";
  if (Number(yearA === yearB) + Number(monthA === monthB) + Number(dayA === dayB) === 2) return "two-parts";
  return yearA === yearB ? "year" : "other";
}

function compareNumber(a: string, b: string): LevelOf<"number"> {
  return a === b ? "same" : countTypos(a, b, 1) <= 1 ? "typo" : "other";
}

function compareStreet(a: Address, b: Address): LevelOf<"street"> | null {
  const ways = [a.street, a.line].flatMap((one) => [b.street, b.line].map((other) => [one, other] as const));
  const known = ways.filter(([one, other]) => one !== "" && other !== "");
  const numbers = a.number !== "" && b.number !== "";
  if (known.length === 0) return numbers ? (a.number === b.number ? "number" : "other") : null;
  const best = Math.max(...known.map(([one, other]) => jaroWinkler(one, other)));
  const sameNumber = numbers && a.number === b.number;
  if (best === 1) return sameNumber ? "same" : "street";
  if (best >= CLOSE) return sameNumber ? "street" : "close";
  return sameNumber ? "number" : "other";
}

function compareLocality(a: Address, b: Address): LevelOf<"locality"> | null {
  const names = a.locality !== "" && b.locality !== "";
  const codes = a.postcode !== "" && b.postcode !== "";
  if (!names && !codes) return null;
  const name = names ? jaroWinkler(a.locality, b.locality) : 0;
  const code = codes ? countTypos(a.postcode, b.postcode, 1) : 2;
  if (name >= CLOSE && code === 0) return "same";
  if (name >= CLOSE || code === 0) return name === 1 || code <= 1 ? "one" : "close";
  return name >= ALIKE || code === 1 ? "close" : "other";
}
