import type { Database, Transaction } from "../database/database.server.ts";
import type { RawSql } from "../database/raw-sql.server.ts";

/** Entries that one call of the database chains: it holds the chain's lock for some tens of milliseconds. */
const AT_ONCE = 1_000;

/** Transactions in which something was appended: only after these is there something to chain. */
const appended = new WeakSet<object>();
const runs = new WeakMap<Database, Runs>();

interface Runs {
  running: Promise<void> | null;
  next: Promise<void> | null;
}

export function markAppended(tx: RawSql): void {
  appended.add(tx);
}

export function hasAppended(tx: Transaction): boolean {
  return appended.has(tx);
}

/**
 * Gives the entries that are committed and wait their number and their hash. One call at a time in this process:
 * who asks while one is under way is served, together with all others, by the one after it.
 *
 * @throws what the database says; the entries then go on waiting, and the next call takes them along.
 */
export function chainPending(db: Database): Promise<void> {
  const state = runs.get(db) ?? { running: null, next: null };
  runs.set(db, state);
  state.next ??= runAfter(db, state);
  return state.next;
}

async function runAfter(db: Database, state: Runs): Promise<void> {
  // Whatever became of the run before was told to those who asked for it.
  await state.running?.catch(() => undefined);
  state.running = state.next;
  state.next = null;
  let chained: number;
  do {
    const [row] = await db.$queryRaw<{ chained: number }[]>`SELECT ledger.chain(${AT_ONCE}::int) AS chained`;
    chained = row?.chained ?? 0;
  } while (chained === AT_ONCE);
}
