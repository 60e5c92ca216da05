/** Reading many waiting rows again: asked for here, done by a job, and watched on the page. */
import type { Actor } from "#app/people/actor.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { openFeed } from "./feed.server.ts";
import type { Replayed, WhichMany } from "./quarantine.ts";
import { countWaiting } from "./replay-rows.server.ts";
import { enqueueReplay } from "./run-replay.server.ts";

interface FeedSlugs {
  agencySlug: string;
  systemSlug: string;
}

/**
 * Has the rows that wait now read again in the background; of one log, one such reading at a time.
 * @returns its id
 * @throws NotFound when no such row waits; Refused `feedsQuarantine.refusedRunning`
 */
export async function startReplay(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { which: WhichMany },
): Promise<string> {
  const feed = await openFeed(portal, actor, "feed.mend", input);
  const { agencyId, systemId } = feed.custody;
  const { which } = input;
  const askedAt = portal.time.now();
  const rows = await countWaiting(portal, feed, which, askedAt);
  if (rows === 0) throw new NotFound("rows");
  const id = newId();
  const begun = await inTransaction(portal, async (tx) => {
    const { id: byId, role = null } = feed.ledgerActor;
    const { count } = await tx.replay.createMany({
      data: {
        ...{ id, agencyId, systemId, rows, byId, askedAt },
        byRole: role,
        reason: which.reason ?? null,
        batchId: which.batchId ?? null,
      },
      skipDuplicates: true,
    });
    if (count === 0) return false;
    await enqueueReplay(tx, id);
    await appendLedger(portal, tx, {
      actor: feed.ledgerActor,
      act: "feed.replay-begun",
      thing: { type: "replay", id },
      agencyId,
      detail: { system: feed.custody.system.slug, rows },
    });
    return true;
  });
  if (begun) return id;
  await askAgain(portal, agencyId, systemId);
  throw new Refused("feedsQuarantine.refusedRunning", "Rows of this log are being read again already.");
}

/** A job that the queue gave up, or lost, is asked for once more: else its reading would stand in the way for ever. */
async function askAgain(portal: Portal, agencyId: string, systemId: string): Promise<void> {
  await inTransaction(portal, async (tx) => {
    const running = await tx.replay.findFirst({ where: { agencyId, systemId, finishedAt: null } });
    if (running !== null) await enqueueReplay(tx, running.id);
  });
}

/** How far a reading is. */
export interface ReplayProgress extends Replayed {
  id: string;
  /** How many rows waited when it was asked for. */
  rows: number;
  askedAt: Date;
  finishedAt: Date | null;
}

/** The newest reading of a log's rows; null when there was none. @throws NotFound */
export async function findReplay(portal: Portal, actor: Actor, slugs: FeedSlugs): Promise<ReplayProgress | null> {
  const { custody } = await openFeed(portal, actor, "feed.read", slugs);
  const { agencyId, systemId } = custody;
  return portal.db.replay.findFirst({
    where: { agencyId, systemId },
    select: { id: true, rows: true, stored: true, duplicates: true, waiting: true, askedAt: true, finishedAt: true },
    orderBy: { askedAt: "desc" },
  });
}
