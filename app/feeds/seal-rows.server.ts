/**
 * From readable rows to what the database may hold: payloads sealed with the batch's key, identifiers
 * as blind indexes. Nothing readable leaves this file and store/fast-rows.server.ts.
 */
import { newId } from "#app/platform/database/id.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { indexerOf, keyedHash, uuidOf } from "#app/platform/sealing/indexer.ts";
import { firstVersion, type Sealer, sealerOf } from "#app/platform/sealing/sealer.ts";
import type { KeysInHand, Place } from "#app/platform/sealing/vault.server.ts";
import { type Cell, freeTextsOf, type StoredEvent, valueIn } from "./access-event.ts";
import { INDEXED_KINDS, type IndexedKind } from "./identifier.ts";
import { findPlates } from "./plates-in-text.ts";
import type { BadRow, FileRow, GoodRow, RowContext } from "./read-file.ts";
import { type Chunk, ChunkWriter, type SealBlock, type SealedBadRow } from "./store/chunk.server.ts";
import { packEvent } from "./store/event-payload.ts";
import { type Memo, memoOf } from "./store/memo.ts";
import { openSubjectSealer, SUBJECT_INDEXES } from "./subjects/seal-subjects.server.ts";
import { subjectKeyInHand } from "./subjects/subject-book.server.ts";

/** The blind indexes that a row needs. */
export const ROW_INDEXES = [...INDEXED_KINDS, ...SUBJECT_INDEXES, "row", "source", "query", "user"] as const;
export interface RowKeys extends KeysInHand<(typeof ROW_INDEXES)[number]> {
  /** The key of the people in the agency's logs. */
  readonly people: KeysInHand<never>;
}

/** All keys that the rows of one batch need. */
export async function rowKeysInHand(portal: Portal, owner: { agencyId: string; keyId: string }): Promise<RowKeys> {
  const people = await subjectKeyInHand(portal, owner.agencyId);
  return { ...(await portal.vault.keysInHand(owner.keyId, ROW_INDEXES)), people };
}

/** Whose rows are sealed. */
export interface RowOrigin {
  batchId: string;
  agencyId: string;
  systemId: string;
  profile: string;
}

/** Where the raw row in quarantine is bound to. */
export function rawPlace(quarantineId: string): Place {
  return { table: "quarantine", column: "raw_sealed", row: quarantineId };
}

/**
 * The tags of a row's parts, each as 16 characters.
 *
 * A row's identity, which is its event's id, is a keyed hash over custodian, system, profile and the
 * delivered text of every field, the log's own number among them. So the same row is one event however
 * often it arrives, and the same number with other content is a later edition, stored beside the first.
 */
export function openRowTags(keys: RowKeys, origin: RowOrigin) {
  const feed = `${origin.agencyId}|${origin.systemId}|`;
  const user = indexerOf(keys.indexKeys.user);
  const kinds = INDEXED_KINDS.map((kind) => [kind, memoOf(indexerOf(keys.indexKeys[kind]).raw)]);
  return {
    row: keyedHash(keys.indexKeys.row, `${feed}${origin.profile}|`),
    bad: keyedHash(keys.indexKeys.row, `${feed}quarantine|`),
    source: keyedHash(keys.indexKeys.source, feed),
    query: memoOf(indexerOf(keys.indexKeys.query).raw),
    user: memoOf((name) => user.raw(name.trim().toLowerCase())),
    kinds: Object.fromEntries(kinds) as Record<IndexedKind, Memo<string>>,
    /** The same tags from bytes, for kinds that stand in a log as they are normalised. */
    terms: { plate: keyedHash(keys.indexKeys.plate, ""), licence: keyedHash(keys.indexKeys.licence, "") },
  };
}
export type RowTags = ReturnType<typeof openRowTags>;

