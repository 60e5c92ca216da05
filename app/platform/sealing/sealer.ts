import type { KeyObject } from "node:crypto";
import { openBytes, type Place, sealBytes, sealInto, versionOf } from "./aead.ts";

/** Seals and opens synchronously with one data key: for loops over thousands of rows. */
export interface Sealer {
  readonly keyId: string;
  seal(place: Place, plain: string | Uint8Array): Buffer<ArrayBuffer>;
  /** The same into memory that is there (aead.ts). */
  sealInto(place: Place, plain: Uint8Array, target: Uint8Array, at: number): void;
  open(place: Place, sealed: Uint8Array): Buffer<ArrayBuffer>;
}

/** A data key's version, and while it is being exchanged the one before. */
export interface Versions {
  readonly version: number;
  readonly key: KeyObject;
  readonly previous: KeyObject | null;
}

/** Whether these versions can open a value of that one. */
export function holdsVersion({ version, previous }: Versions, wanted: number): boolean {
  return wanted === version || (wanted === version - 1 && previous !== null);
}

export function sealerOf(keyId: string, held: Versions): Sealer {
  return {
    keyId,
    seal: (place, plain) =>
      sealBytes(held.key, keyId, held.version, place, typeof plain === "string" ? Buffer.from(plain, "utf8") : plain),
    sealInto: (place, plain, target, at) => sealInto(held.key, keyId, held.version, place, plain, target, at),
    open: (place, sealed) => {
      const wanted = versionOf(sealed);
      const key = wanted === held.version ? held.key : wanted === held.version - 1 ? held.previous : null;
      if (key === null) throw new Error(`a value in ${place.table}.${place.column} was sealed by a key that is gone`);
      return openBytes(key, keyId, place, sealed);
    },
  };
}

/** Of a key that is never exchanged, such as a batch's. */
export function firstVersion(key: KeyObject): Versions {
  return { version: 1, key, previous: null };
}
