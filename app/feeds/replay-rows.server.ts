/**
 * Reading rows of the quarantine again, after their profile was mended. Each row's event is stored once, and the
 * row leaves the quarantine in the same transaction, with the delivery's counts and the ledger: whoever replays
 * twice, or at the same time as somebody else, changes nothing.
 */
import type pg from "pg";
import type { Actor } from "#app/people/actor.ts";
import { isId } from "#app/platform/database/id.ts";
import { rawSqlOf } from "#app/platform/database/raw-sql.server.ts";
import { chainCommitted } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import { type Feed, openFeed } from "./feed.server.ts";
import { findProfile } from "./find-profile.server.ts";
import { ensurePartitions } from "./partitions.server.ts";
import type { Profile } from "./profile.ts";
import type { Replayed, ReplayedSome, WhichRows } from "./quarantine.ts";
import type { FileRow, GoodRow } from "./read-file.ts";
import { isReadable, readAgain } from "./replay-row.ts";
import { openRowSealer, parseRawRow, rawPlace, rowKeysInHand } from "./seal-rows.server.ts";
import { type Chunk, newChunk } from "./store/chunk.server.ts";
import { type ChunkOwner, mergeEvents } from "./store-chunk.server.ts";

/** So many rows are read, and stored in one transaction. */
const PORTION = 500;
/** So many rows are worked before the caller is answered; more are a job's (run-replay.server.ts). */
const MOST = 5_000;

interface FeedSlugs {
  agencySlug: string;
  systemSlug: string;
}

/**
 * Reads waiting rows again by the newest version of their delivery's profile, and what that cannot read by the
 * profile that the log has now; up to five thousand at once.
 * @param input.after Where an earlier call said to go on.
 * @throws NotFound when the one row that was named does not wait (any more)
 */
export async function replayRows(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { which: WhichRows; after?: string | undefined; most?: number },
): Promise<ReplayedSome> {
  const feed = await openFeed(portal, actor, "feed.mend", input);
  const { which, most = MOST } = input;
  const total: ReplayedSome = { stored: 0, duplicates: 0, waiting: 0, next: input.after ?? null };
  const profiles = profileBook(portal, feed);
  let seen = 0;
  do {
    const portion = await replayPortion(portal, feed, { which, after: total.next, profiles });
    seen += portion.rows;
    add(total, portion);
    total.next = portion.next;
  } while (total.next !== null && seen < most);
  if ("quarantineId" in which && seen === 0) throw new NotFound("row");
  return total;
}

export interface Portion {
  which: WhichRows;
  after: string | null;
  profiles: ReturnType<typeof profileBook>;
  /** Rows that came into quarantine later are left for another time. */
  until?: Date;
  /** Told in the transaction in which rows leave the quarantine, before the ledger is locked. */
  onSettled?: (client: pg.ClientBase, replayed: Replayed) => Promise<void>;
}

/** Reads the next rows again, a few hundred at most. */
export async function replayPortion(
  portal: Portal,
  feed: Feed,
  portion: Portion,
): Promise<ReplayedSome & { rows: number }> {
  const rows = await listWaiting(portal, feed, portion);
  const total: Replayed = { stored: 0, duplicates: 0, waiting: 0 };
  for (const own of Map.groupBy(rows, (row) => row.batchId).values()) {
    add(total, await replayOfBatch(portal, feed, own, portion));
  }
  return { ...total, rows: rows.length, next: rows.length === PORTION ? (rows.at(-1)?.id ?? null) : null };
}

/** How many rows wait of those that are named, and came until then. */
export function countWaiting(portal: Pick<Portal, "db">, feed: Feed, which: WhichRows, until: Date): Promise<number> {
  const where = waitingRows(feed, { which, after: null, until });
  return where === null ? Promise.resolve(0) : portal.db.quarantine.count({ where });
}

function add(total: Replayed, more: Replayed): void {
  total.stored += more.stored;
  total.duplicates += more.duplicates;
  total.waiting += more.waiting;
}

