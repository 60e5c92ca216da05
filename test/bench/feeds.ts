import { rmSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { ensurePartitions, withClient } from "#app/feeds/partitions.server.ts";
import type { PartTables } from "#app/feeds/store/build-part.server.ts";
import { type BenchOptions, type Measured, median, rateOf } from "./bench.ts";
import { writeAudit, writeTurned } from "./feeds-file.ts";
import { importByCommand, importOnce } from "./feeds-import.ts";
import { loadByCreateMany, loadIdiomatically, makeStagingFor, newOwner, stageFile, taskOf } from "./feeds-load.ts";
import { fillStore, lookUp, PARTS, percentile } from "./feeds-lookup.ts";
import { type Peer, startPeer } from "./feeds-peer.ts";
import { type BenchPortal, openBenchPortal } from "./feeds-portal.ts";

const USUAL_ROWS = 500_000;
/** What is slow is measured on fewer rows: its rate does not hang on their number. */
const FEW_ROWS = 30_000;
/** Of prepared rows not more are held in memory. */
const MOST_PREPARED = 5_000_000;
const MONTH = "2025_06";
const MOST_RSS_MB = 400;

/**
 * The event store: from the file to staged rows, to the store, once more, twice as much, and look-ups. With the usual
 * number of rows it ends within five minutes on two processors; the goals are of 5,000,000.
 *
 * @param options.rows Rows of the file. Look-ups are in a store of a fifth as many events, and of twice as many.
 */
export async function* feedsBench({ rows = USUAL_ROWS }: BenchOptions): AsyncGenerator<Measured> {
  await using portal = await openBenchPortal();
  const file = join(portal.folder, "audit.csv");
  const twice = join(portal.folder, "twice.csv");
  tell(`writing ${rows} rows, and twice as many`);
  await writeAudit(file, rows);
  await writeAudit(twice, 2 * rows);
  tell("sealing them for the peers");
  const owner = await newOwner(portal);
  const { databaseUrl } = portal;
  const sealing = { ...(await taskOf(portal, owner)), now: portal.time.now().getTime() };
  const peer = await startPeer({ databaseUrl, path: file, most: MOST_PREPARED, ...sealing });
  try {
    yield* benchStaging(portal, peer, file, rows);
    yield* benchStore(portal, peer, file, rows);
  } finally {
    await peer.stop();
  }
  yield* benchGrowth(portal, file, twice);
  rmSync(twice);
  yield* benchLookUp(portal, rows);
}

/** How far it is, for whoever waits: figures alone go to the standard output. */
function tell(sentence: string): void {
  process.stderr.write(`feeds: ${sentence}\n`);
}

/** A turn of a large file takes minutes. */
const turnsOf = (rows: number, usual: number) => (rows > 1_000_000 ? 1 : usual);

async function* benchStaging(portal: BenchPortal, peer: Peer, file: string, rows: number): AsyncGenerator<Measured> {
  const sealed: number[] = [];
  const plain: number[] = [];
  const raw: number[] = [];
  const intoStaging = <T>(work: (client: pg.PoolClient, tables: PartTables) => Promise<T>) =>
    withClient(portal.pool, async (client) =>
      work(client, await makeStagingFor(client, await newOwner(portal), MONTH)),
    );
  const copyRaw = async () => {
    const copied = await intoStaging((_, tables) => peer.copy(tables));
    return copied.rows / copied.seconds;
  };
  for (let turn = 0; turn < turnsOf(rows, 3); turn++) {
    tell(`staging, turn ${turn + 1}`);
    sealed.push(await stageFile(portal, file, rows));
    await portal.empty();
    raw.push(await copyRaw());
    await portal.empty();
    plain.push(await stageFile(portal, file, rows, "#test/bench/plain-thread.ts"));
    await portal.empty();
  }
  const line = (name: string, values: number[], peerName: string, peers: number[], atLeast: number): Measured => ({
    name: `feeds.${name}`,
    unit: "rows/s",
    values,
    against: { name: peerName, values: peers },
    goal: { atLeast },
  });
  yield line("stage", sealed, "raw binary COPY of the same rows, prepared", raw, 0.3);
  yield line("stage-unsealed", plain, "raw binary COPY of the same rows, prepared", raw, 0.4);
  const few = join(portal.folder, "few.csv");
  await writeAudit(few, FEW_ROWS);
  tell("the same by csv-parse, zod, createHmac and text COPY");
  const idiomatic = async (isSealed: boolean) =>
    rateOf(FEW_ROWS, async () => {
      await intoStaging((client, tables) => loadIdiomatically(client, few, tables, isSealed));
    });
  const idiom = "csv-parse, zod, createHmac and text COPY, one thread";
  const idiomaticSealed = [await idiomatic(true)];
  yield line("stage-idiomatic", sealed, `${idiom}, payload sealed by createCipheriv`, idiomaticSealed, 4);
  const idiomaticPlain = [await idiomatic(false)];
  yield line("stage-unsealed-idiomatic", plain, `${idiom}, payload not sealed`, idiomaticPlain, 4);
  tell("the same by Prisma");
  const owner = await newOwner(portal);
  const many = [await rateOf(FEW_ROWS, () => loadByCreateMany(portal, owner, few))];
  await portal.empty();
  yield line("stage-createMany", sealed, "csv-parse, zod, createHmac, createCipheriv and Prisma createMany", many, 50);
}

/** File to store, and the same file again; against a COPY of prepared rows into months with their indexes in place. */
async function* benchStore(portal: BenchPortal, peer: Peer, file: string, rows: number): AsyncGenerator<Measured> {
  // The first two rows in the other order: no piece is known by its text, and every row by its identity alone.
  const withoutTrace = join(portal.folder, "turned.csv");
  await writeTurned(file, withoutTrace);
  const first: number[] = [];
  const second: number[] = [];
  const turned: number[] = [];
  const inPlace: number[] = [];
  for (let turn = 0; turn < turnsOf(rows, 2); turn++) {
    tell(`into the store and once more, turn ${turn + 1}`);
    await portal.empty();
    first.push(rows / (await importOnce(portal, file)));
    second.push(rows / (await importOnce(portal, file)));
    tell("the same rows in a file of another text");
    turned.push(rows / (await importOnce(portal, withoutTrace)));
    await portal.empty();
    tell("into months with their indexes in place");
    inPlace.push(await copyInPlace(portal, peer));
  }
  await portal.empty();
  rmSync(withoutTrace);
  yield {
    name: "feeds.store",
    unit: "rows/s",
    values: first,
    against: { name: "binary COPY of prepared rows into months with their indexes", values: inPlace },
    goal: { atLeast: 2.5 },
  };
  yield {
    name: "feeds.store-again",
    unit: "rows/s",
    values: second,
    against: { name: "the first import of the same file", values: first },
    goal: { atLeast: 1 },
  };
  yield {
    name: "feeds.store-again-turned",
    unit: "rows/s",
    values: turned,
    against: { name: "the first import of the same rows, whose file began with another", values: first },
    goal: { atLeast: 1 },
  };
}

async function copyInPlace(portal: BenchPortal, peer: Peer): Promise<number> {
  await ensurePartitions(portal.pool, [MONTH]);
  const { batchId, agencyId, systemId, keyId } = await newOwner(portal);
  const tables = {
    access_event: `events.access_event_${MONTH}`,
    search_key: `events.search_key_${MONTH}`,
    payload_block: `events.payload_block_${MONTH}`,
  };
  await portal.pool.query(
    `ALTER TABLE ${tables.access_event} ALTER agency_id SET DEFAULT '${agencyId}', ALTER system_id SET DEFAULT '${systemId}',
       ALTER batch_id SET DEFAULT '${batchId}', ALTER key_id SET DEFAULT '${keyId}';
     ALTER TABLE ${tables.payload_block} ALTER batch_id SET DEFAULT '${batchId}'`,
  );
  const { rows, seconds } = await peer.copy(tables);
  return rows / seconds;
}

/** Twice the rows: the time they take, and the memory, of a process that does nothing else. */
async function* benchGrowth(portal: BenchPortal, file: string, twice: string): AsyncGenerator<Measured> {
  tell("as many rows by the command, in a process of its own");
  await portal.empty();
  const once = await importByCommand(portal, file);
  tell("twice as many");
  await portal.empty();
  const both = await importByCommand(portal, twice);
  await portal.empty();
  yield {
    name: "feeds.twice",
    unit: "s",
    values: [both.seconds],
    against: { name: "half as many rows", values: [once.seconds] },
    goal: { atMost: 2.1 },
  };
  if (both.megabytes === null || once.megabytes === null)
    return tell("this system does not say how large a process was");
  yield {
    name: "feeds.memory",
    unit: "MB",
    values: [both.megabytes],
    against: { name: "what a process may take, whatever the file's size", values: [MOST_RSS_MB] },
    goal: { atMost: 1 },
  };
  yield {
    name: "feeds.memory-growth",
    unit: "MB",
    values: [both.megabytes],
    against: { name: "half as many rows", values: [once.megabytes] },
    goal: { atMost: 1.15 },
  };
}

const LOOKUPS = 300;

async function* benchLookUp(portal: BenchPortal, rows: number): AsyncGenerator<Measured> {
  const { batchId } = await newOwner(portal);
  const warm: number[][] = [];
  const cold: number[][] = [];
  for (const events of [Math.ceil(rows / 5), 2 * rows]) {
    tell(`looking up among ${events} events`);
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
  yield {
    name: "feeds.look-up-growth",
    unit: "ms",
    values: [median(large)],
    against: { name: "a tenth of the events in as many months", values: [median(small)] },
    goal: { atMost: 1.3 },
  };
  const figure = (name: string, values: number[], share: number, most: number): Measured => ({
    name: `feeds.look-up-${name}`,
    unit: "ms",
    values: [percentile(values, share)],
    against: { name: `${most} ms a part, ${PARTS} parts`, values: [most * PARTS] },
    goal: { atMost: 1 },
  });
  yield figure("warm-p50", large, 0.5, 0.12);
  yield figure("warm-p99", large, 0.99, 1.2);
  yield figure("cold-p50", coldLarge, 0.5, 1.2);
  yield figure("cold-p99", coldLarge, 0.99, 5);
}

async function batchRow({ agencyId, systemId, time }: BenchPortal, id: string) {
  const receivedAt = time.now();
  return { id, agencyId, systemId, profile: "alpr-network-audit", keyId: id, receivedAt };
}
