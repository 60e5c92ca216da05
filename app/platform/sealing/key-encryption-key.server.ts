import { createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { WrongSetting } from "../config/config.server.ts";
import { openBytes, sealBytes } from "./aead.ts";

/** The one key that wraps all others. A file to begin with; a key service can stand behind the same face. */
export interface KeyEncryptionKey {
  readonly id: string;
  wrap(dataKeyId: string, key: Uint8Array): Promise<Buffer<ArrayBuffer>>;
  unwrap(dataKeyId: string, wrapped: Uint8Array): Promise<Buffer<ArrayBuffer>>;
}

const KEY_BYTES = 32;
const OTHERS = 0o007;
const keyFile = z.strictObject({ id: z.uuid(), key: z.base64() });

/**
 * Opens the key file, or makes it (mode 0600) where there is none yet.
 *
 * @throws WrongSetting when the file is no key, or when everybody on the machine may read or change it.
 *   The sentence never repeats what stands in the file.
 */
export async function openKeyFile(path: string): Promise<KeyEncryptionKey> {
  const text = (await readKeyFile(path)) ?? (await makeKeyFile(path));
  const stored = parseKey(text);
  const key = createSecretKey(stored.key);
  const place = (dataKeyId: string) => ({ table: "data_key", column: "wrapped", row: dataKeyId });
  return {
    id: stored.id,
    wrap: async (dataKeyId, dataKey) => sealBytes(key, stored.id, place(dataKeyId), dataKey),
    unwrap: async (dataKeyId, wrapped) => openBytes(key, stored.id, place(dataKeyId), wrapped),
  };
}

/** The file's text, or null when there is none. */
async function readKeyFile(path: string): Promise<string | null> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    const { mode, uid } = await file.stat();
    const isOurs = uid === 0 || uid === process.getuid?.();
    if (mode & OTHERS || !isOurs) {
      throw new WrongSetting(
        "WHOLOOKED_KEY_FILE is open to other accounts of this machine; it takes a file of the portal's own account " +
          "(or root's) that nobody else may read: chmod 600.",
      );
    }
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

/**
 * Written whole under another name, flushed, and only then given its own: two processes at their first
 * start read one whole key, and a key that dies with a power cut has never sealed anything.
 */
async function makeKeyFile(path: string): Promise<string> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  const key = { id: randomUUID(), key: randomBytes(KEY_BYTES).toString("base64") };
  await flushed(draft, "wx", (file) => file.writeFile(`${JSON.stringify(key)}\n`));
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(draft);
  }
  await flushed(folder, "r");
  const stored = await readKeyFile(path);
  if (stored === null) throw new Error("the key-encryption key was removed while it was being made");
  return stored;
}

async function flushed(
  path: string,
  flags: "r" | "wx",
  write?: (file: Awaited<ReturnType<typeof open>>) => Promise<void>,
): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await write?.(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

function parseKey(text: string): { id: string; key: Buffer } {
  const parsed = keyFile.safeParse(asJson(text));
  const key = Buffer.from(parsed.data?.key ?? "", "base64");
  if (!parsed.success || key.length !== KEY_BYTES) {
    throw new WrongSetting(
      'WHOLOOKED_KEY_FILE holds no key-encryption key; it takes {"id": a UUID, "key": 32 bytes in base64}.',
    );
  }
  return { id: parsed.data.id, key };
}

/** JSON.parse would repeat the text, the key, in its message. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
