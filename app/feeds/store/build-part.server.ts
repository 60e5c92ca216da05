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
  STORE_TABLES,
  withClient,
} from "../partitions.server.ts";

/** For one transaction that sorts a month: memory enough that it need not go to the disk. */
export const SORT_SETTINGS = `
  SET LOCAL maintenance_work_mem = '256MB'; SET LOCAL work_mem = '192MB';
  SET LOCAL max_parallel_maintenance_workers = 2`;

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
] as const;

/**
 * Gives two filled tables every index that a part of the store has, to the letter, so that attaching builds
 * none. Both at once, each in its own transaction; what stands from an attempt that was cut short stays.
 *
 * @param events Table of events; `keys` of their search keys.
 * @throws PostgreSQL's unique violation when an event stands in the table twice.
 */
export async function buildIndexes(pool: pg.Pool, events: string, keys: string): Promise<void> {
  const inOneGo = (work: (client: pg.ClientBase) => Promise<void>) =>
    inStoreTransaction(pool, async (client) => {
      await client.query(SORT_SETTINGS);
      await work(client);
    });
  const built = await Promise.allSettled([
    inOneGo((client) => indexEvents(client, events)),
    inOneGo((client) => indexKeys(client, keys)),
  ]);
  for (const one of built) if (one.status === "rejected") throw one.reason;
}

async function indexEvents(client: pg.ClientBase, events: string): Promise<void> {
  if (await hasIndex(client, events)) return;
  await client.query(`ALTER TABLE ${events} ADD PRIMARY KEY (id, at)`);
  await client.query(`CREATE UNIQUE INDEX ON ${events} (row_tag, at) WHERE row_tag IS NOT NULL`);
  await client.query(`CREATE INDEX ON ${events} (source_tag) WHERE source_tag IS NOT NULL`);
  await client.query(`CREATE INDEX ON ${events} (query_tag) WHERE query_tag IS NOT NULL`);
  await client.query(`ANALYZE ${events}`);
}

async function indexKeys(client: pg.ClientBase, keys: string): Promise<void> {
  if (await hasIndex(client, keys)) return;
  await client.query(`CREATE INDEX ON ${keys} (tag)`);
  await client.query(`ANALYZE ${keys}`);
}

async function hasIndex(client: pg.ClientBase, table: string): Promise<boolean> {
  const { rows } = await client.query("SELECT 1 FROM pg_index WHERE indrelid = $1::regclass", [table]);
  return rows.length > 0;
}

/** What goes into the new tables, and what commits together with the change. */
export interface Making {
  fill(client: pg.ClientBase, events: string, keys: string): Promise<void>;
  finish(client: pg.ClientBase): Promise<void>;
}

/**
 * Makes one part anew and puts it in the place of some that stand, in one transaction. Readers read those until
 * the very end; writers wait. The caller is the one who changes this year.
 */
export async function replaceParts(pool: pg.Pool, standing: readonly Part[], made: Part, work: Making): Promise<void> {
  const [events, keys] = ["events.access_event_making", "events.search_key_making"].map(
    (name) => `${name}_${made}`,
  ) as [string, string];
  await withClient(pool, async (client) => {
    await client.query(`BEGIN; ${SORT_SETTINGS}`);
    await lockOutWriters(client, made);
    for (const [table, name] of [["access_event", events] as const, ["search_key", keys] as const]) {
      const { from, to } = boundsOf(made);
      await client.query(
        `CREATE TABLE ${name} (LIKE events.${table}, CONSTRAINT made_part CHECK (at >= ${from} AND at < ${to}))`,
      );
    }
    await work.fill(client, events, keys);
    await indexEvents(client, events);
    await indexKeys(client, keys);
    await lockOutReaders(client);
    for (const part of standing) await dropPart(client, part);
    for (const table of STORE_TABLES)
      await takePlace(client, table, `events.${table}_making_${made}`, made, "made_part");
    await work.finish(client);
    await client.query("COMMIT");
  });
}

/** The table becomes the part; the check that spared reading it for that goes. The caller has locked out readers. */
export async function takePlace(
  client: pg.ClientBase,
  table: (typeof STORE_TABLES)[number],
  filled: string,
  part: Part,
  check: string,
): Promise<void> {
  await client.query(`ALTER TABLE ${filled} RENAME TO ${table}_${part}`);
  await attachPartition(client, table, part);
  await client.query(`ALTER TABLE events.${table}_${part} DROP CONSTRAINT ${check}`);
}
