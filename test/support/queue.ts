import { Logger, runOnce } from "graphile-worker";
import type { Portal } from "#app/platform/portal.server.ts";
import type { JobPayload } from "#app/platform/queue/queue.server.ts";
import type { Job } from "#app/platform/queue/worker.server.ts";

const SILENT = new Logger(() => () => undefined);

/**
 * Works what waits in the queue, and what that puts there, until nothing is left. Jobs of other names stay.
 * @throws what the first job that failed threw
 */
export async function drain(portal: Portal, jobs: Readonly<Record<string, Job>>): Promise<void> {
  const failures: unknown[] = [];
  const taskList = Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [
      name,
      (payload: unknown) =>
        job(portal, payload as JobPayload).catch((error: unknown) => {
          failures.push(error);
          throw error;
        }),
    ]),
  );
  // A named queue is let go of a moment after its job has ended: one run may then see nothing, and end too early.
  do {
    await runOnce({ pgPool: portal.pool, taskList, noHandleSignals: true, logger: SILENT });
    if (failures.length > 0) throw failures[0];
  } while (await waits(portal, Object.keys(jobs)));
}

async function waits(portal: Portal, tasks: readonly string[]): Promise<boolean> {
  const { rows } = await portal.pool.query(
    "SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = ANY($1) AND run_at <= now() AND attempts < max_attempts",
    [tasks],
  );
  return rows.length > 0;
}
