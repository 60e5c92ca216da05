import { createReadStream, rmSync } from "node:fs";
import { join } from "node:path";
import { importBatch } from "#app/feeds/import-batch.server.ts";
import { ensurePartitions, withClient } from "#app/feeds/partitions.server.ts";
import { type BenchOptions, type Measured, median, rateOf } from "./bench.ts";
import { writeAudit } from "./feeds-file.ts";
import {
  copyPrepared,
  createMany,
  loadIdiomatically,
  makeStagingFor,
  newOwner,
  prepareRows,
  stageFile,
} from "./feeds-load.ts";
import { fillStore, lookUp, PARTS, percentile } from "./feeds-lookup.ts";
import { type BenchPortal, openBenchPortal } from "./feeds-portal.ts";

const TURNS = 3;
/** Of a run that should end within minutes; the figures that count are of 5,000,000 (see the decision). */
const USUAL_ROWS = 200_000;
const MANY_ROWS = 10_000;
const MONTH = "2025_06";
const MOST_RSS_MB = 400;

/** Large files are measured once: a turn takes minutes. */
function turnsOf(rows: number): number {
  return rows > 1_000_000 ? 1 : TURNS;
}

/**
 * The event store: from the file to staged rows, to the store, once more, twice as much, and look-ups.
 *
 * @param options.rows Rows of the file, and events of the smaller store that is looked up in; the larger has ten times
 *   as many.
 */
export async function feedsBench({ rows = USUAL_ROWS }: BenchOptions): Promise<Measured[]> {
  await using portal = await openBenchPortal();
  const file = join(portal.folder, "audit.csv");
  const twice = join(portal.folder, "twice.csv");
  await writeAudit(file, rows);
  await writeAudit(twice, 2 * rows);
  const measured = [
    ...(await benchStaging(portal, file, rows)),
    ...(await benchStore(portal, file, rows)),
    ...(await benchGrowth(portal, file, twice, rows)),
  ];
  rmSync(twice);
  return [...measured, ...(await benchLookUp(portal, rows))];
}

async function benchStaging(portal: BenchPortal, file: string, rows: number): Promise<Measured[]> {
  const rates = { sealed: [], plain: [], raw: [], idiomatic: [], idiomaticPlain: [], many: [] } as Record<
    string,
    number[]
  >;
  const add = (name: string, rate: number) => rates[name]?.push(rate);
  const prepared = await prepareRows(portal, file, await newOwner(portal));
  const intoStaging = (work: (client: import("pg").PoolClient, tables: Tables) => Promise<unknown>) =>
    withClient(portal.pool, async (client) => {
      const tables = await makeStagingFor(client, await newOwner(portal), MONTH);
      return rateOf(rows, async () => {
        await work(client, tables);
      });
    });
  for (let turn = 0; turn < TURNS; turn++) {
    add("sealed", await stageFile(portal, file, rows));
    add("plain", await stageFile(portal, file, rows, "#test/bench/plain-thread.ts"));
    add("raw", await intoStaging((client, tables) => copyPrepared(client, prepared, tables)));
    await portal.empty();
  }
  add("idiomatic", await intoStaging((client, tables) => loadIdiomatically(client, file, tables, true)));
  add("idiomaticPlain", await intoStaging((client, tables) => loadIdiomatically(client, file, tables, false)));
  const owner = await newOwner(portal);
  add("many", await rateOf(MANY_ROWS, () => createMany(portal, owner, MANY_ROWS)));
  await portal.pool.query("DELETE FROM quarantine");
  await portal.empty();
  const { sealed = [], plain = [], raw = [], idiomatic = [], idiomaticPlain = [], many = [] } = rates;
  const line = (name: string, values: number[], peer: string, peers: number[], atLeast: number): Measured => ({
    name: `feeds.${name}`,
    unit: "rows/s",
    values,
    against: { name: peer, values: peers },
    goal: { atLeast },
  });
  const idiom = "csv-parse, zod, createHmac and text COPY, one thread";
  return [
    line("stage", sealed, "raw binary COPY of the same rows, prepared", raw, 0.3),
    line("stage-unsealed", plain, "raw binary COPY of the same rows, prepared", raw, 0.4),
    line("stage-idiomatic", sealed, `${idiom}, payload sealed by createCipheriv`, idiomatic, 4),
    line("stage-unsealed-idiomatic", plain, `${idiom}, payload not sealed`, idiomaticPlain, 4),
    line("stage-createMany", sealed, "Prisma createMany of rows sealed beforehand", many, 50),
  ];
}

type Tables = Awaited<ReturnType<typeof makeStagingFor>>;

async function importOnce(portal: BenchPortal, file: string): Promise<number> {
  const began = process.hrtime.bigint();
  await importBatch(
    portal,
    { kind: "operator", name: "bench" },
    {
      agencySlug: "oakfield",
      systemSlug: "alpr",
      profile: "alpr-network-audit",
      via: "command",
      stream: createReadStream(file, { highWaterMark: 1 << 18 }),
    },
  );
  return Number(process.hrtime.bigint() - began) / 1e9;
}

