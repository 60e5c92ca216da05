import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import type { Database, Transaction } from "../database/database.server.ts";
import { newId } from "../database/id.ts";
import type { Time } from "../time/time.ts";
import type { Place } from "./aead.ts";
import { type Indexer, indexerOf } from "./indexer.ts";
import type { KeyEncryptionKey } from "./key-encryption-key.server.ts";
import { type Sealer, sealerOf } from "./sealer.ts";

export type { Place } from "./aead.ts";
export type { Sealer } from "./sealer.ts";

/** What may be looked for: one index key for each kind, so that equal values of two kinds do not meet. */
export type IndexKind =
  | "plate"
  | "licence"
  | "vin"
  | "state-id"
  | "ssn"
  | "row"
  | "source"
  | "query"
  | "user"
  | "email"
  | "code"
  | "subject"
  | "limit"
  | "file"
  | "name"
  | "sign"
  | "number";

/** One data key and some index keys, for a thread of this process: they cross over without being written anywhere. */
export interface KeysInHand<Kind extends IndexKind> {
  readonly keyId: string;
  readonly dataKey: KeyObject;
  readonly indexKeys: Readonly<Record<Kind, KeyObject>>;
}

/**
 * Envelope encryption and blind indexes.
 *
 * A data key stands for a subject, a case or a batch, wrapped by the key-encryption key; deleting
 * its row shreds all that it sealed. A blind index is HMAC-SHA256 over the normalised value, cut to
 * 16 bytes and written as a uuid.
 */
export interface Vault {
  createKey(tx: Transaction, purpose: string): Promise<string>;
  seal(keyId: string, place: Place, plain: string | Uint8Array): Promise<Buffer<ArrayBuffer>>;
  open(keyId: string, place: Place, sealed: Uint8Array): Promise<Buffer<ArrayBuffer>>;
  openText(keyId: string, place: Place, sealed: Uint8Array): Promise<string>;
  sealerFor(keyId: string): Promise<Sealer>;
  indexer(kind: IndexKind): Promise<Indexer>;
  keysInHand<Kind extends IndexKind>(keyId: string, kinds: readonly Kind[]): Promise<KeysInHand<Kind>>;
}

/** Opened keys that stay in memory; the oldest goes first. */
const KEYS_IN_MEMORY = 10_000;

export function openVault(db: Database, kek: KeyEncryptionKey, time: Time): Vault {
  const opened = new Map<string, KeyObject>();
  const indexKeys = new Map<IndexKind, Promise<KeyObject>>();

  /** As key objects: handing bytes to each cipher anew costs four times as much as the cipher. */
  function remember(keyId: string, bytes: Uint8Array): KeyObject {
    const key = createSecretKey(bytes);
    if (opened.size >= KEYS_IN_MEMORY) {
      const oldest = opened.keys().next().value;
      if (oldest !== undefined) opened.delete(oldest);
    }
    opened.set(keyId, key);
    return key;
  }

  async function createKey(tx: Transaction, purpose: string): Promise<string> {
    const id = newId();
    const key = randomBytes(32);
    const wrapped = await kek.wrap(id, key);
    await tx.dataKey.create({ data: { id, purpose, wrapped, kekId: kek.id, createdAt: time.now() } });
    remember(id, key);
    return id;
  }

  async function getKey(keyId: string): Promise<KeyObject> {
    const known = opened.get(keyId);
    if (known) return known;
    const row = await db.dataKey.findUniqueOrThrow({ where: { id: keyId } });
    return remember(keyId, await kek.unwrap(keyId, row.wrapped));
  }

  async function getIndexKey(kind: IndexKind): Promise<KeyObject> {
    const purpose = `index:${kind}`;
    const id = await db.$transaction(async (tx) => {
      // Two processes at their first start must not make two keys: what one indexed the other would not find.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${purpose}))`;
      const found = await tx.dataKey.findFirst({ where: { purpose } });
      return found?.id ?? (await createKey(tx, purpose));
    });
    return getKey(id);
  }

  function indexKey(kind: IndexKind): Promise<KeyObject> {
    const known = indexKeys.get(kind);
    if (known !== undefined) return known;
    const pending = getIndexKey(kind);
    indexKeys.set(kind, pending);
    // A passing failure of the database must not stay as this kind's answer for ever.
    pending.catch(() => indexKeys.delete(kind));
    return pending;
  }

  async function sealerFor(keyId: string): Promise<Sealer> {
    return sealerOf(keyId, await getKey(keyId));
  }

  async function open(keyId: string, place: Place, sealed: Uint8Array) {
    return (await sealerFor(keyId)).open(place, sealed);
  }

  return {
    createKey,
    sealerFor,
    open,
    seal: async (keyId, place, plain) => (await sealerFor(keyId)).seal(place, plain),
    openText: async (keyId, place, sealed) => (await open(keyId, place, sealed)).toString("utf8"),
    indexer: async (kind) => indexerOf(await indexKey(kind)),
    keysInHand: async (keyId, kinds) => {
      const indexKeys = await Promise.all(kinds.map(async (kind) => [kind, await indexKey(kind)] as const));
      return { keyId, dataKey: await getKey(keyId), indexKeys: Object.fromEntries(indexKeys) as never };
    },
  };
}
