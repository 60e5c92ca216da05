/**
 * Takes in one delivery of one custodian's log: streamed, sealed, stored, every row accounted for.
 *
 * Committed in chunks. A delivery that was cut short (a crash, a lost connection) stays as an
 * unfinished batch, which coverage does not count; delivering the same file again stores what is
 * missing and nothing twice.
 */
import { createHash } from "node:crypto";
import type { Actor } from "#app/people/actor.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { localDate, toDbDate } from "#app/platform/time/local-date.ts";
import type { Period } from "./coverage.ts";
import { type Feed, openFeed } from "./feed.server.ts";
import { getProfileOf } from "./find-profile.server.ts";
import type { Profile } from "./profile.ts";
import { readFeedFile } from "./read-file.ts";
import { type Chunk, newChunk, openRowSealer } from "./seal-rows.server.ts";
import { type ChunkOwner, type Counts, storeChunk } from "./store-chunk.server.ts";

/** A chunk is stored when it has this many rows, or this many bytes as delivered. */
const CHUNK_ROWS = 5000;
const CHUNK_BYTES = 8 << 20;

export const WAYS_IN = ["command", "upload", "push", "folder", "sftp"] as const;
/** The way a delivery came in by. */
export type WayIn = (typeof WAYS_IN)[number];

/** What a custodian says of one delivery. */
export interface BatchClaim {
  /** Its own number of the delivery, counted up by one: a number that is missing is a gap. */
  sequenceNo: number | null;
  /** Local days, both included, of which the delivery holds every look-up. */
  period: Period | null;
}

export interface ImportInput {
  agencySlug: string;
  systemSlug: string;
  profile: string;
  /** The file's bytes. Read only as fast as they are stored. */
  stream: AsyncIterable<Uint8Array>;
  via: WayIn;
  /** What the custodian says of this delivery; left out by one who says nothing. */
  claim?: BatchClaim;
  /** The new batch's id, for a caller who must know it beforehand. */
  batchId?: string;
  /** Told after each stored chunk: rows and bytes so far. */
  onProgress?: (rows: number, bytes: number) => void;
}

export interface ImportResult extends Counts {
  batchId: string;
  seconds: number;
}

/**
 * @throws NotFound when the feed is not the actor's.
 * @throws Refused when the file as a whole cannot be read; nothing of it is stored, the batch says why.
 *   What the stream itself refuses is treated alike, but chunks stored before stay: the batch's counts say so.
 */
export async function importBatch(portal: Portal, actor: Actor, input: ImportInput): Promise<ImportResult> {
  const started = performance.now();
  const feed = await openFeed(portal, actor, "feed.import", input);
  const profile = await getProfileOf(portal, feed.custody.agencyId, input.profile);
  const owner = await beginBatch(portal, actor, feed, profile, input);
  try {
    const taken = await takeIn(portal, owner, profile, input);
    await finishBatch(portal, feed, owner, profile, taken);
    return { batchId: owner.batchId, ...taken.counts, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    if (error instanceof Refused) await refuseBatch(portal, feed, owner, profile, error);
    throw error;
  }
}

async function beginBatch(
  portal: Portal,
  actor: Actor,
  feed: Feed,
  profile: Profile,
  { via, claim, batchId = newId() }: ImportInput,
): Promise<ChunkOwner> {
  const { agencyId, systemId } = feed.custody;
  return inTransaction(portal, async (tx) => {
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
      },
    });
    return { batchId, agencyId, systemId, keyId };
  });
}

interface Taken {
  counts: Counts;
  bytes: number;
  digest: string;
  span: Chunk["span"];
}

/** While one chunk is being stored the next is read and sealed; never more than these two are held. */
async function takeIn(portal: Portal, owner: ChunkOwner, profile: Profile, input: ImportInput): Promise<Taken> {
  const sealRow = await openRowSealer(portal, { ...owner, profile: profile.id });
  const meter = measured(input.stream);
  const taken: Taken = {
    counts: { rows: 0, stored: 0, duplicates: 0, quarantined: 0 },
    bytes: 0,
    digest: "",
    span: null,
  };
  let storing: Promise<{ counts: Counts } | { error: unknown }> | null = null;
  let chunk = newChunk();

  async function settle(): Promise<void> {
    const outcome = await storing;
    storing = null;
    if (outcome === null) return;
    if ("error" in outcome) throw outcome.error;
    taken.counts = sum(taken.counts, outcome.counts);
    input.onProgress?.(taken.counts.rows, meter.bytes());
  }

  async function send(): Promise<void> {
    await settle();
    taken.span = widened(taken.span, chunk.span);
    // Its failure is kept as a value until the next settle(), so that it is never an unhandled rejection.
    storing = storeChunk(portal, owner, chunk, meter.bytes()).then(
      (counts) => ({ counts }),
      (error: unknown) => ({ error }),
    );
    chunk = newChunk();
  }

  try {
    for await (const rows of readFeedFile(meter.stream, profile, portal.time.now())) {
      for (const row of rows) {
        sealRow(chunk, row);
        if (isFull(chunk)) await send();
      }
    }
    if (chunk.rows > 0) await send();
  } finally {
    await settle();
  }
  return { ...taken, bytes: meter.bytes(), digest: meter.digest() };
}

function isFull(chunk: Chunk): boolean {
  return chunk.rows >= CHUNK_ROWS || chunk.bytes >= CHUNK_BYTES || chunk.keys.length >= CHUNK_BYTES;
}

function sum(a: Counts, b: Counts): Counts {
  return {
    rows: a.rows + b.rows,
    stored: a.stored + b.stored,
    duplicates: a.duplicates + b.duplicates,
    quarantined: a.quarantined + b.quarantined,
  };
}

function widened(a: Chunk["span"], b: Chunk["span"]): Chunk["span"] {
  if (a === null || b === null) return a ?? b;
  return { first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) };
}

/** The same stream, counted and hashed on its way. */
function measured(source: AsyncIterable<Uint8Array>) {
  const hash = createHash("sha256");
  let bytes = 0;
  async function* pass() {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  return { stream: pass(), bytes: () => bytes, digest: () => hash.digest("hex") };
}

async function finishBatch(
  portal: Portal,
  feed: Feed,
  owner: ChunkOwner,
  profile: Profile,
  taken: Taken,
): Promise<void> {
  const { zone } = feed.agency;
  const day = (instant: number) => toDbDate(localDate(new Date(instant), zone));
  const span = taken.span === null ? {} : { firstOn: day(taken.span.first), lastOn: day(taken.span.last) };
  await inTransaction(portal, async (tx) => {
    await tx.batch.update({
      where: { id: owner.batchId },
      data: { ...span, digest: taken.digest, bytes: taken.bytes, finishedAt: portal.time.now() },
    });
    await appendLedger(portal, tx, {
      actor: feed.ledgerActor,
      act: "feed.imported",
      thing: { type: "batch", id: owner.batchId },
      agencyId: owner.agencyId,
      detail: { system: feed.custody.system.slug, profile: profile.id, bytes: taken.bytes, ...taken.counts },
    });
  });
}

async function refuseBatch(
  portal: Portal,
  feed: Feed,
  owner: ChunkOwner,
  profile: Profile,
  why: Refused,
): Promise<void> {
  await inTransaction(portal, async (tx) => {
    const { rows, stored, duplicates, quarantined } = await tx.batch.update({
      where: { id: owner.batchId },
      data: { refusal: why.code },
    });
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
