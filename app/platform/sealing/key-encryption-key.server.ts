import { createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { openBytes, sealBytes } from "./aead.ts";

/** The one key that wraps all others. A file to begin with; a key service can stand behind the same face. */
export interface KeyEncryptionKey {
  readonly id: string;
  wrap(dataKeyId: string, key: Uint8Array): Promise<Buffer<ArrayBuffer>>;
  unwrap(dataKeyId: string, wrapped: Uint8Array): Promise<Buffer<ArrayBuffer>>;
}

const keyFile = z.strictObject({ id: z.uuid(), key: z.base64() });

/**
 * Opens the key file, or makes it (mode 0600) where there is none yet. The file is flushed to disk
 * before it is used: a key that dies with a power cut would shred everything sealed by it.
 */
export async function openKeyFile(path: string): Promise<KeyEncryptionKey> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const file = await open(path, "wx", 0o600);
    await file.writeFile(`${JSON.stringify({ id: randomUUID(), key: randomBytes(32).toString("base64") })}\n`);
    await file.sync();
    await file.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const stored = keyFile.parse(JSON.parse(await readFile(path, "utf8")));
  const bytes = Buffer.from(stored.key, "base64");
  if (bytes.length !== 32) throw new Error("the key-encryption key must be 32 bytes, base64");
  const key = createSecretKey(bytes);
  const place = (dataKeyId: string) => ({ table: "data_key", column: "wrapped", row: dataKeyId });
  return {
    id: stored.id,
    wrap: async (dataKeyId, dataKey) => sealBytes(key, stored.id, place(dataKeyId), dataKey),
    unwrap: async (dataKeyId, wrapped) => openBytes(key, stored.id, place(dataKeyId), wrapped),
  };
}
