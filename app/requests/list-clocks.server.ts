import type { Clock } from "#app/law/clock.ts";
import type { Facts } from "#app/people/authorise.ts";
import type { Prisma } from "#app/platform/database/generated/client.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import type { Agency } from "#app/registry/agency.ts";
import { getLaw } from "#app/registry/law-in-force.server.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import { computeClock } from "./case-clock.ts";
import { targetAt } from "./case-dates.ts";
import { caseFacts, FACTS_OF_CASE } from "./case-facts.server.ts";
import { type StoredClockEvent, toStoredEvent, toToldNotice } from "./case-file.server.ts";
import { CASES_AT_WORK } from "./case-state.server.ts";
import { type ToldNotice, wasAnsweredLate, wasOverdue } from "./clock-notice.ts";
import { openPromise } from "./promise.ts";

/** The clock of one case, with the case's number and nothing of its contents. */
export interface ListedClock {
  readonly caseId: string;
  readonly number: string;
  readonly agency: Agency;
  /** Id of the rule that binds the case. */
  readonly rule: string;
  readonly clock: Clock;
  /** By when the agency itself wants to have answered. */
  readonly target: LocalDate;
  /** At the agency. */
  readonly today: LocalDate;
  /** The safe date was passed without an answer, now or once. */
  readonly everOverdue: boolean;
  /** The answer came too late, by the date as it is or as it was then. */
  readonly answeredLate: boolean;
  /** By when records are promised that are not out yet (promise.ts). */
  readonly promised: string | null;
  /** Extensions confirmed in one go share it. */
  readonly groupId: string | null;
  readonly events: readonly StoredClockEvent[];
  /** What was told of the clock, oldest first. */
  readonly told: readonly ToldNotice[];
  /** For authorise(). */
  readonly facts: Facts;
}

export interface WhichClocks {
  /** Left out: of every agency. Within handled-cases or `notWalled`, so that a wall's rows are never loaded. */
  readonly where?: Prisma.CaseWhereInput;
  /** Only of cases that are worked on: not answered, or with records promised that are not out. */
  readonly atWork?: boolean;
}

/**
 * Clocks of cases, by the cases' numbers. It asks nobody who is asking: callers keep with `facts` what the
 * actor may see, before they let anything out or count it.
 */
export async function listClocks(portal: Portal, { where, atWork }: WhichClocks): Promise<ListedClock[]> {
  const [agencies, law, rows] = await Promise.all([
    listAgencies(portal),
    getLaw(portal),
    portal.db.case.findMany({
      where: { AND: [where ?? {}, atWork ? CASES_AT_WORK : {}] },
      include: {
        clock: { orderBy: [{ on: "asc" }, { recordedAt: "asc" }] },
        notices: { orderBy: { at: "asc" } },
        steps: { where: { kind: "released" }, select: { id: true }, take: 1 },
        ...FACTS_OF_CASE,
      },
      orderBy: { number: "asc" },
    }),
  ]);
  const byId = new Map(agencies.map((agency) => [agency.id, agency]));
  return rows.flatMap((row): ListedClock[] => {
    const agency = byId.get(row.agencyId);
    if (!agency) return [];
    const events = row.clock.map(toStoredEvent);
    const told = row.notices.map(toToldNotice);
    const clock = computeClock({ rule: row.rule, agency, law, clock: events });
    const today = localDate(portal.time.now(), agency.zone);
    return [
      {
        caseId: row.id,
        number: row.number,
        agency,
        rule: clock.rule,
        clock,
        target: targetAt(agency, law, clock),
        today,
        everOverdue: wasOverdue(clock, today, told),
        answeredLate: wasAnsweredLate(clock, told),
        promised: openPromise(events, row.steps.length > 0),
        groupId: row.clock.find((event) => event.kind === "extended")?.groupId ?? null,
        events,
        told,
        facts: caseFacts(portal, row),
      },
    ];
  });
}
