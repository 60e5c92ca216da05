import { run, type TaskList, Logger as WorkerLogger } from "graphile-worker";
import type { Logger } from "../log/log.server.ts";
import type { Portal } from "../portal.server.ts";
import type { JobPayload } from "./queue.server.ts";

/** One unit of work. It may be run again after a crash, so its effect must be the same twice. */
export type Job = (portal: Portal, payload: JobPayload) => Promise<void>;

/** Takes jobs from the database until stopped; `stop` lets running ones end. */
export async function startWorker(
  portal: Portal,
  jobs: Readonly<Record<string, Job>>,
  concurrency = 2,
): Promise<{ stop(): Promise<void> }> {
  const taskList: TaskList = Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [name, (payload: unknown) => job(portal, payload as JobPayload)]),
  );
  const runner = await run({
    pgPool: portal.pool,
    taskList,
    concurrency,
    noHandleSignals: true,
    pollInterval: 2000,
    logger: new WorkerLogger(() => (level, message) => forward(portal.log, level, message)),
  });
  return { stop: () => runner.stop() };
}

function forward(log: Logger, level: string, message: string): void {
  if (level === "error") log.error({ from: "worker" }, message);
  else if (level === "warning") log.warn({ from: "worker" }, message);
  else log.debug({ from: "worker" }, message);
}
