/** A data key as the key-encryption key of that id has wrapped it. */
export interface Wrapped {
  readonly kekId: string;
  readonly wrapped: Buffer<ArrayBuffer>;
}

/**
 * The one key that wraps all others: a file, or a key service that never lets it out. What is wrapped is bound to the
 * data key's id and opens under no other.
 */
export interface KeyEncryptionKey {
  /** The id under which keys are wrapped now. */
  currentId(): Promise<string>;
  /** Whether a key of that id is this one's to unwrap. */
  holds(kekId: string): boolean | Promise<boolean>;
  wrap(dataKeyId: string, key: Uint8Array): Promise<Wrapped>;
  unwrap(dataKeyId: string, wrapped: Wrapped): Promise<Buffer<ArrayBuffer>>;
  /** @throws a sentence when it cannot be reached or may not be used */
  check(): Promise<void>;
  /** Wraps by a new key from now on, and keeps the former for unwrapping. A key service makes its keys itself. */
  renew?(): Promise<void>;
  /** Forgets the former for good. */
  dropFormer?(): Promise<void>;
}

/** The key-encryption key cannot be used now. Its message is for operators: it names what to look at, and no value. */
export class KekUnavailable extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "KekUnavailable";
  }
}

/** Wraps by the first, and unwraps by whichever holds the key: while one is being exchanged for another. */
export function withFormer(current: KeyEncryptionKey, formers: readonly KeyEncryptionKey[]): KeyEncryptionKey {
  if (formers.length === 0) return current;
  return {
    ...current,
    holds: async (kekId) => {
      for (const one of [current, ...formers]) if (await one.holds(kekId)) return true;
      return false;
    },
    unwrap: async (dataKeyId, wrapped) => {
      for (const one of formers) if (await one.holds(wrapped.kekId)) return one.unwrap(dataKeyId, wrapped);
      return current.unwrap(dataKeyId, wrapped);
    },
  };
}
