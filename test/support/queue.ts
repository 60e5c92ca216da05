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
  await runOnce({ pgPool: portal.pool, taskList, noHandleSignals: true, logger: SILENT });
  if (failures.length > 0) throw failures[0];
}
