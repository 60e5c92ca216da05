/**
 * One chunk of sealed rows into the store, in one transaction with the batch's counters: whatever
 * happens to the process, the counters say exactly what is stored.
 *
 * This is the way of small deliveries; large ones go through staging tables (store/).
 */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Portal } from "#app/platform/portal.server.ts";
import type { BinaryCopy } from "./binary-copy.ts";
import { noteBusyDays } from "./busy-days.server.ts";
import { ensurePartitions, forgetPartitions, inStoreTransaction, lockForWriting } from "./partitions.server.ts";
import { type Chunk, EVENT_COLUMNS, KEY_COLUMNS, type SealedBadRow } from "./store/chunk.server.ts";
import { storeSubjects } from "./subjects/store-subjects.server.ts";

/** Whose rows these are. */
export interface ChunkOwner {
  batchId: string;
  agencyId: string;
  systemId: string;
  keyId: string;
}

/** rows = stored + duplicates + quarantined (+ discarded, once somebody has worked what waits), always. */
export interface Counts {
  rows: number;
  stored: number;
  duplicates: number;
  quarantined: number;
}

// The rows land in tables of the session alone first: COPY itself knows no ON CONFLICT.
const LANDING = `
  CREATE TEMP TABLE IF NOT EXISTS feed_event (id uuid, at timestamptz, row_no integer, source_tag uuid, query_tag uuid,
    group_tag uuid, user_tag uuid, flags smallint, payload bytea, block_no bigint, block_pos smallint) ON COMMIT DELETE ROWS;
  CREATE TEMP TABLE IF NOT EXISTS feed_key (tag uuid, at timestamptz, event_id uuid, place smallint)
    ON COMMIT DELETE ROWS`;

// In the order of their ids, so that two imports of the same rows wait for each other and never lock up.
const MERGE = `
  WITH added AS (
    INSERT INTO events.access_event
      (id, at, agency_id, system_id, batch_id, row_no, source_tag, query_tag, group_tag, user_tag, key_id, flags, payload)
    SELECT id, at, $1, $2, $3, row_no, source_tag, query_tag, group_tag, user_tag, $4, flags, payload FROM pg_temp.feed_event f
    WHERE NOT EXISTS (SELECT 1 FROM events.access_event o WHERE o.row_tag = f.id AND o.at = f.at)
    ORDER BY id, at
    ON CONFLICT DO NOTHING
    RETURNING id, at
  ), keyed AS (
    INSERT INTO events.search_key (tag, at, event_id, place)
    SELECT DISTINCT k.tag, k.at, k.event_id, k.place
    FROM pg_temp.feed_key k JOIN added ON added.id = k.event_id AND added.at = k.at
  )
  SELECT count(*)::int AS stored FROM added`;

const QUARANTINE = `
  INSERT INTO quarantine (id, batch_id, "row", row_tag, reason, raw_sealed, at, agency_id, system_id)
  SELECT q.id, $1, q."row", q.tag, q.reason, q.sealed, $2, $3, $4
  FROM unnest($5::uuid[], $6::int[], $7::uuid[], $8::text[], $9::bytea[]) AS q(id, "row", tag, reason, sealed)
  ORDER BY q.tag, q."row"
  ON CONFLICT (agency_id, system_id, row_tag) DO NOTHING`;

const COUNT = `
  UPDATE batch SET rows = rows + $2, stored = stored + $3, duplicates = duplicates + $4, quarantined = quarantined + $5,
    bytes = $6, progress_at = $7
  WHERE id = $1`;

const NO_PARTITION = "23514";

/** @param bytesRead Bytes of the file read so far, for the batch's record. */
export async function storeChunk(portal: Portal, owner: ChunkOwner, chunk: Chunk, bytesRead: number): Promise<Counts> {
  try {
    return await storeOnce(portal, owner, chunk, bytesRead);
  } catch (error) {
    if ((error as { code?: unknown }).code !== NO_PARTITION) throw error;
    // Retention has dropped a month that this process has seen standing.
    forgetPartitions(portal.pool);
    return storeOnce(portal, owner, chunk, bytesRead);
  }
}

async function storeOnce(portal: Portal, owner: ChunkOwner, chunk: Chunk, bytesRead: number): Promise<Counts> {
  await ensurePartitions(portal.pool, chunk.months.keys());
  const now = portal.time.now();
  return inStoreTransaction(portal.pool, async (client) => {
    const stored = chunk.months.size > 0 ? await mergeEvents(client, owner, chunk) : 0;
    const quarantined = await keepBadRows(client, owner, chunk.bad, now);
    const counts = { rows: chunk.rows, stored, duplicates: chunk.rows - stored - quarantined, quarantined };
    const { rows, duplicates } = counts;
    await client.query(COUNT, [owner.batchId, rows, stored, duplicates, quarantined, bytesRead, now.toISOString()]);
    return counts;
  });
}

/** @returns How many of the chunk's events were not in the store yet. Inside the client's transaction. */
export async function mergeEvents(client: pg.PoolClient, owner: ChunkOwner, chunk: Chunk): Promise<number> {
  await client.query(LANDING);
  for (const { events, keys } of chunk.months.values()) {
    await copyRows(client, `pg_temp.feed_event (${EVENT_COLUMNS})`, events);
    await copyRows(client, `pg_temp.feed_key (${KEY_COLUMNS})`, keys);
  }
  const { agencyId, systemId, batchId, keyId } = owner;
  await lockForWriting(client, chunk.months.keys());
  const merged = await client.query<{ stored: number }>(MERGE, [agencyId, systemId, batchId, keyId]);
  await storeSubjects(client, agencyId, chunk.subjects);
  await noteBusyDays(client, batchId, "pg_temp.feed_event");
  return merged.rows[0]?.stored ?? 0;
}

/** @param target A table with its columns. */
export async function copyRows(client: pg.ClientBase, target: string, message: BinaryCopy): Promise<void> {
  if (message.rows === 0) return;
  const stream = client.query(copyFrom(`COPY ${target} FROM STDIN (FORMAT binary)`));
  await pipeline(Readable.from([message.finish()]), stream);
}

/**
 * Seals have been put on before; a bad row that waits already is not put there twice.
 *
 * @returns How many were new.
 */
export async function keepBadRows(
  client: pg.ClientBase,
  owner: ChunkOwner,
  bad: readonly SealedBadRow[],
  now: Date,
): Promise<number> {
  if (bad.length === 0) return 0;
  const result = await client.query(QUARANTINE, [
    owner.batchId,
    now.toISOString(),
    owner.agencyId,
    owner.systemId,
    bad.map((row) => row.id),
    bad.map((row) => row.row),
    bad.map((row) => row.tag),
    bad.map((row) => row.reason),
    bad.map((row) => row.sealed),
  ]);
  return result.rowCount ?? 0;
}
