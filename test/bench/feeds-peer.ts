/** Peers that copy rows which were sealed beforehand: in a thread of their own, so that what they hold burdens nobody. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { RowKeys, RowOrigin } from "#app/feeds/seal-rows.server.ts";
import type { PartTables } from "#app/feeds/store/build-part.server.ts";

export interface PeerTask {
  readonly databaseUrl: string;
  readonly path: string;
  /** Not more rows than about so many are held. */
  readonly most: number;
  readonly keys: RowKeys;
  readonly origin: RowOrigin;
  readonly now: number;
}

export interface Copied {
  readonly rows: number;
  readonly seconds: number;
}

export interface Peer {
  /** Raw binary COPY of every row that is held, a table after the other, on one connection. */
  copy(tables: PartTables): Promise<Copied>;
  stop(): Promise<void>;
}

/** Seals the file's rows and keeps them. */
export async function startPeer(task: PeerTask): Promise<Peer> {
  const worker = new Worker(new URL("./feeds-peer-thread.ts", import.meta.url), { workerData: task, execArgv: [] });
  const failed = new Promise<never>((_, reject) => worker.once("error", reject));
  // Met wherever an answer is waited for.
  failed.catch(() => undefined);
  const next = async () => ((await Promise.race([once(worker, "message"), failed])) as unknown[])[0];
  await next();
  return {
    copy: async (tables) => {
      worker.postMessage(tables);
      return (await next()) as Copied;
    },
    stop: async () => void (await worker.terminate()),
  };
}
