import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { newId } from "../database/id.ts";
import type { Vault } from "../sealing/vault.server.ts";

/** Files of the portal (released documents, deliveries on their way), sealed. Their names are ids and say nothing. */
export interface Storage {
  /**
   * Keeps the bytes and returns the file's id. On return they are on the disk.
   * @param fileId Of a file that is to be found again even if this call never returns; a new one unless given.
   */
  put(keyId: string, bytes: Uint8Array, fileId?: string): Promise<string>;
  get(keyId: string, fileId: string): Promise<Buffer>;
  /** Seals it anew where its key has a newer version. @returns whether it was */
  reseal(keyId: string, fileId: string): Promise<boolean>;
  /** Whole, half written or not there: afterwards it is gone. */
  remove(fileId: string): Promise<void>;
}

export function openFolderStorage(folder: string, vault: Vault): Storage {
  const pathOf = (id: string) => join(folder, id.slice(0, 2), id);
  const placeOf = (id: string) => ({ table: "file", column: "bytes", row: id });
  return {
    async put(keyId, bytes, id = newId()) {
      const path = pathOf(id);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(`${path}.part`, "wx", 0o600);
      try {
        await file.writeFile(await vault.seal(keyId, placeOf(id), bytes));
        await file.sync();
      } finally {
        await file.close();
      }
      // The name appears only when every byte is there.
      await rename(`${path}.part`, path);
      return id;
    },
    async get(keyId, fileId) {
      return vault.open(keyId, placeOf(fileId), await readFile(pathOf(fileId)));
    },
    async reseal(keyId, fileId) {
      const path = pathOf(fileId);
      const sealed = await vault.reseal(keyId, placeOf(fileId), await readFile(path));
      if (sealed === null) return false;
      const file = await open(`${path}.anew`, "w", 0o600);
      try {
        await file.writeFile(sealed);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.anew`, path);
      return true;
    },
    async remove(fileId) {
      await rm(pathOf(fileId), { force: true });
      await rm(`${pathOf(fileId)}.part`, { force: true });
      await rm(`${pathOf(fileId)}.anew`, { force: true });
    },
  };
}
