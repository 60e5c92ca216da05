import type { KeyObject } from "node:crypto";
import { openBytes, type Place, sealBytes, sealInto } from "./aead.ts";

/** Seals and opens synchronously with one data key: for loops over thousands of rows. */
export interface Sealer {
  readonly keyId: string;
  seal(place: Place, plain: string | Uint8Array): Buffer<ArrayBuffer>;
  /** The same into memory that is there (aead.ts). */
  sealInto(place: Place, plain: Uint8Array, target: Uint8Array, at: number): void;
  open(place: Place, sealed: Uint8Array): Buffer<ArrayBuffer>;
}

export function sealerOf(keyId: string, key: KeyObject): Sealer {
  return {
    keyId,
    seal: (place, plain) =>
      sealBytes(key, keyId, place, typeof plain === "string" ? Buffer.from(plain, "utf8") : plain),
    sealInto: (place, plain, target, at) => sealInto(key, keyId, place, plain, target, at),
    open: (place, sealed) => openBytes(key, keyId, place, sealed),
  };
}
