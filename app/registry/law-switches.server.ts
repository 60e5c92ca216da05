/**
 * Pending changes of the law, switched on by date. The caller has authorised "law.switch" and hands in how
 * the ledger names the actor.
 */
import type { LawSwitch } from "#app/law/law.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { appendLedger, type LedgerActor } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, toDbDate } from "#app/platform/time/local-date.ts";
import { switchedOn } from "./law-in-force.server.ts";

/** What an operator sets: `from` null switches the change off. */
export interface NewSwitch {
  readonly change: string;
  readonly from: LocalDate | null;
  readonly detail: string | null;
}

const LAW_LOCK = 72_707_374;

/** The switches as they would be with a new one. */
export function withSwitch(switches: readonly LawSwitch[], added: NewSwitch): LawSwitch[] {
  return switchedOn([...switches, added].map(({ change, from, detail }) => ({ change, from: toDay(from), detail })));
}

/** Until the caller's transaction ends nobody else switches anything. */
export async function lockLaw(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LAW_LOCK})`;
}

/** Adds a switch, the ledger last; the caller holds `lockLaw`. */
export async function recordSwitch(portal: Portal, tx: Transaction, by: LedgerActor, added: NewSwitch): Promise<void> {
  const { change, from, detail } = added;
  const last = await tx.lawSwitch.findFirst({ orderBy: { at: "desc" } });
  const at = momentAfter(last?.at, portal.time.now());
  await tx.lawSwitch.create({
    data: { id: newId(), change, from: toDay(from), detail, by: by.id, at },
  });
  await appendLedger(portal, tx, {
    actor: by,
    act: "law.switched",
    thing: { type: "law", id: change },
    detail: { from, detail },
  });
}

function toDay(from: LocalDate | null): Date | null {
  return from === null ? null : toDbDate(from);
}

/** The newest switch counts: no two may share an instant. */
function momentAfter(last: Date | undefined, now: Date): Date {
  return last === undefined || last < now ? now : new Date(last.getTime() + 1);
}
