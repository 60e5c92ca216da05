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
  const secret = key.export();
  if (secret.length > BLOCK) throw new Error("an index key is longer than a block");
  const inner = Buffer.alloc(BLOCK + USUAL, 0);
  inner.fill(0x36, 0, BLOCK);
  const outer = Buffer.alloc(BLOCK + DIGEST, 0);
  outer.fill(0x5c, 0, BLOCK);
  for (const [i, byte] of secret.entries()) {
    inner[i] = 0x36 ^ byte;
    outer[i] = 0x5c ^ byte;
  }
  secret.fill(0);
  // A view costs as much as a short hash, so each length has its own once.
  const views: Buffer[] = [];

  function message(text: string): Buffer {
    if (3 * text.length > USUAL) return Buffer.concat([inner.subarray(0, BLOCK), Buffer.from(text, "utf8")]);
    const length = BLOCK + inner.write(text, BLOCK, "utf8");
    const view = views[length] ?? inner.subarray(0, length);
    views[length] = view;
    return view;
  }

  function raw(text: string): string {
    outer.write(hash("sha256", message(text), "binary"), BLOCK, "latin1");
    return hash("sha256", outer, "binary").slice(0, TAG);
  }

  return Object.assign((text: string) => uuidOf(raw(text)), { raw });
}

/** The uuid whose bytes are these 16 characters. */
export function uuidOf(raw: string): string {
  const hex = Buffer.from(raw, "latin1").toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
