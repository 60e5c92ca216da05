/** What former versions of data keys have sealed, sealed anew by the newest, some rows at a time. */
import type { Portal } from "../portal.server.ts";
import type { Progress } from "./renew-data-keys.server.ts";
import { SEALED_FILES, SEALED_TABLES, type SealedTable } from "./sealed-columns.ts";

const AT_ONCE = 100;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/** Rows `t` of a table whose key is being exchanged, and of whose values one is of a former version. */
function staleRows({ table, columns, key }: SealedTable): string {
  const stale = columns.map((column) => `sealed_version(t."${column}") < k.version`).join(" OR ");
  return `FROM "${table}" t JOIN data_key k ON k.id = ${key} AND k.previous_wrapped IS NOT NULL WHERE (${stale})`;
}

export async function resealRows(portal: Portal, progress: Progress): Promise<void> {
  for (const sealed of SEALED_TABLES) {
    let after = BEFORE_ALL;
    for (;;) {
      const rows = await listStale(portal, sealed, after);
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.row;
      await progress(await resealSome(portal, sealed, rows));
    }
  }
}

interface StaleRow {
  readonly row: string;
  readonly keyId: string;
  readonly values: readonly (Buffer | null)[];
}

async function listStale(portal: Portal, sealed: SealedTable, after: string): Promise<StaleRow[]> {
  const values = sealed.columns.map((column, index) => `t."${column}" AS v${index}`).join(", ");
  const { rows } = await portal.pool.query<Record<string, unknown> & { row: string; key: string }>(
    `SELECT ${sealed.row} AS row, k.id AS key, ${values} ${staleRows(sealed)} AND ${sealed.after}
     ORDER BY ${sealed.order} LIMIT ${AT_ONCE}`,
    [after],
  );
  return rows.map((found) => ({
    row: found.row,
    keyId: found.key,
    values: sealed.columns.map((_, index) => found[`v${index}`] as Buffer | null),
  }));
}

/** @returns how many values were sealed anew: one that somebody has written meanwhile is left to the next turn */
async function resealSome(portal: Portal, sealed: SealedTable, rows: readonly StaleRow[]): Promise<number> {
  // Before the transaction, so that nobody waits for a row while a key service is asked.
  const changed = new Map<string, Changed[]>();
  for (const [index, column] of sealed.columns.entries()) {
    changed.set(column, await resealColumn(portal, { table: sealed.table, column }, rows, index));
  }
  const client = await portal.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    // Append-only lists take this, and nothing but this (refuse_unless_resealing).
    await client.query("SELECT set_config('wholooked.resealing', 'on', true)");
    let count = 0;
    for (const [column, values] of changed) {
      const done = await client.query(
        `UPDATE "${sealed.table}" t SET "${column}" = v.anew
         FROM unnest($1::text[], $2::bytea[], $3::bytea[]) AS v(row, was, anew)
         WHERE ${sealed.is.replaceAll("$1", "v.row")} AND t."${column}" = v.was`,
        [values.map((one) => one.row), values.map((one) => one.was), values.map((one) => one.anew)],
      );
      count += done.rowCount ?? 0;
    }
    await client.query("COMMIT");
    return count;
  } catch (error) {
    // A connection in an unknown state is not handed to the next user of the pool.
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}

interface Changed {
  readonly row: string;
  readonly was: Buffer;
  readonly anew: Buffer;
}

async function resealColumn(
  portal: Portal,
  where: { readonly table: string; readonly column: string },
  rows: readonly StaleRow[],
  index: number,
): Promise<Changed[]> {
  const changed: Changed[] = [];
  for (const { row, keyId, values } of rows) {
    const was = values[index];
    const anew = was ? await portal.vault.reseal(keyId, { ...where, row }, was) : null;
    if (was && anew) changed.push({ row, was, anew });
  }
  return changed;
}

export async function resealFiles(portal: Portal, progress: Progress): Promise<void> {
  for (const { table, file, key } of SEALED_FILES) {
    let after = "";
    for (;;) {
      const { rows } = await portal.pool.query<{ file: string; key: string }>(
        `SELECT ${file}::text AS file, k.id AS key FROM "${table}" t
         JOIN data_key k ON k.id = ${key} AND k.previous_wrapped IS NOT NULL
         WHERE ${file}::text > $1 ORDER BY 1 LIMIT ${AT_ONCE}`,
        [after],
      );
      if (rows.length === 0) break;
      let count = 0;
      for (const row of rows) if (await resealFile(portal, row)) count += 1;
      after = rows.at(-1)?.file ?? after;
      if (count > 0) await progress(count);
    }
  }
}

/** A file that is not there (a backup without its files was put back) keeps nobody's keys from being exchanged. */
async function resealFile(portal: Portal, { key, file }: { key: string; file: string }): Promise<boolean> {
  try {
    return await portal.storage.reseal(key, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    portal.log.warn({ file }, "a file that should be sealed anew is not there");
    return false;
  }
}

/** How many values a former version still seals. */
export async function countStale(portal: Pick<Portal, "pool">): Promise<number> {
  let count = 0;
  for (const sealed of SEALED_TABLES) {
    const { rows } = await portal.pool.query<{ n: number }>(`SELECT count(*)::int AS n ${staleRows(sealed)}`);
    count += rows[0]?.n ?? 0;
  }
  return count;
}
