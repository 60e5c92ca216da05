import { createHash } from "node:crypto";
import type { Transaction } from "../database/database.server.ts";
import type { Portal } from "../portal.server.ts";
import { enqueue } from "../queue/queue.server.ts";
import type { Job } from "../queue/worker.server.ts";
import { SEALED_FILES, SEALED_TABLES } from "./sealed-columns.ts";

export interface Shredded {
  /**
   * Keyed hash over everything that the keys sealed, each value with its place: whoever has kept a copy of all of it can
   * be told by the portal whether it is that, and nobody can learn anything from it.
   */
  readonly commitment: string;
  readonly values: number;
  readonly files: number;
}

/**
 * Deletes data keys, in the caller's transaction: what they sealed opens no more, here and in every copy that is not
 * older. The files among it are removed by a job.
 */
export async function shredKeys(portal: Portal, tx: Transaction, keyIds: readonly string[]): Promise<Shredded> {
  const lines: string[] = [];
  const note = (table: string, column: string, row: string, plain: Uint8Array) =>
    lines.push(`${table}.${column} ${row} ${createHash("sha256").update(plain).digest("hex")}`);
  for (const { table, columns, key, row } of SEALED_TABLES) {
    for (const column of columns) {
      const found = await tx.$queryRawUnsafe<{ row: string; key: string; sealed: Uint8Array }[]>(
        `SELECT ${row} AS row, ${key} AS key, t."${column}" AS sealed FROM "${table}" t
         WHERE t."${column}" IS NOT NULL AND ${key} = ANY($1::uuid[])`,
        keyIds,
      );
      for (const one of found) {
        note(table, column, one.row, await portal.vault.open(one.key, { table, column, row: one.row }, one.sealed));
      }
    }
  }
  const values = lines.length;
  const fileIds: string[] = [];
  for (const { table, file, key } of SEALED_FILES) {
    const found = await tx.$queryRawUnsafe<{ file: string; key: string }[]>(
      `SELECT ${file}::text AS file, ${key} AS key FROM "${table}" t WHERE ${key} = ANY($1::uuid[])`,
      keyIds,
    );
    for (const one of found) {
      fileIds.push(one.file);
      note("file", "bytes", one.file, await portal.storage.get(one.key, one.file));
    }
  }
  const commitment = (await portal.vault.indexer("shredded"))(lines.toSorted().join("\n"));
  await tx.dataKey.deleteMany({ where: { id: { in: [...keyIds] } } });
  for (const fileId of fileIds) await enqueue(tx, "remove-file", { fileId });
  return { commitment, values, files: fileIds.length };
}

/** Job: removes one file, whose key is gone already. */
export const removeFile: Job = (portal, payload) => portal.storage.remove(payload["fileId"] ?? "");
