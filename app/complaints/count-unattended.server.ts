import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { isEnded, stateOf } from "./complaint.ts";
import { intakeFacts, listStoredComplaints, seenBy } from "./stored-complaint.server.ts";
import { listIntakeFor } from "./tell-followers.server.ts";

/**
 * Open complaints that nobody works on: at an agency where nobody holds the role, or where walls keep everyone out who
 * does. Letters about them reach no one, so an operator must know. Those that a wall keeps from this operator are not
 * among them. @throws NotFound unless the actor is an operator
 */
export async function countUnattended(portal: Portal, actor: Actor): Promise<number> {
  authorise(actor, "portal.watch");
  let unattended = 0;
  for (const complaint of await listStoredComplaints(portal, seenBy(actor))) {
    const facts = { ...intakeFacts(complaint), agencyId: complaint.agency.id };
    if (isEnded(stateOf(complaint.events))) continue;
    if ((await listIntakeFor(portal, facts)).length === 0) unattended += 1;
  }
  return unattended;
}
