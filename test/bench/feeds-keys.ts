/** Identifiers in a key table, as the store has them, against five columns of the event: load, size and look-up. */
import pg from "pg";
import { type BenchOptions, type Measured, median } from "./bench.ts";
import { openBenchPortal } from "./feeds-portal.ts";

const USUAL_EVENTS = 1_000_000;
const PARTS = 12;
const LOOKUPS = 300;
/** Every event has the first; one in twenty each of the others: what logs have that were seen. */
const KINDS = ["plate", "licence", "vin", "name", "state_id"] as const;
const RARE = 20;

interface Layout {
  tables: readonly string[];
  load: readonly string[];
  build: readonly string[];
  find: string;
}

const EVENT = `id uuid NOT NULL, at timestamptz NOT NULL, agency_id uuid NOT NULL, system_id uuid NOT NULL, batch_id uuid NOT NULL,
  row_no integer NOT NULL, user_tag uuid, key_id uuid NOT NULL, flags smallint NOT NULL, source_tag uuid, block_no bigint, block_pos smallint`;
const MADE = `id, at, one, one, one, n, md5((n % 3000)::text)::uuid, one, 0::smallint, md5('s' || n)::uuid, n / 16, (n % 16)::smallint`;
const months = Array.from({ length: PARTS }, (_, i) => i + 1);

function partitions(table: string): string {
  return months
    .map((month) => {
      const next = month === PARTS ? "2025-01-01" : `2024-${String(month + 1).padStart(2, "0")}-01`;
      const from = `2024-${String(month).padStart(2, "0")}-01`;
      return `CREATE TABLE ${table}_${month} PARTITION OF ${table} FOR VALUES FROM ('${from}') TO ('${next}');`;
    })
    .join("\n");
}

const BESIDE: Layout = {
  tables: [
    `CREATE TABLE kept (${EVENT}) PARTITION BY RANGE (at); ${partitions("kept")}`,
    `CREATE TABLE beside (tag uuid NOT NULL, at timestamptz NOT NULL, event_id uuid NOT NULL, place smallint NOT NULL)
       PARTITION BY RANGE (at); ${partitions("beside")}`,
  ],
  load: [
    `INSERT INTO kept SELECT ${MADE} FROM made`,
    `INSERT INTO beside SELECT plate, at, id, 0 FROM made`,
    ...KINDS.slice(1).map((kind) => `INSERT INTO beside SELECT ${kind}, at, id, 0 FROM made WHERE ${kind} IS NOT NULL`),
  ],
  build: ["ALTER TABLE kept ADD PRIMARY KEY (id, at)", "CREATE INDEX ON beside (tag)"],
  find: `SELECT e.id, e.at, e.batch_id FROM beside k JOIN kept e ON e.id = k.event_id AND e.at = k.at WHERE k.tag = ANY($1::uuid[])`,
};

const COLUMNS: Layout = {
  tables: [
    `CREATE TABLE wide (${EVENT}, ${KINDS.map((kind) => `${kind} uuid`).join(", ")}) PARTITION BY RANGE (at); ${partitions("wide")}`,
  ],
  load: [`INSERT INTO wide SELECT ${MADE}, ${KINDS.join(", ")} FROM made`],
  build: [
    "ALTER TABLE wide ADD PRIMARY KEY (id, at)",
    ...KINDS.map((kind) => `CREATE INDEX ON wide (${kind}) WHERE ${kind} IS NOT NULL`),
  ],
  find: `SELECT e.id, e.at, e.batch_id FROM wide e WHERE ${KINDS.map((kind, i) => `e.${kind} = ($1::uuid[])[${i + 1}]`).join(" OR ")}`,
};

async function make(client: pg.ClientBase, events: number): Promise<void> {
  const tag = (kind: string) => `md5('${kind}' || n % ${Math.ceil(events / 20)})::uuid`;
  const rare = KINDS.slice(1).map((kind, i) => `CASE WHEN n / 7 % ${RARE} = ${i} THEN ${tag(kind)} END AS ${kind}`);
  await client.query(
    `CREATE UNLOGGED TABLE made AS SELECT gen_random_uuid() AS id, n, gen_random_uuid() AS one,
       timestamptz '2024-01-01T00:00:00Z' + (n::float8 / ${events} * 365) * interval '1 day' AS at, ${tag("plate")} AS plate, ${rare.join(", ")}
     FROM generate_series(0, ${events - 1}) n`,
  );
}

async function secondsOf(client: pg.ClientBase, statements: readonly string[]): Promise<number> {
  const began = process.hrtime.bigint();
  for (const statement of statements) await client.query(statement);
  return Number(process.hrtime.bigint() - began) / 1e9;
}

async function bytesOf(client: pg.ClientBase, names: readonly string[]): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>(
    `SELECT sum(pg_total_relation_size(inhrelid))::float8 AS bytes FROM pg_inherits
     WHERE inhparent = ANY($1::regclass[])`,
    [names],
  );
  return rows[0]?.bytes ?? Number.NaN;
}

/** By a plan that is kept, as the store's own look-up has it. */
async function lookUp(client: pg.ClientBase, name: string, find: string, events: number): Promise<number[]> {
  const subjects = Math.ceil(events / 20);
  const times: number[] = [];
  for (let i = 0; i < 2 * LOOKUPS; i++) {
    const tags = `SELECT array[${KINDS.map((kind) => `md5('${kind}' || $1::int)::uuid`).join(", ")}]::uuid[] AS tags`;
    const { rows } = await client.query<{ tags: string[] }>(tags, [(i * 7919) % subjects]);
    const began = process.hrtime.bigint();
    const { rowCount } = await client.query({ name, text: find, values: [rows[0]?.tags] });
    if (i >= LOOKUPS) times.push(Number(process.hrtime.bigint() - began) / 1e6);
    if (!rowCount) throw new Error("a subject has no event");
  }
  return times;
}

/** @param options.rows Events. */
export async function* feedsKeysBench({ rows: events = USUAL_EVENTS }: BenchOptions): AsyncGenerator<Measured> {
  await using portal = await openBenchPortal();
  const client = new pg.Client({ connectionString: portal.databaseUrl });
  await client.connect();
  try {
    await client.query("SET maintenance_work_mem = '256MB'; SET jit = off; SET enable_partitionwise_join = on");
    await make(client, events);
    for (const { tables } of [BESIDE, COLUMNS]) for (const table of tables) await client.query(table);
    const load = [await secondsOf(client, BESIDE.load), await secondsOf(client, COLUMNS.load)] as const;
    const build = [await secondsOf(client, BESIDE.build), await secondsOf(client, COLUMNS.build)] as const;
    await client.query("VACUUM ANALYZE kept, beside, wide");
    const line = (
      name: string,
      unit: string,
      ours: readonly number[],
      theirs: readonly number[],
      most: number,
    ): Measured => ({
      name: `feeds-keys.${name}`,
      unit,
      values: ours,
      against: { name: "five columns, an index on each", values: theirs },
      goal: { atMost: most },
    });
    yield line("load", "s", [load[0]], [load[1]], 2);
    yield line("build", "s", [build[0]], [build[1]], 1.5);
    const bytes = [await bytesOf(client, ["kept", "beside"]), await bytesOf(client, ["wide"])] as const;
    yield line("bytes-an-event", "B", [bytes[0] / events], [bytes[1] / events], 1.5);
    const beside = await lookUp(client, "beside", BESIDE.find, events);
    const wide = await lookUp(client, "columns", COLUMNS.find, events);
    yield line("look-up", "ms", [median(beside)], [median(wide)], 1);
  } finally {
    await client.end();
  }
}
