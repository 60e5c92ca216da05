import type { Actor } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { openFeed } from "./feed.server.ts";
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

interface FeedSlugs {
  agencySlug: string;
  systemSlug: string;
}

/** The rows of one log that wait, oldest first, without what stands in them. @throws NotFound */
export async function listQuarantine(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { limit?: number },
): Promise<QuarantineLine[]> {
  const { custody } = await openFeed(portal, actor, "feed.read", input);
  return portal.db.quarantine.findMany({
    where: { agencyId: custody.agencyId, systemId: custody.systemId },
    select: { id: true, batchId: true, row: true, reason: true, at: true },
    orderBy: [{ at: "asc" }, { row: "asc" }],
    take: input.limit ?? 100,
  });
}

/** One row that waits, as it was delivered. */
export interface RawRow extends QuarantineLine {
  /** What cannot be shown as text appears as the replacement character. */
  text: string;
  /** The row's whole length; more than the text when only its beginning could be kept. */
  bytes: number;
  complete: boolean;
}

/**
 * Opens one row for a clerk of its custodian. It may hold anybody's data, so the read stands in the
 * ledger before the text is handed over.
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
  return { id, batchId, row, reason, at, text: raw.toString("utf8"), bytes, complete: digest === null };
}
