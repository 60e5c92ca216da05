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

/**
 * No key is of a birth date or of one name alone: so few people share less than two of them that whoever counts equal
 * hashes in a dump learns nothing that he did not know.
 *
 * @returns distinct texts, each naming its kind: one initial with the whole birth date; both names by sound; one name
 *   by sound with parts of the birth date; initials with parts of it
 */
export function blockingKeys({ name, birth }: Subject): string[] {
  const keys = new Set<string>();
  const given = soundsOf(name.given.slice(0, MOST_WORDS).flatMap(fullForms));
  const family = soundsOf(telling(name.family).slice(0, MOST_WORDS));
  const sounds = [...new Set([...given, ...family])];
  for (const one of given) for (const other of family) keys.add(`name:${pair(one, other)}`);
  // A letter in the middle changes the sound of one name; then the other one is right, and the beginning is.
  for (const one of name.given.slice(0, MOST_WORDS)) {
    for (const other of telling(name.family).slice(0, MOST_WORDS)) {
      keys.add(`begin:${pair(one, other.slice(0, 2))}`);
      keys.add(`begin:${pair(one.slice(0, 2), other)}`);
    }
  }
  if (birth !== null) {
    const year = birth.slice(0, 4);
    // 04-07 and 07-04 are one key: which is the month is where clerks differ.
    const day = pair(birth.slice(4, 6), birth.slice(6, 8));
    const words = [...name.given.slice(0, MOST_WORDS), ...telling(name.family).slice(0, MOST_WORDS)];
    for (const word of words) keys.add(`birth:${word[0]}${year}${day}`);
    for (const sound of sounds) {
      keys.add(`year:${sound}${year}`);
      keys.add(`day:${sound}${day}`);
    }
    const initials = pair(name.given[0]?.[0] ?? "", telling(name.family)[0]?.[0] ?? "");
    keys.add(`initials:${initials}${year}${birth.slice(4, 6)}`);
  }
  return [...keys];
}

function soundsOf(words: readonly string[]): string[] {
  return [...new Set(words.map(soundex))];
}

/** Neither order is the first: given and family names change places in logs. */
function pair(one: string, other: string): string {
  return one < other ? `${one}|${other}` : `${other}|${one}`;
}
