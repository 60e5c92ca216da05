/**
 * Puts one month of a batch's staged rows into the store. Where the month is empty its staged table gets its
 * indexes and becomes the month; where rows stand already, what is new among the staged ones is added, or the
 * month is made anew when that is most of it.
 *
 * Whatever is done commits together with the batch's counters and with the end of the staged tables, so a
 * process that dies leaves either all of it or none.
 */
import type pg from "pg";
import { noteBusyDays } from "../busy-days.server.ts";
import type { Part } from "../months.ts";
import {
  changingYear,
  dropPart,
  findPart,
  inStoreTransaction,
  isEmptyPart,
  lockForWriting,
  lockOutReaders,
  lockOutWriters,
  partTable,
} from "../partitions.server.ts";
import {
  buildIndexes,
  COLUMNS,
  copyPart,
  type PartTables,
  replaceParts,
  SORT_SETTINGS,
  takePlace,
} from "./build-part.server.ts";
import { dropConstants, stagedTables } from "./staging.server.ts";

interface Staged {
  readonly batchId: string;
  readonly part: Part;
  readonly tables: PartTables;
}

/** When a month is made anew instead of added to: when so many rows are new, and such a share of what stands. */
const REBUILD = { rows: 200_000, share: 0.25 };

const UNIQUE_VIOLATION = "23505";

/** @param part A month of which rows of the batch are staged. */
export async function settlePart(pool: pg.Pool, batchId: string, part: Part, rebuild = REBUILD): Promise<void> {
  const staged: Staged = { batchId, part, tables: stagedTables(batchId, part) };
  await noteBusyDays(pool, batchId, staged.tables.access_event);
  await changingYear(pool, part, async () => {
    for (;;) {
      const standing = await findPart(pool, part);
      if (standing !== null && (standing !== part || !(await isEmptyPart(pool, standing)))) {
        if (await addTo(pool, staged, standing, rebuild)) return;
      } else {
        await indexStaged(pool, staged);
        if (await attachStaged(pool, staged)) return;
      }
      // A small delivery, or retention, has changed the month meanwhile: it is looked at again.
    }
  });
}

/**
 * The primary key says whether a row stands in the delivery twice; only then is it looked for. What stood twice
 * is counted as it goes.
 */
async function indexStaged(pool: pg.Pool, staged: Staged): Promise<void> {
  try {
    await buildIndexes(pool, staged.tables);
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
    await dropRepeated(pool, staged);
    await buildIndexes(pool, staged.tables);
  }
}

async function dropRepeated(pool: pg.Pool, staged: Staged): Promise<void> {
  await inStoreTransaction(pool, async (client) => {
    await client.query(SORT_SETTINGS);
    const repeated = await client.query(repeatedRows(staged.tables.access_event, "id, at", "row_no, ctid"));
    await client.query(repeatedRows(staged.tables.search_key, "event_id, at, tag, place", "ctid"));
    await client.query("UPDATE batch SET staged = staged - $2, duplicates = duplicates + $2 WHERE id = $1", [
      staged.batchId,
      repeated.rowCount,
    ]);
  });
}

function repeatedRows(table: string, identity: string, order: string): string {
  return `
    DELETE FROM ${table} WHERE ctid IN (
      SELECT place FROM (
        SELECT ctid AS place, row_number() OVER (PARTITION BY ${identity} ORDER BY ${order}) AS nth FROM ${table}
      ) numbered WHERE nth > 1
    )`;
}

async function countRows(client: pg.ClientBase | pg.Pool, table: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
  return rows[0]?.n ?? 0;
}

/** Makes the staged tables the month's partitions. @returns false when the month is empty no more. */
async function attachStaged(pool: pg.Pool, staged: Staged): Promise<boolean> {
  const { part, batchId, tables } = staged;
  const stored = await countRows(pool, tables.access_event);
  return inStoreTransaction(pool, async (client) => {
    await lockOutWriters(client, part);
    await lockOutReaders(client);
    const standing = await findPart(client, part);
    if (standing !== null && (standing !== part || !(await isEmptyPart(client, part)))) return false;
    if (standing !== null) await dropPart(client, part);
    await dropConstants(client, tables);
    await takePlace(client, tables, part);
    await settle(client, batchId, part, { staged: stored, stored });
    return true;
  });
}

async function dropStaged(client: pg.ClientBase, { tables }: Staged): Promise<void> {
  await client.query(`DROP TABLE ${Object.values(tables).join(", ")}`);
}

/** The month's rows are staged no more: so many of them were new. */
async function settle(
  client: pg.ClientBase,
  batchId: string,
  part: Part,
  rows: { staged: number; stored: number },
): Promise<void> {
  await client.query(
    "UPDATE batch SET staged = staged - $2, stored = stored + $3, duplicates = duplicates + $2 - $3 WHERE id = $1",
    [batchId, rows.staged, rows.stored],
  );
  await client.query("DELETE FROM events.staged_part WHERE batch_id = $1 AND part = $2", [batchId, part]);
}

