import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parse } from "csv-parse";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { z } from "zod";
import { findEventsBySubject } from "#app/feeds/find-events.server.ts";
import { importBatch } from "#app/feeds/import-batch.server.ts";
import { readConfig } from "#app/platform/config/config.server.ts";
import { startEmbeddedPostgres } from "#app/platform/database/embedded-postgres.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { migrate } from "#app/platform/database/migrate.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { openLog } from "#app/platform/log/log.server.ts";
import { openPortal, type Portal } from "#app/platform/portal.server.ts";
import { systemTime } from "#app/platform/time/time.ts";
import { registerAgency, registerCustody, registerSystem } from "#app/registry/register.server.ts";
import { type Measured, median, rateOf } from "./bench.ts";

const HEADER =
  "ID,Name,Org Name,Total Networks Searched,Time Frame,License Plate,Reason,Case #,Filters,Search Time,Search Type,Text Prompt,Moderation";
const MONTHS = 6;
const PRISMA_ROWS = 20_000;
const LOOK_UPS = 300;
const STORE = ["access_event", "search_key", "payload_block"] as const;
type StoreTable = (typeof STORE)[number];

/**
 * The way of a log from its file into the store, beside what it would otherwise take.
 *
 * @param rows How many; `npm run bench -- feeds --rows 5000000` for the sizes of the goals.
 */
