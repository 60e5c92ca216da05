import type { Portal } from "../portal.server.ts";
import type { Transaction } from "./database.server.ts";

/**
 * One transaction: what is saved, its ledger entry and its jobs commit together or not at all.
 * The ledger entry comes last inside it, because it holds the chain's lock until the commit.
 */
export function inTransaction<T>(portal: Pick<Portal, "db">, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return portal.db.$transaction(work, { timeout: 60_000, maxWait: 30_000 });
}
