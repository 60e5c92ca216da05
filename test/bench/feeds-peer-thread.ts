// The thread behind feeds-peer.ts: prepares rows, says so, and copies them as often as it is told a target.
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parentPort, workerData } from "node:worker_threads";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { openRowSealer } from "#app/feeds/seal-rows.server.ts";
import type { PartTables } from "#app/feeds/store/build-part.server.ts";
import { BLOCK_COLUMNS, type Chunk, EVENT_COLUMNS, KEY_COLUMNS, newChunk } from "#app/feeds/store/chunk.server.ts";
import { beginReading, compileFastRows } from "#app/feeds/store/fast-rows.server.ts";
import { piecesOf } from "#app/feeds/store/pieces.ts";
import { profile, splittingOf } from "./feeds-load.ts";
import type { Copied, PeerTask } from "./feeds-peer.ts";

const { databaseUrl, path, most, keys, origin, now } = workerData as PeerTask;

async function prepareRows(): Promise<Chunk[]> {
  const splitting = await splittingOf(path);
  if (splitting.format.kind !== "csv") throw new Error("the bench's file is CSV");
  const sealing = { keys, origin, sealBlock: undefined };
  const fast = compileFastRows(profile, splitting.format, splitting.lead.text, new Date(now), sealing);
  if (fast === null) throw new Error("the bench's file has no short way");
  const sealer = openRowSealer(keys, origin);
  const chunks: Chunk[] = [];
  let rows = 0;
  for await (const piece of piecesOf(createReadStream(path, { start: splitting.start }), splitting)) {
    const chunk = newChunk(piece.seq);
    const reading = beginReading(piece.bytes, piece.firstRow);
    while (fast.take(chunk, reading));
    sealer.finish(chunk);
    chunks.push(chunk);
    rows += chunk.rows;
    if (rows >= most) break;
  }
  return chunks;
}

/** One message of each kind of row: the head of the first, the rows of all, the end of the last. */
function messagesOf(chunks: readonly Chunk[]) {
  return (["events", "keys", "blocks"] as const).map((kind) => {
    const messages = chunks.flatMap((chunk) => [...chunk.months.values()].map((sheaf) => sheaf[kind].finish()));
    const parts = messages.map((message, i) => message.subarray(i === 0 ? 0 : 19, message.length - 2));
    return [...parts, Buffer.from([0xff, 0xff])];
  });
}

const chunks = await prepareRows();
const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
const messages = messagesOf(chunks);
const client = new pg.Client({ connectionString: databaseUrl });
client.on("error", () => undefined);
await client.connect();

async function copy(tables: PartTables): Promise<Copied> {
  const targets = [
    `${tables.access_event} (${EVENT_COLUMNS})`,
    `${tables.search_key} (${KEY_COLUMNS})`,
    `${tables.payload_block} (${BLOCK_COLUMNS})`,
  ];
  const began = process.hrtime.bigint();
  for (const [i, target] of targets.entries()) {
    const stream = client.query(copyFrom(`COPY ${target} FROM STDIN (FORMAT binary)`));
    await pipeline(Readable.from(messages[i] ?? []), stream);
  }
  return { rows, seconds: Number(process.hrtime.bigint() - began) / 1e9 };
}

parentPort?.on("message", (tables: PartTables) => {
  copy(tables).then(
    (copied) => parentPort?.postMessage(copied),
    // Thrown outside the promise, so that it ends the thread and is heard of.
    (error: unknown) => setImmediate(() => Promise.reject(error)),
  );
});
parentPort?.postMessage("ready");
