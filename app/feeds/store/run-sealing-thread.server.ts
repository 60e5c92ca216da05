/**
 * What a sealing thread does: it reads, seals and stages chunks of a large delivery. While PostgreSQL takes one chunk
 * the next is being sealed.
 */
import { setImmediate as turn } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import pg from "pg";
import { LIMITS } from "../formats/limits.ts";
import type { Part } from "../months.ts";
import { openRowSealer } from "../seal-rows.server.ts";
import { type Chunk, giveBack, newChunk, type SealBlock, type Shelf } from "./chunk.server.ts";
import { beginReading, compileFastRows, type FastRows, type LeftRows } from "./fast-rows.server.ts";
import { readPiece } from "./read-piece.ts";
import { makeStaging, stageChunk } from "./staging.server.ts";
import type { FromThread, ThreadTask, ToThread, Work } from "./worker-messages.server.ts";

/** Messages that have arrived and wait, and whoever waits for the next one. */
class Inbox {
  readonly #waiting: ToThread[] = [];
  #wake: (() => void) | null = null;

  constructor() {
    parentPort?.on("message", (message: ToThread) => {
      this.#waiting.push(message);
      this.#wake?.();
      this.#wake = null;
    });
  }

  async next(): Promise<ToThread> {
    for (;;) {
      const message = this.#waiting.shift();
      if (message !== undefined) return message;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

function say(message: FromThread, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

/** The text of one chunk behind its lead. */
async function* textOf(inbox: Inbox, first: Work, ended: (last: Work) => void): AsyncGenerator<Uint8Array> {
  yield first.lead.text;
  for (let work = first; ; ) {
    yield work.bytes;
    // The reader may hold on to these bytes, so their memory stays here.
    say({ kind: "taken", memory: null });
    if (work.end !== null) return ended(work);
    const message = await inbox.next();
    if (message.kind !== "work") throw new Error("the import ended in the middle of a chunk");
    work = message.work;
  }
}

/** @param sealBlock How a block of payloads is sealed; left out, as the portal seals. A bench measures what it costs. */
export async function runSealingThread(sealBlock?: SealBlock): Promise<void> {
  const { databaseUrl, owner, origin, keys, profile, format, now: began } = workerData as ThreadTask;
  const now = new Date(began);
  const inbox = new Inbox();
  const sealer = openRowSealer(keys, origin, sealBlock);
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "wholooked import" });
  const staged = new Set<Part>();
  const shelf: Shelf = [];

  /** By the header that they are read by; nearly every file has one. */
  const fastBy = new Map<string, FastRows | null>();

  function fastRowsFor({ lead, isPlain, end }: Work): FastRows | null {
    if (format.kind !== "csv" || !isPlain || end === null) return null;
    const name = Buffer.from(lead.text).toString("latin1");
    const known = fastBy.get(name);
    if (known !== undefined) return known;
    const compiled = compileFastRows(profile, format, lead.text, now, { keys, origin, sealBlock });
    fastBy.set(name, compiled);
    return compiled;
  }

  async function sealChunk(first: Work): Promise<{ chunk: Chunk; last: Work }> {
    const chunk = newChunk(first.seq, shelf);
    const fast = fastRowsFor(first);
    const last = fast === null ? await sealWhole(chunk, first) : await sealFast(chunk, first, fast);
    sealer.finish(chunk);
    return { chunk, last };
  }

  async function sealFast(chunk: Chunk, work: Work, fast: FastRows): Promise<Work> {
    const reading = beginReading(work.bytes, work.firstRow);
    // The connection sends in between what it still has of the chunk before.
    while (fast.take(chunk, reading)) await turn();
    await sealLeft(chunk, work, reading.left);
    const memory = work.bytes.buffer as ArrayBuffer;
    say({ kind: "taken", memory }, [memory]);
    return work;
  }

  /** Rows that need the format's own reader, each under its own number. */
  async function sealLeft(chunk: Chunk, { lead }: Work, { bytes, numbers }: LeftRows): Promise<void> {
    if (bytes.length === 0) return;
    async function* text() {
      yield lead.text;
      yield Buffer.concat(bytes);
    }
    for await (const rows of readPiece(text(), format, { profile, now, limits: LIMITS })) {
      for (const row of rows) {
        const number = numbers[row.number - lead.rows - 1];
        if (number === undefined) throw new Error("a row came out that did not go in");
        sealer.add(chunk, row, number - row.number);
      }
    }
  }

  async function sealWhole(chunk: Chunk, first: Work): Promise<Work> {
    let last = first;
    const text = textOf(inbox, first, (work) => {
      last = work;
    });
    // The reader counts the lead's rows and begins with 1.
    const shift = first.firstRow - first.lead.rows - 1;
    for await (const rows of readPiece(text, format, { profile, now, limits: LIMITS })) {
      for (const row of rows) sealer.add(chunk, row, shift);
      await turn();
    }
    return last;
  }

  async function store(chunk: Chunk, { seq, firstRow, end }: Work): Promise<void> {
    if (end === null) throw new Error("a chunk has no end");
    for (const part of chunk.months.keys()) {
      if (staged.has(part)) continue;
      await makeStaging(client, owner, part);
      staged.add(part);
    }
    const counts = await stageChunk(client, owner, chunk, { seq, firstRow, ...end }, now);
    giveBack(chunk);
    say({ kind: "staged", seq, rows: chunk.rows, counts });
  }

  async function run(): Promise<void> {
    await client.connect();
    // Lost with a crash of the server are the last chunks and, with them, what says that they were there.
    await client.query("SET synchronous_commit = off");
    let storing: Promise<unknown> = Promise.resolve();
    for (let message = await inbox.next(); message.kind === "work"; message = await inbox.next()) {
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

  client.on("error", (error) => say({ kind: "failed", error }));
  try {
    await run();
  } catch (error) {
    say({ kind: "failed", error });
  }
  parentPort?.close();
}
