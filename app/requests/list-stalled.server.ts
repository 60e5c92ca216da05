import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import type { Duty } from "#app/people/stand-in.ts";
import { notWalled } from "#app/people/walls.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { daysBetween, type LocalDate } from "#app/platform/time/local-date.ts";
import { listClocks } from "./list-clocks.server.ts";
import { CASES_WITH_WALLS, PLANNED_OF_CASE, planner } from "./plan-handlers.server.ts";

/** A case that waits for somebody who may work on it. It names neither the case nor anybody. */
export interface StalledCase {
  readonly agency: string;
  readonly receivedOn: LocalDate;
  readonly due: LocalDate;
  /** Days until then, negative after it. */
  readonly left: number;
  /** What nobody can do. */
  readonly lacks: readonly Duty[];
}

/** The open cases in which walls leave a duty to nobody, by the day they are due. @throws NotFound unless an operator */
export async function listStalledCases(portal: Portal, actor: Actor): Promise<StalledCase[]> {
  authorise(actor, "portal.watch");
  const where = { AND: [CASES_WITH_WALLS, { request: notWalled(actor) }] };
  const [rows, clocks] = await Promise.all([
    portal.db.case.findMany({ where, include: PLANNED_OF_CASE }),
    listClocks(portal, { where }),
  ]);
  const plan = planner(portal);
  const stalled: StalledCase[] = [];
  for (const { caseId, agency, clock, today } of clocks) {
    const row = rows.find((one) => one.id === caseId);
    const lacks = row ? (await plan(row)).lacks : [];
    if (lacks.length === 0) continue;
    const { receivedOn, due } = clock;
    stalled.push({ agency: agency.name, receivedOn, due, left: daysBetween(today, due.slice(0, 10)), lacks });
  }
  return stalled.sort((one, other) => one.due.localeCompare(other.due));
}
