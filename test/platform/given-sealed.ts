/** All that is sealed, opened or tried to be opened. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Portal } from "#app/platform/portal.server.ts";
import type { KeyEncryptionKey } from "#app/platform/sealing/key-encryption-key.ts";
import { SEALED_FILES, SEALED_TABLES } from "#app/platform/sealing/sealed-columns.ts";

export interface SealedValue {
  readonly table: string;
  readonly column: string;
  readonly row: string;
  readonly keyId: string;
  readonly bytes: Buffer;
}

/** Every sealed value of every table that a rotation seals anew, and of the files. */
export async function listSealed(portal: Pick<Portal, "pool" | "config">): Promise<SealedValue[]> {
  const found: SealedValue[] = [];
  for (const { table, columns, key, row } of SEALED_TABLES) {
    for (const column of columns) {
      const { rows } = await portal.pool.query<{ row: string; key_id: string; bytes: Buffer }>(
        `SELECT ${row} AS row, ${key} AS key_id, t."${column}" AS bytes FROM "${table}" t
         WHERE t."${column}" IS NOT NULL AND ${key} IN (SELECT id FROM data_key)`,
      );
      found.push(...rows.map(({ row, key_id, bytes }) => ({ table, column, row, keyId: key_id, bytes })));
    }
  }
  for (const { table, file, key } of SEALED_FILES) {
    const { rows } = await portal.pool.query<{ row: string; key_id: string }>(
      `SELECT ${file}::text AS row, ${key} AS key_id FROM "${table}" t WHERE ${key} IN (SELECT id FROM data_key)`,
    );
    for (const { row, key_id } of rows) {
      const bytes = await readFile(join(portal.config.dataFolder, "files", row.slice(0, 2), row));
      found.push({ table: "file", column: "bytes", row, keyId: key_id, bytes });
    }
  }
  return found;
}

/** What stands in every sealed value, by its place. @throws when one does not open */
export async function openAll(portal: Portal): Promise<Map<string, string>> {
  const opened = new Map<string, string>();
  for (const { table, column, row, keyId, bytes } of await listSealed(portal)) {
    const plain = await portal.vault.open(keyId, { table, column, row }, bytes);
    opened.set(`${table}.${column} ${row}`, plain.toString("hex"));
  }
  return opened;
}

/** The data keys that a key-encryption key can unwrap, by what stands in the database now. */
export async function listUnwrapped(portal: Portal, kek: KeyEncryptionKey): Promise<Map<string, Buffer>> {
  const keys = new Map<string, Buffer>();
  for (const row of await portal.db.dataKey.findMany()) {
    // Whatever id is written beside it: the thief tries the key that he has.
    const ids = [row.kekId, await kek.currentId()];
    for (const kekId of ids) {
      const key = await kek.unwrap(row.id, { kekId, wrapped: Buffer.from(row.wrapped) }).catch(() => null);
      if (key !== null) keys.set(row.id, key);
    }
  }
  return keys;
}
