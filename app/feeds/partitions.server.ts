/**
 * The partitions of the event store: UTC months, made when the first event of a month arrives or a little
 * ahead, and UTC years once their months have been put together (store/merge-years.server.ts).
 *
 * Who waits for whom: a year's `changing` lock is held, for minutes perhaps, by the one process that puts
 * parts of that year together. Its `writing` lock is shared by all who add rows and taken alone for the
 * moment, or the making, in which a standing part is replaced. Readers wait for the last instant of a
 * replacement alone.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { type Part, spanOfPart } from "./months.ts";

export const STORE_TABLES = ["access_event", "search_key", "payload_block"] as const;
export type StoreTable = (typeof STORE_TABLES)[number];

// Any numbers will do, as long as nothing else in the portal locks by them.
const PARTITION_LOCK = 72_707_381;
const CHANGING_LOCK = 72_707_383;
const WRITING_LOCK = 72_707_384;

/** Less than the second after which PostgreSQL looks for deadlocks: it is we who give way. */
const READERS_MS = 500;
const PAUSE_MS = 250;
const ATTEMPTS = 400;
const LOCK_NOT_AVAILABLE = "55P03";

/** Months that this process has seen standing. */
const known = new WeakMap<pg.Pool, Set<Part>>();

/** The table that holds one part's rows. */
export function partTable(table: StoreTable, part: Part): string {
  return `events.${table}_${part}`;
}

/** A transaction on a connection of its own; one that failed is not handed to the next user of the pool. */
export async function inStoreTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return withClient(pool, async (client) => {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  });
}

/** A connection of one's own; after a failure it is closed, and with it go its locks and its transaction. */
export async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    return await work(client);
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}

const yearOf = (part: Part) => Number(part.slice(0, 4));

/** Alone among those who put together, replace or drop parts of one year. */
export async function changingYear<T>(pool: pg.Pool, part: Part, work: () => Promise<T>): Promise<T> {
  return withClient(pool, async (client) => {
    await client.query("SELECT pg_advisory_lock($1, $2)", [CHANGING_LOCK, yearOf(part)]);
    const result = await work();
    await client.query("SELECT pg_advisory_unlock($1, $2)", [CHANGING_LOCK, yearOf(part)]);
    return result;
  });
}

/** Until the commit no part of these months is replaced. */
export async function lockForWriting(client: pg.ClientBase, months: Iterable<Part>): Promise<void> {
  for (const year of [...new Set([...months].map(yearOf))].sort()) {
    await client.query("SELECT pg_advisory_xact_lock_shared($1, $2)", [WRITING_LOCK, year]);
  }
}

/** Until the commit nobody writes to parts of this year. */
export async function lockOutWriters(client: pg.ClientBase, part: Part): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock($1, $2)", [WRITING_LOCK, yearOf(part)]);
}

/**
 * Until the commit, which must come at once, nobody reads the store. Readers at work are waited for a moment
 * only, because whoever comes after would wait behind us; then they are let pass and it is tried again.
 */
export async function lockOutReaders(client: pg.ClientBase): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await client.query(`SAVEPOINT before_readers; SET LOCAL lock_timeout = ${READERS_MS}`);
    try {
      await client.query("SELECT pg_advisory_xact_lock($1)", [PARTITION_LOCK]);
      for (const table of STORE_TABLES) await client.query(`LOCK TABLE ONLY events.${table} IN ACCESS EXCLUSIVE MODE`);
      await client.query("SET LOCAL lock_timeout = 0");
      return;
    } catch (error) {
      if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE || attempt >= ATTEMPTS) throw error;
      await client.query("ROLLBACK TO before_readers");
      await sleep(PAUSE_MS);
    }
  }
}

/** Sees to it that every month has its partitions. Safe to call from several processes at once. */
export async function ensurePartitions(pool: pg.Pool, months: Iterable<Part>): Promise<void> {
  const seen = known.get(pool) ?? new Set<Part>();
  known.set(pool, seen);
  for (const month of [...months].sort()) {
    if (seen.has(month)) continue;
    await inStoreTransaction(pool, async (client) => {
      await client.query("SELECT pg_advisory_xact_lock($1)", [PARTITION_LOCK]);
      if ((await findPart(client, month)) !== null) return;
      for (const table of STORE_TABLES) await makePartition(client, table, month);
    });
    seen.add(month);
  }
}

/** Asks the database again which months stand. */
export function forgetPartitions(pool: pg.Pool): void {
  known.delete(pool);
}

/** The part that holds a month's rows, or null when there is none yet: the month itself, or its year. */
export async function findPart(client: pg.ClientBase | pg.Pool, month: Part): Promise<Part | null> {
  const year = month.slice(0, 4);
  const { rows } = await client.query<{ month: boolean; year: boolean }>(
    "SELECT to_regclass($1) IS NOT NULL AS month, to_regclass($2) IS NOT NULL AS year",
    [partTable("access_event", month), partTable("access_event", year)],
  );
  if (rows[0]?.month) return month;
  return rows[0]?.year ? year : null;
}

/** Every part that stands, in order. */
export async function listParts(client: pg.ClientBase | pg.Pool): Promise<Part[]> {
  const { rows } = await client.query<{ part: string }>(
    `SELECT substr(c.relname, length('access_event_') + 1) AS part
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'events.access_event'::regclass ORDER BY 1`,
  );
  return rows.map((row) => row.part);
}

/** True when the part holds no row. */
export async function isEmptyPart(client: pg.ClientBase | pg.Pool, part: Part): Promise<boolean> {
  const { rows } = await client.query(`SELECT 1 FROM ${partTable("access_event", part)} LIMIT 1`);
  return rows.length === 0;
}

/** The caller has locked out readers. */
export async function dropPart(client: pg.ClientBase, part: Part): Promise<void> {
  await client.query(`DROP TABLE ${STORE_TABLES.map((table) => partTable(table, part)).join(", ")}`);
}

/**
 * Made apart and then attached: CREATE TABLE ... PARTITION OF would lock out every reader of the
 * whole store while it waits for its turn.
 */
async function makePartition(client: pg.ClientBase, table: StoreTable, part: Part): Promise<void> {
  await client.query(`CREATE TABLE ${partTable(table, part)} (LIKE events.${table} INCLUDING ALL)`);
  await attachPartition(client, table, part);
}

/** Makes the part's table, which stands already, a part of the store. */
export async function attachPartition(client: pg.ClientBase, table: StoreTable, part: Part): Promise<void> {
  const { from, to } = boundsOf(part);
  await client.query(
    `ALTER TABLE events.${table} ATTACH PARTITION ${partTable(table, part)} FOR VALUES FROM (${from}) TO (${to})`,
  );
}

/** The part's first instant and the one after its last, as SQL literals. */
export function boundsOf(part: Part): { from: string; to: string } {
  const { from, to } = spanOfPart(part);
  return { from: `'${new Date(from).toISOString()}'`, to: `'${new Date(to).toISOString()}'` };
}
