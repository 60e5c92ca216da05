/** The record of one delivery: begun, finished, or refused as a whole. */
import type { Actor } from "#app/people/actor.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate, localDate, toDbDate } from "#app/platform/time/local-date.ts";
import type { BatchClaim, WayIn } from "./batch.ts";
import { decideClaim, type FactsHeard, listContradictions, readFacts } from "./delivery-facts.ts";
import type { Feed } from "./feed.server.ts";
import type { Profile } from "./profile.ts";
import type { Chunk } from "./store/chunk.server.ts";
import type { ChunkOwner, Counts } from "./store-chunk.server.ts";

/** Whose delivery it is, and what its custodian says of it. */
export interface Delivery {
  readonly actor: Actor;
  readonly feed: Feed;
  readonly profile: Profile;
  readonly via: WayIn;
  readonly claim: BatchClaim | undefined;
  /** The file's whole length in bytes, where the way in tells it. */
  readonly size: number | undefined;
  readonly batchId: string | undefined;
  readonly onBegun: ((batchId: string) => Promise<void>) | undefined;
  /** What the file says of itself. */
  readonly heard: FactsHeard;
}

export async function beginBatch(portal: Portal, delivery: Delivery): Promise<ChunkOwner> {
  const { actor, feed, profile, via, claim, size, batchId = newId() } = delivery;
  const { agencyId, systemId } = feed.custody;
  const owner = await inTransaction(portal, async (tx) => {
    const keyId = await portal.vault.createKey(tx, "batch");
    const receivedBy = actor.kind === "account" ? actor.accountId : null;
    const receivedAt = portal.time.now();
    await tx.batch.create({
      data: {
        id: batchId,
        agencyId,
        systemId,
        profile: profile.id,
        profileVersion: profile.version,
        keyId,
        receivedBy,
        receivedAt,
        via,
        sequenceNo: claim?.sequenceNo ?? null,
        claimedFrom: claim?.period ? toDbDate(claim.period.from) : null,
        claimedTo: claim?.period ? toDbDate(claim.period.to) : null,
        expectedBytes: size ?? null,
      },
    });
    return { batchId, agencyId, systemId, keyId };
  });
  await delivery.onBegun?.(batchId);
  return owner;
}

/** What is known once the last byte has been read. */
export interface WholeFile {
  bytes: number;
  /** SHA-256 (hex) of the delivered bytes. */
  digest: string;
  /** Earliest and latest instant of its readable rows; null when none was readable. */
  span: Chunk["span"];
}

/** @returns The batch's counters as they stand in the end. */
export async function finishBatch(
  portal: Portal,
  { feed, profile, claim, heard }: Delivery,
  owner: ChunkOwner,
  { bytes, digest, span }: WholeFile,
): Promise<Counts> {
  const { zone } = feed.agency;
  const day = (instant: number) => toDbDate(localDate(new Date(instant), zone));
  const days = span === null ? {} : { firstOn: day(span.first), lastOn: day(span.last) };
  const said = readFacts(heard.facts(), zone);
  return inTransaction(portal, async (tx) => {
    const begun = claimOf(await tx.batch.findUniqueOrThrow({ where: { id: owner.batchId } }));
    const counted = decideClaim(said, decideClaim(begun, claim));
    const { rows, stored, duplicates, quarantined } = await tx.batch.update({
      where: { id: owner.batchId },
      data: {
        ...{ ...days, digest, bytes, finishedAt: portal.time.now() },
        sequenceNo: counted.sequenceNo,
        claimedFrom: counted.period && toDbDate(counted.period.from),
        claimedTo: counted.period && toDbDate(counted.period.to),
        ...(said !== null && { said }),
      },
    });
    const against = listContradictions(said, { ...counted, rows })
      .map(({ about }) => about)
      .join(" ");
    const counts = { rows, stored, duplicates, quarantined };
    await appendLedger(portal, tx, {
      actor: feed.ledgerActor,
      act: "feed.imported",
      thing: { type: "batch", id: owner.batchId },
      agencyId: owner.agencyId,
      detail: {
        system: feed.custody.system.slug,
        profile: profile.id,
        bytes,
        ...counts,
        ...(against.length > 0 && { against }),
      },
    });
    return counts;
  });
}

/** What was said when the batch was begun: a delivery that goes on need not say it again. */
function claimOf({ sequenceNo, claimedFrom, claimedTo }: BatchRow): BatchClaim {
  const period = claimedFrom && claimedTo && { from: fromDbDate(claimedFrom), to: fromDbDate(claimedTo) };
  return { sequenceNo, period };
}

type BatchRow = Pick<
  Awaited<ReturnType<Portal["db"]["batch"]["findUniqueOrThrow"]>>,
  "sequenceNo" | "claimedFrom" | "claimedTo"
>;

export async function refuseBatch(
  portal: Portal,
  { feed, profile }: Delivery,
  owner: ChunkOwner,
  why: Refused,
): Promise<void> {
  await inTransaction(portal, async (tx) => {
    const { rows, stored, duplicates, quarantined } = await tx.batch.update({
      where: { id: owner.batchId },
      data: { refusal: why.code },
    });
    await tx.$executeRaw`DELETE FROM events.staged_chunk WHERE batch_id = ${owner.batchId}::uuid`;
    await appendLedger(portal, tx, {
      actor: feed.ledgerActor,
      act: "feed.refused",
      thing: { type: "batch", id: owner.batchId },
      agencyId: owner.agencyId,
      detail: {
        system: feed.custody.system.slug,
        profile: profile.id,
        refusal: why.code,
        rows,
        stored,
        duplicates,
        quarantined,
      },
    });
  });
}
