/**
 * Whose jobs may be given to another worker. The queue itself waits four hours before it takes a job
 * away from a worker that was killed; a resident's release must not. So each worker holds an advisory
 * lock, which ends with its connection, and each looks now and then for locked jobs without one.
 */
import type pg from "pg";
import { faultOf } from "../log/fault.ts";
import type { Portal } from "../portal.server.ts";

/** First half of the lock; the second is the worker's id, hashed. */
const ALIVE = 72_707_372;
const EVERY_MS = 5_000;
/** A worker takes its first jobs a moment before it can hold its mark. */
const YOUNG = "5 seconds";

/** Holds the mark of one worker, and frees what dead ones held, until stopped. */
export async function keepAliveMark(
  portal: Pick<Portal, "pool" | "log">,
  workerId: string,
): Promise<{ stop(): Promise<void> }> {
  let client: pg.PoolClient | null = null;

  async function hold(): Promise<pg.PoolClient> {
    if (client) return client;
    const fresh = await portal.pool.connect();
    // Forgotten first, so that the next look takes another; the pool logs the loss.
    fresh.once("error", () => {
      if (client !== fresh) return;
      client = null;
      fresh.release(true);
    });
    // Shared: two ids of one hash must not wait for each other. Who looks asks for it alone.
    await fresh.query("SELECT pg_advisory_lock_shared($1, hashtext($2))", [ALIVE, workerId]);
    client = fresh;
    return fresh;
  }

  async function look(): Promise<void> {
    try {
      const freed = await freeAbandonedJobs(await hold(), workerId);
      if (freed > 0) portal.log.warn({ from: "worker", workers: freed }, "jobs of workers that are gone were freed");
    } catch (error) {
      portal.log.warn({ from: "worker", ...faultOf(error) }, "the worker's mark could not be renewed");
    }
  }

  await look();
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, EVERY_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
      // Closed, not given back: the mark ends with the connection.
      client?.release(true);
      client = null;
    },
  };
}

/**
 * When a job's key is asked for again while a dead worker still holds it, the queue makes a new job and marks the
 * old one as tried for the last time: it would stand there for ever, and look like work that waits.
 */
const COMPLETE_REPLACED = `
  SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker._private_jobs
  WHERE key IS NULL AND locked_at IS NULL AND attempts >= max_attempts AND last_error IS NULL
  HAVING count(*) > 0`;

/** Unlocks the jobs of every worker that holds no mark, but for those that were asked for anew since. @returns how many such workers there were */
async function freeAbandonedJobs(client: pg.PoolClient, ownId: string): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT DISTINCT locked_by AS id FROM graphile_worker._private_jobs
     WHERE locked_by <> $1 AND locked_at < now() - $2::interval`,
    [ownId, YOUNG],
  );
  const dead: string[] = [];
  for (const { id } of rows) {
    const tried = await client.query<{ free: boolean }>(
      `SELECT pg_try_advisory_lock($1, hashtext($2)) AND pg_advisory_unlock($1, hashtext($2)) AS free`,
      [ALIVE, id],
    );
    if (tried.rows[0]?.free) dead.push(id);
  }
  if (dead.length === 0) return 0;
  await client.query("SELECT graphile_worker.force_unlock_workers($1::text[])", [dead]);
  await client.query(COMPLETE_REPLACED);
  return dead.length;
}
