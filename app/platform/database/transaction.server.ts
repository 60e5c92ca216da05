import { chainPending, hasAppended } from "../ledger/chain-pending.server.ts";
import type { Portal } from "../portal.server.ts";
import type { Database, Transaction } from "./database.server.ts";

/**
 * One transaction: what is saved, its ledger entry and its jobs commit together or not at all.
 * What the ledger was told is chained before this returns.
 */
export async function inTransaction<T>(portal: Pick<Portal, "db">, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const leave = await enter(portal.db);
  let appended = false;
  try {
    const result = await portal.db.$transaction(
      async (tx) => {
        const done = await work(tx);
        appended = hasAppended(tx);
        return done;
      },
      { timeout: 60_000, maxWait: 30_000 },
    );
    leave();
    if (appended) await chainCommitted(portal.db);
    return result;
  } catch (error) {
    leave();
    throw error;
  }
}

/**
 * The change stands, whatever becomes of this: to fail here would tell somebody that it does not. What could not be
 * chained waits for the next call; the portal's own round ("chain-ledger") fails aloud if that cannot be done either.
 */
export async function chainCommitted(db: Database): Promise<void> {
  await chainPending(db).catch(() => undefined);
}

/**
 * Fewer than the pool has connections: inside a transaction something is read beside it now and then (a
 * key, an agency), and would wait for ever for a connection that only those who wait for its lock could
 * give back.
 */
const AT_ONCE = 5;
const queues = new WeakMap<Database, { inside: number; readonly waiting: (() => void)[] }>();

async function enter(db: Database): Promise<() => void> {
  const queue = queues.get(db) ?? { inside: 0, waiting: [] };
  queues.set(db, queue);
  if (queue.inside < AT_ONCE) queue.inside += 1;
  // Whoever leaves hands its place on, so that the count stays.
  else await new Promise<void>((resolve) => queue.waiting.push(resolve));
  return () => {
    const next = queue.waiting.shift();
    if (next) next();
    else queue.inside -= 1;
  };
}