/** Finds the tags of plates that stand in free texts, each once. */
export function namedPlates(tags: RowTags): (texts: readonly string[]) => string[] {
  const platesIn = memoOf(findPlates);
  return (texts) => {
    const named: string[] = [];
    for (const text of texts) {
      if (!hasLetter(text)) continue;
      for (const plate of platesIn(text)) addOnce(named, tags.kinds.plate(plate));
    }
    return named;
  };
}

export interface RowSealer {
  /** @param shift Added to the row's number, for rows that were read from a part of their file. */
  add(chunk: Chunk, row: FileRow, shift?: number): void;
  /** Closes what is still open. Nothing may be added to the chunk afterwards. */
  finish(chunk: Chunk): void;
}

/** The sealing of one feed's rows. */
export function openRowSealer(keys: RowKeys, origin: RowOrigin, sealBlock?: SealBlock): RowSealer {
  const sealer = sealerOf(keys.keyId, firstVersion(keys.dataKey));
  const writer = new ChunkWriter(origin.batchId, sealer, sealBlock);
  const tags = openRowTags(keys, origin);
  const namedIn = namedPlates(tags);
  const sealPeople = openSubjectSealer(keys.indexKeys, keys.people, origin.agencyId);

  function addEvent(chunk: Chunk, row: GoodRow, number: number): void {
    const { event } = row;
    const searched: string[] = [];
    for (const { kind, normalised } of row.identifiers) addOnce(searched, tags.kinds[kind](normalised));
    for (const person of sealPeople(event.searchedBy, chunk.subjects)) addOnce(searched, person);
    const columns = {
      id: tags.row.raw(row.identity),
      instant: row.instant,
      number,
      ...tagsOf(event),
      flags: row.flags,
      searched,
      named: namedIn(freeTextsOf(event)),
    };
    writer.add(chunk, columns, packEvent(event));
  }

  function tagsOf(event: StoredEvent) {
    const tagged = (cell: Cell | undefined, tag: (text: string) => string) => {
      const value = cell === undefined ? null : valueIn(cell);
      return value === null ? null : tag(value);
    };
    return {
      source: tagged(event.sourceId, tags.source.raw),
      query: tagged(event.queryId, tags.query),
      group: tagged(event.groupId, tags.query),
      user: tagged(event.user, tags.user),
    };
  }

  return {
    add: (chunk, row, shift = 0) => {
      chunk.rows += 1;
      chunk.bytes += row.bytes;
      const number = row.number + shift;
      if (row.problem === null) addEvent(chunk, row, number);
      else chunk.bad.push(sealBadRow(sealer, tags, row, number));
    },
    finish: (chunk) => writer.finish(chunk),
  };
}

function addOnce(tags: string[], tag: string): void {
  if (!tags.includes(tag)) tags.push(tag);
}

/** No plate is found in a text without one (plates-in-text.ts), and most case numbers have none. */
function hasLetter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) | 32;
    if (code > 96 && code < 123) return true;
  }
  return false;
}

function sealBadRow(sealer: Sealer, tags: RowTags, row: BadRow, number: number): SealedBadRow {
  const id = newId();
  const raw = Buffer.from(row.raw.buffer, row.raw.byteOffset, row.raw.byteLength);
  const identity = row.digest === null ? raw.toString("latin1") : `${row.digest}|${row.bytes}`;
  const head = JSON.stringify({ bytes: row.bytes, digest: row.digest, context: row.context });
  return {
    id,
    row: number,
    tag: uuidOf(tags.bad.raw(identity)),
    reason: row.problem,
    sealed: sealer.seal(rawPlace(id), Buffer.concat([Buffer.from(`${head}\n`), raw])),
  };
}

/** A row that waits, as it was delivered. */
export interface RawParts {
  bytes: number;
  digest: string | null;
  context?: RowContext;
  raw: Buffer;
}

/** Takes apart what `sealBadRow` put together. */
export function parseRawRow(plain: Buffer): RawParts {
  const end = plain.indexOf(10);
  const head = JSON.parse(plain.toString("utf8", 0, end)) as Omit<RawParts, "raw">;
  return { ...head, raw: plain.subarray(end + 1) };
}