/** @returns false when the part that stood there stands no more. */
async function addTo(pool: pg.Pool, staged: Staged, standing: Part, rebuild: typeof REBUILD): Promise<boolean> {
  const all = await countRows(pool, staged.tables.access_event);
  const added = await inStoreTransaction(pool, async (client) => {
    await client.query(SORT_SETTINGS);
    await lockForWriting(client, [staged.part]);
    if ((await findPart(client, staged.part)) !== standing) return "gone" as const;
    const fresh = await listFresh(client, staged, standing);
    if (fresh >= rebuild.rows && fresh > rebuild.share * (await estimateRows(client, standing))) return "many" as const;
    const stored = fresh === 0 ? 0 : await insertFresh(client, staged);
    await dropStaged(client, staged);
    await settle(client, staged.batchId, staged.part, { staged: all, stored });
    return "added" as const;
  });
  if (added === "many") await rebuildWith(pool, staged, standing, all);
  return added !== "gone";
}

/** Where in the staged table the rows stand that the store does not have, each once. @returns how many */
async function listFresh(client: pg.ClientBase, staged: Staged, standing: Part): Promise<number> {
  const there = partTable("access_event", standing);
  const { rowCount } = await client.query(`
    CREATE TEMP TABLE fresh ON COMMIT DROP AS
    SELECT DISTINCT ON (s.id, s.at) s.id, s.at, s.block_no, s.ctid AS place FROM ${staged.tables.access_event} s
    WHERE NOT EXISTS (SELECT 1 FROM ${there} t WHERE t.id = s.id AND t.at = s.at)
      AND NOT EXISTS (SELECT 1 FROM ${there} t WHERE t.row_tag = s.id AND t.at = s.at)
    ORDER BY s.id, s.at, s.row_no`);
  return rowCount ?? 0;
}

async function estimateRows(client: pg.ClientBase, part: Part): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    "SELECT greatest(reltuples, 0)::float8 AS n FROM pg_class WHERE oid = $1::regclass",
    [partTable("access_event", part)],
  );
  return rows[0]?.n ?? 0;
}

const TARGET = COLUMNS.join(", ");

function selectFresh(staged: Staged): string {
  const columns = COLUMNS.map((name) => `s.${name}`).join(", ");
  return `SELECT ${columns} FROM pg_temp.fresh f JOIN ${staged.tables.access_event} s ON s.ctid = f.place`;
}

/** The blocks in which payloads of fresh rows stand. */
function copyFreshBlocks(staged: Staged, target: string): string {
  return `INSERT INTO ${target} (batch_id, no, at, sealed)
    SELECT batch_id, no, at, sealed FROM ${staged.tables.payload_block}
    WHERE no IN (SELECT block_no FROM pg_temp.fresh)`;
}

async function insertFresh(client: pg.ClientBase, staged: Staged): Promise<number> {
  await client.query(copyFreshBlocks(staged, "events.payload_block"));
  const { rows } = await client.query<{ stored: number }>(`
    WITH added AS (
      INSERT INTO events.access_event (${TARGET}) ${selectFresh(staged)} ORDER BY s.id, s.at
      ON CONFLICT DO NOTHING
      RETURNING id, at
    ), keyed AS (
      INSERT INTO events.search_key (tag, at, event_id, place)
      SELECT DISTINCT k.tag, k.at, k.event_id, k.place
      FROM ${staged.tables.search_key} k JOIN added ON added.id = k.event_id AND added.at = k.at
    )
    SELECT count(*)::int AS stored FROM added`);
  return rows[0]?.stored ?? 0;
}

/** What stands and what is new, as one new part in the standing one's place. */
async function rebuildWith(pool: pg.Pool, staged: Staged, standing: Part, all: number): Promise<void> {
  let stored = 0;
  await replaceParts(pool, [standing], standing, {
    fill: async (client, tables) => {
      // Looked for again: only now does nobody else write there.
      stored = await listFresh(client, staged, standing);
      await copyPart(client, standing, tables);
      await client.query(
        `INSERT INTO ${tables.access_event} (${TARGET}) ${selectFresh(staged)};
         INSERT INTO ${tables.search_key} (tag, at, event_id, place)
           SELECT DISTINCT k.tag, k.at, k.event_id, k.place
           FROM ${staged.tables.search_key} k JOIN pg_temp.fresh f ON f.id = k.event_id AND f.at = k.at;
         ${copyFreshBlocks(staged, tables.payload_block)}`,
      );
    },
    finish: async (client) => {
      await dropStaged(client, staged);
      await settle(client, staged.batchId, staged.part, { staged: all, stored });
    },
  });
}
