/** Pending changes of the law: what one would move, and switching it on by date. */

import type { LawSwitch } from "#app/law/law.ts";
import { getDay, isLocalDate } from "#app/law/local-date.ts";
import { PENDING_CHANGES, type PendingChange } from "#app/law/pending.ts";
import { LawRefused } from "#app/law/refusal.ts";
import type { Rule } from "#app/law/rule.ts";
import { type Actor, asLedgerActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { getLaw, listSwitches } from "#app/registry/law-in-force.server.ts";
import { lockLaw, type NewSwitch, recordSwitch } from "#app/registry/law-switches.server.ts";
import { keepLateness, listMoves, lockOpenCases, type Preview } from "./preview-change.server.ts";
import { enqueueSweep } from "./sweep-clocks.server.ts";

/**
 * What switching a change on, moving it or switching it off would move.
 * @throws NotFound unless the actor is an operator; Refused with the sentence that says what is taken
 */
export async function previewSwitch(portal: Portal, actor: Actor, asked: NewSwitch): Promise<Preview> {
  authorise(actor, "law.switch");
  checkSwitch(asked, await listSwitches(portal));
  return listMoves(portal, actor, { kind: "law", ...asked });
}

/**
 * Switches a change on, moves it or switches it off. A request keeps the law of its day of receipt; everybody
 * whose date moves is told once, by the sweep.
 * @param asked.digest of the preview that was looked at
 * @throws NotFound; Refused as `previewSwitch`, and `changes.refusedStale` when something else would happen now
 */
export async function switchLaw(
  portal: Portal,
  actor: Actor,
  { digest, ...asked }: NewSwitch & { readonly digest: string },
): Promise<Preview> {
  authorise(actor, "law.switch");
  return inTransaction(portal, async (tx) => {
    await lockLaw(tx);
    await lockOpenCases(tx, null);
    const preview = await previewSwitch(portal, actor, asked);
    if (preview.digest !== digest)
      throw new Refused("changes.refusedStale", "What would happen has changed since it was shown; look at it again.");
    await keepLateness(portal, tx, null);
    await enqueueSweep(tx);
    await recordSwitch(portal, tx, asLedgerActor(actor, "operator"), asked);
    return preview;
  });
}

/** A pending change, and how it is switched here. */
export interface ListedChange extends PendingChange {
  /** Null while it is off. */
  readonly switched: Pick<LawSwitch, "from" | "detail"> | null;
}

/** What the portal runs: the changes that may come, and every version of every rule. @throws NotFound */
export async function listLaw(
  portal: Portal,
  actor: Actor,
): Promise<{ readonly changes: readonly ListedChange[]; readonly rules: readonly Rule[] }> {
  authorise(actor, "law.switch");
  const [switches, law] = await Promise.all([listSwitches(portal), getLaw(portal)]);
  const changes = PENDING_CHANGES.map((change) => {
    const switched = switches.find((one) => one.change === change.id);
    return { ...change, switched: switched ? { from: switched.from, detail: switched.detail } : null };
  });
  return { changes, rules: law.listRules() };
}

function checkSwitch({ change, from, detail }: NewSwitch, switches: readonly LawSwitch[]): void {
  const pending = PENDING_CHANGES.find(({ id }) => id === change);
  if (!pending)
    throw new Refused("changes.refusedUnknown", "There is no such pending change; the list shows their ids.");
  const now = switches.find((one) => one.change === change);
  if (from === null) {
    if (!now) throw new Refused("changes.refusedOff", "This change is not switched on.");
    if (detail !== null) throw noDetail();
    return;
  }
  checkDay(from);
  checkDetail(pending, detail);
  if (now?.from === from && now.detail === detail)
    throw new Refused("changes.refusedSame", "This change is switched on from that day already.");
}

function checkDay(from: string): void {
  try {
    getDay(from);
  } catch (error) {
    if (!(error instanceof LawRefused)) throw error;
    throw new Refused(
      "changes.refusedDay",
      "The first day in force must be a real day between 2000 and 2100, YYYY-MM-DD.",
    );
  }
}

/** "04-15"; February 29 is a day of some years. */
function checkDetail({ needs }: PendingChange, detail: string | null): void {
  if (needs === null) {
    if (detail !== null) throw noDetail();
    return;
  }
  if (detail === null || !isLocalDate(`2028-${detail}`))
    throw new Refused("changes.refusedDetail", "Give the holiday as month and day, MM-DD, such as 04-15.");
}

function noDetail(): Refused {
  return new Refused("changes.refusedNoDetail", "A day of the year is given only to switch on a new holiday.");
}
