/**
 * One chunk of sealed rows into the store, in one transaction with the batch's counters: whatever
 * happens to the process, the counters say exactly what is stored.
 */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Portal } from "#app/platform/portal.server.ts";
import type { BinaryCopy } from "./binary-copy.ts";
import { ensurePartitions } from "./partitions.server.ts";
import type { Chunk, SealedBadRow } from "./seal-rows.server.ts";

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
const STAGING = `
  CREATE TEMP TABLE IF NOT EXISTS feed_event (id uuid, at timestamptz, row_no integer, row_tag uuid, user_tag uuid,
    flags smallint, payload bytea) ON COMMIT DELETE ROWS;
  CREATE TEMP TABLE IF NOT EXISTS feed_key (tag uuid, at timestamptz, event_id uuid, place smallint)
    ON COMMIT DELETE ROWS`;

// In the order of their tags, so that two imports of the same rows wait for each other and never lock up.
const MERGE = `
  WITH added AS (
    INSERT INTO events.access_event
      (id, at, agency_id, system_id, batch_id, row_no, row_tag, user_tag, key_id, flags, payload)
    SELECT id, at, $1, $2, $3, row_no, row_tag, user_tag, $4, flags, payload FROM pg_temp.feed_event ORDER BY row_tag, at
    ON CONFLICT DO NOTHING
    RETURNING id
  ), keyed AS (
    INSERT INTO events.search_key (tag, at, event_id, place)
    SELECT k.tag, k.at, k.event_id, k.place FROM pg_temp.feed_key k JOIN added ON added.id = k.event_id
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
    bytes = $6
  WHERE id = $1`;

/** @param bytesRead Bytes of the file read so far, for the batch's record. */
export async function storeChunk(portal: Portal, owner: ChunkOwner, chunk: Chunk, bytesRead: number): Promise<Counts> {
  await ensurePartitions(portal.pool, chunk.months);
  const client = await portal.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const stored = chunk.rows > chunk.bad.length ? await mergeEvents(client, owner, chunk) : 0;
    const quarantined = chunk.bad.length > 0 ? await keepBadRows(client, owner, chunk.bad, portal.time.now()) : 0;
    const counts = { rows: chunk.rows, stored, duplicates: chunk.rows - stored - quarantined, quarantined };
    const { rows, duplicates } = counts;
    await client.query(COUNT, [owner.batchId, rows, stored, duplicates, quarantined, bytesRead]);
    await client.query("COMMIT");
    return counts;
  } catch (error) {
    // A connection in an unknown state is not handed to the next user of the pool.
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** @returns How many of the chunk's events were not in the store yet. Inside the client's transaction. */
export async function mergeEvents(client: pg.PoolClient, owner: ChunkOwner, chunk: Chunk): Promise<number> {
  await client.query(STAGING);
  await copy(client, "pg_temp.feed_event", chunk.events);
  await copy(client, "pg_temp.feed_key", chunk.keys);
  const { agencyId, systemId, batchId, keyId } = owner;
  const merged = await client.query<{ stored: number }>(MERGE, [agencyId, systemId, batchId, keyId]);
  return merged.rows[0]?.stored ?? 0;
}

async function copy(client: pg.PoolClient, table: string, message: BinaryCopy): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${table} FROM STDIN (FORMAT binary)`));
  await pipeline(Readable.from([message.finish()]), stream);
}

/** Seals have been put on before; a bad row that waits already is not put there twice. */
async function keepBadRows(client: pg.PoolClient, owner: ChunkOwner, bad: SealedBadRow[], now: Date): Promise<number> {
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
