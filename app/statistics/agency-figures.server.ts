import { isOverdue } from "#app/law/clock.ts";
import { type Actor, agenciesOf } from "#app/people/actor.ts";
import { authorise, may } from "#app/people/authorise.ts";
import { notWalled } from "#app/people/walls.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import { type ListedClock, listClocks } from "#app/requests/list-clocks.server.ts";
import {
  type CountedCase,
  type Figures,
  figuresByMonth,
  figuresOf,
  findSharedGroups,
  type MonthFigures,
} from "./figures.ts";

export interface AgencyFigures {
  readonly id: string;
  readonly name: string;
  readonly total: Figures;
  readonly months: readonly MonthFigures[];
}

/**
 * How the actor's agencies keep their dates. It counts what the actor may open: a number that is higher than
 * the list is long would tell somebody behind a wall that there is one.
 * @throws NotFound for whoever works on no cases
 */
export async function getAgencyFigures(portal: Portal, actor: Actor): Promise<AgencyFigures[]> {
  const agencyIds = agenciesOf(actor, ["clerk", "supervisor"]);
  if (agencyIds.length === 0) throw new NotFound();
  for (const agencyId of agencyIds) authorise(actor, "agency.figures", { agencyId });
  const where = { agencyId: { in: agencyIds }, request: notWalled(actor) };
  const clocks = await listClocks(portal, { where });
  const allowed = clocks.filter(({ facts }) => may(actor, "case.read", facts));
  return countByAgency(portal, allowed, (id) => agencyIds.includes(id));
}

export interface PortalFigures {
  readonly total: Figures;
  readonly agencies: readonly Pick<AgencyFigures, "id" | "name" | "total">[];
}

/** The same totals of all agencies. @throws NotFound unless the actor is an operator */
export async function getPortalFigures(portal: Portal, actor: Actor): Promise<PortalFigures> {
  authorise(actor, "portal.watch");
  const clocks = await listClocks(portal, { where: { request: notWalled(actor) } });
  // An operator may be walled off as anybody may.
  const allowed = clocks.filter(({ facts }) => may(actor, "portal.watch", facts));
  const cases = allowed.map(countedOf);
  const agencies = await countByAgency(portal, allowed, () => true);
  return {
    total: figuresOf(cases, findSharedGroups(cases)),
    agencies: agencies.map(({ id, name, total }) => ({ id, name, total })),
  };
}

async function countByAgency(
  portal: Portal,
  clocks: readonly ListedClock[],
  isAsked: (agencyId: string) => boolean,
): Promise<AgencyFigures[]> {
  const shared = findSharedGroups(clocks.map(countedOf));
  const byAgency = Map.groupBy(clocks, ({ agency }) => agency.id);
  const agencies = await listAgencies(portal);
  return agencies
    .filter(({ id }) => isAsked(id))
    .map(({ id, name }) => {
      const cases = (byAgency.get(id) ?? []).map(countedOf);
      return { id, name, total: figuresOf(cases, shared), months: figuresByMonth(cases, shared) };
    });
}

function countedOf({ clock, today, everOverdue, answeredLate, groupId }: ListedClock): CountedCase {
  return {
    receivedOn: clock.receivedOn,
    answeredOn: clock.answeredOn,
    late: answeredLate || isOverdue(clock, today),
    everOverdue,
    extended: clock.extendedOn !== null,
    groupId,
  };
}
