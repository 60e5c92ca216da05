import { type Clock, daysLeft } from "#app/law/clock.ts";
import type { Law } from "#app/law/law.ts";
import type { Rule } from "#app/law/rule.ts";
import type { Prisma } from "#app/platform/database/generated/client.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import type { Agency } from "#app/registry/agency.ts";
import { type Stage, stageOf } from "./case.ts";
import { computeClock, toStoredEvent, toToldNotice } from "./case-file.server.ts";
import { type ToldNotice, wasOverdue } from "./clock-notice.ts";
import { openPromise, type Phase, phaseOf } from "./promise.ts";

/** What a list of cases loads beside the case itself: only what happened, never what was found. */
export const STATE_OF_CASE = {
  clock: { orderBy: [{ on: "asc" }, { recordedAt: "asc" }] },
  notices: { orderBy: { at: "asc" } },
  checks: { select: { identifierId: true } },
  steps: { select: { kind: true, at: true }, orderBy: { at: "asc" } },
  standIns: { where: { endedAt: null } },
  request: {
    include: { walls: true, representations: true, ownBrowsers: true, identifiers: { select: { id: true } } },
  },
  _count: { select: { matches: true } },
} satisfies Prisma.CaseInclude;

/** The cases that an agency has to work on: not answered, or answered by a promise of records that are not out. */
export const CASES_AT_WORK = {
  OR: [
    { clock: { none: { kind: "answered" } } },
    { clock: { some: { promisedFor: { not: null } } }, steps: { none: { kind: "released" } } },
  ],
} satisfies Prisma.CaseWhereInput;

interface LoadedCase {
  readonly rule: string;
  readonly clock: readonly Parameters<typeof toStoredEvent>[0][];
  readonly notices: readonly Parameters<typeof toToldNotice>[0][];
  readonly checks: readonly { readonly identifierId: string }[];
  readonly steps: readonly { readonly kind: string; readonly at: Date }[];
  readonly request: { readonly identifiers: readonly { readonly id: string }[] };
  readonly _count: { readonly matches: number };
}

export interface CaseState {
  readonly clock: Clock;
  /** The rule in the version that binds this case. */
  readonly rule: Rule;
  readonly receivedOn: LocalDate;
  readonly due: LocalDate;
  /** Days until the safe date, negative after it; null once answered. */
  readonly daysLeft: number | null;
  /** Now, or once: what was told is not erased by a date that moves later. */
  readonly overdue: boolean;
  /** What was told of the clock, oldest first. */
  readonly told: readonly ToldNotice[];
  readonly stage: Stage;
  /** By when records are promised that are not out yet, "YYYY-MM-DDTHH:MM" at the agency. */
  readonly promised: string | null;
  readonly phase: Phase;
}

/** Where a case stands today at its agency, derived from what has happened. */
export function caseStateOf(portal: Pick<Portal, "time">, row: LoadedCase, agency: Agency, law: Law): CaseState {
  const events = row.clock.map(toStoredEvent);
  const clock = computeClock({ rule: row.rule, agency, law, clock: events });
  const told = row.notices.map(toToldNotice);
  const today = localDate(portal.time.now(), agency.zone);
  const promised = openPromise(
    events,
    row.steps.some(({ kind }) => kind === "released"),
  );
  return {
    clock,
    rule: law.getRule(clock.rule, clock.receivedOn),
    receivedOn: clock.receivedOn,
    due: clock.due,
    daysLeft: daysLeft(clock, today),
    overdue: wasOverdue(clock, today, told),
    told,
    stage: stageOf({
      identifierIds: row.request.identifiers.map((identifier) => identifier.id),
      checkedIds: row.checks.map((check) => check.identifierId),
      matches: row._count.matches,
      steps: row.steps,
    }),
    promised,
    phase: phaseOf(clock, promised),
  };
}