type WaitingRow = Awaited<ReturnType<typeof listWaiting>>[number];

/** @returns null when no row can be meant */
function waitingRows({ custody }: Feed, { which, after, until }: Pick<Portion, "which" | "after" | "until">) {
  const one = "quarantineId" in which ? which.quarantineId : null;
  const group: { batchId?: string; reason?: string | undefined } = "quarantineId" in which ? {} : which;
  // What cannot be an id names no row.
  const named = [one, after, group.batchId ?? null].filter((id) => id !== null);
  if (!named.every((id) => isId(id))) return null;
  return {
    ...(one === null ? after !== null && { id: { gt: after } } : { id: one }),
    agencyId: custody.agencyId,
    systemId: custody.systemId,
    discardedAt: null,
    ...(until !== undefined && { at: { lte: until } }),
    ...(group.batchId !== undefined && { batchId: group.batchId }),
    ...(group.reason !== undefined && { reason: group.reason }),
  };
}

async function listWaiting(portal: Portal, feed: Feed, portion: Portion) {
  const where = waitingRows(feed, portion);
  if (where === null) return [];
  return portal.db.quarantine.findMany({
    where,
    select: {
      id: true,
      batchId: true,
      row: true,
      reason: true,
      rawSealed: true,
      batch: { select: { keyId: true, profile: true } },
    },
    orderBy: { id: "asc" },
    take: PORTION,
  });
}

/** A waiting row, and how it is read now. */
interface Reading {
  id: string;
  reason: string;
  row: FileRow | null;
}

/** Looks each profile up once. */
export function profileBook(portal: Portal, { custody }: Feed): (id: string) => Promise<Profile | null> {
  const known = new Map<string, Promise<Profile | null>>();
  return (id) => {
    const found = known.get(id) ?? findProfile(portal, custody.agencyId, id);
    known.set(id, found);
    return found;
  };
}

async function replayOfBatch(
  portal: Portal,
  feed: Feed,
  rows: readonly WaitingRow[],
  { profiles, onSettled }: Portion,
): Promise<Replayed> {
  const total: Replayed = { stored: 0, duplicates: 0, waiting: 0 };
  const ids = new Set([rows[0]?.batch.profile ?? "", feed.custody.profile]);
  let tried = false;
  for (const id of ids) {
    const profile = await profiles(id);
    if (profile === null) continue;
    const { stored, duplicates, waiting } = await replayBy(portal, feed, rows, profile, onSettled);
    add(total, { stored, duplicates, waiting: 0 });
    total.waiting = waiting;
    tried = true;
    if (waiting === 0) break;
  }
  return tried ? total : { ...total, waiting: rows.length };
}

async function replayBy(
  portal: Portal,
  feed: Feed,
  rows: readonly WaitingRow[],
  profile: Profile,
  onSettled: Portion["onSettled"],
): Promise<Replayed> {
  const [{ batchId, batch }] = rows as [WaitingRow, ...WaitingRow[]];
  const { agencyId, systemId } = feed.custody;
  const owner = { batchId, agencyId, systemId, keyId: batch.keyId };
  const readings = await Promise.all(rows.map((row) => readRow(portal, profile, row)));
  const chunk = await sealAll(portal, owner, profile, readings);
  await ensurePartitions(portal.pool, chunk.months.keys());
  const client = await portal.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const replayed = await settle(portal, client, feed, { owner, profile, readings, chunk, onSettled });
    await client.query("COMMIT");
    await chainCommitted(portal.db);
    return replayed;
  } catch (error) {
    // A connection in an unknown state is not handed to the next user of the pool.
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}

async function readRow(portal: Portal, profile: Profile, { id, row, reason, rawSealed, batch }: WaitingRow) {
  const plain = await portal.vault.open(batch.keyId, rawPlace(id), rawSealed);
  const { raw, context } = parseRawRow(plain);
  return { id, reason, row: await readAgain(profile, { number: row, raw, context, reason }, portal.time.now()) };
}

