import { hash, type KeyObject } from "node:crypto";

/** HMAC-SHA256 works on blocks of 64 bytes (RFC 2104). */
const BLOCK = 64;
const TAG = 16;
const DIGEST = 32;
/** Texts up to this many characters are hashed in a buffer that is there already. */
const USUAL = 4096;

/**
 * A blind index: HMAC-SHA256 over a normalised text, cut to 16 bytes.
 *
 * Put together from two one-shot hashes, because an HMAC object for each of millions of short texts costs
 * three times as much as what it computes. A test holds the two against each other.
 */
export interface Indexer {
  /** As a uuid, which is how a tag stands in the database. */
  (normalised: string): string;
  /** The 16 bytes as a string of 16 characters: what a loop over many rows writes to a buffer. */
  raw(normalised: string): string;
}

export function indexerOf(key: KeyObject): Indexer {
  const { raw } = keyedHash(key, "");
  return Object.assign((text: string) => uuidOf(raw(text)), { raw });
}

/** A blind index over texts that all begin alike. */
export interface KeyedHash {
  /** Of the beginning and this text. */
  raw(text: string): string;
  /**
   * Of the beginning and the bytes that were written into `room` from `from` on: for those who have the text as bytes
   * of ASCII and need not make a string of it. Of what this returns the first 16 characters are the tag: cut off, they
   * would be a string that points into this one, which takes longer to read than to make.
   */
  hashBytes(length: number): string;
  readonly room: Buffer;
  readonly from: number;
  /** How many bytes may be written. */
  readonly most: number;
}

/** @param beginning The first part of every text. */
export function keyedHash(key: KeyObject, beginning: string): KeyedHash {
  const secret = key.export();
  if (secret.length > BLOCK) throw new Error("an index key is longer than a block");
  const from = BLOCK + Buffer.byteLength(beginning);
  const inner = Buffer.alloc(from + USUAL, 0);
  inner.fill(0x36, 0, BLOCK);
  inner.write(beginning, BLOCK, "utf8");
  const outer = Buffer.alloc(BLOCK + DIGEST, 0);
  outer.fill(0x5c, 0, BLOCK);
  for (const [i, byte] of secret.entries()) {
    inner[i] = 0x36 ^ byte;
    outer[i] = 0x5c ^ byte;
  }
  secret.fill(0);
  // A view costs as much as a short hash, so each length has its own once.
  const views: Buffer[] = [];

  function finish(message: Buffer): string {
    outer.write(hash("sha256", message, "binary"), BLOCK, "latin1");
    return hash("sha256", outer, "binary");
  }

  function hashBytes(length: number): string {
    const view = views[length] ?? inner.subarray(0, from + length);
    views[length] = view;
    return finish(view);
  }

  return {
    room: inner,
    from,
    most: USUAL,
    hashBytes,
    raw: (text) => {
      if (3 * text.length > USUAL) {
        return finish(Buffer.concat([inner.subarray(0, from), Buffer.from(text, "utf8")])).slice(0, TAG);
      }
      return hashBytes(inner.write(text, from, "utf8")).slice(0, TAG);
    },
  };
}

/** The uuid whose bytes are these 16 characters. */
export function uuidOf(raw: string): string {
  const hex = Buffer.from(raw, "latin1").toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