export async function feedsBench(rows: number): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), "wholooked-bench-"));
  // PostgreSQL may run as another account.
  await chmod(folder, 0o711);
  const postgres = await startEmbeddedPostgres({ folder: join(folder, "pg") });
  try {
    await migrate(postgres.url);
    const config = readConfig({ LOG_LEVEL: "warn", WHOLOOKED_DATA: folder, DATABASE_URL: postgres.url });
    const log = openLog("warn");
    const portal = await openPortal({ config, databaseUrl: postgres.url, time: systemTime, log });
    try {
      return await measure(portal, folder, rows);
    } finally {
      await portal.close();
    }
  } finally {
    await postgres.stop({ force: true });
    await rm(postgres.home, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(portal: Portal, folder: string, rows: number): Promise<Measured[]> {
  const agencyId = await settle(portal);
  const file = join(folder, "log.csv");
  await writeLog(file, rows, 0);
  const first = await deliver(portal, file);
  const again = await deliver(portal, file);
  const small = await lookUp(portal, agencyId);
  const prepared = await takeOut(portal);
  const bare = await copyBack(portal, prepared, "bare", rows);
  const indexed = await copyBack(portal, prepared, "indexed", rows);
  const idiomatic = await idiomaticImport(portal, file, rows);
  const prisma = await prismaImport(portal);
  const more = join(folder, "more.csv");
  await writeLog(more, 2 * rows, rows);
  const twice = await deliver(portal, more);
  const large = await lookUp(portal, agencyId);
  const of = (name: string, value: number, peer: string, other: number, goal: Measured["goal"], unit = "rows/s") => ({
    name,
    unit,
    values: [value],
    against: { name: peer, values: [other] },
    goal,
  });
  return [
    of("feeds.staged", first.staged, "binary COPY of the same rows, no index", bare, { atLeast: 0.3 }),
    of("feeds.staged", first.staged, "csv-parse + zod + createHmac + text COPY", idiomatic, { atLeast: 4 }),
    of("feeds.staged", first.staged, "Prisma createMany of rows as wide", prisma, { atLeast: 50 }),
    of("feeds.queryable", first.whole, "binary COPY of the same rows, indexes in place", indexed, { atLeast: 2.5 }),
    of("feeds.again", again.whole, "the first delivery of the same file", first.whole, { atLeast: 1 }),
    of("feeds.twice", twice.seconds, "half as many rows", first.seconds, { atMost: 2.1 }, "s"),
    of("feeds.look-up", large, "a third of the events", small, { atMost: 1.3 }, "ms"),
  ];
}

async function settle(portal: Portal): Promise<string> {
  const by = { kind: "operator", id: "bench" } as const;
  const systemId = await registerSystem(portal, by, { slug: "alpr", name: "Plates", about: { en: "-", es: "-" } });
  const agencyId = await registerAgency(portal, by, {
    slug: "bench",
    name: "Bench Police",
    kind: "local-agency",
    unit: "Records",
    address: ["1 Mill Street"],
    email: "bench@example.org",
    zone: "America/Los_Angeles",
    aliases: [],
    demo: false,
  });
  const promise = { rhythmDays: 400, keptDays: null };
  await registerCustody(portal, by, { agencyId, systemId, profile: "alpr-network-audit", ...promise });
  return agencyId;
}

/** The same rows at each run, over six months; `from` numbers the first one. */
async function writeLog(file: string, rows: number, from: number): Promise<void> {
  const out = createWriteStream(file);
  out.write(`${HEADER}\n`);
  for (let i = from; i < from + rows; i += 1) {
    const month = 1 + (i % MONTHS);
    const time = `0${month}/${String(1 + (i % 28)).padStart(2, "0")}/2026, ${String(1 + (i % 12)).padStart(2, "0")}:${String(i % 60).padStart(2, "0")}:${String((i * 7) % 60).padStart(2, "0")} PM UTC`;
    const line = `e${i},user-${(i * 7919) % 1500},Oakfield PD,${i % 300},Last 30 days,${plateOf(i % 50_000)},Stolen vehicle,26-${i % 90_000},{},"${time}",lookup,,\n`;
    if (!out.write(line)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}

function plateOf(n: number): string {
  const letter = (k: number) => String.fromCharCode(65 + (Math.floor(n / 26 ** k) % 26));
  return `${1 + (n % 9)}${letter(0)}${letter(1)}${letter(2)}${String(n % 1000).padStart(3, "0")}`;
}

/** `staged`: rows/s until the last row waits sealed; `whole`: until all can be found. */
async function deliver(portal: Portal, file: string) {
  const { size } = await stat(file);
  const start = performance.now();
  let staged = start;
  const { rows } = await importBatch(
    portal,
    { kind: "operator", name: "bench" },
    {
      agencySlug: "bench",
      systemSlug: "alpr",
      profile: "alpr-network-audit",
      via: "command",
      stream: createReadStream(file, { highWaterMark: 1 << 20 }),
      size,
      onProgress: () => {
        staged = performance.now();
      },
    },
  );
  const seconds = (performance.now() - start) / 1000;
  return { staged: (1000 * rows) / (staged - start), whole: rows / seconds, seconds };
}

/** Milliseconds at the median for all events of one subject by five identifiers. */
async function lookUp(portal: Portal, agencyId: string): Promise<number> {
  const indexer = await portal.vault.indexer("plate");
  const times: number[] = [];
  for (let i = 0; i < LOOK_UPS; i += 1) {
    const keys = Array.from({ length: 5 }, (_, k) => ({
      identifierId: newId(),
      tag: indexer(plateOf((i * 163 + k * 9973) % 50_000)),
      from: "2020-01-01",
      to: null,
    }));
    const start = performance.now();
    // The same few days at any size of the store, so that the same number of events comes back.
    const period = { from: "2026-02-01", to: "2026-02-02" };
    await findEventsBySubject(portal, { agencyId, keys, period, zone: "UTC" });
    times.push(performance.now() - start);
  }
  return median(times);
}

type Prepared = ReadonlyMap<StoreTable, Buffer[]>;

/** The stored rows as COPY messages, ready to send. */
async function takeOut(portal: Portal): Promise<Prepared> {
  const prepared = new Map<StoreTable, Buffer[]>();
  const client = await portal.pool.connect();
  try {
    for (const table of STORE) {
      const parts: Buffer[] = [];
      const out = client.query(copyTo(`COPY (SELECT * FROM events.${table}) TO STDOUT (FORMAT binary)`));
      for await (const part of out) parts.push(part as Buffer);
      prepared.set(table, parts);
    }
  } finally {
    client.release();
  }
  return prepared;
}

async function copyBack(portal: Portal, prepared: Prepared, as: "bare" | "indexed", rows: number): Promise<number> {
  const client = await portal.pool.connect();
  try {
    for (const table of STORE) {
      const like = as === "bare" ? "" : " INCLUDING ALL";
      await client.query(`CREATE TABLE events.${as}_${table} (LIKE events.${table}${like})`);
    }
    return await rateOf(rows, async () => {
      for (const table of STORE) {
        const into = client.query(copyFrom(`COPY events.${as}_${table} FROM STDIN (FORMAT binary)`));
        await pipeline(Readable.from(prepared.get(table) ?? []), into);
      }
    });
  } finally {
    for (const table of STORE) await client.query(`DROP TABLE IF EXISTS events.${as}_${table}`);
    client.release();
  }
}

const rowSchema = z.object({
  ID: z.string().min(1),
  Name: z.string(),
  "License Plate": z.string().max(40),
  Reason: z.string(),
  "Case #": z.string(),
  "Search Time": z.string().min(10),
});

/** What one would write in an afternoon: no payload is sealed, and no row is told apart from another. */
async function idiomaticImport(portal: Portal, file: string, rows: number): Promise<number> {
  const key = randomBytes(32);
  const tag = (text: string) => createHmac("sha256", key).update(text).digest("hex").slice(0, 32);
  const client = await portal.pool.connect();
  try {
    await client.query(
      "CREATE TABLE events.idiomatic (id uuid, plate uuid, usr uuid, at text, reason text, number text)",
    );
    const lines = async function* (source: AsyncIterable<unknown>) {
      for await (const record of source) {
        const row = rowSchema.parse(record);
        yield `${tag(row.ID)}\t${tag(row["License Plate"])}\t${tag(row.Name)}\t${row["Search Time"]}\t${row.Reason}\t${row["Case #"]}\n`;
      }
    };
    return await rateOf(rows, () =>
      pipeline(
        createReadStream(file),
        parse({ columns: true }),
        lines,
        client.query(copyFrom("COPY events.idiomatic FROM STDIN")),
      ),
    );
  } finally {
    await client.query("DROP TABLE IF EXISTS events.idiomatic");
    client.release();
  }
}

/** Rows of nine columns with a sealed payload, a thousand at a time. */
async function prismaImport(portal: Portal): Promise<number> {
  const { id: batchId, agencyId, systemId } = await portal.db.batch.findFirstOrThrow();
  const payload = randomBytes(160);
  const at = portal.time.now();
  return rateOf(PRISMA_ROWS, async () => {
    for (let i = 0; i < PRISMA_ROWS; i += 1000) {
      const data = Array.from({ length: 1000 }, (_, k) => {
        const ids = { id: newId(), batchId, rowTag: newId(), agencyId, systemId };
        return { ...ids, row: i + k, reason: "time", rawSealed: payload, at };
      });
      await inTransaction(portal, (tx) => tx.quarantine.createMany({ data }));
    }
  });
}
