/**
 * Taking a row out of quarantine that no profile will ever read, and putting it back. Nothing is destroyed:
 * the row stays sealed where it was, with who took it out, when and why, and it does not come back when the
 * same file is delivered again.
 */
import type { Actor } from "#app/people/actor.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger, type LedgerActor } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { Place } from "#app/platform/sealing/vault.server.ts";
import { type Feed, openFeed } from "./feed.server.ts";
import { BULK_DISCARDED, type Discarding, readDiscarding } from "./quarantine.ts";

interface FeedSlugs {
  agencySlug: string;
  systemSlug: string;
}

/** Where the words about a row taken out are bound to. */
export function discardPlace(quarantineId: string): Place {
  return { table: "quarantine", column: "discarded_sealed", row: quarantineId };
}

/**
 * Takes one row out, with a reason.
 * @throws NotFound when it does not wait (any more); Refused as `readDiscarding`
 */
export async function discardRow(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { quarantineId: string; why: string; words: string },
): Promise<void> {
  const feed = await openFeed(portal, actor, "feed.mend", input);
  const discarding = readDiscarding(input);
  if (!isId(input.quarantineId)) throw new NotFound("row");
  await inTransaction(portal, async (tx) => {
    const rows = await lockWaiting(tx, feed, { quarantineId: input.quarantineId });
    const [row] = rows;
    if (row === undefined) throw new NotFound("row");
    await setAside(portal, tx, feed.ledgerActor, rows, discarding);
    await record(portal, tx, feed, {
      act: "feed.quarantine-discarded",
      thing: { type: "quarantine", id: row.id },
      detail: { why: discarding.why, reason: row.reason, rows: 1 },
    });
  });
}

/** So many rows are set aside in one transaction. */
const PORTION = 1_000;

/**
 * Takes out every row of a reason that makes it no look-up, such as a repeated header.
 * @returns how many
 * @throws NotFound; Refused `feeds.refusedBulk` for any other reason: those are looked at one by one
 */
export async function discardReason(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { reason: string },
): Promise<number> {
  const feed = await openFeed(portal, actor, "feed.mend", input);
  const { reason } = input;
  if (!BULK_DISCARDED.includes(reason)) {
    throw new Refused("feeds.refusedBulk", "Rows of this kind may be look-ups: take them out one by one.");
  }
  let taken = 0;
  let portion: number;
  do {
    portion = await inTransaction(portal, async (tx) => {
      const rows = await lockWaiting(tx, feed, { reason });
      if (rows.length === 0) return 0;
      const { custody } = feed;
      await setAside(portal, tx, feed.ledgerActor, rows, { why: "no-look-up", words: null });
      await record(portal, tx, feed, {
        act: "feed.quarantine-discarded",
        thing: { type: "system", id: custody.systemId },
        detail: { why: "no-look-up", reason, rows: rows.length },
      });
      return rows.length;
    });
    taken += portion;
  } while (portion === PORTION);
  return taken;
}

/** Puts a row that was taken out back among those that wait. @throws NotFound when it was not taken out */
export async function putBackRow(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { quarantineId: string },
): Promise<void> {
  const feed = await openFeed(portal, actor, "feed.mend", input);
  const { agencyId, systemId } = feed.custody;
  if (!isId(input.quarantineId)) throw new NotFound("row");
  await inTransaction(portal, async (tx) => {
    const [row] = await tx.quarantine.updateManyAndReturn({
      where: { id: input.quarantineId, agencyId, systemId, discardedAt: { not: null } },
      data: { discardedAt: null, discardedBy: null, discardedWhy: null, discardedSealed: null },
    });
    if (row === undefined) throw new NotFound("row");
    await tx.batch.update({
      where: { id: row.batchId },
      data: { quarantined: { increment: 1 }, discarded: { decrement: 1 } },
    });
    await record(portal, tx, feed, {
      act: "feed.quarantine-put-back",
      thing: { type: "quarantine", id: row.id },
      detail: { reason: row.reason },
    });
  });
}

interface WaitingRow {
  id: string;
  batch_id: string;
  reason: string;
  key_id: string;
}

/** In the order of their ids, so that two clerks at once wait for each other and never lock up. */
function lockWaiting(
  tx: Transaction,
  { custody: { agencyId, systemId } }: Feed,
  which: { quarantineId?: string; reason?: string },
): Promise<WaitingRow[]> {
  const { quarantineId = null, reason = null } = which;
  return tx.$queryRaw<WaitingRow[]>`
    SELECT q.id, q.batch_id, q.reason, b.key_id FROM quarantine q JOIN batch b ON b.id = q.batch_id
    WHERE q.agency_id = ${agencyId}::uuid AND q.system_id = ${systemId}::uuid AND q.discarded_at IS NULL
      AND (${quarantineId}::uuid IS NULL OR q.id = ${quarantineId}::uuid)
      AND (${reason}::text IS NULL OR q.reason = ${reason}::text)
    ORDER BY q.id LIMIT ${PORTION} FOR UPDATE OF q`;
}

async function setAside(
  portal: Portal,
  tx: Transaction,
  by: LedgerActor,
  rows: readonly WaitingRow[],
  { why, words }: Discarding,
): Promise<void> {
  const about = {
    discardedAt: portal.time.now(),
    discardedBy: by.kind === "account" ? by.id : null,
    discardedWhy: why,
  };
  for (const { id, key_id } of words === null ? [] : rows) {
    const discardedSealed = await portal.vault.seal(key_id, discardPlace(id), words ?? "");
    await tx.quarantine.update({ where: { id }, data: { discardedSealed } });
  }
  await tx.quarantine.updateMany({ where: { id: { in: rows.map(({ id }) => id) } }, data: about });
  for (const [batchId, own] of Map.groupBy(rows, (row) => row.batch_id)) {
    await tx.batch.update({
      where: { id: batchId },
      data: { quarantined: { decrement: own.length }, discarded: { increment: own.length } },
    });
  }
}

function record(
  portal: Portal,
  tx: Transaction,
  { custody, ledgerActor }: Feed,
  entry: {
    act: string;
    thing: { type: string; id: string };
    detail: Readonly<Record<string, string | number>>;
  },
): Promise<void> {
  const detail = { system: custody.system.slug, ...entry.detail };
  return appendLedger(portal, tx, { ...entry, actor: ledgerActor, agencyId: custody.agencyId, detail });
}
