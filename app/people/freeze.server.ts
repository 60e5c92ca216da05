import type { Transaction } from "#app/platform/database/database.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue } from "#app/platform/queue/queue.server.ts";
import { localDate, toDbDate } from "#app/platform/time/local-date.ts";
import { type Actor, asLedgerActor } from "./actor.ts";
import { authorise } from "./authorise.ts";
import { type Freeze, freezeAt } from "./contact-change.ts";
import type { StandInFacts } from "./stand-in.ts";

/** What was held back goes out: queued when a freeze ends before its time. */
export const TELL_HELD = "tell-held-letters";

/** Until when nothing is released to this resident, or null. */
export async function findFreeze(
  portal: Pick<Portal, "db" | "time">,
  residentId: string,
  tx: Pick<Transaction, "releaseFreeze"> = portal.db,
): Promise<Freeze | null> {
  const now = portal.time.now();
  const freezes = await tx.releaseFreeze.findMany({
    where: { accountId: residentId, endedAt: null, until: { gt: now } },
  });
  return freezeAt(freezes, now);
}

/** What a resident is told who asks for an answer meanwhile. @param zone Of the agency whose answer it is. */
export function frozen({ until }: Freeze, zone: string): Refused {
  const on = localDate(until, zone);
  return new Refused(
    "release.frozen",
    `The mail address of this account has changed. Until ${on} nothing is released to it, unless identity is proved again.`,
    { until: toDbDate(on).getTime() },
  );
}

/** @throws Refused `release.frozen` while a freeze holds */
export async function requireNoFreeze(
  portal: Pick<Portal, "db" | "time">,
  residentId: string,
  zone: string,
): Promise<void> {
  const freeze = await findFreeze(portal, residentId);
  if (freeze) throw frozen(freeze, zone);
}

/**
 * Ends a resident's freeze because identity was proved again: called by the use case that has just recorded the
 * proof, inside its transaction. With it the old address can undo the change no more: who it is has been settled
 * by more than a mailbox.
 * @param input.agencyId Whose clerk saw the proof, or whose letter's code was typed.
 * @param input.check The id of the proof, for the ledger.
 * @returns whether there was one to end
 * @throws NotFound for whoever may not
 */
export async function endFreeze(
  portal: Portal,
  tx: Transaction,
  actor: Actor,
  input: {
    readonly residentId: string;
    readonly agencyId: string;
    readonly check: string;
    /** Who does a duty at that agency in place of its own people. */
    readonly standIns?: readonly StandInFacts[] | undefined;
  },
): Promise<boolean> {
  const { residentId, agencyId, check, standIns } = input;
  authorise(actor, "freeze.end", { residentId, agencyId, standIns });
  const now = portal.time.now();
  const { count } = await tx.releaseFreeze.updateMany({
    where: { accountId: residentId, endedAt: null, until: { gt: now } },
    data: { endedAt: now },
  });
  await tx.contactChange.updateMany({
    where: { accountId: residentId, undoneAt: null, undoUntil: { gt: now } },
    data: { undoUntil: now },
  });
  if (count === 0) return false;
  await enqueue(tx, TELL_HELD, { accountId: residentId });
  await appendLedger(portal, tx, {
    actor: asLedgerActor(actor, actor.kind === "account" ? "clerk" : undefined),
    act: "freeze.ended",
    thing: { type: "account", id: residentId },
    residentId,
    agencyId,
    detail: { check },
  });
  return true;
}
