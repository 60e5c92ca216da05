/** From the people whom a row's search named to what the database may hold of them: keyed hashes and sealed traits. */
import { keyedHash, uuidOf } from "#app/platform/sealing/indexer.ts";
import { firstVersion, sealerOf } from "#app/platform/sealing/sealer.ts";
import type { KeysInHand, Place } from "#app/platform/sealing/vault.server.ts";
import type { SearchTerm } from "../access-event.ts";
import { blockingKeys, storedKeys } from "../names/blocking-keys.ts";
import { packSubject, peopleIn, type Subject, subjectText } from "./subject.ts";

/** The indexes of people. */
export const SUBJECT_INDEXES = ["person", "blocking"] as const;
export type SubjectIndexKeys = KeysInHand<(typeof SUBJECT_INDEXES)[number]>["indexKeys"];

/** Somebody who may be new to the store. Tags are the first 16 characters of each (Indexer.raw). */
export interface SealedSubject {
  readonly id: string;
  readonly sealed: Buffer;
  readonly keys: readonly string[];
}

/** What a chunk holds of people, by their tags: each once. */
export type SealedSubjects = Map<string, SealedSubject>;

/** Where somebody's traits are bound to. */
export function traitsPlace(subjectId: string): Place {
  return { table: "subject", column: "traits_sealed", row: subjectId };
}

/**
 * The tags of people in one agency's logs: no two agencies' hashes of one person are alike, so that nobody who holds a
 * dump can tell that both looked for the same one.
 */
export function subjectTags(keys: SubjectIndexKeys, agencyId: string) {
  const person = keyedHash(keys.person, `${agencyId}|`);
  const blocking = keyedHash(keys.blocking, `${agencyId}|`);
  return {
    /** Of the person. */
    idOf: (subject: Subject) => person.raw(subjectText(subject)),
    /** Under which a log keeps the person. */
    storedKeysOf: (subject: Subject) => storedKeys(subject).map((key) => blocking.raw(key)),
    /** Under which the person is looked for. */
    keysOf: (subject: Subject) => blockingKeys(subject).map((key) => blocking.raw(key)),
  };
}

/** @param book The key of the agency's people, in its first and only version. */
export function openSubjectSealer(keys: SubjectIndexKeys, book: KeysInHand<never>, agencyId: string) {
  const sealer = sealerOf(book.keyId, firstVersion(book.dataKey));
  const tags = subjectTags(keys, agencyId);
  /** Adds whom a search named to `people`. @returns their tags, each once */
  return (terms: readonly SearchTerm[], people: SealedSubjects): string[] => {
    const found: string[] = [];
    for (const subject of peopleIn(terms)) {
      const id = tags.idOf(subject);
      if (found.includes(id)) continue;
      found.push(id);
      if (people.has(id)) continue;
      people.set(id, {
        id,
        sealed: sealer.seal(traitsPlace(uuidOf(id)), packSubject(subject)),
        keys: tags.storedKeysOf(subject),
      });
    }
    return found;
  };
}
