/** A signed statement of how long the ledger was and what its hash was then, for somebody outside to keep. */
import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { z } from "zod";
import { canonical } from "./entry.ts";

const HASH = z.string().regex(/^[0-9a-f]{64}$/);
const POSITIVE = z.int().positive();
/** 32 bytes of an Ed25519 public key, as base64url. */
const PUBLIC_KEY = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

const SIGNATURE = z.string().regex(/^[A-Za-z0-9_-]{86}$/);

const statement = z.strictObject({
  version: z.literal(1),
  /** Which installation's ledger. */
  portal: z.uuid(),
  /** Counted from 1 without a gap. */
  no: POSITIVE,
  /** The newest entry then, and its hash. */
  seq: POSITIVE,
  hash: HASH,
  /** ISO instant with milliseconds. */
  at: z.iso.datetime({ precision: 3 }),
  /** SHA-256 of the statement before this one; of the first, 64 zeros. */
  previous: HASH,
  key: PUBLIC_KEY,
  /** Of the first statement by a new key: the key before it, and that key's signature that this one follows. */
  succeeds: z.strictObject({ key: PUBLIC_KEY, signature: SIGNATURE }).optional(),
});
export type Statement = z.infer<typeof statement>;

const signed = statement.extend({ signature: SIGNATURE });
export type SignedCheckpoint = z.infer<typeof signed>;

/** What an outsider may hold: how long the chain was, and its hash then (hex). */
export interface Checkpoint {
  readonly seq: number;
  readonly hash: string;
}

export const NO_STATEMENT = "0".repeat(64);

/** The bytes that are signed and hashed. */
export function statementBytes(body: Statement): string {
  return canonical(body);
}

export function hashOfStatement(body: Statement): string {
  return createHash("sha256").update(statementBytes(body), "utf8").digest("hex");
}

/** SubjectPublicKeyInfo of Ed25519 (RFC 8410) but for the key's own 32 bytes. */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

export function publicKeyText(key: KeyObject): string {
  return key.export({ type: "spki", format: "der" }).subarray(SPKI.length).toString("base64url");
}

export function isPublicKey(text: string): boolean {
  return PUBLIC_KEY.safeParse(text).success;
}

function publicKeyOf(text: string): KeyObject {
  return createPublicKey({
    key: Buffer.concat([SPKI, Buffer.from(text, "base64url")]),
    format: "der",
    type: "spki",
  });
}

export function signStatement(body: Statement, privateKey: KeyObject): Buffer {
  return sign(null, Buffer.from(statementBytes(body), "utf8"), privateKey);
}

/** What the former key signs when another takes over from statement `no` on. */
function successionBytes({ portal, no, key }: Pick<Statement, "portal" | "no" | "key">, former: string): Buffer {
  return Buffer.from(canonical({ former, key, no, portal }), "utf8");
}

/** The former key's word that this one follows it. */
export function signSuccession(
  next: Pick<Statement, "portal" | "no" | "key">,
  former: { readonly publicKey: string; readonly privateKey: KeyObject },
): NonNullable<Statement["succeeds"]> {
  const signature = sign(null, successionBytes(next, former.publicKey), former.privateKey).toString("base64url");
  return { key: former.publicKey, signature };
}

/** The key that a sound checkpoint takes over from, on that key's own word; null when it takes over from none. */
export function findFormerKey(checkpoint: SignedCheckpoint): string | null {
  const { succeeds } = checkpoint;
  if (!succeeds) return null;
  const bytes = successionBytes(checkpoint, succeeds.key);
  return verify(null, bytes, publicKeyOf(succeeds.key), Buffer.from(succeeds.signature, "base64url"))
    ? succeeds.key
    : null;
}

/** A stored statement and its signature as the one object that is handed out; null when it is none. */
export function findSignedCheckpoint(body: string, signature: Uint8Array): SignedCheckpoint | null {
  const parsed = statement.safeParse(jsonOf(body));
  return parsed.success ? { ...parsed.data, signature: Buffer.from(signature).toString("base64url") } : null;
}

/** Whether the key that a checkpoint names has signed it. Whose key that is, is for the caller to know. */
export function isSignatureGood({ signature, ...body }: SignedCheckpoint): boolean {
  const bytes = Buffer.from(statementBytes(body), "utf8");
  return verify(null, bytes, publicKeyOf(body.key), Buffer.from(signature, "base64url"));
}

/** A head without a signature: an earlier answer of `ledger verify --json`, or its `head` alone. */
const unsigned = z.object({ seq: POSITIVE, hash: HASH });
const kept = z.union([signed, z.object({ head: unsigned }).transform(({ head }) => head), unsigned]);

/** What somebody has kept: one checkpoint, or one on each line. Null when any of it is neither. */
export function parseCheckpoints(text: string): (SignedCheckpoint | Checkpoint)[] | null {
  const whole = parseOne(text);
  if (whole !== null) return [whole];
  const found = text.split("\n").filter((line) => line.trim() !== "");
  const each = found.map(parseOne);
  return each.length > 0 && each.every((one) => one !== null) ? each : null;
}

function parseOne(text: string): SignedCheckpoint | Checkpoint | null {
  const parsed = kept.safeParse(jsonOf(text));
  return parsed.success ? parsed.data : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function isSigned(checkpoint: SignedCheckpoint | Checkpoint): checkpoint is SignedCheckpoint {
  return "signature" in checkpoint;
}
