import { type Clock, type ClockStatus, isOverdue } from "#app/law/clock.ts";
import type { Rule } from "#app/law/rule.ts";
import { type Actor, agenciesOf } from "#app/people/actor.ts";
import { authorise, may } from "#app/people/authorise.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { daysBetween, type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import { getLaw } from "#app/registry/law-in-force.server.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import type { Stage } from "./case.ts";
import { targetAt } from "./case-dates.ts";
import { caseStateOf, STATE_OF_CASE } from "./case-state.server.ts";
import { type ToldNotice, wasAnsweredLate } from "./clock-notice.ts";
import type { Phase } from "./promise.ts";

/** Overdue today; answered too late; overdue once, and not any more. */
export type Lateness = "now" | "answered-late" | "once";

/** One case in a clerk's or supervisor's list. It names nobody. */
export interface QueueRow {
  readonly caseId: string;
  readonly number: string;
  readonly agencyId: string;
  readonly receivedOn: LocalDate;
  readonly due: LocalDate;
  /** By when the agency itself wants to have answered. */
  readonly target: LocalDate;
  /** Until the safe date, negative after it; null once answered. */
  readonly daysLeft: number | null;
  /** The part of the period that has gone by, from 0 to 1. */
  readonly spent: number;
  readonly status: ClockStatus;
  /** Since when something keeps the period from running. */
  readonly stoppedSince: LocalDate | null;
  readonly extendedOn: LocalDate | null;
  /** Whether the law still lets the agency take longer, and has not been asked to. */
  readonly extendable: boolean;
  /** The safe date was passed without an answer, now or once. */
  readonly overdue: boolean;
  readonly lateness: Lateness | null;
  readonly stage: Stage;
  readonly phase: Phase;
  /** By when records are promised that are not out yet, "YYYY-MM-DDTHH:MM" at the agency. */
  readonly promised: string | null;
  /** Days until that day, negative after it. */
  readonly promisedLeft: number | null;
}

/**
 * The cases that the actor may open, those to work on first, each by the day it is due: the answer by law, or
 * the records as promised.
 * @throws NotFound for whoever works on no cases
 */
export async function listQueue(portal: Portal, actor: Actor): Promise<QueueRow[]> {
  const agencyIds = agenciesOf(actor, ["clerk", "supervisor"]);
  if (agencyIds.length === 0) throw new NotFound();
  for (const agencyId of agencyIds) authorise(actor, "case.list", { agencyId });
  const agencies = new Map((await listAgencies(portal)).map((agency) => [agency.id, agency]));
  const law = await getLaw(portal);
  const rows = await portal.db.case.findMany({
    where: { agencyId: { in: agencyIds }, request: { purgedAt: null } },
    include: STATE_OF_CASE,
  });
  const queue = rows.flatMap((row): QueueRow[] => {
    const agency = agencies.get(row.agencyId);
    const facts = {
      agencyId: row.agencyId,
      residentId: row.request.residentId,
      walledIds: row.request.walls.map((wall) => wall.accountId),
    };
    // The same rule as the page's own: what it would refuse is not in the list, not even as a gap.
    if (!agency || !may(actor, "case.read", facts)) return [];
    const state = caseStateOf(portal, row, agency, law);
    const { clock, rule, receivedOn, due, daysLeft, overdue, told, stage, phase, promised } = state;
    const { status, stoppedSince, extendedOn } = clock;
    const named = { caseId: row.id, number: row.number, agencyId: row.agencyId };
    const dates = { receivedOn, due, target: targetAt(agency, law, clock), daysLeft };
    const today = localDate(portal.time.now(), agency.zone);
    return [
      {
        ...{ ...named, ...dates, status, stoppedSince, extendedOn, overdue, stage, phase, promised },
        promisedLeft: promised === null ? null : daysBetween(today, promised.slice(0, 10)),
        spent: spentOf(clock, today),
        extendable: may(actor, "case.run-clock", facts) && isExtendable(rule, clock, today),
        lateness: latenessOf(clock, today, told, overdue),
      },
    ];
  });
  return queue.sort(byUrgency);
}

function latenessOf(clock: Clock, today: LocalDate, told: readonly ToldNotice[], ever: boolean): Lateness | null {
  if (wasAnsweredLate(clock, told)) return "answered-late";
  if (isOverdue(clock, today)) return "now";
  return ever ? "once" : null;
}

function spentOf(clock: Clock, today: LocalDate): number {
  const whole = daysBetween(clock.startedOn.slice(0, 10), clock.due.slice(0, 10));
  const gone = daysBetween(clock.startedOn.slice(0, 10), today);
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, gone / whole));
}

/** The notice must be sent by the end of the period that it extends; while the clock stands still, that has not come. */
function isExtendable(rule: Rule, clock: Clock, today: LocalDate): boolean {
  if (rule.extension === null || clock.extendedOn !== null || clock.answeredOn !== null) return false;
  return clock.stoppedSince !== null || clock.noticeDue === null || today <= clock.noticeDue;
}

/** What runs and what was promised, by its day; then what stands still; then what is done. */
function byUrgency(a: QueueRow, b: QueueRow): number {
  return restOf(a) - restOf(b) || dayOf(a).localeCompare(dayOf(b)) || a.number.localeCompare(b.number);
}

function dayOf({ due, promised }: QueueRow): LocalDate {
  return promised?.slice(0, 10) ?? due;
}

function restOf({ phase, stoppedSince }: QueueRow): number {
  if (phase === "done") return 2;
  return phase === "open" && stoppedSince !== null ? 1 : 0;
}
