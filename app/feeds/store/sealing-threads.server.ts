/** The threads of one large import: handed stretches of text, they answer with what is staged. */
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { FromThread, ThreadTask, ToThread, Work } from "./worker-messages.server.ts";

/** More threads than these wait for PostgreSQL, which needs processors too. */
const MOST = 4;
/** Stretches that a thread holds unread; the next is handed over while it works on this one. */
const AHEAD = 2;

// By its name in the package, because in the built portal this file stands in the middle of a bundle.
const THREAD_FILE = "#app/feeds/store/sealing-thread.server.ts";

interface Thread {
  worker: Worker;
  unread: number;
  ended: boolean;
}

export interface SealingThreads {
  /** Memory that a stretch was read in, for a later one; undefined while there is none. */
  spareMemory(): ArrayBuffer | undefined;
  /** Hands over one stretch, once there is room for it. Stretches of one chunk go to the same thread, in order. */
  hand(work: Work): Promise<void>;
  /** Waits until everything is staged; nothing may be handed over afterwards. */
  end(): Promise<void>;
  hasFailed(): boolean;
  /** Ends the threads wherever they are: what is not committed is undone. */
  stop(): Promise<void>;
}

/**
 * @param onStaged Told of each chunk once it is committed.
 * @throws From `hand` and `end`, what went wrong in a thread.
 */
export function startSealingThreads(
  task: ThreadTask,
  onStaged: (staged: Extract<FromThread, { kind: "staged" }>) => void,
  threadFile = THREAD_FILE,
): SealingThreads {
  const file = createRequire(import.meta.url).resolve(threadFile);
  const count = Math.min(MOST, Math.max(1, availableParallelism()));
  let failure: { error: unknown } | null = null;
  let wake: (() => void)[] = [];
  const spare: ArrayBuffer[] = [];

  function stir(): void {
    for (const resolve of wake.splice(0)) resolve();
  }

  function fail(error: unknown): void {
    failure ??= { error };
    stir();
  }

  function start(): Thread {
    const worker = new Worker(file, {
      workerData: task,
      execArgv: [],
      env: {},
      resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 },
    });
    const thread: Thread = { worker, unread: 0, ended: false };
    worker.on("message", (message: FromThread) => {
      if (message.kind === "failed") return fail(message.error);
      if (message.kind === "staged") onStaged(message);
      if (message.kind === "taken") {
        thread.unread -= 1;
        if (message.memory !== null && spare.length < count * AHEAD) spare.push(message.memory);
      }
      if (message.kind === "ended") thread.ended = true;
      stir();
    });
    worker.on("error", fail);
    worker.on("exit", (code) => {
      if (!thread.ended) fail(new Error(`a sealing thread ended with ${code}`));
    });
    return thread;
  }

  const threads = Array.from({ length: count }, start);
  let current: Thread | null = null;

  async function until(ready: () => boolean): Promise<void> {
    while (failure === null && !ready()) {
      await new Promise<void>((resolve) => {
        wake = [...wake, resolve];
      });
    }
    if (failure !== null) throw failure.error;
  }

  function send(thread: Thread, message: ToThread, transfer: ArrayBuffer[] = []): void {
    thread.worker.postMessage(message, transfer);
  }

  return {
    spareMemory: () => spare.pop(),
    hand: async (work) => {
      const least = () => threads.reduce((a, b) => (b.unread < a.unread ? b : a));
      await until(() => (current ?? least()).unread < AHEAD);
      const thread = current ?? least();
      thread.unread += 1;
      current = work.end === null ? thread : null;
      send(thread, { kind: "work", work }, [work.bytes.buffer as ArrayBuffer]);
    },
    end: async () => {
      for (const thread of threads) send(thread, { kind: "end" });
      await until(() => threads.every((thread) => thread.ended));
    },
    hasFailed: () => failure !== null,
    stop: async () => {
      for (const thread of threads) thread.ended = true;
      await Promise.all(threads.map((thread) => thread.worker.terminate()));
    },
  };
}
