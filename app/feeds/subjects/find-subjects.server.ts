/** People in an agency's logs who may be somebody: found by keyed hashes, then opened. Whoever asks scores them. */
import type pg from "pg";
import type { Portal } from "#app/platform/portal.server.ts";
import { uuidOf } from "#app/platform/sealing/indexer.ts";
import { withReader } from "../store/reader.server.ts";
import { SUBJECT_INDEXES, subjectTags, traitsPlace } from "./seal-subjects.server.ts";
import { type Subject, unpackSubject } from "./subject.ts";
import { findSubjectBook } from "./subject-book.server.ts";

export interface FoundSubject {
  /** Stands as a tag in the search keys of the events in which this person was named. */
  readonly subjectId: string;
  readonly subject: Subject;
}

// The keys first, alone in their index; each person is fetched once, however many keys lead to him.
const CANDIDATES = `
  WITH found AS MATERIALIZED (SELECT DISTINCT subject_id FROM subject_key WHERE tag = ANY($1::uuid[]))
  SELECT s.id, s.traits_sealed AS sealed FROM found f JOIN subject s ON s.id = f.subject_id`;

/** Those who share a key with one of the names, opened. The caller writes the search into the ledger. */
export async function findSubjects(
  portal: Pick<Portal, "db" | "pool" | "vault">,
  { agencyId, names }: { readonly agencyId: string; readonly names: readonly Subject[] },
): Promise<FoundSubject[]> {
  const book = names.length === 0 ? null : await findSubjectBook(portal, agencyId);
  if (book === null) return [];
  const { indexKeys } = await portal.vault.keysInHand(book.keyId, SUBJECT_INDEXES);
  const { keysOf } = subjectTags(indexKeys, agencyId);
  const tags = [...new Set(names.flatMap(keysOf))].map(uuidOf);
  const rows = await withReader(portal.pool, (client) => listCandidates(client, tags));
  const sealer = await portal.vault.sealerFor(book.keyId);
  return rows.map(({ id, sealed }) => ({
    subjectId: id,
    subject: unpackSubject(sealer.open(traitsPlace(id), sealed).toString("utf8")),
  }));
}

/** @param tags Keyed hashes of blocking keys. */
export async function listCandidates(
  client: pg.ClientBase,
  tags: readonly string[],
): Promise<{ id: string; sealed: Buffer }[]> {
  const { rows } = await client.query<{ id: string; sealed: Buffer }>(CANDIDATES, [tags]);
  return rows;
}
