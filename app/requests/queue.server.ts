import { type Actor, agenciesOf } from "#app/people/actor.ts";
import { may } from "#app/people/authorise.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { LocalDate } from "#app/platform/time/local-date.ts";
import { getLaw } from "#app/registry/law-in-force.server.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import type { Stage } from "./case.ts";
import { caseStateOf, STATE_OF_CASE } from "./case-state.server.ts";

/** One case in a clerk's or supervisor's list. It names nobody. */
export interface QueueRow {
  readonly caseId: string;
  readonly number: string;
  readonly agencyId: string;
  readonly receivedOn: LocalDate;
  readonly due: LocalDate;
  readonly daysLeft: number | null;
  readonly overdue: boolean;
  readonly stage: Stage;
}

/** The cases that the actor may open, those still open first, each by the day it is due. */
export async function listQueue(portal: Portal, actor: Actor): Promise<QueueRow[]> {
  const agencyIds = agenciesOf(actor, ["clerk", "supervisor"]);
  if (agencyIds.length === 0) return [];
  const agencies = new Map((await listAgencies(portal)).map((agency) => [agency.id, agency]));
  const law = await getLaw(portal);
  const rows = await portal.db.case.findMany({ where: { agencyId: { in: agencyIds } }, include: STATE_OF_CASE });
  const queue = rows.flatMap((row): QueueRow[] => {
    const agency = agencies.get(row.agencyId);
    const facts = {
      agencyId: row.agencyId,
      residentId: row.request.residentId,
      walledIds: row.request.walls.map((wall) => wall.accountId),
    };
    // The same rule as the page's own: what it would refuse is not in the list, not even as a gap.
    if (!agency || !may(actor, "case.read", facts)) return [];
    const { receivedOn, due, daysLeft, overdue, stage } = caseStateOf(portal, row, agency, law);
    return [{ caseId: row.id, number: row.number, agencyId: row.agencyId, receivedOn, due, daysLeft, overdue, stage }];
  });
  return queue.sort(byUrgency);
}

function byUrgency(a: QueueRow, b: QueueRow): number {
  const done = Number(a.daysLeft === null) - Number(b.daysLeft === null);
  return done || a.due.localeCompare(b.due) || a.number.localeCompare(b.number);
}
