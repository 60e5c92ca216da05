/**
 * Lets a custodian's machine in: by its signature, over the request's head alone, before a byte of its body is read.
 * Whoever is not let in learns nothing of which keys, feeds and agencies there are.
 */
import { createHash } from "node:crypto";
import { type Actor, asLedgerActor, type CustodianActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import type { Database } from "#app/platform/database/database.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { Custody } from "#app/registry/agency.ts";
import { getCustody, getSystem } from "#app/registry/queries.server.ts";
import { type DoorWatch, newDoorWatch } from "./door-watch.ts";
import { type FeedKey, keyStateOf } from "./feed-key.ts";
import { findFeedKey } from "./feed-keys.server.ts";
import { BadSignature, isSignedBy, publicKeyOf, type SignedRequest } from "./message-signature.ts";
import { PushRefused } from "./push-problem.ts";
import { goodUntil, readTimelySignature, type TimelySignature } from "./push-request.ts";

/** A request at the door. */
export interface Knock {
  readonly request: SignedRequest;
  readonly systemSlug: string;
  /** Where it came from: kept in memory for an hour at most, and never written down. */
  readonly address: string;
}

/** A machine that was let in to one feed. */
export interface OpenPush {
  readonly actor: CustodianActor;
  readonly custody: Custody;
}

const watches = new WeakMap<Database, DoorWatch>();

/** Of this process. */
export function doorWatchOf(portal: Pick<Portal, "db">): DoorWatch {
  const watch = watches.get(portal.db) ?? newDoorWatch();
  watches.set(portal.db, watch);
  return watch;
}

/**
 * Runs `work` for a machine whose signature is good. Every refusal, of the signature or of the work, stands in the
 * ledger: a flood of them as a number.
 *
 * @throws PushRefused, and whatever else the work throws.
 */
export async function withOpenPush<T>(
  portal: Portal,
  knock: Knock,
  withBody: boolean,
  work: (open: OpenPush) => Promise<T>,
): Promise<T> {
  const watch = doorWatchOf(portal);
  const now = portal.time.now();
  // Not in the ledger: what is not looked at cannot be told apart, and there may be very much of it.
  if (!watch.admits(knock.address, now)) throw new PushRefused("too-often", { retryAfterSeconds: 60 });
  let key: FeedKey | null = null;
  try {
    const signature = readTimelySignature(knock.request, withBody, now);
    key = await findFeedKey(portal, signature.keyid);
    if (!isGood(key, knock.request, signature, now)) throw new PushRefused("signature-refused");
    const actor: CustodianActor = { kind: "custodian", agencyId: key.agencyId, door: "key", doorId: key.id };
    if (!watch.welcomes(knock.address, key.id, now)) throw new PushRefused("too-often", { retryAfterSeconds: 60 });
    await spendNonce(portal, key.id, signature);
    return await work({ actor, custody: await getOwnCustody(portal, actor, knock.systemSlug) });
  } catch (error) {
    if (!(error instanceof PushRefused)) throw error;
    watch.refused(knock.address, now);
    await noteRefusal(portal, watch, key, error);
    throw error;
  }
}

/** A stand-in for the key that there is not: looking for an unknown key takes as long as trying a known one. */
const NOBODY = publicKeyOf(Buffer.alloc(32, 9).toString("base64url"));

function isGood(key: FeedKey | null, request: SignedRequest, signature: TimelySignature, now: Date): key is FeedKey {
  try {
    const fits = isSignedBy(key ? publicKeyOf(key.publicKey) : NOBODY, request, signature);
    return fits && key !== null && keyStateOf(key, now) === "valid";
  } catch (error) {
    if (error instanceof BadSignature) throw new PushRefused("signature-coverage", { hint: `${error.message}.` });
    throw error;
  }
}

/** @throws PushRefused when it was spent before */
async function spendNonce(portal: Portal, keyId: string, { nonce, created }: TimelySignature): Promise<void> {
  const hash = createHash("sha256").update(nonce, "utf8").digest("hex");
  const spent = await portal.db.feedNonce.createMany({
    data: [{ keyId, hash, until: goodUntil(created) }],
    skipDuplicates: true,
  });
  if (spent.count === 0) throw new PushRefused("nonce-spent");
}

/** What can be a system's short name at all; PostgreSQL would answer some others with an error. */
const SLUG = /^[\w-]{1,100}$/;

/** Another's system and one that never was are the same answer. */
async function getOwnCustody(portal: Portal, actor: CustodianActor, systemSlug: string): Promise<Custody> {
  if (!SLUG.test(systemSlug)) throw new PushRefused("no-such-feed");
  try {
    authorise(actor, "feed.push", { agencyId: actor.agencyId });
    const system = await getSystem(portal, systemSlug);
    return await getCustody(portal, actor.agencyId, system.id);
  } catch (error) {
    if (error instanceof NotFound) throw new PushRefused("no-such-feed");
    throw error;
  }
}

async function noteRefusal(
  portal: Portal,
  watch: DoorWatch,
  key: FeedKey | null,
  { code, status }: PushRefused,
): Promise<void> {
  const note = watch.notes(key?.agencyId ?? "strangers", portal.time.now());
  if (!note) return;
  // A key that was named and did not sign this is not the one who acts.
  const isKeys = key !== null && code !== "signature-refused";
  const actor: Actor = isKeys
    ? { kind: "custodian", agencyId: key.agencyId, door: "key", doorId: key.id }
    : { kind: "system", task: "push" };
  await inTransaction(portal, (tx) =>
    appendLedger(portal, tx, {
      actor: asLedgerActor(actor),
      act: "feed.push-refused",
      thing: { type: "feed-key", id: key?.id ?? "unknown" },
      ...(key && { agencyId: key.agencyId }),
      detail: { refusal: code, status, unnoted: note.unnoted },
    }),
  );
}
