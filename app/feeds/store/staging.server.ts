/**
 * Where the rows of a large delivery wait, sealed, until its months are put into the store: tables of the
 * batch's own, one for each month, without an index, which is as fast as PostgreSQL takes rows. A chunk and
 * its entry in events.staged_chunk commit together, so a delivery that was cut short goes on after the last
 * one.
 */
import type pg from "pg";
import type { Part } from "../months.ts";
import type { StoreTable } from "../partitions.server.ts";
import { type ChunkOwner, type Counts, copyRows, keepBadRows } from "../store-chunk.server.ts";
import { storeSubjects } from "../subjects/store-subjects.server.ts";
import { makeTables, type PartTables } from "./build-part.server.ts";
import { BLOCK_COLUMNS, type Chunk, EVENT_COLUMNS, KEY_COLUMNS } from "./chunk.server.ts";

/** Which chunk of the file this is. */
export interface ChunkName {
  /** From 0. */
  seq: number;
  /** Row number of its first row; the header is row 1. */
  firstRow: number;
  /** SHA-256 of the file's text from its beginning to the end of this chunk. */
  prefix: Uint8Array;
  /** Delivered bytes read when it was complete. */
  bytesRead: number;
}

export interface StagedChunk {
  seq: number;
  rows: number;
  prefix: Buffer;
  span: Chunk["span"];
}

const SHORT: Readonly<Record<StoreTable, string>> = {
  access_event: "event",
  search_key: "key",
  payload_block: "block",
};

/** The batch's tables for one month. */
export function stagedTables(batchId: string, part: Part): PartTables {
  const name = (table: StoreTable) => `events.staged_${SHORT[table]}_${batchId.replaceAll("-", "")}_${part}`;
  return { access_event: name("access_event"), search_key: name("search_key"), payload_block: name("payload_block") };
}

const CONSTANTS = [
  ["access_event", "agency_id"],
  ["access_event", "system_id"],
  ["access_event", "batch_id"],
  ["access_event", "key_id"],
  ["payload_block", "batch_id"],
] as const;

/** First half of the lock; the second is the batch's id, hashed. */
const MAKING = 72_707_385;

