import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import type { Database, Transaction } from "../database/database.server.ts";
import { newId } from "../database/id.ts";
import type { Time } from "../time/time.ts";
import { type Place, versionOf } from "./aead.ts";
import { type Indexer, indexerOf } from "./indexer.ts";
import type { KeyEncryptionKey } from "./key-encryption-key.ts";
import { firstVersion, holdsVersion, type Sealer, sealerOf, type Versions } from "./sealer.ts";

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
  | "person"
  | "blocking"
  | "sign"
  | "number"
  | "facet"
  | "shredded";

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
 * its row shreds all that it sealed, in every process within ten seconds. A blind index is HMAC-SHA256 over the normalised value, cut to
 * 16 bytes and written as a uuid.
 */
export interface Vault {
  createKey(tx: Transaction, purpose: string): Promise<string>;
  seal(keyId: string, place: Place, plain: string | Uint8Array): Promise<Buffer<ArrayBuffer>>;
  open(keyId: string, place: Place, sealed: Uint8Array): Promise<Buffer<ArrayBuffer>>;
  /** The same by the key's newest version; null when that is what sealed it. */
  reseal(keyId: string, place: Place, sealed: Uint8Array): Promise<Buffer<ArrayBuffer> | null>;
  openText(keyId: string, place: Place, sealed: Uint8Array): Promise<string>;
  sealerFor(keyId: string): Promise<Sealer>;
  indexer(kind: IndexKind): Promise<Indexer>;
  keysInHand<Kind extends IndexKind>(keyId: string, kinds: readonly Kind[]): Promise<KeysInHand<Kind>>;
}

/** Opened keys that stay in memory; the oldest goes first. */
const KEYS_IN_MEMORY = 10_000;
/** A key may have been exchanged, or be gone: after so long its row is looked at again. */
const FRESH_MS = 10_000;
/** A key that this process has made stands in a transaction that others cannot see yet, at most for so long. */
const UNCOMMITTED_MS = 60_000;

/** A data key in memory, and until when nobody needs to look whether it still is what it was. */
interface Held extends Versions {
  readonly freshUntil: number;
}

/** @param freshMs So long is a key taken from memory without a look at its row. */
export function openVault(db: Database, kek: KeyEncryptionKey, time: Time, freshMs = FRESH_MS): Vault {
  const opened = new Map<string, Held>();
  const indexKeys = new Map<IndexKind, Promise<KeyObject>>();

  function remember(keyId: string, versions: Versions, forMs: number): Held {
    if (opened.size >= KEYS_IN_MEMORY && !opened.has(keyId)) {
      const oldest = opened.keys().next().value;
      if (oldest !== undefined) opened.delete(oldest);
    }
    const held = { ...versions, freshUntil: performance.now() + forMs };
    opened.set(keyId, held);
    return held;
  }

  async function createKey(tx: Transaction, purpose: string): Promise<string> {
    const id = newId();
    const bytes = randomBytes(32);
    const { wrapped, kekId } = await kek.wrap(id, bytes);
    await tx.dataKey.create({ data: { id, purpose, wrapped, kekId, createdAt: time.now() } });
    // As key objects: handing bytes to each cipher anew costs four times as much as the cipher.
    remember(id, firstVersion(createSecretKey(bytes)), UNCOMMITTED_MS);
    return id;
  }

  async function hold(keyId: string, anew = false): Promise<Held> {
    const known = opened.get(keyId);
    if (known && !anew && performance.now() < known.freshUntil) return known;
    const row = await db.dataKey.findUnique({ where: { id: keyId } });
    if (row === null) {
      opened.delete(keyId);
      throw new Error("a data key is gone: what it sealed cannot be opened any more");
    }
    const isSame = known?.version === row.version && (known.previous === null) === (row.previousWrapped === null);
    if (isSame) return remember(keyId, known, freshMs);
    const unwrap = async (kekId: string, wrapped: Uint8Array) =>
      createSecretKey(await kek.unwrap(keyId, { kekId, wrapped: Buffer.from(wrapped) }));
    const key = await unwrap(row.kekId, row.wrapped);
    const previous = row.previousWrapped && (await unwrap(row.previousKekId ?? row.kekId, row.previousWrapped));
    return remember(keyId, { version: row.version, key, previous }, freshMs);
  }

  /** What can open this value: a key that was exchanged a moment ago is looked for once more. */
  async function holdFor(keyId: string, sealed: Uint8Array): Promise<Held> {
    const held = await hold(keyId);
    return holdsVersion(held, versionOf(sealed)) ? held : hold(keyId, true);
  }

  async function getIndexKey(kind: IndexKind): Promise<KeyObject> {
    const purpose = `index:${kind}`;
    const id = await db.$transaction(async (tx) => {
      // Two processes at their first start must not make two keys: what one indexed the other would not find.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${purpose}))`;
      const found = await tx.dataKey.findFirst({ where: { purpose } });
      return found?.id ?? (await createKey(tx, purpose));
    });
    return (await hold(id)).key;
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
    return sealerOf(keyId, await hold(keyId));
  }

  async function open(keyId: string, place: Place, sealed: Uint8Array) {
    return sealerOf(keyId, await holdFor(keyId, sealed)).open(place, sealed);
  }

  return {
    createKey,
    sealerFor,
    open,
    seal: async (keyId, place, plain) => (await sealerFor(keyId)).seal(place, plain),
    reseal: async (keyId, place, sealed) => {
      const known = await holdFor(keyId, sealed);
      // Whoever asks has seen in the database that there is a newer version.
      const held = versionOf(sealed) === known.version ? await hold(keyId, true) : known;
      if (versionOf(sealed) === held.version) return null;
      const sealer = sealerOf(keyId, held);
      return sealer.seal(place, sealer.open(place, sealed));
    },
    openText: async (keyId, place, sealed) => (await open(keyId, place, sealed)).toString("utf8"),
    indexer: async (kind) => indexerOf(await indexKey(kind)),
    keysInHand: async (keyId, kinds) => {
      const indexKeys = await Promise.all(kinds.map(async (kind) => [kind, await indexKey(kind)] as const));
      return { keyId, dataKey: (await hold(keyId)).key, indexKeys: Object.fromEntries(indexKeys) as never };
    },
  };
}
