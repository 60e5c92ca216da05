/**
 * Takes in one delivery of one custodian's log: streamed, sealed, stored, every row accounted for.
 *
 * A small delivery is stored chunk by chunk as it is read. A large one is read by several threads into tables
 * of its own and put into the store month by month (store/). Either way a delivery that was cut short (a crash,
 * a lost connection) stays as an unfinished batch, which coverage does not count; delivering the same file
 * again stores what is missing and nothing twice, and a large one goes on where it broke off.
 */
import { createHash } from "node:crypto";
import type { Actor } from "#app/people/actor.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { beginBatch, type Delivery, finishBatch, refuseBatch } from "./batch.server.ts";
import type { BatchClaim, ImportWatch, MeasuredFile, WayIn } from "./batch.ts";
import { hearFacts } from "./delivery-facts.ts";
import { openFeed } from "./feed.server.ts";
import { getProfileOf } from "./find-profile.server.ts";
import { decodeText } from "./formats/decode.ts";
import { readFeedFile } from "./read-file.ts";
import { openRowSealer, rowKeysInHand } from "./seal-rows.server.ts";
import { type Chunk, newChunk } from "./store/chunk.server.ts";
import { PIECE_BYTES } from "./store/split-records.ts";
import { findSplitting } from "./store/splitting.ts";
import { stageDelivery } from "./store/stage-delivery.server.ts";
import { type ChunkOwner, type Counts, storeChunk } from "./store-chunk.server.ts";

/** A chunk is stored when it has this many rows, or this many bytes as delivered. */
const CHUNK_ROWS = 5000;
const CHUNK_BYTES = 8 << 20;

export interface ImportInput extends ImportWatch {
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
  /** Told which batch it is before its first row is kept: of a delivery that goes on, the one that was cut short. */
  onBegun?: (batchId: string) => Promise<void>;
  /** The file's whole length in bytes, where it is known beforehand: what is left can be told from it. */
  size?: number;
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
  const { via, claim, size, batchId, onBegun } = input;
  const delivery: Delivery = { actor, feed, profile, via, claim, size, batchId, onBegun, heard: hearFacts() };
  const file = measured(input.stream);
  const { head, rest } = await readHead(decodeText(file.stream));
  const splitting = rest.isWhole ? null : findSplitting(profile, head);
  const done =
    splitting === null
      ? await takeIn(portal, delivery, concat(head, rest.stream), file, input.onProgress)
      : await stageDelivery(portal, delivery, { splitting, head, rest: rest.stream, file }, input);
  return { ...done, seconds: (performance.now() - started) / 1000 };
}

/** The same bytes, counted and hashed on their way. */
function measured(source: AsyncIterable<Uint8Array>): MeasuredFile {
  const hash = createHash("sha256");
  let bytes = 0;
  async function* pass() {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  return { stream: pass(), bytes: () => bytes, digest: () => hash.copy().digest("hex") };
}

interface Head {
  head: Buffer;
  rest: {
    stream: AsyncIterable<Uint8Array>;
    /** The file ended, or broke off, within its head. */
    isWhole: boolean;
  };
}

/** Enough of a file's text to know whether it is a large one. */
async function readHead(text: AsyncGenerator<Uint8Array>): Promise<Head> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let failure: { error: unknown } | null = null;
  let ended = false;
  try {
    while (length < PIECE_BYTES && !ended) {
      const next = await text.next();
      if (next.done) ended = true;
      else {
        parts.push(next.value);
        length += next.value.length;
      }
    }
  } catch (error) {
    failure = { error };
  }
  const isWhole = ended || failure !== null;
  return { head: Buffer.concat(parts), rest: { stream: failure === null ? text : failing(failure.error), isWhole } };
}

/** A stream that fails where another one did. */
// biome-ignore lint/correctness/useYield: it stands where a stream of bytes stands, and has none.
async function* failing(error: unknown): AsyncGenerator<Uint8Array> {
  throw error;
}

async function* concat(head: Buffer, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  yield* rest;
}

type Done = Counts & { batchId: string };

async function takeIn(
  portal: Portal,
  delivery: Delivery,
  stream: AsyncIterable<Uint8Array>,
  file: MeasuredFile,
  onProgress: ImportInput["onProgress"],
): Promise<Done> {
  const owner = await beginBatch(portal, delivery);
  try {
    const span = await storeRows(portal, delivery, owner, stream, file, onProgress);
    const counts = await finishBatch(portal, delivery, owner, { bytes: file.bytes(), digest: file.digest(), span });
    return { batchId: owner.batchId, ...counts };
  } catch (error) {
    if (error instanceof Refused) await refuseBatch(portal, delivery, owner, error);
    throw error;
  }
}

/** While one chunk is being stored the next is read and sealed; never more than these two are held. */
async function storeRows(
  portal: Portal,
  { feed, profile, heard }: Delivery,
  owner: ChunkOwner,
  stream: AsyncIterable<Uint8Array>,
  file: MeasuredFile,
  onProgress: ImportInput["onProgress"],
): Promise<Chunk["span"]> {
  const { agencyId, systemId } = feed.custody;
  const keys = await rowKeysInHand(portal, owner);
  const sealer = openRowSealer(keys, { batchId: owner.batchId, agencyId, systemId, profile: profile.id });
  let storing: Promise<{ counts: Counts } | { error: unknown }> | null = null;
  let chunk = newChunk();
  let span: Chunk["span"] = null;
  let rowsStored = 0;

  async function settle(): Promise<void> {
    const outcome = await storing;
    storing = null;
    if (outcome === null) return;
    if ("error" in outcome) throw outcome.error;
    rowsStored += outcome.counts.rows;
    onProgress?.(rowsStored, file.bytes());
  }

  async function send(): Promise<void> {
    await settle();
    span = widened(span, chunk.span);
    // Its failure is kept as a value until the next settle(), so that it is never an unhandled rejection.
    storing = storeChunk(portal, owner, chunk, file.bytes()).then(
      (counts) => ({ counts }),
      (error: unknown) => ({ error }),
    );
    chunk = newChunk();
  }

  try {
    for await (const rows of readFeedFile(stream, profile, portal.time.now(), heard)) {
      for (const row of rows) {
        sealer.add(chunk, row);
        if (chunk.rows >= CHUNK_ROWS || chunk.bytes >= CHUNK_BYTES || chunk.keys >= CHUNK_BYTES) await send();
      }
    }
    if (chunk.rows > 0) await send();
  } finally {
    await settle();
  }
  return span;
}

export function widened(a: Chunk["span"], b: Chunk["span"]): Chunk["span"] {
  if (a === null || b === null) return a ?? b;
  return { first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) };
}
