import type { Portal } from "../portal.server.ts";
import type { Database, Transaction } from "./database.server.ts";

/**
 * One transaction: what is saved, its ledger entry and its jobs commit together or not at all.
 * The ledger entry comes last inside it, because it holds the chain's lock until the commit.
 */
export async function inTransaction<T>(portal: Pick<Portal, "db">, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const leave = await enter(portal.db);
  try {
    return await portal.db.$transaction(work, { timeout: 60_000, maxWait: 30_000 });
  } finally {
    leave();
  }
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
