import { listAccountsInRole } from "#app/people/accounts.server.ts";
import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { isEnded, stateOf } from "./complaint.ts";
import { listStoredComplaints } from "./stored-complaint.server.ts";

/**
 * Open complaints at agencies where nobody holds the role that works them: letters about them reach no
 * one, so an operator must know. @throws NotFound unless the actor is an operator
 */
export async function countUnattended(portal: Portal, actor: Actor): Promise<number> {
  authorise(actor, "portal.watch");
  const open = (await listStoredComplaints(portal, {})).filter(({ events }) => !isEnded(stateOf(events)));
  const byAgency = Map.groupBy(open, ({ agency }) => agency.id);
  let unattended = 0;
  for (const [agencyId, complaints] of byAgency) {
    const officers = await listAccountsInRole(portal, "intake", agencyId);
    if (officers.length === 0) unattended += complaints.length;
  }
  return unattended;
}
