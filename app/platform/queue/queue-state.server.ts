import type { Portal } from "../portal.server.ts";

export interface QueueState {
  /** Not tried yet. */
  readonly waiting: number;
  /** Tried without success; the queue tries them again, later and later. */
  readonly failing: number;
}

/** How much work waits and fails. Throws when the queue's tables are not there. */
export async function getQueueState(portal: Pick<Portal, "pool">): Promise<QueueState> {
  const { rows } = await portal.pool.query<QueueState>(
    `SELECT count(*) FILTER (WHERE attempts = 0)::int AS waiting,
            count(*) FILTER (WHERE last_error IS NOT NULL)::int AS failing
     FROM graphile_worker.jobs`,
  );
  const [state] = rows;
  if (!state) throw new Error("the queue gave no count");
  return state;
}
