/** People into the store, in the transaction that stores the rows which named them. */
import type pg from "pg";
import { uuidOf } from "#app/platform/sealing/indexer.ts";
import type { SealedSubjects } from "./seal-subjects.server.ts";

/** Shared by who adds people, taken alone by who forgets them: nobody is forgotten while a row that names him comes in. */
const SUBJECT_LOCK = 72_707_386;

export async function lockSubjectsForWriting(client: pg.ClientBase): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock_shared($1)", [SUBJECT_LOCK]);
}

export async function lockSubjectsAlone(client: pg.ClientBase): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock($1)", [SUBJECT_LOCK]);
}

// In the order of their ids, so that two imports of the same people wait for each other and never lock up. Whoever is
// there already has all his keys: they came in one statement.
const ADD = `
  WITH added AS (
    INSERT INTO subject (id, agency_id, traits_sealed)
    SELECT s.id, $1, s.sealed FROM unnest($2::uuid[], $3::bytea[]) AS s(id, sealed) ORDER BY s.id
    ON CONFLICT DO NOTHING
    RETURNING id
  )
  INSERT INTO subject_key (tag, subject_id)
  SELECT DISTINCT k.tag, k.subject_id FROM unnest($4::uuid[], $5::uuid[]) AS k(tag, subject_id)
  JOIN added ON added.id = k.subject_id`;

/** Adds those who are not there yet. Nothing changes for the others, however often their rows come. */
export async function storeSubjects(client: pg.ClientBase, agencyId: string, people: SealedSubjects): Promise<void> {
  if (people.size === 0) return;
  await lockSubjectsForWriting(client);
  const subjects = [...people.values()].map((subject) => ({ ...subject, id: uuidOf(subject.id) }));
  const keys = subjects.flatMap(({ id, keys: own }) => own.map((tag) => ({ tag: uuidOf(tag), id })));
  await client.query(ADD, [
    agencyId,
    subjects.map(({ id }) => id),
    subjects.map(({ sealed }) => sealed),
    keys.map(({ tag }) => tag),
    keys.map(({ id }) => id),
  ]);
}
