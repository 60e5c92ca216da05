/**
 * Deliveries that were cut short and not delivered again: what was staged of them is put into the store, so that it
 * can be found. They stay unfinished, and go on where they broke off should they come after all.
 */
import type { Portal } from "#app/platform/portal.server.ts";
import { withClient } from "../partitions.server.ts";
import { settlePart } from "./settle-part.server.ts";
import { listStagedParts, tryLockBatch, unlockBatch } from "./staging.server.ts";

/** Whoever lost a connection is given so long to come again. */
const PATIENCE_MS = 60 * 60_000;

/** @returns How many deliveries had something to be put into the store. */
export async function settleCutShort(portal: Portal): Promise<number> {
  const { pool } = portal;
  const before = new Date(portal.time.now().getTime() - PATIENCE_MS);
  const { rows } = await pool.query<{ id: string }>(
    `SELECT b.id FROM batch b WHERE EXISTS (SELECT 1 FROM events.staged_part p WHERE p.batch_id = b.id)
       AND coalesce(b.progress_at, b.received_at) < $1 ORDER BY b.received_at`,
    [before.toISOString()],
  );
  let settled = 0;
  for (const { id } of rows) {
    settled += await withClient(pool, async (client) => {
      if (!(await tryLockBatch(client, id))) return 0;
      for (const part of await listStagedParts(pool, id)) await settlePart(pool, id, part);
      await unlockBatch(client, id);
      return 1;
    });
  }
  return settled;
}
