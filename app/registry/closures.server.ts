/**
 * The days on which an office is closed, and by how many days it wants to be early. People (and so
 * authorise) live on the floor above: the caller has authorised "agency.close", holds `lockAgency`, and
 * hands in how the ledger names the actor.
 */
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { appendLedger, type LedgerActor } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate, type LocalDate, toDbDate } from "#app/platform/time/local-date.ts";

export interface ClosedDay {
  readonly on: LocalDate;
  /** Read by everybody. */
  readonly why: string;
  readonly emergency: boolean;
  /** The account that entered it; null: an operator at the shell, or it was there from the beginning. */
  readonly by: string | null;
  /** Null: it was there from the beginning. */
  readonly at: Date | null;
}

/** In the order of the days. */
export async function listClosedDays(portal: Pick<Portal, "db">, agencyId: string): Promise<ClosedDay[]> {
  const rows = await portal.db.agencyClosure.findMany({ where: { agencyId }, orderBy: { on: "asc" } });
  return rows.map(({ on, why, emergency, by, at }) => ({ on: fromDbDate(on), why, emergency, by, at }));
}

/** Until the caller's transaction ends nobody else changes this agency; cases may be opened at it. */
export async function lockAgency(tx: Transaction, agencyId: string): Promise<void> {
  await tx.$executeRaw`SELECT id FROM agency WHERE id = ${agencyId}::uuid FOR NO KEY UPDATE`;
}

/** Adds closed days that were not there, the ledger last. */
export async function closeDays(
  portal: Portal,
  tx: Transaction,
  by: LedgerActor,
  closing: {
    readonly agencyId: string;
    readonly days: readonly LocalDate[];
    readonly why: string;
    readonly emergency: boolean;
  },
): Promise<void> {
  const { agencyId, days, why, emergency } = closing;
  const entered = { why, emergency, by: by.kind === "account" ? by.id : null, at: portal.time.now() };
  await tx.agencyClosure.createMany({ data: days.map((on) => ({ agencyId, on: toDbDate(on), ...entered })) });
  // The reason is public, but it is words: the ledger has codes and days.
  const detail = { from: days[0] ?? null, to: days.at(-1) ?? null, days: days.length, emergency };
  await record(portal, tx, by, { act: "agency.closed", agencyId, detail });
}

/** Takes a closed day away again; that it was once known stays, for whoever asks how a date moved. The ledger last. */
export async function reopenDay(
  portal: Portal,
  tx: Transaction,
  by: LedgerActor,
  { agencyId, on }: { readonly agencyId: string; readonly on: LocalDate },
): Promise<void> {
  const { at: closedAt } = await tx.agencyClosure.delete({ where: { agencyId_on: { agencyId, on: toDbDate(on) } } });
  const reopenedAt = momentAfter(closedAt, portal.time.now());
  await tx.reopenedDay.create({ data: { id: newId(), agencyId, on: toDbDate(on), closedAt, reopenedAt } });
  await record(portal, tx, by, { act: "agency.reopened", agencyId, detail: { on } });
}

/** By how many working days before the safe date the agency wants to have answered. */
export async function setTargetDays(
  portal: Portal,
  tx: Transaction,
  by: LedgerActor,
  { agencyId, days }: { readonly agencyId: string; readonly days: number },
): Promise<void> {
  await tx.agency.update({ where: { id: agencyId }, data: { targetDays: days } });
  await record(portal, tx, by, { act: "agency.target-set", agencyId, detail: { days } });
}

/** A day that was closed was so for an instant at least, however short. */
function momentAfter(closedAt: Date | null, now: Date): Date {
  return closedAt === null || closedAt < now ? now : new Date(closedAt.getTime() + 1);
}

function record(
  portal: Portal,
  tx: Transaction,
  actor: LedgerActor,
  entry: {
    readonly act: string;
    readonly agencyId: string;
    readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  },
): Promise<void> {
  const { act, agencyId, detail } = entry;
  return appendLedger(portal, tx, { actor, act, thing: { type: "agency", id: agencyId }, agencyId, detail });
}
