/** Closed days of an office and its own target: looked at beforehand, confirmed, and told once. */
import type { LocalDate } from "#app/law/local-date.ts";
import { type Actor, agenciesOf, asLedgerActor, hasRole } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { listHolders } from "#app/people/memberships.server.ts";
import { isId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { LedgerActor } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import type { Agency } from "#app/registry/agency.ts";
import { closeDays, listClosedDays, lockAgency, reopenDay, setTargetDays } from "#app/registry/closures.server.ts";
import { getLaw } from "#app/registry/law-in-force.server.ts";
import { getAgencyById } from "#app/registry/queries.server.ts";
import { type Closing, checkClosing, type IdleDay, listDays, listIdleDays, readTarget } from "./closing.ts";
import { keepLateness, listMoves, lockOpenCases, type Preview } from "./preview-change.server.ts";
import { enqueueSweep } from "./sweep-clocks.server.ts";

/** Which days of which office. */
export interface AgencyClosing extends Closing {
  readonly agencyId: string;
}

export interface ClosurePreview extends Preview {
  /** The days that would be new, or that would go. */
  readonly days: readonly LocalDate[];
  /** Those among them on which the office is closed anyway: they change nothing. */
  readonly idle: readonly IdleDay[];
}

/** What closing an office would move. @throws NotFound; Refused when the days or the reason cannot be taken */
export async function previewClosing(portal: Portal, actor: Actor, closing: AgencyClosing): Promise<ClosurePreview> {
  const agency = await openOffice(portal, actor, closing.agencyId);
  const today = localDate(portal.time.now(), agency.zone);
  checkClosing(closing, today);
  const days = listDays(closing).filter((on) => !agency.closures.includes(on));
  if (days.length === 0)
    throw new Refused("closures.refusedKnown", "The office is entered as closed on these days already.");
  const preview = await listMoves(portal, actor, { kind: "close", agencyId: agency.id, days });
  return { ...preview, days, idle: listIdleDays(days, agency, await getLaw(portal), today) };
}

/**
 * Closes an office for whole days; everybody whose date moves is told once, by the sweep.
 * @param closing.digest of the preview that was looked at
 * @throws NotFound; Refused as `previewClosing`, and `closures.refusedStale` when something else would happen now
 */
export async function closeOffice(
  portal: Portal,
  actor: Actor,
  closing: AgencyClosing & { readonly digest: string },
): Promise<ClosurePreview> {
  const { agencyId, why, emergency, digest } = closing;
  await openOffice(portal, actor, agencyId);
  return inTransaction(portal, async (tx) => {
    await lockAgency(tx, agencyId);
    await lockOpenCases(tx, agencyId);
    const preview = await previewClosing(portal, actor, closing);
    if (preview.digest !== digest) throw stale();
    await keepLateness(portal, tx, agencyId);
    await enqueueSweep(tx);
    await closeDays(portal, tx, closer(actor, agencyId), { agencyId, days: preview.days, why, emergency });
    return preview;
  });
}

/** A closed day that was entered wrongly. */
export interface Reopening {
  readonly agencyId: string;
  readonly on: LocalDate;
}

/** What taking a closed day away would move. @throws NotFound; Refused when it is not entered */
export async function previewReopening(
  portal: Portal,
  actor: Actor,
  { agencyId, on }: Reopening,
): Promise<ClosurePreview> {
  const agency = await openOffice(portal, actor, agencyId);
  if (!agency.closures.includes(on))
    throw new Refused("closures.refusedNone", "The office is not entered as closed on that day.");
  const preview = await listMoves(portal, actor, { kind: "reopen", agencyId, days: [on] });
  const today = localDate(portal.time.now(), agency.zone);
  return { ...preview, days: [on], idle: listIdleDays([on], agency, await getLaw(portal), today) };
}

/** @throws NotFound; Refused as `previewReopening`, and `closures.refusedStale` when something else would happen now */
export async function reopenOffice(
  portal: Portal,
  actor: Actor,
  reopening: Reopening & { readonly digest: string },
): Promise<ClosurePreview> {
  const { agencyId, on, digest } = reopening;
  await openOffice(portal, actor, agencyId);
  return inTransaction(portal, async (tx) => {
    await lockAgency(tx, agencyId);
    await lockOpenCases(tx, agencyId);
    const preview = await previewReopening(portal, actor, reopening);
    if (preview.digest !== digest) throw stale();
    await keepLateness(portal, tx, agencyId);
    await enqueueSweep(tx);
    await reopenDay(portal, tx, closer(actor, agencyId), { agencyId, on });
    return preview;
  });
}

/** By how many working days before the safe date the agency wants to have answered. @throws NotFound, Refused */
export async function setTarget(
  portal: Portal,
  actor: Actor,
  { agencyId, days: typed }: { readonly agencyId: string; readonly days: string },
): Promise<void> {
  const agency = await openOffice(portal, actor, agencyId);
  const days = readTarget(typed);
  if (days === agency.targetDays) return;
  await inTransaction(portal, async (tx) => {
    await lockAgency(tx, agencyId);
    await setTargetDays(portal, tx, closer(actor, agencyId), { agencyId, days });
  });
}

/** A closed day as its agency reads it. */
export interface EnteredDay {
  readonly on: LocalDate;
  readonly why: string;
  readonly emergency: boolean;
  /** Null: it was there from the beginning. */
  readonly by: "supervisor" | "operator" | null;
  readonly at: Date | null;
}

export interface Office {
  readonly agencyId: string;
  readonly slug: string;
  readonly name: string;
  readonly zone: string;
  /** At the agency. */
  readonly today: LocalDate;
  readonly targetDays: number;
  /** From today on, the next first. */
  readonly coming: readonly EnteredDay[];
  /** The latest first. */
  readonly past: readonly EnteredDay[];
}

/** The offices that the actor supervises, with their closed days. @throws NotFound for whoever supervises none */
export async function listOffices(portal: Portal, actor: Actor): Promise<Office[]> {
  const agencyIds = agenciesOf(actor, ["supervisor"]);
  if (agencyIds.length === 0) throw new NotFound("office");
  const offices = await Promise.all(agencyIds.map((agencyId) => getOffice(portal, actor, agencyId)));
  return offices.sort((a, b) => a.name.localeCompare(b.name));
}

async function getOffice(portal: Portal, actor: Actor, agencyId: string): Promise<Office> {
  const { slug, name, zone, targetDays } = await openOffice(portal, actor, agencyId);
  const [days, supervisors] = await Promise.all([
    listClosedDays(portal, agencyId),
    listHolders(portal, { agencyId, role: "supervisor" }),
  ]);
  const entered = days.map(({ by, at, ...day }): EnteredDay => {
    const role = by !== null && supervisors.has(by) ? "supervisor" : "operator";
    return { ...day, at, by: at === null ? null : role };
  });
  const today = localDate(portal.time.now(), zone);
  return {
    ...{ agencyId, slug, name, zone, today, targetDays },
    coming: entered.filter(({ on }) => on >= today),
    past: entered.filter(({ on }) => on < today).reverse(),
  };
}

async function openOffice(portal: Portal, actor: Actor, agencyId: string): Promise<Agency> {
  if (!isId(agencyId)) throw new NotFound("agency");
  authorise(actor, "agency.close", { agencyId });
  return getAgencyById(portal, agencyId);
}

function closer(actor: Actor, agencyId: string): LedgerActor {
  return asLedgerActor(actor, hasRole(actor, "supervisor", agencyId) ? "supervisor" : "operator");
}

function stale(): Refused {
  return new Refused("closures.refusedStale", "What would happen has changed since it was shown; look at it again.");
}
