/**
 * The thread that reads, seals and stages chunks of a large delivery: `worker_threads` runs this file.
 * While PostgreSQL takes one chunk the next is being sealed.
 */
import { parentPort, workerData } from "node:worker_threads";
import pg from "pg";
import { LIMITS } from "../formats/limits.ts";
import type { Part } from "../months.ts";
import { type Chunk, newChunk, openRowSealer } from "../seal-rows.server.ts";
import { readPiece } from "./read-piece.ts";
import { makeStaging, stageChunk } from "./staging.server.ts";
import type { FromThread, ThreadTask, ToThread, Work } from "./worker-messages.ts";

const { databaseUrl, owner, origin, keys, profile, format, now: began } = workerData as ThreadTask;
const now = new Date(began);
const client = new pg.Client({ connectionString: databaseUrl, application_name: "wholooked import" });
const staged = new Set<Part>();
const sealer = openRowSealer(keys, origin);

/** Stretches that have arrived and wait, and whoever waits for the next one. */
const waiting: ToThread[] = [];
let wake: (() => void) | null = null;

function say(message: FromThread): void {
  parentPort?.postMessage(message);
}

async function nextMessage(): Promise<ToThread> {
  for (;;) {
    const message = waiting.shift();
    if (message !== undefined) return message;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

/** The text of one chunk behind its lead. */
async function* textOf(first: Work, ended: (last: Work) => void): AsyncGenerator<Uint8Array> {
  yield first.lead.text;
  for (let work = first; ; ) {
    yield work.bytes;
    say({ kind: "taken" });
    if (work.end !== null) return ended(work);
    const message = await nextMessage();
    if (message.kind !== "work") throw new Error("the import ended in the middle of a chunk");
    work = message.work;
  }
}

async function sealChunk(first: Work): Promise<{ chunk: Chunk; last: Work }> {
  const chunk = newChunk(first.seq);
  let last = first;
  const text = textOf(first, (work) => {
    last = work;
  });
  // The reader counts the lead's rows and begins with 1.
  const shift = first.firstRow - first.lead.rows - 1;
  for await (const rows of readPiece(text, format, { profile, now, limits: LIMITS })) {
    for (const row of rows) {
      sealer.add(chunk, row, shift);
    }
  }
  sealer.finish(chunk);
  return { chunk, last };
}

async function store(chunk: Chunk, { seq, firstRow, end }: Work): Promise<void> {
  if (end === null) throw new Error("a chunk has no end");
  for (const part of chunk.months.keys()) {
    if (staged.has(part)) continue;
    await makeStaging(client, owner, part);
    staged.add(part);
  }
  const counts = await stageChunk(client, owner, chunk, { seq, firstRow, ...end }, now);
  say({ kind: "staged", seq, rows: chunk.rows, counts });
}

async function run(): Promise<void> {
  await client.connect();
  // Lost with a crash of the server are the last chunks and, with them, what says that they were there.
  await client.query("SET synchronous_commit = off");
  let storing: Promise<unknown> = Promise.resolve();
  for (let message = await nextMessage(); message.kind === "work"; message = await nextMessage()) {
    const { chunk, last } = await sealChunk(message.work);
    await storing;
    storing = store(chunk, last);
    // Its failure is met at the next await; until then it must not count as unhandled.
    storing.catch(() => undefined);
  }
  await storing;
  await client.end();
  say({ kind: "ended" });
}

parentPort?.on("message", (message: ToThread) => {
  waiting.push(message);
  wake?.();
  wake = null;
});
client.on("error", (error) => say({ kind: "failed", error }));
run().then(
  () => parentPort?.close(),
  (error: unknown) => {
    say({ kind: "failed", error });
    parentPort?.close();
  },
);
