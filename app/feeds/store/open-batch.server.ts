/** Batches that are being staged: found again after they were cut short, or parted from. */
import type pg from "pg";
import type { Delivery } from "../batch.server.ts";
import { inStoreTransaction } from "../partitions.server.ts";
import type { ChunkOwner } from "../store-chunk.server.ts";
import type { Chunk } from "./chunk.server.ts";
import { listStagedChunks, type StagedChunk, tryLockBatch, unlockBatch } from "./staging.server.ts";

export interface OpenBatch {
  readonly owner: ChunkOwner;
  /** What was staged before this delivery came. */
  readonly chunks: ReadonlyMap<number, StagedChunk>;
}

/** @param lock The connection with which the batch is marked as being worked on. */
export async function openBatch(lock: pg.ClientBase, owner: ChunkOwner): Promise<OpenBatch> {
  if (!(await tryLockBatch(lock, owner.batchId))) throw new Error("a batch is being worked on already");
  return { owner, chunks: await listStagedChunks(lock, owner.batchId) };
}

/**
 * The batch of this log and profile that began with the same piece, was cut short, and is nobody's now; null
 * when there is none.
 */
export async function findCutShort(
  pool: pg.Pool,
  lock: pg.ClientBase,
  { feed, profile }: Delivery,
  prefix: Uint8Array,
): Promise<OpenBatch | null> {
  const { agencyId, systemId } = feed.custody;
  const { rows } = await pool.query<{ id: string; key_id: string }>(
    `SELECT b.id, b.key_id FROM events.staged_chunk c JOIN batch b ON b.id = c.batch_id
     WHERE c.seq = 0 AND c.prefix = $1 AND b.agency_id = $2 AND b.system_id = $3 AND b.profile = $4
       AND b.profile_version = $5 AND b.finished_at IS NULL AND b.refusal IS NULL
     ORDER BY b.rows DESC`,
    [prefix, agencyId, systemId, profile.id, profile.version],
  );
  for (const { id, key_id } of rows) {
    if (!(await tryLockBatch(lock, id))) continue;
    // It may have been finished between the question and the lock.
    const still = await pool.query("SELECT 1 FROM batch WHERE id = $1 AND finished_at IS NULL AND refusal IS NULL", [
      id,
    ]);
    if (still.rowCount === 1) {
      const owner = { batchId: id, agencyId, systemId, keyId: key_id };
      return { owner, chunks: await listStagedChunks(pool, id) };
    }
    await unlockBatch(lock, id);
  }
  return null;
}

/**
 * Begins the new batch with what it has in common with the old one, all of which the store has: the old one's
 * chunks before `seq`, counted as duplicates. The old one is found no more.
 */
export async function partWays(
  pool: pg.Pool,
  lock: pg.ClientBase,
  old: ChunkOwner,
  owner: ChunkOwner,
  seq: number,
): Promise<OpenBatch> {
  await inStoreTransaction(pool, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      `WITH common AS (
         INSERT INTO events.staged_chunk (batch_id, seq, first_row, rows, prefix, first_at, last_at, stands)
         SELECT $1, seq, first_row, rows, prefix, first_at, last_at, stands FROM events.staged_chunk
         WHERE batch_id = $2 AND seq < $3
         RETURNING rows
       ) SELECT coalesce(sum(rows), 0)::int AS n FROM common`,
      [owner.batchId, old.batchId, seq],
    );
    await client.query("UPDATE batch SET rows = $2, duplicates = $2 WHERE id = $1", [owner.batchId, rows[0]?.n ?? 0]);
    await client.query("DELETE FROM events.staged_chunk WHERE batch_id = $1", [old.batchId]);
  });
  await unlockBatch(lock, old.batchId);
  return openBatch(lock, owner);
}

/** Earliest and latest instant in all chunks of a batch. */
export async function spanOf(pool: pg.Pool, batchId: string): Promise<Chunk["span"]> {
  const { rows } = await pool.query<{ first: Date | null; last: Date | null }>(
    "SELECT min(first_at) AS first, max(last_at) AS last FROM events.staged_chunk WHERE batch_id = $1",
    [batchId],
  );
  const { first = null, last = null } = rows[0] ?? {};
  return first && last ? { first: first.getTime(), last: last.getTime() } : null;
}
