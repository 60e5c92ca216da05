/**
 * A delivery by HTTP: kept sealed while it comes in, compared with the digest that was signed, and only then the
 * portal's to import. Small ones are imported before the answer, large ones by the worker.
 */
import { asLedgerActor, type CustodianActor } from "#app/people/actor.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { Custody } from "#app/registry/agency.ts";
import { acceptDelivery } from "../delivery/accept-delivery.server.ts";
import { sha256 } from "../delivery/delivery.ts";
import { type DeliveryProgress, getDeliveryProgress, importDelivery } from "../delivery/import-delivery.server.ts";
import { beginDelivery, dropDelivery, keepStream, type OpenDelivery, TooLarge } from "../delivery/spool.server.ts";
import { getProfileOf } from "../find-profile.server.ts";
import { doorWatchOf, type Knock, type OpenPush, withOpenPush } from "./open-push.server.ts";
import { PushRefused } from "./push-problem.ts";
import { type Announcement, askedHash, readAnnouncement } from "./push-request.ts";

/** Up to here a delivery is imported before its sender is answered. */
const AT_ONCE_BYTES = 8 << 20;
/** By then the import within the request has ended, or its process has: the worker looks after it. */
const LOOK_AFTER_MS = 30_000;

export interface PushInput extends Knock {
  /** Read only when the signature is good, and only as fast as it is kept. */
  readonly body: AsyncIterable<Uint8Array>;
  /** What the sender says of its length; undefined when it does not. */
  readonly contentLength: number | undefined;
}

export interface PushAnswer {
  readonly progress: DeliveryProgress;
  /** Whether this request brought it; false: it had been here before, under the same Idempotency-Key. */
  readonly isNew: boolean;
}

/** @throws PushRefused; nothing of what was sent is stored then. */
export function receivePush(portal: Portal, input: PushInput): Promise<PushAnswer> {
  return withOpenPush(portal, input, true, async ({ actor, custody }) => {
    const limit = portal.config.uploadLimitBytes;
    if ((input.contentLength ?? 0) > limit) throw new PushRefused("too-large");
    const announced = readAnnouncement(input.request);
    const profile = await profileOf(portal, announced, custody);
    const asked = { hash: askedHash(custody.systemId, profile, announced), key: sha256(announced.idempotencyKey) };
    const place = doorWatchOf(portal).takePlace(actor.doorId);
    if (!place)
      throw new PushRefused("too-often", { hint: "Send one delivery after the other.", retryAfterSeconds: 30 });
    try {
      const before = await findBefore(portal.db, actor.agencyId, asked);
      const first = before ?? (await keepWhole(portal, actor, custody, { ...input, announced, asked, profile, limit }));
      const progress = await getDeliveryProgress(portal, first.id);
      if (progress.endedAt !== null || progress.kept > AT_ONCE_BYTES) return { progress, isNew: first.isNew };
      await importDelivery(portal, first.id);
      return { progress: await getDeliveryProgress(portal, first.id), isNew: first.isNew };
    } finally {
      place.leave();
    }
  });
}

/** What stands under the sender's Idempotency-Key, and whether this request brought it. */
interface Kept {
  readonly id: string;
  readonly isNew: boolean;
}

interface Announced {
  readonly body: AsyncIterable<Uint8Array>;
  readonly announced: Announcement;
  readonly asked: Asked;
  readonly profile: string;
  readonly limit: number;
}

async function keepWhole(
  portal: Portal,
  actor: CustodianActor,
  custody: Custody,
  { body, announced, asked, profile, limit }: Announced,
): Promise<Kept> {
  const delivery = await begin(portal, actor, custody, profile, announced);
  let first: Kept | null = null;
  try {
    const bytes = await keepBody(portal, delivery, body, limit, announced.digest);
    first = await accept(portal, actor, delivery.id, announced, asked, bytes);
    return first;
  } finally {
    // Everything or nothing: what is not the body that was signed, or came twice, is gone again.
    if (!first?.isNew) await dropDelivery(portal, delivery.id);
  }
}

/** How far a pushed delivery is. @throws PushRefused for another custodian's, another feed's, and none */
export function getPushed(portal: Portal, input: Knock & { batchId: string }): Promise<DeliveryProgress> {
  return withOpenPush(portal, input, false, async ({ custody }: OpenPush) => {
    const { agencyId, systemId } = custody;
    const found = isId(input.batchId)
      ? await portal.db.delivery.findFirst({
          where: { id: input.batchId, agencyId, systemId, via: "push", acceptedAt: { not: null } },
          select: { id: true },
        })
      : null;
    if (!found) throw new PushRefused("no-such-batch");
    return getDeliveryProgress(portal, found.id);
  });
}

async function profileOf(portal: Portal, { profile }: Announcement, custody: Custody): Promise<string> {
  try {
    return (await getProfileOf(portal, custody.agencyId, profile ?? custody.profile)).id;
  } catch (error) {
    if (error instanceof Refused) throw new PushRefused("profile", { hint: error.message });
    throw error;
  }
}

interface Asked {
  readonly key: string;
  readonly hash: string;
}

/** The delivery that came under the same Idempotency-Key. @throws PushRefused when it was another one */
async function findBefore(db: Pick<Transaction, "delivery">, agencyId: string, asked: Asked): Promise<Kept | null> {
  const found = await db.delivery.findUnique({
    where: { agencyId_idempotencyHash: { agencyId, idempotencyHash: asked.key } },
  });
  if (found && found.askedHash !== asked.hash) throw new PushRefused("idempotency-key-reused");
  return found && { id: found.id, isNew: false };
}

function begin(
  portal: Portal,
  actor: CustodianActor,
  { agencyId, systemId }: Custody,
  profile: string,
  { claim }: Announcement,
): Promise<OpenDelivery> {
  const given = { agencyId, systemId, profile, via: "push", byId: actor.doorId, byRole: null, claim } as const;
  return inTransaction(portal, (tx) => beginDelivery(portal, tx, given));
}

/** @returns its length */
async function keepBody(
  portal: Portal,
  delivery: OpenDelivery,
  body: AsyncIterable<Uint8Array>,
  limit: number,
  digest: string,
): Promise<number> {
  try {
    const kept = await keepStream(portal, delivery, whole(body), limit);
    if (kept.digest !== digest) throw new PushRefused("digest-wrong");
    return kept.bytes;
  } catch (error) {
    throw error instanceof TooLarge ? new PushRefused("too-large") : error;
  }
}

/** A connection that breaks is the sender's failure, not the portal's. */
async function* whole(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw Object.assign(new PushRefused("body-cut-off"), { cause: error });
  }
}

/** @returns what stands under this Idempotency-Key from now on: another's delivery, when that was first */
async function accept(
  portal: Portal,
  actor: CustodianActor,
  deliveryId: string,
  { digest }: Announcement,
  asked: Asked,
  bytes: number,
): Promise<Kept> {
  const now = portal.time.now();
  return inTransaction(portal, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`${actor.agencyId}|${asked.key}`}))`;
    const before = await findBefore(tx, actor.agencyId, asked);
    if (before) return before;
    const isAccepted = await acceptDelivery(portal, tx, {
      ...{ deliveryId, digest, idempotencyHash: asked.key, askedHash: asked.hash },
      by: asLedgerActor(actor),
      runAt: bytes > AT_ONCE_BYTES ? now : new Date(now.getTime() + LOOK_AFTER_MS),
    });
    if (!isAccepted) throw new Error("a delivery was dropped while it came in");
    return { id: deliveryId, isNew: true };
  });
}
