import type { Actor } from "#app/people/actor.ts";
import { isId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { openFeed } from "./feed.server.ts";
import { discardPlace } from "./quarantine-discard.server.ts";
import { parseRawRow, rawPlace } from "./seal-rows.server.ts";

export interface QuarantineLine {
  id: string;
  batchId: string;
  /** Row of the delivered file; the header is row 1. */
  row: number;
  /** Code for `reasonSentence` (problem.ts). */
  reason: string;
  at: Date;
}

export interface FeedSlugs {
  agencySlug: string;
  systemSlug: string;
}

/** The rows of one log that wait, oldest first, without what stands in them. @throws NotFound */
export async function listQuarantine(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { limit?: number; batchId?: string; reason?: string },
): Promise<QuarantineLine[]> {
  const { custody } = await openFeed(portal, actor, "feed.read", input);
  const { batchId, reason } = input;
  return portal.db.quarantine.findMany({
    where: {
      agencyId: custody.agencyId,
      systemId: custody.systemId,
      discardedAt: null,
      ...(batchId !== undefined && { batchId }),
      ...(reason !== undefined && { reason }),
    },
    select: { id: true, batchId: true, row: true, reason: true, at: true },
    orderBy: [{ at: "asc" }, { row: "asc" }, { id: "asc" }],
    take: input.limit ?? 100,
  });
}

/** All waiting rows of one reason. */
export interface QuarantineGroup {
  reason: string;
  rows: number;
  /** Since when the oldest of them waits. */
  since: Date;
}

/** Why rows of one log wait, the most frequent reason first. @throws NotFound */
export async function listQuarantineGroups(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { batchId?: string },
): Promise<QuarantineGroup[]> {
  const { custody } = await openFeed(portal, actor, "feed.read", input);
  const { agencyId, systemId } = custody;
  const groups = await portal.db.quarantine.groupBy({
    by: ["reason"],
    where: { agencyId, systemId, discardedAt: null, ...(input.batchId !== undefined && { batchId: input.batchId }) },
    _count: true,
    _min: { at: true },
  });
  return groups
    .flatMap(({ reason, _count, _min }) => (_min.at === null ? [] : [{ reason, rows: _count, since: _min.at }]))
    .sort((a, b) => b.rows - a.rows || (a.reason < b.reason ? -1 : 1));
}

/** A row that was taken out with a reason. */
export interface DiscardedLine extends QuarantineLine {
  discardedAt: Date;
  /** A DiscardReason (quarantine.ts). */
  why: string;
}

/** The rows of one log that were taken out with a reason, newest first. @throws NotFound */
export async function listDiscarded(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { limit?: number },
): Promise<DiscardedLine[]> {
  const { custody } = await openFeed(portal, actor, "feed.read", input);
  const rows = await portal.db.quarantine.findMany({
    where: { agencyId: custody.agencyId, systemId: custody.systemId, discardedAt: { not: null } },
    orderBy: [{ discardedAt: "desc" }, { row: "asc" }],
    take: input.limit ?? 100,
  });
  return rows.map(({ id, batchId, row, reason, at, discardedAt, discardedWhy }) => ({
    ...{ id, batchId, row, reason, at },
    discardedAt: discardedAt ?? at,
    why: discardedWhy ?? "",
  }));
}

/** One row of a delivery, as it was delivered. */
export interface RawRow extends QuarantineLine {
  /** What cannot be shown as text appears as the replacement character. */
  text: string;
  /** The row's whole length; more than the text when only its beginning could be kept. */
  bytes: number;
  complete: boolean;
  /** Why it was taken out, and what was said about it; null while it waits. */
  discarded: { why: string; words: string | null } | null;
}

/**
 * Opens one row for a clerk of its custodian, also one that was taken out. It may hold anybody's data, so the
 * read stands in the ledger before the text is handed over.
 *
 * @throws NotFound
 */
export async function openQuarantineRow(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { quarantineId: string },
): Promise<RawRow> {
  const { custody, ledgerActor } = await openFeed(portal, actor, "feed.read", input);
  const { agencyId, systemId } = custody;
  if (!isId(input.quarantineId)) throw new NotFound("row");
  const found = await portal.db.quarantine.findFirst({
    where: { id: input.quarantineId, agencyId, systemId },
    include: { batch: { select: { keyId: true } } },
  });
  if (found === null) throw new NotFound("row");
  await inTransaction(portal, (tx) =>
    appendLedger(portal, tx, {
      actor: ledgerActor,
      act: "feed.quarantine-read",
      thing: { type: "quarantine", id: found.id },
      agencyId,
      detail: { reason: found.reason },
    }),
  );
  const plain = await portal.vault.open(found.batch.keyId, rawPlace(found.id), found.rawSealed);
  const { bytes, digest, raw } = parseRawRow(plain);
  const { id, batchId, row, reason, at } = found;
  const known = { id, batchId, row, reason, at, text: raw.toString("utf8"), bytes, complete: digest === null };
  if (found.discardedAt === null) return { ...known, discarded: null };
  const said = found.discardedSealed;
  const words = said === null ? null : await portal.vault.openText(found.batch.keyId, discardPlace(id), said);
  return { ...known, discarded: { why: found.discardedWhy ?? "", words } };
}
