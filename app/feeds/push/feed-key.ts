/** A custodian's public key, and when it is good. Pure. */
import { createHash, createPublicKey } from "node:crypto";
import { Refused } from "#app/platform/failure.ts";

export interface FeedKey {
  /** The keyid under which its owner signs. */
  readonly id: string;
  readonly agencyId: string;
  /** 32 bytes as base64url. */
  readonly publicKey: string;
  readonly validFrom: Date;
  /** The first instant at which it is good no more. */
  readonly validTo: Date | null;
  readonly revokedAt: Date | null;
}

export type KeyState = "valid" | "not-yet" | "expired" | "revoked";

export function keyStateOf({ validFrom, validTo, revokedAt }: FeedKey, now: Date): KeyState {
  if (revokedAt !== null) return "revoked";
  if (now < validFrom) return "not-yet";
  return validTo !== null && now >= validTo ? "expired" : "valid";
}

/** What stands before the 32 bytes in the DER of an Ed25519 public key (RFC 8410). */
const SPKI_HEAD = Buffer.from("302a300506032b6570032100", "hex");

/** By which people compare a key: `openssl pkey -pubin -in KEY -outform DER | openssl dgst -sha256`, in hexadecimal. */
export function fingerprintOf({ publicKey }: Pick<FeedKey, "publicKey">): string {
  return createHash("sha256")
    .update(Buffer.concat([SPKI_HEAD, Buffer.from(publicKey, "base64url")]))
    .digest("hex");
}

/** The key in a PEM text. @throws Refused when it is no Ed25519 public key; a private one is named as that. */
export function readPublicKey(pem: string): string {
  if (/PRIVATE KEY/.test(pem)) {
    throw new Refused(
      "feed-key-private",
      "That is a private key, which its owner shows nobody. Give the public one: openssl pkey -in KEY -pubout.",
    );
  }
  const raw = rawOf(pem);
  if (raw !== null) return raw;
  throw new Refused(
    "feed-key-wrong",
    "That is no Ed25519 public key. Accepted is a PEM text, as openssl pkey -in KEY -pubout writes it.",
  );
}

function rawOf(pem: string): string | null {
  try {
    const { crv, x } = createPublicKey(pem).export({ format: "jwk" });
    return crv === "Ed25519" && typeof x === "string" ? x : null;
  } catch {
    // Not a key at all: the caller says so. What OpenSSL says of it could repeat the text.
    return null;
  }
}
