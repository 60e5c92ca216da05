/**
 * Whom a log was searched for by name: from the terms of a search to people, and from a person to the texts that keyed
 * hashes are made of. Pure.
 */
import type { SearchTerm } from "../access-event.ts";
import { isPartial } from "../identifier.ts";
import type { Subject } from "../names/blocking-keys.ts";
import { nameFromText, type PersonName } from "../names/person-name.ts";

export type { Subject } from "../names/blocking-keys.ts";

/**
 * The people whom one search named. A name goes with its birth date where there is one of both, or as many of the one
 * as of the other, in their order; else it stands alone, because which date is whose would be a guess. A name with a
 * wildcard in it is nobody's.
 */
export function peopleIn(terms: readonly SearchTerm[]): Subject[] {
  const names = terms.filter((term) => term.kind === "name");
  if (names.length === 0) return [];
  const births = terms.filter((term) => term.kind === "birth-date");
  const isPaired = births.length === names.length;
  return names.flatMap((term, i) => {
    if (term.state !== "value" || isPartial(term.value)) return [];
    const name = nameFromText(term.value);
    if (name.given.length + name.family.length === 0) return [];
    return [{ name, birth: isPaired ? birthIn(births[i]) : null }];
  });
}

/** Null where it was not searched by, was hidden, or is a year alone. */
function birthIn(term: SearchTerm | undefined): string | null {
  return term?.state === "value" && term.date !== undefined ? term.date.replaceAll("-", "") : null;
}

/** The one text of a person: equal for two records that say the same, however they are written. */
export function subjectText({ name, birth }: Subject): string {
  return [name.given.join(" "), name.family.join(" "), name.suffix ?? "", birth ?? ""].join("|");
}

/** What is sealed of a person. */
export function packSubject(subject: Subject): string {
  return subjectText(subject);
}

/** @throws when the text is none that `packSubject` wrote */
export function unpackSubject(text: string): Subject {
  const [given, family, suffix, birth, ...rest] = text.split("|");
  if (given === undefined || family === undefined || suffix === undefined || birth === undefined || rest.length > 0) {
    throw new Error("a subject has an unknown layout");
  }
  return {
    name: { given: wordsOf(given), family: wordsOf(family), suffix: suffix === "" ? null : suffix },
    birth: birth === "" ? null : birth,
  };
}

const wordsOf = (text: string) => (text === "" ? [] : text.split(" "));

/** Longest name, in words, of which every way to part it is tried. */
const MOST_PARTED = 6;

/**
 * Every way in which a name as one text can be parted into given and family names: "Nguyễn Văn An" has its family first,
 * "María García López" has two, and only their owner knows. The usual way is the first.
 */
export function readingsOf(text: string): PersonName[] {
  const usual = nameFromText(text);
  const words = [...usual.given, ...usual.family];
  if (text.includes(",") || words.length < 3 || words.length > MOST_PARTED) return [usual];
  const others = words.slice(1).map((_, i) => ({
    given: words.slice(0, i + 1),
    family: words.slice(i + 1),
    suffix: usual.suffix,
  }));
  return [usual, ...others.filter(({ given }) => given.length !== usual.given.length)];
}

/** What stands between the two in the one text of a claim. */
const BETWEEN = " · ";
const CLAIM = /^(.+) · (\d{4}-\d{2}-\d{2})$/su;

/** A name and a birth date as one claim, the way it is stored and shown: "Ana Reyes · 1986-03-14". */
export function personClaim(name: string, birthDate: string): string {
  return `${name}${BETWEEN}${birthDate}`;
}

/** A claim taken apart. @throws when the text is none that `personClaim` wrote */
export function readPersonClaim(claim: string): { readonly name: string; readonly birthDate: string } {
  const [, name, birthDate] = CLAIM.exec(claim) ?? [];
  if (name === undefined || birthDate === undefined) throw new Error("a claim to a name has an unknown layout");
  return { name, birthDate };
}

/** Every way to read a claim, the usual one first. @throws as `readPersonClaim` */
export function subjectsOfClaim(claim: string): Subject[] {
  const { name, birthDate } = readPersonClaim(claim);
  return readingsOf(name).map((reading) => ({ name: reading, birth: birthDate.replaceAll("-", "") }));
}

/** The text by which two claims to one name and birth date meet, whichever of its words comes first. @throws */
export function sameClaimText(claim: string): string {
  const { name, birthDate } = readPersonClaim(claim);
  const { given, family, suffix } = nameFromText(name);
  return `${[...given, ...family].sort().join(" ")}|${suffix ?? ""}|${birthDate}`;
}
