/** A population with names as uneven as real ones, and searches for some of them with the errors of tired clerks. */
import { BinaryCopy } from "#app/feeds/binary-copy.ts";
import { nameFromParts } from "#app/feeds/names/person-name.ts";
import { withClient } from "#app/feeds/partitions.server.ts";
import { copyRows } from "#app/feeds/store-chunk.server.ts";
import { openSubjectSealer, type SealedSubjects, SUBJECT_INDEXES } from "#app/feeds/subjects/seal-subjects.server.ts";
import type { Subject } from "#app/feeds/subjects/subject.ts";
import { subjectKeyInHand } from "#app/feeds/subjects/subject-book.server.ts";
import type { BenchPortal } from "./feeds-portal.ts";

export interface Person {
  readonly given: string;
  readonly family: string;
  readonly birth: string;
}

const SYLLABLES = "ka ro mi ten lo shi ver dan bu sol per gri wen fa hol ma jen ri car les to ben al mar".split(" ");
const GIVEN_NAMES = 3_000;
const FAMILY_NAMES = 60_000;

/** The same numbers in the same order each time (a Lehmer generator). */
export function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

/** The n-th word: no two are alike. */
function word(n: number, least: number): string {
  let text = "";
  for (let rest = n; rest > 0 || text === ""; rest = Math.floor(rest / SYLLABLES.length)) {
    text += SYLLABLES[rest % SYLLABLES.length];
  }
  return text.padEnd(least, "on");
}

/** One in a hundred has the commonest family name, as Smith and Garcia nearly have; two the commonest given name. */
function uneven(draw: (below: number) => number, names: number, power: number): number {
  return Math.floor(names * (draw(1_000_000) / 1_000_000) ** power);
}

export function person(draw: (below: number) => number): Person {
  const two = (n: number) => String(n).padStart(2, "0");
  return {
    given: word(uneven(draw, GIVEN_NAMES, 2), 4),
    family: word(GIVEN_NAMES + uneven(draw, FAMILY_NAMES, 2.3) * 7, 5),
    birth: `${1935 + draw(72)}${two(1 + draw(12))}${two(1 + draw(28))}`,
  };
}

export const subjectOf = ({ given, family, birth }: Person): Subject => ({ name: nameFromParts(given, family), birth });

/** One or two errors: a letter, a digit, the order, a day and a month exchanged. */
export function withErrors(one: Person, draw: (below: number) => number): Person {
  let { given, family, birth } = one;
  const slip = (text: string) => {
    const at = draw(text.length);
    const letter = String.fromCharCode(97 + draw(26));
    return [text.slice(0, at) + text.slice(at + 1), text.slice(0, at) + letter + text.slice(at)][draw(2)] ?? text;
  };
  for (let errors = 1 + draw(2); errors > 0; errors--) {
    const kind = draw(5);
    if (kind === 0) given = slip(given);
    else if (kind === 1) family = slip(family);
    else if (kind === 2) [given, family] = [family, given];
    else if (kind === 3) birth = birth.slice(0, 4) + birth.slice(6) + birth.slice(4, 6);
    else birth = birth.slice(0, 7) + String(draw(10));
  }
  return { given, family, birth };
}

const AT_ONCE = 20_000;

/** Puts so many people into the store, as an import would: sealed, under their keyed hashes. */
export async function fillPeople(portal: BenchPortal, count: number): Promise<void> {
  const { agencyId, vault, pool } = portal;
  const book = await subjectKeyInHand(portal, agencyId);
  const { indexKeys } = await vault.keysInHand(book.keyId, SUBJECT_INDEXES);
  const seal = openSubjectSealer(indexKeys, book, agencyId);
  const draw = drawing(11);
  await withClient(pool, async (client) => {
    // By hand beside the import's statement: a million people are there in a minute, and indexed once.
    await client.query(
      "CREATE TEMP TABLE people_in (id uuid, sealed bytea); CREATE TEMP TABLE keys_in (tag uuid, id uuid)",
    );
    for (let left = count; left > 0; left -= AT_ONCE) {
      const people: SealedSubjects = new Map();
      for (let i = Math.min(left, AT_ONCE); i > 0; i--) {
        const { given, family, birth } = person(draw);
        const date = `${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`;
        seal(
          [
            { kind: "name", state: "value", value: `${family}, ${given}` },
            { kind: "birth-date", state: "value", value: birth, date },
          ],
          people,
        );
      }
      const [rows, keys] = [new BinaryCopy(1 << 20), new BinaryCopy(1 << 22)];
      for (const { id, sealed, keys: own } of people.values()) {
        rows.row(2);
        rows.tag(id);
        rows.bytea(sealed);
        for (const tag of own) {
          keys.row(2);
          keys.tag(tag);
          keys.tag(id);
        }
      }
      await copyRows(client, "pg_temp.people_in (id, sealed)", rows);
      await copyRows(client, "pg_temp.keys_in (tag, id)", keys);
    }
    await client.query("SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'");
    await client.query("ALTER TABLE subject_key DROP CONSTRAINT subject_key_pkey");
    await client.query("INSERT INTO subject_key SELECT DISTINCT tag, id FROM pg_temp.keys_in");
    await client.query("ALTER TABLE subject_key ADD PRIMARY KEY (tag, subject_id)");
    await client.query(
      "INSERT INTO subject SELECT DISTINCT ON (id) id, $1::uuid, sealed FROM pg_temp.people_in ORDER BY id",
      [agencyId],
    );
  });
  await pool.query("VACUUM ANALYZE subject_key");
  await pool.query("VACUUM ANALYZE subject");
}
