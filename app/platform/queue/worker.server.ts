import { EventEmitter } from "node:events";
import {
  parseCrontab,
  type Runner,
  run,
  type TaskList,
  type WorkerEvents,
  Logger as WorkerLogger,
} from "graphile-worker";
import { inTransaction } from "../database/transaction.server.ts";
import { faultLine, faultOf } from "../log/fault.ts";
import type { Logger } from "../log/log.server.ts";
import type { Portal } from "../portal.server.ts";
import { keepAliveMark } from "./alive-mark.server.ts";
import { enqueue, type JobPayload } from "./queue.server.ts";

/** One unit of work. It may be run again after a crash, so its effect must be the same twice. */
export type Job = (portal: Portal, payload: JobPayload) => Promise<void>;

/** How long a worker that lost its database waits before it begins again. */
const AGAIN_MS = 5_000;

export interface WorkerOptions {
  /** Jobs at once. */
  readonly concurrency?: number;
  /**
   * Jobs that come round by themselves, once for all workers together: when, such as "5 * * * *" for every
   * hour (UTC). Each also runs when a worker begins. What a stopped worker missed is not made up for: such a
   * job looks at how things stand now.
   */
  readonly cron?: Readonly<Record<string, string>>;
}

/** Takes jobs from the database until stopped; `stop` lets running ones end. */
export async function startWorker(
  portal: Portal,
  jobs: Readonly<Record<string, Job>>,
  options: WorkerOptions = {},
): Promise<{ stop(): Promise<void> }> {
  let stopping = false;
  let waiting: NodeJS.Timeout | undefined;
  let current = await begin(portal, jobs, options);

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
        current = await begin(portal, jobs, options);
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
  { concurrency = 2, cron = {} }: WorkerOptions,
): Promise<{ runner: Runner; mark: { stop(): Promise<void> } }> {
  const events = new EventEmitter() as WorkerEvents;
  let poolId = "";
  events.once("pool:create", ({ workerPool }) => {
    poolId = workerPool.id;
  });
  await enqueueAll(portal, Object.keys(cron));
  const runner = await run({
    pgPool: portal.pool,
    taskList: taskListOf(portal, jobs),
    parsedCronItems: parseCrontab(crontabOf(cron)),
    concurrency,
    noHandleSignals: true,
    pollInterval: 2000,
    events,
    logger: new WorkerLogger(() => (level, message) => forward(portal.log, level, message)),
  });
  return { runner, mark: await keepAliveMark(portal, poolId) };
}

/** The task's name is the job's key: however many ask for it, one waits. */
function crontabOf(cron: Readonly<Record<string, string>>): string {
  return Object.entries(cron)
    .map(([task, times]) => `${times} ${task} ?jobKey=${task}`)
    .join("\n");
}

async function enqueueAll(portal: Portal, tasks: readonly string[]): Promise<void> {
  if (tasks.length === 0) return;
  await inTransaction(portal, async (tx) => {
    for (const task of tasks) await enqueue(tx, task, {}, { key: task });
  });
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
