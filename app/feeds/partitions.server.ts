/**
 * Monthly partitions of the event store, in UTC months, made when the first event of a month arrives.
 */
import type pg from "pg";

const TABLES = ["access_event", "search_key"] as const;

/** Any number will do, as long as nothing else in the portal locks by it. */
const PARTITION_LOCK = 72_707_371;

/** Months that this process has seen standing; partitions are never dropped under a running import. */
const known = new WeakMap<pg.Pool, Set<string>>();

/** "2025-06" of an instant in milliseconds. */
export function utcMonth(instant: number): string {
  return new Date(instant).toISOString().slice(0, 7);
}

/** Sees to it that every month has its partitions. Safe to call from several processes at once. */
export async function ensurePartitions(pool: pg.Pool, months: ReadonlySet<string>): Promise<void> {
  const seen = known.get(pool) ?? new Set<string>();
  known.set(pool, seen);
  for (const month of [...months].sort()) {
    if (seen.has(month)) continue;
    await makePartitions(pool, month);
    seen.add(month);
  }
}

async function makePartitions(pool: pg.Pool, month: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock($1)", [PARTITION_LOCK]);
    for (const table of TABLES) await makePartition(client, table, month);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

/**
 * Made apart and then attached: CREATE TABLE ... PARTITION OF would lock out every reader of the
 * whole store while it waits for its turn.
 */
async function makePartition(client: pg.PoolClient, table: (typeof TABLES)[number], month: string): Promise<void> {
  const [year, number] = month.split("-").map(Number) as [number, number];
  const from = new Date(Date.UTC(year, number - 1, 1)).toISOString();
  const to = new Date(Date.UTC(year, number, 1)).toISOString();
  const name = `events.${table}_${month.replace("-", "_")}`;
  const { rows } = await client.query<{ found: string | null }>("SELECT to_regclass($1) AS found", [name]);
  if (rows[0]?.found !== null) return;
  await client.query(`CREATE TABLE ${name} (LIKE events.${table} INCLUDING ALL)`);
  await client.query(`ALTER TABLE events.${table} ATTACH PARTITION ${name} FOR VALUES FROM ('${from}') TO ('${to}')`);
}
