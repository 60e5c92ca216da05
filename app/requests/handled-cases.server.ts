/** The cases that somebody may work on: those of the own desk, and those in which one stands in for another. */
import { type Actor, agenciesOf, type Role } from "#app/people/actor.ts";
import { notWalled } from "#app/people/walls.server.ts";
import type { Prisma } from "#app/platform/database/generated/client.ts";
import type { Portal } from "#app/platform/portal.server.ts";

/**
 * The condition that every list of cases for people at work begins with. It never gives less than `may` would, and
 * what a wall hides is not even loaded; callers still hold each row against `may`.
 */
export function casesHandled(actor: Actor): Prisma.CaseWhereInput {
  return {
    request: { ...notWalled(actor), purgedAt: null },
    OR: [
      { agencyId: { in: agenciesOf(actor, ["clerk", "supervisor"]) } },
      { standIns: { some: { endedAt: null, ...standingIn(actor) } } },
    ],
  };
}

/** Whether somebody has a desk here at all, or stands in on a case. */
export async function isHandler(portal: Pick<Portal, "db">, actor: Actor): Promise<boolean> {
  if (agenciesOf(actor, ["clerk", "supervisor"]).length > 0) return true;
  const case_ = { request: notWalled(actor) };
  return (await portal.db.standIn.count({ where: { endedAt: null, case: case_, ...standingIn(actor) } })) > 0;
}

const OFFICES = ["clerk", "supervisor", "intake"] as const satisfies readonly Role[];

function standingIn(actor: Actor): Prisma.StandInWhereInput {
  const offices = OFFICES.flatMap((role) => agenciesOf(actor, [role]).map((agencyId) => ({ agencyId, role })));
  const own = actor.kind === "account" ? [{ accountId: actor.accountId }] : [];
  return { OR: [...own, ...offices] };
}
