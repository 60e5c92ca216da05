import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from "node:crypto";

/** Where a sealed value stands. A ciphertext moved to another place does not open. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

const VERSION = 1;
const IV = 12;
const TAG = 16;
/** What a sealed value has more than its text. */
export const SEAL_BYTES = 1 + IV + TAG;

function associatedData(place: Place, keyId: string): Buffer {
  return Buffer.from(`${place.table}|${place.column}|${place.row}|${keyId}`, "utf8");
}

/** Random bytes are drawn for many IVs at once: a call for each costs as much as the cipher. */
const drawn = Buffer.alloc(IV * 1024);
let next = drawn.length;

/** Twelve random bytes, each handed out once. A view that is valid until the next call alone. */
function newIv(): Buffer {
  if (next === drawn.length) {
    randomFillSync(drawn);
    next = 0;
  }
  next += IV;
  return drawn.subarray(next - IV, next);
}

/** AES-256-GCM. Layout: version (1), IV (12), tag (16), ciphertext. */
export function sealBytes(key: KeyObject, keyId: string, place: Place, plain: Uint8Array): Buffer<ArrayBuffer> {
  const sealed = Buffer.allocUnsafe(SEAL_BYTES + plain.length);
  sealInto(key, keyId, place, plain, sealed, 0);
  return sealed;
}

/** The same into memory that is there, of which it takes `SEAL_BYTES` more than the text has. */
export function sealInto(
  key: KeyObject,
  keyId: string,
  place: Place,
  plain: Uint8Array,
  target: Uint8Array,
  at: number,
): void {
  const iv = newIv();
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  cipher.setAAD(associatedData(place, keyId));
  const body = cipher.update(plain);
  cipher.final();
  target[at] = VERSION;
  target.set(iv, at + 1);
  target.set(cipher.getAuthTag(), at + 1 + IV);
  target.set(body, at + SEAL_BYTES);
}

/** @throws when the key, the place or a single bit differs from what was sealed. */
export function openBytes(key: KeyObject, keyId: string, place: Place, sealed: Uint8Array): Buffer<ArrayBuffer> {
  if (sealed.length < SEAL_BYTES || sealed[0] !== VERSION) {
    throw new Error(`sealed value in ${place.table}.${place.column} has an unknown layout`);
  }
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, 1 + IV));
  decipher.setAAD(associatedData(place, keyId));
  decipher.setAuthTag(sealed.subarray(1 + IV, SEAL_BYTES));
  const body = decipher.update(sealed.subarray(SEAL_BYTES));
  return Buffer.concat([body, decipher.final()]);
}
