import { EventEmitter } from "node:events";
import { type Runner, run, type TaskList, type WorkerEvents, Logger as WorkerLogger } from "graphile-worker";
import { faultLine, faultOf } from "../log/fault.ts";
import type { Logger } from "../log/log.server.ts";
import type { Portal } from "../portal.server.ts";
import { keepAliveMark } from "./alive-mark.server.ts";
import type { JobPayload } from "./queue.server.ts";

/** One unit of work. It may be run again after a crash, so its effect must be the same twice. */
export type Job = (portal: Portal, payload: JobPayload) => Promise<void>;

/** How long a worker that lost its database waits before it begins again. */
const AGAIN_MS = 5_000;

/** Takes jobs from the database until stopped; `stop` lets running ones end. */
export async function startWorker(
  portal: Portal,
  jobs: Readonly<Record<string, Job>>,
  concurrency = 2,
): Promise<{ stop(): Promise<void> }> {
  let stopping = false;
  let waiting: NodeJS.Timeout | undefined;
  let current = await begin(portal, jobs, concurrency);

  // A runner gives up when the database goes away; a portal whose pages work and whose letters stay
  // unsent would be worse than one that is down, because nobody would notice.
  function watch(): void {
    current.runner.promise.then(
      () => undefined,
      (error: unknown) => {
        portal.log.error({ from: "worker", ...faultOf(error) }, "the worker ended");
        if (!stopping) again();
      },
    );
  }
  function again(): void {
    waiting = setTimeout(async () => {
      await current.mark.stop();
      try {
        current = await begin(portal, jobs, concurrency);
        watch();
        if (stopping) await current.runner.stop();
      } catch (error) {
        portal.log.error({ from: "worker", ...faultOf(error) }, "the worker could not begin again");
        if (!stopping) again();
      }
    }, AGAIN_MS);
  }

  watch();
  return {
    stop: async () => {
      stopping = true;
      clearTimeout(waiting);
      // One that has ended by itself has nothing left to stop.
      await current.runner.stop().catch((error: unknown) => {
        portal.log.warn({ from: "worker", ...faultOf(error) }, "the worker had ended already");
      });
      await current.mark.stop();
    },
  };
}

async function begin(
  portal: Portal,
  jobs: Readonly<Record<string, Job>>,
  concurrency: number,
): Promise<{ runner: Runner; mark: { stop(): Promise<void> } }> {
  const events = new EventEmitter() as WorkerEvents;
  let poolId = "";
  events.once("pool:create", ({ workerPool }) => {
    poolId = workerPool.id;
  });
  const runner = await run({
    pgPool: portal.pool,
    taskList: taskListOf(portal, jobs),
    concurrency,
    noHandleSignals: true,
    pollInterval: 2000,
    events,
    logger: new WorkerLogger(() => (level, message) => forward(portal.log, level, message)),
  });
  return { runner, mark: await keepAliveMark(portal, poolId) };
}

function taskListOf(portal: Portal, jobs: Readonly<Record<string, Job>>): TaskList {
  return Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [
      name,
      (payload: unknown) => withoutWords(portal, name, () => job(portal, payload as JobPayload)),
    ]),
  );
}

/**
 * The queue logs a failed job's message and keeps it in the job's row (last_error). Neither may say
 * what a driver's message repeats, so only the kind of the fault goes there, and its place to the log.
 */
async function withoutWords(portal: Portal, task: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    portal.log.error({ from: "worker", task, ...faultOf(error) }, "a job failed");
    throw new JobFailed(`${task}: ${faultLine(error)}`);
  }
}

class JobFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = "JobFailed";
    // Its own stack says nothing: where the fault lies has been logged.
    this.stack = "";
  }
}

function forward(log: Logger, level: string, message: string): void {
  // The first line alone: what follows is a stack, or another library's words.
  const line = message.split("\n", 1)[0] ?? "";
  if (level === "error") log.error({ from: "worker" }, line);
  else if (level === "warning") log.warn({ from: "worker" }, line);
  else log.debug({ from: "worker" }, line);
}
