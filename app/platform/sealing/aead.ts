import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from "node:crypto";

/** Where a sealed value stands. A ciphertext moved to another place does not open. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

/** Values that were sealed before keys had versions: all by version 1, and without its number. */
const UNNUMBERED = 1;
const NUMBERED = 2;
const VERSION_BYTES = 4;
const IV = 12;
const TAG = 16;
/** What a sealed value has more than its text. */
export const SEAL_BYTES = 1 + VERSION_BYTES + IV + TAG;

function associatedData(place: Place, keyId: string, version: number | null): Buffer {
  const where = `${place.table}|${place.column}|${place.row}|${keyId}`;
  return Buffer.from(version === null ? where : `${where}|${version}`, "utf8");
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

/** AES-256-GCM. Layout: 2 (1 byte), the key's version (4), IV (12), tag (16), ciphertext. */
export function sealBytes(
  key: KeyObject,
  keyId: string,
  version: number,
  place: Place,
  plain: Uint8Array,
): Buffer<ArrayBuffer> {
  const sealed = Buffer.allocUnsafe(SEAL_BYTES + plain.length);
  sealInto(key, keyId, version, place, plain, sealed, 0);
  return sealed;
}

/** The same into memory that is there, of which it takes `SEAL_BYTES` more than the text has. */
export function sealInto(
  key: KeyObject,
  keyId: string,
  version: number,
  place: Place,
  plain: Uint8Array,
  target: Uint8Array,
  at: number,
): void {
  const iv = newIv();
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  cipher.setAAD(associatedData(place, keyId, version));
  const body = cipher.update(plain);
  cipher.final();
  const head = at + 1 + VERSION_BYTES;
  target[at] = NUMBERED;
  for (let byte = 0; byte < VERSION_BYTES; byte++) target[at + 1 + byte] = version >>> (8 * (VERSION_BYTES - 1 - byte));
  target.set(iv, head);
  target.set(cipher.getAuthTag(), head + IV);
  target.set(body, head + IV + TAG);
}

/**
 * The version of the data key by which a value was sealed. It says which key to try, and is believed only when the
 * value opens: it is part of what is authenticated.
 * @throws when the bytes are no sealed value
 */
export function versionOf(sealed: Uint8Array): number {
  if (sealed[0] === UNNUMBERED && sealed.length >= 1 + IV + TAG) return 1;
  if (sealed[0] === NUMBERED && sealed.length >= 1 + VERSION_BYTES + IV + TAG) {
    return Buffer.from(sealed.buffer, sealed.byteOffset, 1 + VERSION_BYTES).readUInt32BE(1);
  }
  throw new Error("a sealed value has an unknown layout");
}

/** @throws when the key, its version, the place or a single bit differs from what was sealed. */
export function openBytes(key: KeyObject, keyId: string, place: Place, sealed: Uint8Array): Buffer<ArrayBuffer> {
  const version = versionOf(sealed);
  const isNumbered = sealed[0] === NUMBERED;
  const head = isNumbered ? 1 + VERSION_BYTES : 1;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(head, head + IV));
  decipher.setAAD(associatedData(place, keyId, isNumbered ? version : null));
  decipher.setAuthTag(sealed.subarray(head + IV, head + IV + TAG));
  const body = decipher.update(sealed.subarray(head + IV + TAG));
  return Buffer.concat([body, decipher.final()]);
}
