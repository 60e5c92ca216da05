/** The thread that reads, seals and stages chunks of a large delivery: `worker_threads` runs this file. */
import { runSealingThread } from "./run-sealing-thread.server.ts";

await runSealingThread();
