import type pg from "pg";
import { withClient } from "../partitions.server.ts";

/** Connections on which it is settled already. */
const settled = new WeakSet<pg.ClientBase>();

/**
 * Reads of the event store. A statement without a name is planned for the values at hand, which is what prunes the
 * parts outside a period (a plan for any values would visit all of them); one with a name keeps its plan, where what
 * parts it needs is only known row by row. Both hold while the mode is PostgreSQL's own, so it is set once for a
 * connection, whatever the server's administrator prefers.
 */
export async function withCustomPlans<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return withClient(pool, async (client) => {
    if (!settled.has(client)) {
      await client.query("SET plan_cache_mode = auto");
      settled.add(client);
    }
    return work(client);
  });
}
