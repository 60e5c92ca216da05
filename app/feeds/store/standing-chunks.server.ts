/**
 * What a finished delivery leaves behind of its pieces: the hash of all text up to the end of each, and whether its rows
 * stand in the store. A file that comes again, or has grown since, is not read and sealed anew as far as it is the same.
 */
import type pg from "pg";
import type { Delivery } from "../batch.server.ts";
import { monthOf, type Part } from "../months.ts";
import { inStoreTransaction, lockForWriting } from "../partitions.server.ts";
import { listStagedChunks, type StagedChunk } from "./staging.server.ts";

export interface EarlierDelivery {
  readonly batchId: string;
  readonly chunks: ReadonlyMap<number, StagedChunk>;
}

/** A finished delivery of this log and profile that began with the same piece; null when there is none. */
export async function findEarlier(
  pool: pg.Pool,
  { feed, profile }: Delivery,
  prefix: Uint8Array,
): Promise<EarlierDelivery | null> {
  const { agencyId, systemId } = feed.custody;
  const { rows } = await pool.query<{ id: string }>(
    `SELECT b.id FROM events.staged_chunk c JOIN batch b ON b.id = c.batch_id
     WHERE c.seq = 0 AND c.prefix = $1 AND b.agency_id = $2 AND b.system_id = $3 AND b.profile = $4
       AND b.profile_version = $5 AND b.finished_at IS NOT NULL
     ORDER BY b.rows DESC LIMIT 1`,
    [prefix, agencyId, systemId, profile.id, profile.version],
  );
  const [found] = rows;
  return found === undefined ? null : { batchId: found.id, chunks: await listStagedChunks(pool, found.id) };
}

const REPEAT = `
  WITH again AS (
    INSERT INTO events.staged_chunk (batch_id, seq, first_row, rows, prefix, first_at, last_at, stands)
    SELECT $1, seq, first_row, rows, prefix, first_at, last_at, true FROM events.staged_chunk
    WHERE batch_id = $2 AND seq = $3 AND stands
    ON CONFLICT DO NOTHING
    RETURNING rows
  )
  UPDATE batch SET rows = batch.rows + again.rows, duplicates = duplicates + again.rows, bytes = greatest(bytes, $4),
    progress_at = $5
  FROM again WHERE id = $1`;

/**
 * Counts one piece of a batch as duplicates, for all of its rows stand in the store.
 *
 * @returns false when they do not, or not all of them: then the piece has to be read.
 */
export async function countAsStanding(
  pool: pg.Pool,
  batchId: string,
  earlier: EarlierDelivery,
  { seq, span }: StagedChunk,
  { bytesRead, now }: { bytesRead: number; now: Date },
): Promise<boolean> {
  return inStoreTransaction(pool, async (client) => {
    await client.query("SET LOCAL synchronous_commit = off");
    // What lets go of events locks out writers: it has said so of the piece already, or will of the batch's own.
    await lockForWriting(client, yearsOf(span));
    const counted = await client.query(REPEAT, [batchId, earlier.batchId, seq, bytesRead, now.toISOString()]);
    return counted.rowCount === 1;
  });
}

/** A month of each year in which the piece has rows. */
function yearsOf(span: StagedChunk["span"]): Part[] {
  if (span === null) return [];
  const year = (instant: number) => new Date(instant).getUTCFullYear();
  const count = year(span.last) - year(span.first) + 1;
  return Array.from({ length: count }, (_, i) => monthOf(Date.UTC(year(span.first) + i, 0, 1)));
}

/** Pieces with events of before that instant do not stand any more. The caller has locked out writers. */
export async function forgetStanding(
  client: pg.ClientBase,
  { agencyId, systemId, before }: { agencyId: string; systemId: string; before: Date },
): Promise<void> {
  await client.query(
    `UPDATE events.staged_chunk c SET stands = false FROM batch b
     WHERE b.id = c.batch_id AND b.agency_id = $1 AND b.system_id = $2 AND c.first_at < $3 AND c.stands`,
    [agencyId, systemId, before.toISOString()],
  );
}
