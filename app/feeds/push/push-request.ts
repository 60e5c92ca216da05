/** What a pushed delivery must be like: what its signature covers, for how long it is good, what it may say. Pure. */
import { createHash } from "node:crypto";
import { type Claim, claimSchema } from "../delivery/claim.ts";
import { readContentDigest } from "./content-digest.ts";
import { BadSignature, type MessageSignature, readSignature, type SignedRequest } from "./message-signature.ts";
import { PushRefused } from "./push-problem.ts";

/** How long a signature is good after it was made, which is also how slow a sender's clock may be. */
export const GOOD_FOR_SECONDS = 300;
/** How fast a sender's clock may be. */
export const FAST_BY_SECONDS = 60;

/** Fields that a delivery's signature covers, beside what it is asked of. */
export const COVERED_FIELDS = ["content-digest", "content-type", "idempotency-key"] as const;
/** Fields of which a second line could mean another thing to another reader. */
const SINGLE_FIELDS = ["content-type", "content-length", "idempotency-key", "host"] as const;

export const MEDIA_TYPES = [
  "text/csv",
  "text/plain",
  "text/tab-separated-values",
  "application/json",
  "application/x-ndjson",
  "application/jsonl",
  "application/fhir+json",
  "application/fhir+ndjson",
  "application/gzip",
  "application/zstd",
  "application/octet-stream",
] as const;

/** A signature that may be tried against its key. */
export interface TimelySignature extends MessageSignature {
  readonly keyid: string;
  readonly nonce: string;
  readonly created: number;
}

/**
 * The request's signature, if it covers all that it must and is of now. Costs little: no key is looked up yet.
 *
 * @param withBody Whether it must cover what speaks for a body.
 * @throws PushRefused
 */
export function readTimelySignature(request: SignedRequest, withBody: boolean, now: Date): TimelySignature {
  const twice = SINGLE_FIELDS.find((name) => (request.fields[name]?.length ?? 0) > 1);
  if (twice) throw new PushRefused("field-twice", { hint: `Send ${twice} once.` });
  const signature = readable(request);
  const { keyid, nonce, created, alg } = signature;
  if (alg !== undefined && alg !== "ed25519") {
    throw new PushRefused("signature-unreadable", { hint: "alg must be ed25519, or be left out." });
  }
  if (keyid === undefined || nonce === undefined || created === undefined) {
    throw new PushRefused("signature-unreadable", { hint: "keyid, created and nonce are needed." });
  }
  if (nonce.length < 16 || nonce.length > 128) {
    throw new PushRefused("signature-unreadable", { hint: "nonce takes 16 to 128 random characters." });
  }
  const missing = findUncovered(request, signature.covered, withBody);
  if (missing) throw new PushRefused("signature-coverage", { hint: `It must cover ${missing}.` });
  if (!isOfNow({ ...signature, created }, now)) {
    throw new PushRefused("signature-time", {
      hint: `created may lie ${GOOD_FOR_SECONDS} seconds back and ${FAST_BY_SECONDS} ahead; set the sender's clock.`,
    });
  }
  return { ...signature, keyid, nonce, created };
}

function readable({ fields }: SignedRequest): MessageSignature {
  try {
    return readSignature(fields);
  } catch (error) {
    if (error instanceof BadSignature) throw new PushRefused("signature-unreadable", { hint: `${error.message}.` });
    throw error;
  }
}

function findUncovered(request: SignedRequest, covered: readonly string[], withBody: boolean): string | null {
  const names = new Set(covered);
  const required = ["@method", ...(withBody ? COVERED_FIELDS : [])];
  const absent = required.find((name) => !names.has(name));
  if (absent) return absent;
  if (names.has("@target-uri")) return null;
  if (!names.has("@authority") || !names.has("@path")) return "@target-uri (or @authority and @path)";
  return request.query === "" || names.has("@query") ? null : "@query, or @target-uri";
}

function isOfNow({ created, expires }: { created: number; expires: number | undefined }, now: Date): boolean {
  const seconds = now.getTime() / 1000;
  if (created > seconds + FAST_BY_SECONDS || created < seconds - GOOD_FOR_SECONDS) return false;
  return expires === undefined || expires >= seconds;
}

/** The last instant at which a signature made then is of now: until then its nonce is remembered. */
export function goodUntil(created: number): Date {
  return new Date((created + GOOD_FOR_SECONDS + 1) * 1000);
}

/** What a signed request says of its delivery. */
export interface Announcement {
  /** SHA-256 (hex) that the body will have. */
  readonly digest: string;
  readonly idempotencyKey: string;
  /** Null: the one that the custodian has promised. */
  readonly profile: string | null;
  readonly claim: Claim;
}

/** @throws PushRefused */
export function readAnnouncement({ fields, query }: SignedRequest): Announcement {
  const [type = ""] = fields["content-type"] ?? [];
  const media = type.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (!(MEDIA_TYPES as readonly string[]).includes(media)) throw new PushRefused("content-type");
  const encodings = fields["content-encoding"] ?? [];
  if (encodings.some((encoding) => encoding.trim().toLowerCase() !== "identity")) {
    throw new PushRefused("content-encoding");
  }
  const digest = readContentDigest(fields["content-digest"]);
  if (digest === null) throw new PushRefused("digest-missing");
  const idempotencyKey = (fields["idempotency-key"]?.[0] ?? "").trim();
  if (!/^[\x21-\x7e]{1,255}$/.test(idempotencyKey)) throw new PushRefused("idempotency-key-missing");
  return { digest, idempotencyKey, ...readQuery(query) };
}

function readQuery(query: string): { profile: string | null; claim: Claim } {
  const parameters = [...new URLSearchParams(query)];
  const names = parameters.map(([name]) => name);
  if (new Set(names).size < names.length) throw new PushRefused("claim", { hint: "Each parameter may stand once." });
  const { profile = null, ...claim } = Object.fromEntries(parameters);
  const parsed = claimSchema.safeParse(claim);
  if (parsed.success) return { profile, claim: parsed.data };
  const issue = parsed.error.issues[0];
  const hint =
    issue?.code === "unrecognized_keys"
      ? "The parameters are profile, sequence, from and to."
      : `${issue?.message ?? "The query cannot be read"}.`;
  throw new PushRefused("claim", { hint });
}

/** The same for the same question: all that is asked under one Idempotency-Key. */
export function askedHash(systemId: string, profile: string, { digest, claim }: Announcement): string {
  const { sequenceNo, period } = claim;
  const parts = [systemId, profile, digest, sequenceNo, period?.from ?? null, period?.to ?? null];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