/** Safe to call from several connections at once: whoever comes second waits, and finds the tables there. */
export async function makeStaging(client: pg.ClientBase, owner: ChunkOwner, part: Part): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock($1, hashtext($2))", [MAKING, owner.batchId]);
    const { rows } = await client.query("SELECT 1 FROM events.staged_part WHERE batch_id = $1 AND part = $2", [
      owner.batchId,
      part,
    ]);
    if (rows.length === 0) {
      const tables = stagedTables(owner.batchId, part);
      await makeTables(client, tables, part);
      await setConstants(client, owner, tables);
      await client.query("INSERT INTO events.staged_part (batch_id, part) VALUES ($1, $2)", [owner.batchId, part]);
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

/** What is alike in every row of a batch is a default and crosses no wire. */
async function setConstants(client: pg.ClientBase, owner: ChunkOwner, tables: PartTables): Promise<void> {
  const values = { agency_id: owner.agencyId, system_id: owner.systemId, batch_id: owner.batchId, key_id: owner.keyId };
  for (const [table, column] of CONSTANTS) {
    await client.query(`ALTER TABLE ${tables[table]} ALTER COLUMN ${column} SET DEFAULT '${values[column]}'`);
  }
}

/** Takes back what `setConstants` has set: the tables are a batch's alone no more. */
export async function dropConstants(client: pg.ClientBase, tables: PartTables): Promise<void> {
  for (const [table, column] of CONSTANTS) {
    await client.query(`ALTER TABLE ${tables[table]} ALTER COLUMN ${column} DROP DEFAULT`);
  }
}

const COUNT = `
  UPDATE batch SET rows = rows + $2, staged = staged + $3, duplicates = duplicates + $4, quarantined = quarantined + $5,
    bytes = greatest(bytes, $6), progress_at = $7
  WHERE id = $1`;

const NAME_CHUNK = `
  INSERT INTO events.staged_chunk (batch_id, seq, first_row, rows, prefix, first_at, last_at, stands)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`;

/**
 * One chunk into the batch's staging tables, with its entry and the batch's counters, in one transaction.
 *
 * @param client A connection of the caller's alone.
 * @returns `stored` is what waits now; null when the chunk stood there already.
 */
export async function stageChunk(
  client: pg.ClientBase,
  owner: ChunkOwner,
  chunk: Chunk,
  name: ChunkName,
  now: Date,
): Promise<Counts | null> {
  await client.query("BEGIN");
  try {
    const counts = await stageRows(client, owner, chunk, name, now);
    await client.query(counts === null ? "ROLLBACK" : "COMMIT");
    return counts;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

async function stageRows(
  client: pg.ClientBase,
  owner: ChunkOwner,
  chunk: Chunk,
  name: ChunkName,
  now: Date,
): Promise<Counts | null> {
  const iso = (instant: number | undefined) => (instant === undefined ? null : new Date(instant).toISOString());
  const named = await client.query(NAME_CHUNK, [
    owner.batchId,
    name.seq,
    name.firstRow,
    chunk.rows,
    name.prefix,
    iso(chunk.span?.first),
    iso(chunk.span?.last),
    chunk.bad.length === 0,
  ]);
  if (named.rowCount === 0) return null;
  for (const [part, { events, keys, blocks }] of chunk.months) {
    const tables = stagedTables(owner.batchId, part);
    await copyRows(client, `${tables.access_event} (${EVENT_COLUMNS})`, events);
    await copyRows(client, `${tables.search_key} (${KEY_COLUMNS})`, keys);
    await copyRows(client, `${tables.payload_block} (${BLOCK_COLUMNS})`, blocks);
  }
  await storeSubjects(client, owner.agencyId, chunk.subjects);
  const quarantined = await keepBadRows(client, owner, chunk.bad, now);
  const staged = chunk.rows - chunk.bad.length;
  const duplicates = chunk.bad.length - quarantined;
  // Last, because whoever stages the next chunk waits for this row until the commit.
  await client.query(COUNT, [
    owner.batchId,
    chunk.rows,
    staged,
    duplicates,
    quarantined,
    name.bytesRead,
    now.toISOString(),
  ]);
  return { rows: chunk.rows, stored: staged, duplicates, quarantined };
}

/** The chunks of a batch that are committed, by their number. */
export async function listStagedChunks(
  client: pg.ClientBase | pg.Pool,
  batchId: string,
): Promise<Map<number, StagedChunk>> {
  const { rows } = await client.query<{
    seq: number;
    rows: number;
    prefix: Buffer;
    first_at: Date | null;
    last_at: Date | null;
  }>("SELECT seq, rows, prefix, first_at, last_at FROM events.staged_chunk WHERE batch_id = $1 ORDER BY seq", [
    batchId,
  ]);
  return new Map(
    rows.map(({ seq, rows: count, prefix, first_at, last_at }) => {
      const span = first_at && last_at ? { first: first_at.getTime(), last: last_at.getTime() } : null;
      return [seq, { seq, rows: count, prefix, span }];
    }),
  );
}

/** The months of which rows wait, in order. */
export async function listStagedParts(client: pg.ClientBase | pg.Pool, batchId: string): Promise<Part[]> {
  const { rows } = await client.query<{ part: string }>(
    "SELECT part FROM events.staged_part WHERE batch_id = $1 ORDER BY part",
    [batchId],
  );
  return rows.map((row) => row.part);
}

/** Two keys of an advisory lock: this one, and a hash of the batch's id. */
const BATCH_LOCK = 72_707_382;

/**
 * Marks a batch as being worked on, until the client's connection ends: however the process dies, the mark
 * goes with it.
 *
 * @returns False when another process works on it.
 */
export async function tryLockBatch(client: pg.ClientBase, batchId: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>("SELECT pg_try_advisory_lock($1, hashtext($2)) AS locked", [
    BATCH_LOCK,
    batchId,
  ]);
  return rows[0]?.locked === true;
}

export async function unlockBatch(client: pg.ClientBase, batchId: string): Promise<void> {
  await client.query("SELECT pg_advisory_unlock($1, hashtext($2))", [BATCH_LOCK, batchId]);
}
