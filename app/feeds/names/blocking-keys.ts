/**
 * Under which keys a person is found by name and birth date. Two records of one person share at least one key, though
 * a letter, a digit or the order be wrong; two of a million strangers rarely share any. Pure.
 *
 * The keys are texts for a blind index: only keyed hashes of them are ever stored, and what is found by them is opened
 * and scored before anybody sees it.
 */
import { fullForms } from "./nicknames.ts";
import { type PersonName, telling } from "./person-name.ts";
import { soundex } from "./phonetic.ts";

export interface Subject {
  readonly name: PersonName;
  /** Eight digits, YYYYMMDD, as delivered: a day that no calendar has is still somebody's. Null when not known. */
  readonly birth: string | null;
}

/** A name of more words than this is cut: who has more is found by the first ones. */
const MOST_WORDS = 4;
/** Letters of a name that are its beginning. */
const BEGINNING = 3;

/**
 * The keys of somebody of whom nothing is known but this.
 *
 * No key is of a birth date or of one name alone: so few people share less than two of them that whoever counts equal
 * hashes in a dump learns nothing that he did not know.
 *
 * @returns distinct texts, each naming its kind
 */
export function blockingKeys(subject: Subject): string[] {
  return [...soundKeys(subject), ...beginningKeys(subject), ...birthKeys(subject)];
}

/**
 * The keys under which a log keeps somebody. Where the birth date is known there is none of how both names sound without
 * it: that would be another person's, and there are a thousand of them. Whoever looks with all keys of a person
 * (`blockingKeys`) meets both.
 */
export function storedKeys(subject: Subject): string[] {
  const keys = beginningKeys(subject);
  return [...keys, ...(subject.birth === null ? soundKeys(subject) : birthKeys(subject))];
}

/** Both names by sound. */
function soundKeys({ name }: Subject): string[] {
  const given = soundsOf(name.given.slice(0, MOST_WORDS).flatMap(fullForms));
  const family = soundsOf(telling(name.family).slice(0, MOST_WORDS));
  return [...new Set(given.flatMap((one) => family.map((other) => `name:${pair(one, other)}`)))];
}

/** A letter in the middle changes the sound of one name; then the other one is right, and the beginning is. */
function beginningKeys({ name }: Subject): string[] {
  const keys = new Set<string>();
  for (const one of name.given.slice(0, MOST_WORDS)) {
    for (const other of telling(name.family).slice(0, MOST_WORDS)) {
      keys.add(`begin:${pair(one, other.slice(0, BEGINNING))}`);
      keys.add(`begin:${pair(one.slice(0, BEGINNING), other)}`);
    }
  }
  return [...keys];
}

/**
 * One initial with the whole birth date; one name by sound, another's initial, and the year or the day; both initials
 * with the year and the month, or the day of the month.
 */
function birthKeys({ name, birth }: Subject): string[] {
  if (birth === null) return [];
  const keys = new Set<string>();
  const year = birth.slice(0, 4);
  // 04-07 and 07-04 are one key: which is the month is where clerks differ.
  const day = pair(birth.slice(4, 6), birth.slice(6, 8));
  const given = name.given.slice(0, MOST_WORDS).flatMap(fullForms);
  const family = telling(name.family).slice(0, MOST_WORDS);
  for (const initial of initialsOf([...given, ...family])) keys.add(`birth:${initial}${year}${day}`);
  for (const [own, others] of [
    [given, family],
    [family, given],
  ] as const) {
    for (const sound of soundsOf(own)) {
      for (const initial of initialsOf(others)) {
        keys.add(`year:${sound}${initial}${year}`);
        keys.add(`day:${sound}${initial}${day}`);
      }
    }
  }
  const initials = pair(name.given[0]?.[0] ?? "", telling(name.family)[0]?.[0] ?? "");
  for (const part of [birth.slice(4, 6), birth.slice(6, 8)]) keys.add(`initials:${initials}${year}${part}`);
  return [...keys];
}

/** Somebody of one name alone has none: then it stands without one. */
function initialsOf(words: readonly string[]): string[] {
  return words.length === 0 ? [""] : [...new Set(words.map((word) => word[0] ?? ""))];
}

function soundsOf(words: readonly string[]): string[] {
  return [...new Set(words.map(soundex))];
}

/** Neither order is the first: given and family names change places in logs. */
function pair(one: string, other: string): string {
  return one < other ? `${one}|${other}` : `${other}|${one}`;
}
