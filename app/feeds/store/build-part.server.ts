/** Indexes of a part that was filled without them, and parts that are made anew beside the standing ones. */
import type pg from "pg";
import type { Part } from "../months.ts";
import {
  attachPartition,
  boundsOf,
  dropPart,
  inStoreTransaction,
  lockOutReaders,
  lockOutWriters,
  partTable,
  STORE_TABLES,
  type StoreTable,
} from "../partitions.server.ts";

/**
 * For one transaction that sorts a month: memory enough that it need not go to the disk, and one helper for each table
 * that is sorted at the same time (with two, on two processors, it took an eighth longer). Look-ups go by indexes
 * whatever the statistics say, so a sample of 3,000 rows is enough; the usual 30,000 took a tenth of the whole.
 */
export const SORT_SETTINGS = `
  SET LOCAL maintenance_work_mem = '256MB'; SET LOCAL work_mem = '192MB';
  SET LOCAL max_parallel_maintenance_workers = 1; SET LOCAL default_statistics_target = 10`;

/** Every column of an event, in any order that both sides of a copy share. */
export const COLUMNS = [
  "id",
  "at",
  "agency_id",
  "system_id",
  "batch_id",
  "row_no",
  "row_tag",
  "user_tag",
  "key_id",
  "flags",
  "payload",
  "source_tag",
  "query_tag",
  "group_tag",
  "block_no",
  "block_pos",
] as const;

/** The three tables that make up one part, under whatever names. */
export type PartTables = Readonly<Record<StoreTable, string>>;

/**
 * Gives the filled tables of a part every index that a part of the store has, to the letter, so that attaching
 * builds none. All at once, each in its own transaction; what stands from an attempt that was cut short stays.
 *
 * @throws PostgreSQL's unique violation when an event stands in the table twice.
 */
export async function buildIndexes(pool: pg.Pool, tables: PartTables): Promise<void> {
  const built = await Promise.allSettled(
    STORE_TABLES.map((table) =>
      inStoreTransaction(pool, async (client) => {
        await client.query(SORT_SETTINGS);
        await indexTable(client, table, tables[table]);
      }),
    ),
  );
  for (const one of built) if (one.status === "rejected") throw one.reason;
}

const INDEXES: Readonly<Record<StoreTable, readonly string[]>> = {
  access_event: [
    "ALTER TABLE % ADD PRIMARY KEY (id, at)",
    "CREATE UNIQUE INDEX ON % (row_tag, at) WHERE row_tag IS NOT NULL",
    "CREATE INDEX ON % (source_tag) WHERE source_tag IS NOT NULL",
    "CREATE INDEX ON % (query_tag) WHERE query_tag IS NOT NULL",
  ],
  search_key: ["CREATE INDEX ON % (tag)"],
  payload_block: ["ALTER TABLE % ADD PRIMARY KEY (batch_id, no, at)"],
};

async function indexTable(client: pg.ClientBase, table: StoreTable, name: string): Promise<void> {
  if (await hasIndex(client, name)) return;
  for (const statement of INDEXES[table]) await client.query(statement.replace("%", name));
  await client.query(`ANALYZE ${name}`);
}

async function hasIndex(client: pg.ClientBase, table: string): Promise<boolean> {
  const { rows } = await client.query("SELECT 1 FROM pg_index WHERE indrelid = $1::regclass", [table]);
  return rows.length > 0;
}

/** Adds everything that a standing part holds to the tables of another. */
export async function copyPart(client: pg.ClientBase, standing: Part, tables: PartTables): Promise<void> {
  const events = COLUMNS.join(", ");
  await client.query(
    `INSERT INTO ${tables.access_event} (${events}) SELECT ${events} FROM ${partTable("access_event", standing)};
     INSERT INTO ${tables.search_key} (tag, at, event_id, place)
       SELECT tag, at, event_id, place FROM ${partTable("search_key", standing)};
     INSERT INTO ${tables.payload_block} (batch_id, no, at, sealed)
       SELECT batch_id, no, at, sealed FROM ${partTable("payload_block", standing)}`,
  );
}

/** Makes the empty tables of a part, which wait beside the store under names of their own. */
export async function makeTables(client: pg.ClientBase, tables: PartTables, part: Part): Promise<void> {
  const { from, to } = boundsOf(part);
  for (const table of STORE_TABLES) await makeTable(client, table, tables[table], { from, to });
}

/**
 * The check lets the table be attached to the store unread; it is not worth vacuuming until then. Two blocks fit
 * into a page, so they are not put aside (TOAST).
 */
async function makeTable(
  client: pg.ClientBase,
  table: StoreTable,
  name: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const options = ["autovacuum_enabled = false", ...(table === "payload_block" ? ["toast_tuple_target = 8160"] : [])];
  await client.query(
    `CREATE TABLE ${name} (LIKE events.${table} INCLUDING CONSTRAINTS INCLUDING STORAGE,
       CONSTRAINT part CHECK (at >= ${from} AND at < ${to})) WITH (${options.join(", ")})`,
  );
}

/** The tables become the part; the check that spared reading them for that goes. The caller has locked out readers. */
export async function takePlace(client: pg.ClientBase, tables: PartTables, part: Part): Promise<void> {
  for (const table of STORE_TABLES) {
    await client.query(`ALTER TABLE ${tables[table]} RESET (autovacuum_enabled)`);
    await client.query(`ALTER TABLE ${tables[table]} RENAME TO ${table}_${part}`);
    await attachPartition(client, table, part);
    await client.query(`ALTER TABLE ${partTable(table, part)} DROP CONSTRAINT part`);
  }
}

/** What goes into the new tables, and what commits together with the change. */
export interface Making {
  fill(client: pg.ClientBase, tables: PartTables): Promise<void>;
  finish(client: pg.ClientBase): Promise<void>;
}

/**
 * Makes one part anew and puts it in the place of some that stand, in one transaction. Readers read those until
 * the very end; writers wait. The caller is the one who changes this year.
 */
export async function replaceParts(pool: pg.Pool, standing: readonly Part[], made: Part, work: Making): Promise<void> {
  const tables = Object.fromEntries(STORE_TABLES.map((table) => [table, `events.${table}_making_${made}`])) as Record<
    StoreTable,
    string
  >;
  await inStoreTransaction(pool, async (client) => {
    await client.query(SORT_SETTINGS);
    await lockOutWriters(client, made);
    await makeTables(client, tables, made);
    await work.fill(client, tables);
    for (const table of STORE_TABLES) await indexTable(client, table, tables[table]);
    await lockOutReaders(client);
    for (const part of standing) await dropPart(client, part);
    await takePlace(client, tables, made);
    await work.finish(client);
  });
}
