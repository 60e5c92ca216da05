import { createSecretKey, type KeyObject, randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { WrongSetting } from "../config/config.server.ts";
import { openBytes, type Place, sealBytes } from "./aead.ts";
import { KekUnavailable, type KeyEncryptionKey } from "./key-encryption-key.ts";

const KEY_BYTES = 32;
const OTHERS = 0o007;
const oneKey = z.strictObject({ id: z.uuid(), key: z.base64() });
/** `former` stands there while a rotation is under way: it unwraps what is not wrapped anew yet. */
const keyFile = oneKey.extend({ former: oneKey.optional() });

interface Key {
  readonly id: string;
  readonly secret: KeyObject;
}

interface Ring {
  readonly current: Key;
  readonly former: Key | null;
  /** Which file it was read from: another one has been put in its place when this differs. */
  readonly stamp: string;
}

const FIRST_VERSION = 1;

/**
 * Opens the key file, or makes it (mode 0600) where there is none yet. It is read again whenever another file stands in
 * its place: all processes go over to a new key by themselves.
 *
 * @throws WrongSetting when the file is no key, or when everybody on the machine may read or change it.
 *   The sentence never repeats what stands in the file.
 */
export async function openKeyFile(path: string): Promise<KeyEncryptionKey> {
  let ring = await readRing(path, true);
  const fresh = async () => {
    const stamp = await stampOf(path);
    // A file that was taken away after the start ends no portal that has its key in memory.
    if (stamp !== null && stamp !== ring.stamp) ring = await readRing(path, false);
    return ring;
  };
  const find = async (kekId: string) => {
    const { current, former } = await fresh();
    return [current, former].find((key) => key?.id === kekId) ?? null;
  };
  return {
    currentId: async () => (await fresh()).current.id,
    holds: async (kekId) => (await find(kekId)) !== null,
    wrap: async (dataKeyId, dataKey) => {
      const { id, secret } = (await fresh()).current;
      return { kekId: id, wrapped: sealBytes(secret, id, FIRST_VERSION, placeOf(dataKeyId), dataKey) };
    },
    unwrap: async (dataKeyId, { kekId, wrapped }) => {
      const key = await find(kekId);
      if (key === null)
        throw new KekUnavailable("A data key was wrapped by a key that WHOLOOKED_KEY_FILE does not hold.");
      return openBytes(key.secret, key.id, placeOf(dataKeyId), wrapped);
    },
    check: async () => void (await fresh()),
    renew: async () => {
      const { former, current } = await fresh();
      // Begun already, by a process that was killed before it could say so.
      if (former !== null) return;
      await replaceKeyFile(path, { ...newKey(), former: textOf(current) });
      ring = await readRing(path, false);
    },
    dropFormer: async () => {
      const { former, current } = await fresh();
      if (former === null) return;
      await replaceKeyFile(path, textOf(current));
      ring = await readRing(path, false);
    },
  };
}

function placeOf(dataKeyId: string): Place {
  return { table: "data_key", column: "wrapped", row: dataKeyId };
}

function newKey(): z.infer<typeof oneKey> {
  return { id: randomUUID(), key: randomBytes(KEY_BYTES).toString("base64") };
}

function textOf({ id, secret }: Key): z.infer<typeof oneKey> {
  return { id, key: secret.export().toString("base64") };
}

async function stampOf(path: string): Promise<string | null> {
  const found = await stat(path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  return found === null ? null : `${found.ino} ${found.mtimeNs} ${found.size}`;
}

async function readRing(path: string, make: boolean): Promise<Ring> {
  const text = (await readKeyFile(path)) ?? (make ? await makeKeyFile(path) : null);
  if (text === null) throw new KekUnavailable("WHOLOOKED_KEY_FILE was taken away while it was being read.");
  return { ...parseKeys(text), stamp: (await stampOf(path)) ?? "" };
}

/** Whole under another name first: whoever reads meanwhile reads the old file or the new one. */
async function replaceKeyFile(path: string, content: z.infer<typeof keyFile>): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await flushed(draft, "wx", (file) => file.writeFile(`${JSON.stringify(content)}\n`));
  await rename(draft, path);
  await flushed(dirname(path), "r");
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
  const key = newKey();
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

function parseKeys(text: string): Pick<Ring, "current" | "former"> {
  const parsed = keyFile.safeParse(asJson(text));
  const current = parsed.success ? findKey(parsed.data) : null;
  const former = parsed.data?.former === undefined ? null : findKey(parsed.data.former);
  if (current === null || (parsed.data?.former !== undefined && former === null)) {
    throw new WrongSetting(
      'WHOLOOKED_KEY_FILE holds no key-encryption key; it takes {"id": a UUID, "key": 32 bytes in base64}.',
    );
  }
  return { current, former };
}

function findKey({ id, key }: z.infer<typeof oneKey>): Key | null {
  const bytes = Buffer.from(key, "base64");
  return bytes.length === KEY_BYTES ? { id, secret: createSecretKey(bytes) } : null;
}

/** JSON.parse would repeat the text, the key, in its message. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
