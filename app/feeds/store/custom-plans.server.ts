import type pg from "pg";
import { withClient } from "../partitions.server.ts";

/** Connections on which plans are forced already. */
const forced = new WeakSet<pg.ClientBase>();

/**
 * Reads of the event store, planned for the values at hand: a generic plan would visit every part there is (measured
 * three times slower over 36 of them). Set once for a connection, because a look-up is as long as its questions.
 */
export async function withCustomPlans<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return withClient(pool, async (client) => {
    if (!forced.has(client)) {
      await client.query("SET plan_cache_mode = force_custom_plan");
      forced.add(client);
    }
    return work(client);
  });
}