async function sealAll(
  portal: Portal,
  owner: ChunkOwner,
  profile: Profile,
  readings: readonly Reading[],
): Promise<Chunk> {
  const { batchId, agencyId, systemId } = owner;
  const keys = await rowKeysInHand(portal, owner);
  const sealer = openRowSealer(keys, { batchId, agencyId, systemId, profile: profile.id });
  const chunk = newChunk();
  for (const row of readable(readings)) sealer.add(chunk, row);
  sealer.finish(chunk);
  return chunk;
}

function readable(readings: readonly Reading[]): GoodRow[] {
  return readings.map(({ row }) => row).filter(isReadable);
}

interface Settling {
  owner: ChunkOwner;
  profile: Profile;
  readings: readonly Reading[];
  /** The readable ones, sealed. */
  chunk: Chunk;
  onSettled: Portion["onSettled"];
}

async function settle(portal: Portal, client: pg.PoolClient, feed: Feed, settling: Settling): Promise<Replayed> {
  const { owner, profile, readings } = settling;
  const still = await lockStill(client, readings);
  const own = readings.filter(({ id }) => still.has(id));
  const good = own.filter(({ row }) => isReadable(row));
  const bad = own.filter(({ row }) => !isReadable(row));
  if (own.length === 0) return { stored: 0, duplicates: 0, waiting: 0 };
  // Somebody else has settled some of them since they were read.
  const chunk = own.length === readings.length ? settling.chunk : await sealAll(portal, owner, profile, own);
  const stored = good.length === 0 ? 0 : await mergeEvents(client, owner, chunk);
  const replayed = { stored, duplicates: good.length - stored, waiting: bad.length };
  await client.query("DELETE FROM quarantine WHERE id = ANY($1::uuid[])", [good.map(({ id }) => id)]);
  await sayWhyAgain(client, bad);
  await count(client, feed, owner, chunk, replayed);
  await settling.onSettled?.(client, replayed);
  await appendLedger(portal, rawSqlOf(client), {
    actor: feed.ledgerActor,
    act: "feed.replayed",
    thing: { type: "batch", id: owner.batchId },
    agencyId: owner.agencyId,
    detail: { system: feed.custody.system.slug, profile: profile.id, version: profile.version, ...replayed },
  });
  return replayed;
}

async function lockStill(client: pg.PoolClient, readings: readonly Reading[]): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM quarantine WHERE id = ANY($1::uuid[]) AND discarded_at IS NULL ORDER BY id FOR UPDATE",
    [readings.map(({ id }) => id)],
  );
  return new Set(rows.map(({ id }) => id));
}

/** A row that still cannot be read may wait for another reason now. */
async function sayWhyAgain(client: pg.PoolClient, bad: readonly Reading[]): Promise<void> {
  const changed = bad.flatMap(({ id, reason, row }) =>
    row === null || row.problem === null || row.problem === reason ? [] : [{ id, reason: row.problem }],
  );
  if (changed.length === 0) return;
  await client.query(
    `UPDATE quarantine q SET reason = c.reason FROM unnest($1::uuid[], $2::text[]) AS c(id, reason) WHERE q.id = c.id`,
    [changed.map(({ id }) => id), changed.map(({ reason }) => reason)],
  );
}

/** rows = stored + duplicates + quarantined + discarded stays true; the delivery may span more days now. */
async function count(
  client: pg.PoolClient,
  { agency: { zone } }: Feed,
  { batchId }: ChunkOwner,
  { span }: Chunk,
  { stored, duplicates }: Replayed,
): Promise<void> {
  const day = (instant: number | undefined) => (instant === undefined ? null : localDate(new Date(instant), zone));
  await client.query(
    `UPDATE batch SET stored = stored + $2, duplicates = duplicates + $3, quarantined = quarantined - $2 - $3,
       first_on = LEAST(first_on, $4::date), last_on = GREATEST(last_on, $5::date)
     WHERE id = $1`,
    [batchId, stored, duplicates, day(span?.first), day(span?.last)],
  );
}
