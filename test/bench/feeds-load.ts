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
import { hearFacts } from "#app/feeds/delivery-facts.ts";
import { getProfile } from "#app/feeds/profiles.ts";
import { rowKeysInHand } from "#app/feeds/seal-rows.server.ts";
import type { PartTables } from "#app/feeds/store/build-part.server.ts";
import { EVENT_COLUMNS, KEY_COLUMNS } from "#app/feeds/store/chunk.server.ts";
import { piecesOf } from "#app/feeds/store/pieces.ts";
import { startSealingThreads } from "#app/feeds/store/sealing-threads.server.ts";
import { findSplitting, type Splitting } from "#app/feeds/store/splitting.ts";
import { makeStaging, stagedTables } from "#app/feeds/store/staging.server.ts";
import type { ChunkOwner } from "#app/feeds/store-chunk.server.ts";
import { getAgency, getCustody } from "#app/registry/queries.server.ts";
import { rateOf } from "./bench.ts";
import type { BenchPortal } from "./feeds-portal.ts";

const READ_AT_ONCE = 1 << 18;
export const profile = getProfile("alpr-network-audit");

export async function splittingOf(path: string): Promise<Splitting> {
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
    heard: hearFacts(),
  });
}

export function taskOf(portal: BenchPortal, owner: ChunkOwner) {
  const origin = { batchId: owner.batchId, agencyId: owner.agencyId, systemId: owner.systemId, profile: profile.id };
  return rowKeysInHand(portal, owner).then((keys) => ({ keys, origin }));
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

/** One row of the file as one would prepare it: a zod schema, createHmac for each tag, createCipheriv for the payload. */
function rowsByHand(isSealed: boolean) {
  const key = randomBytes(32);
  const tag = (text: string) => createHmac("sha256", key).update(text).digest().subarray(0, 16).toString("hex");
  return (cells: string[]) => {
    const row = auditRow.parse(cells);
    const [number, userName, , , , plate, , , , at] = row;
    const id = tag(cells.join("|"));
    const plain = JSON.stringify(row);
    const payload = isSealed ? seal(key, id, plain) : Buffer.from(plain);
    return { id, at, source: tag(number), user: userName === null ? null : tag(userName), plate: tag(plate), payload };
  };
}

/** How one would write it: csv-parse, rows by hand, and COPY in text. One thread, into the same tables but for the blocks. */
export async function loadIdiomatically(
  client: pg.ClientBase,
  path: string,
  tables: PartTables,
  isSealed: boolean,
): Promise<number> {
  const prepare = rowsByHand(isSealed);
  const keys: string[] = [];
  let rows = 0;
  const toText = new Transform({
    writableObjectMode: true,
    transform(cells: string[], _encoding, done) {
      const { id, at, source, user, plate, payload } = prepare(cells);
      rows += 1;
      keys.push(`${plate}\t${at}\t${id}\t0\n`);
      const bytes = `\\\\x${payload.toString("hex")}`;
      const columns = [id, at, rows, source, "\\N", "\\N", user ?? "\\N", 0, bytes, "\\N", "\\N"];
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
/** Models that stand in for an event (11 columns that are not null) and for its key (one column fewer than it has). */
const STAND_INS = ["quarantine", "named_binding"];

/**
 * The same file by csv-parse, rows by hand, and Prisma's createMany, a thousand at once. The event store has no models,
 * so two of the portal's stand in for it, in tables without an index as staging tables are.
 */
export async function loadByCreateMany(portal: BenchPortal, owner: ChunkOwner, path: string): Promise<void> {
  const prepare = rowsByHand(true);
  const { batchId, agencyId, systemId, keyId } = owner;
  const same = { batchId, agencyId, systemId, discardedBy: keyId, reason: "" };
  let row = 0;
  let waiting: ReturnType<typeof prepare>[] = [];
  const write = async () => {
    const rows = waiting.splice(0);
    await portal.db.quarantine.createMany({
      data: rows.map(({ id, at, source, user, payload }) => {
        row += 1;
        return { ...same, id, at, row, rowTag: source, discardedWhy: user, rawSealed: new Uint8Array(payload) };
      }),
    });
    await portal.db.namedBinding.createMany({
      data: rows.map(({ id, at, plate }) => ({ namedId: plate, accountId: id, at })),
    });
  };
  for (const table of STAND_INS) {
    await portal.pool.query(`ALTER TABLE ${table} RENAME TO ${table}_own; CREATE TABLE ${table} (LIKE ${table}_own)`);
  }
  try {
    for await (const cells of createReadStream(path).pipe(parse({ from_line: 2 }))) {
      waiting.push(prepare(cells as string[]));
      if (waiting.length === AT_ONCE) await write();
    }
    if (waiting.length > 0) await write();
  } finally {
    waiting = [];
    for (const table of STAND_INS) {
      await portal.pool.query(`DROP TABLE ${table}; ALTER TABLE ${table}_own RENAME TO ${table}`);
    }
  }
}
