/** From the file to staged rows, by the portal's own threads and by its peers. */
import { createCipheriv, createHmac, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parse } from "csv-parse";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { z } from "zod";
import { beginBatch } from "#app/feeds/batch.server.ts";
import { getProfile } from "#app/feeds/profiles.ts";
import { openRowSealer, ROW_INDEXES } from "#app/feeds/seal-rows.server.ts";
import type { PartTables } from "#app/feeds/store/build-part.server.ts";
import { BLOCK_COLUMNS, type Chunk, EVENT_COLUMNS, KEY_COLUMNS, newChunk } from "#app/feeds/store/chunk.server.ts";
import { beginReading, compileFastRows } from "#app/feeds/store/fast-rows.server.ts";
import { piecesOf } from "#app/feeds/store/pieces.ts";
import { startSealingThreads } from "#app/feeds/store/sealing-threads.server.ts";
import { findSplitting, type Splitting } from "#app/feeds/store/splitting.ts";
import { makeStaging, stagedTables } from "#app/feeds/store/staging.server.ts";
import type { ChunkOwner } from "#app/feeds/store-chunk.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { getAgency, getCustody } from "#app/registry/queries.server.ts";
import { rateOf } from "./bench.ts";
import type { BenchPortal } from "./feeds-portal.ts";

const READ_AT_ONCE = 1 << 18;
const profile = getProfile("alpr-network-audit");

async function splittingOf(path: string): Promise<Splitting> {
  const file = await open(path);
  const head = Buffer.alloc(1 << 16);
  await file.read(head, 0, head.length, 0);
  await file.close();
  const splitting = findSplitting(profile, head);
  if (splitting === null) throw new Error("the bench's file cannot be split");
  return splitting;
}

export async function newOwner(portal: BenchPortal): Promise<ChunkOwner> {
  const { agencyId, systemId } = portal;
  const [agency, custody] = await Promise.all([getAgency(portal, "oakfield"), getCustody(portal, agencyId, systemId)]);
  const feed = { agency, custody, ledgerActor: { kind: "operator", id: "bench" } as const };
  const actor = { kind: "operator", name: "bench" } as const;
  return beginBatch(portal, {
    actor,
    feed,
    profile,
    via: "command",
    claim: undefined,
    size: undefined,
    batchId: undefined,
    onBegun: undefined,
  });
}

function taskOf(portal: BenchPortal, owner: ChunkOwner) {
  const origin = { batchId: owner.batchId, agencyId: owner.agencyId, systemId: owner.systemId, profile: profile.id };
  return portal.vault.keysInHand(owner.keyId, ROW_INDEXES).then((keys) => ({ keys, origin }));
}

/** The portal's way, as far as the staging tables. @param threadFile Another than the portal's own thread. */
export async function stageFile(portal: BenchPortal, path: string, rows: number, threadFile?: string): Promise<number> {
  const owner = await newOwner(portal);
  return rateOf(rows, async () => {
    const splitting = await splittingOf(path);
    const task = {
      ...(await taskOf(portal, owner)),
      databaseUrl: portal.databaseUrl,
      owner,
      profile,
      format: splitting.format,
      now: portal.time.now().getTime(),
    };
    let staged = 0;
    const countStaged = (one: { rows: number }) => {
      staged += one.rows;
    };
    const threads = startSealingThreads(task, countStaged, threadFile);
    const text = createReadStream(path, { start: splitting.start, highWaterMark: READ_AT_ONCE });
    for await (const { prefix, ...piece } of piecesOf(text, splitting, threads)) {
      await threads.hand({ ...piece, end: prefix && { prefix, bytesRead: 0 } });
    }
    await threads.end();
    if (staged !== rows) throw new Error(`${staged} of ${rows} rows were staged`);
  });
}

/** The same rows, sealed beforehand: what a connection has only to send. */
export async function prepareRows(portal: BenchPortal, path: string, owner: ChunkOwner): Promise<Chunk[]> {
  const splitting = await splittingOf(path);
  if (splitting.format.kind !== "csv") throw new Error("the bench's file is CSV");
  const sealing = { ...(await taskOf(portal, owner)), sealBlock: undefined };
  const fast = compileFastRows(profile, splitting.format, splitting.lead.text, portal.time.now(), sealing);
  if (fast === null) throw new Error("the bench's file has no short way");
  const sealer = openRowSealer(sealing.keys, sealing.origin);
  const chunks: Chunk[] = [];
  for await (const piece of piecesOf(createReadStream(path, { start: splitting.start }), splitting)) {
    const chunk = newChunk(piece.seq);
    const reading = beginReading(piece.bytes, piece.firstRow);
    while (fast.take(chunk, reading));
    sealer.finish(chunk);
    chunks.push(chunk);
  }
  return chunks;
}