/** File to store, and the same file again; against a COPY of prepared rows into months with their indexes in place. */
async function benchStore(portal: BenchPortal, file: string, rows: number): Promise<Measured[]> {
  const first: number[] = [];
  const second: number[] = [];
  const inPlace: number[] = [];
  const prepared = await prepareRows(portal, file, await newOwner(portal));
  const turns = turnsOf(rows);
  for (let turn = 0; turn < turns; turn++) {
    await portal.empty();
    first.push(rows / (await importOnce(portal, file)));
    second.push(rows / (await importOnce(portal, file)));
    await portal.empty();
    inPlace.push(await copyInPlace(portal, prepared, rows));
  }
  await portal.empty();
  return [
    {
      name: "feeds.store",
      unit: "rows/s",
      values: first,
      against: { name: "binary COPY of prepared rows into months with their indexes", values: inPlace },
      goal: { atLeast: 2.5 },
    },
    {
      name: "feeds.store-again",
      unit: "rows/s",
      values: second,
      against: { name: "the first import of the same file", values: first },
      goal: { atLeast: 1 },
    },
  ];
}

async function copyInPlace(
  portal: BenchPortal,
  prepared: Awaited<ReturnType<typeof prepareRows>>,
  rows: number,
): Promise<number> {
  await ensurePartitions(portal.pool, [MONTH]);
  const { batchId, agencyId, systemId, keyId } = await newOwner(portal);
  return withClient(portal.pool, async (client) => {
    const tables = {
      access_event: `events.access_event_${MONTH}`,
      search_key: `events.search_key_${MONTH}`,
      payload_block: `events.payload_block_${MONTH}`,
    };
    await client.query(
      `ALTER TABLE ${tables.access_event} ALTER agency_id SET DEFAULT '${agencyId}', ALTER system_id SET DEFAULT '${systemId}',
         ALTER batch_id SET DEFAULT '${batchId}', ALTER key_id SET DEFAULT '${keyId}';
       ALTER TABLE ${tables.payload_block} ALTER batch_id SET DEFAULT '${batchId}'`,
    );
    return rateOf(rows, () => copyPrepared(client, prepared, tables));
  });
}

/** Twice the rows, and the memory that it took. */
async function benchGrowth(portal: BenchPortal, file: string, twice: string, rows: number): Promise<Measured[]> {
  const seconds: number[] = [];
  const secondsOfTwice: number[] = [];
  const most: number[] = [];
  for (let turn = 0; turn < turnsOf(rows); turn++) {
    await portal.empty();
    seconds.push(await importOnce(portal, file));
    await portal.empty();
    const watch = watchMemory();
    secondsOfTwice.push(await importOnce(portal, twice));
    most.push(watch.stop());
  }
  await portal.empty();
  return [
    {
      name: "feeds.twice",
      unit: "s",
      values: secondsOfTwice,
      against: { name: "half as many rows", values: seconds },
      goal: { atMost: 2.1 },
    },
    {
      name: "feeds.memory",
      unit: "MB",
      values: most,
      against: { name: "what a process may take, whatever the file's size", values: [MOST_RSS_MB] },
      goal: { atMost: 1 },
    },
  ];
}

/** The largest the process is while something runs, in MB. What was garbage before is no part of it. */
function watchMemory(): { stop(): number } {
  globalThis.gc?.();
  let most = 0;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 50);
  return {
    stop: () => {
      look();
      clearInterval(timer);
      return most / 1e6;
    },
  };
}

const LOOKUPS = 300;

async function benchLookUp(portal: BenchPortal, rows: number): Promise<Measured[]> {
  const { batchId } = await newOwner(portal);
  const sizes = [rows, 10 * rows];
  const warm: number[][] = [];
  const cold: number[][] = [];
  for (const events of sizes) {
    await portal.empty();
    await portal.db.batch.createMany({ data: [await batchRow(portal, batchId)] });
    await fillStore(portal, batchId, events);
    await portal.restart();
    cold.push((await lookUp(portal, events, LOOKUPS, 1)).values);
    await lookUp(portal, events, LOOKUPS, 1);
    warm.push((await lookUp(portal, events, LOOKUPS, 1)).values);
  }
  const [small = [], large = []] = warm;
  const [, coldLarge = []] = cold;
  const figure = (name: string, values: number[], share: number, goal: number): Measured => ({
    name: `feeds.look-up-${name}`,
    unit: "ms",
    values: [percentile(values, share)],
    against: { name: `${goal} ms`, values: [goal] },
    goal: { atMost: 1 },
  });
  return [
    {
      name: "feeds.look-up-growth",
      unit: "ms",
      values: [median(large)],
      against: { name: "a tenth of the events in as many months", values: [median(small)] },
      goal: { atMost: 1.3 },
    },
    figure("warm-p50", large, 0.5, 0.12 * PARTS),
    figure("warm-p99", large, 0.99, 1.2 * PARTS),
    figure("cold-p50", coldLarge, 0.5, 1.2 * PARTS),
    figure("cold-p99", coldLarge, 0.99, 5 * PARTS),
  ];
}

async function batchRow({ agencyId, systemId, time }: BenchPortal, id: string) {
  const receivedAt = time.now();
  return { id, agencyId, systemId, profile: "alpr-network-audit", keyId: id, receivedAt };
}
