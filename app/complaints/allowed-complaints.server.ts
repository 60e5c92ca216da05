/** The complaints that an actor may open, for lists and for calendars: the same rule opens one and lists it. */
import { type Actor, agenciesOf } from "#app/people/actor.ts";
import { authorise, may } from "#app/people/authorise.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import {
  advocateFacts,
  intakeFacts,
  listStoredComplaints,
  type StoredComplaint,
  seenBy,
} from "./stored-complaint.server.ts";

/** Those at the intake officer's agencies. @throws NotFound for anyone else */
export async function listWorkedComplaints(portal: Portal, actor: Actor): Promise<StoredComplaint[]> {
  const agencyIds = agenciesOf(actor, ["intake"]);
  if (agencyIds.length === 0) throw new NotFound();
  for (const agencyId of agencyIds) authorise(actor, "complaint.list", { agencyId });
  const complaints = await listStoredComplaints(portal, { agencyId: { in: agencyIds }, ...seenBy(actor) });
  return complaints.filter((complaint) => may(actor, "complaint.move", intakeFacts(complaint)));
}

/** Those that residents let this advocate follow. @throws NotFound for anyone who is none */
export async function listFollowedComplaints(portal: Portal, actor: Actor): Promise<StoredComplaint[]> {
  authorise(actor, "complaint.follow");
  if (actor.kind !== "account") throw new NotFound();
  const complaints = await listStoredComplaints(portal, {
    consents: { some: { advocateId: actor.accountId, revokedAt: null } },
    ...seenBy(actor),
  });
  return complaints.filter((complaint) => may(actor, "complaint.read", advocateFacts(complaint)));
}