/** Raw binary COPY of prepared rows, each kind of row in one COPY. @param tables Of the one month that they are of. */
export async function copyPrepared(client: pg.ClientBase, chunks: readonly Chunk[], tables: PartTables): Promise<void> {
  const targets = [
    ["events", `${tables.access_event} (${EVENT_COLUMNS})`],
    ["keys", `${tables.search_key} (${KEY_COLUMNS})`],
    ["blocks", `${tables.payload_block} (${BLOCK_COLUMNS})`],
  ] as const;
  for (const [kind, target] of targets) {
    const messages = chunks.flatMap((chunk) => [...chunk.months.values()].map((sheaf) => sheaf[kind].finish()));
    // One message: the head of the first, the rows of all, the end of the last.
    const parts = messages.map((message, i) => message.subarray(i === 0 ? 0 : 19, message.length - 2));
    parts.push(Buffer.from([0xff, 0xff]));
    const stream = client.query(copyFrom(`COPY ${target} FROM STDIN (FORMAT binary)`));
    await pipeline(Readable.from(parts), stream);
  }
}

/** Empty staging tables, as the portal makes them. */
export async function makeStagingFor(client: pg.ClientBase, owner: ChunkOwner, part: string): Promise<PartTables> {
  await makeStaging(client, owner, part);
  return stagedTables(owner.batchId, part);
}

const cell = z
  .string()
  .max(1_048_576)
  .transform((text) => (["***", "REDACTED", "N/A", "{}", ""].includes(text) ? null : text));
const time = z
  .string()
  .regex(/^\d{2}\/\d{2}\/\d{4}, \d{2}:\d{2}:\d{2} [AP]M UTC$/)
  .transform((text) => new Date(text.replace(",", "")).toISOString());
/** ID, name, organisation, networks, time frame, plate, reason, case, filters, time, type, prompt, moderation. */
const auditRow = z.tuple([
  z.string().min(1),
  cell,
  cell,
  z.coerce.number().int(),
  cell,
  z.string().regex(/^[A-Z0-9]{2,8}$/),
  cell,
  cell,
  cell,
  time,
  cell,
  cell,
  cell,
]);

/**
 * How one would write it: csv-parse, a zod schema for each row, createHmac for each tag, createCipheriv for the
 * payload where it is to be sealed, and COPY in text. One thread, into the same tables but for the blocks.
 */
export async function loadIdiomatically(
  client: pg.ClientBase,
  path: string,
  tables: PartTables,
  isSealed: boolean,
): Promise<number> {
  const key = randomBytes(32);
  const tag = (text: string) => createHmac("sha256", key).update(text).digest().subarray(0, 16).toString("hex");
  const keys: string[] = [];
  let rows = 0;
  const toText = new Transform({
    writableObjectMode: true,
    transform(cells: string[], _encoding, done) {
      const row = auditRow.parse(cells);
      const [number, userName, , , , plate, , , , at] = row;
      const id = tag(cells.join("|"));
      const plain = JSON.stringify(row);
      const payload = isSealed ? seal(key, id, plain) : Buffer.from(plain);
      rows += 1;
      keys.push(`${tag(plate)}\t${at}\t${id}\t0\n`);
      const user = userName === null ? "\\N" : tag(userName);
      const columns = [
        id,
        at,
        rows,
        tag(number),
        "\\N",
        "\\N",
        user,
        0,
        `\\\\x${payload.toString("hex")}`,
        "\\N",
        "\\N",
      ];
      done(null, `${columns.join("\t")}\n`);
    },
  });
  await pipeline(
    createReadStream(path),
    parse({ from_line: 2 }),
    toText,
    client.query(copyFrom(`COPY ${tables.access_event} (${EVENT_COLUMNS}) FROM STDIN`)),
  );
  await pipeline(Readable.from(keys), client.query(copyFrom(`COPY ${tables.search_key} (${KEY_COLUMNS}) FROM STDIN`)));
  return rows;
}

function seal(key: Buffer, id: string, plain: string): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(id));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

const AT_ONCE = 1000;

/** Prisma's createMany of rows that are sealed already, a thousand at once, into a table of the same breadth. */
export async function createMany(portal: BenchPortal, owner: ChunkOwner, rows: number): Promise<void> {
  const rawSealed = randomBytes(230);
  const at = portal.time.now();
  const { batchId, agencyId, systemId } = owner;
  for (let from = 0; from < rows; from += AT_ONCE) {
    await portal.db.quarantine.createMany({
      data: Array.from({ length: Math.min(AT_ONCE, rows - from) }, (_, i) => {
        const same = { batchId, agencyId, systemId, rawSealed, at, reason: "bench" };
        return { ...same, id: newId(), row: from + i, rowTag: newId() };
      }),
    });
  }
}
