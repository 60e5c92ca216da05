/**
 * The job that reads many waiting rows again. What became of a row is counted in the transaction in which it leaves
 * the quarantine, and rows that wait on are counted with the place to go on from: killed at any point, it goes on
 * there, and no row is stored or counted twice.
 */
import type { Role } from "#app/people/actor.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue, type JobPayload } from "#app/platform/queue/queue.server.ts";
import { getAgencyById, listCustodies } from "#app/registry/queries.server.ts";
import type { Feed } from "./feed.server.ts";
import type { WhichMany } from "./quarantine.ts";
import { profileBook, replayPortion } from "./replay-rows.server.ts";

export const REPLAY_TASK = "replay-rows";
/** One after the other, beside imports: whoever mended a profile waits for it. */
const REPLAY_QUEUE = "replays";

export function enqueueReplay(tx: Transaction, replayId: string): Promise<void> {
  return enqueue(tx, REPLAY_TASK, { replayId }, { queue: REPLAY_QUEUE, key: `${REPLAY_TASK}:${replayId}` });
}

type ReplayRow = NonNullable<Awaited<ReturnType<typeof findRunning>>>;

function findRunning(portal: Portal, id: string) {
  return portal.db.replay.findFirst({ where: { id, finishedAt: null } });
}

export async function runReplay(portal: Portal, { replayId }: JobPayload): Promise<void> {
  if (replayId === undefined) throw new Error("replay-rows needs a replay");
  const first = await findRunning(portal, replayId);
  if (first === null) return;
  const feed = await feedOf(portal, first);
  const profiles = profileBook(portal, feed);
  for (let replay: ReplayRow | null = first; replay !== null; ) {
    const { after, askedAt: until } = replay;
    const portion = await replayPortion(portal, feed, {
      ...{ which: whichOf(replay), after, until, profiles },
      onSettled: async (client, { stored, duplicates }) => {
        await client.query("UPDATE replay SET stored = stored + $2, duplicates = duplicates + $3 WHERE id = $1", [
          replayId,
          stored,
          duplicates,
        ]);
      },
    });
    await noteProgress(portal, feed, replay, portion);
    replay = await findRunning(portal, replayId);
  }
}

/** Counts what waits on, and where to go on; after the last portion, that it is done. Whoever comes second counts nothing. */
async function noteProgress(
  portal: Portal,
  feed: Feed,
  { id, after, waiting }: ReplayRow,
  portion: { waiting: number; next: string | null },
): Promise<void> {
  await inTransaction(portal, async (tx) => {
    const finishedAt = portion.next === null ? portal.time.now() : null;
    const { count } = await tx.replay.updateMany({
      where: { id, after, finishedAt: null },
      data: { waiting: waiting + portion.waiting, after: portion.next ?? after, finishedAt },
    });
    if (count === 0 || finishedAt === null) return;
    const { rows, stored, duplicates, ...rest } = await tx.replay.findUniqueOrThrow({ where: { id } });
    await appendLedger(portal, tx, {
      actor: feed.ledgerActor,
      act: "feed.replay-finished",
      thing: { type: "replay", id },
      agencyId: feed.custody.agencyId,
      detail: { system: feed.custody.system.slug, rows, stored, duplicates, waiting: rest.waiting },
    });
  });
}

function whichOf({ reason, batchId }: ReplayRow): WhichMany {
  if (batchId === null) return { reason: reason ?? "" };
  return reason === null ? { batchId } : { reason, batchId };
}

/** The log, worked as by the one who asked: he was let in then, whatever he is when it is done. */
async function feedOf(portal: Portal, { agencyId, systemId, byId, byRole }: ReplayRow): Promise<Feed> {
  const agency = await getAgencyById(portal, agencyId);
  const custody = (await listCustodies(portal, agencyId)).find((each) => each.systemId === systemId);
  if (custody === undefined) throw new Error("a replay's log is not kept any more");
  const role = byRole as Role | null;
  return { agency, custody, ledgerActor: { kind: "account", id: byId, ...(role === null ? {} : { role }) } };
}
