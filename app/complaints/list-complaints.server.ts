import { type Actor, agenciesOf } from "#app/people/actor.ts";
import { authorise, may } from "#app/people/authorise.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { byUrgency, type ComplaintSummary, summarise } from "./complaint-summary.ts";
import {
  advocateFacts,
  intakeFacts,
  listStoredComplaints,
  residentFacts,
  type StoredComplaint,
  todayAt,
} from "./stored-complaint.server.ts";

/** The complaints at the intake officer's agencies, the most urgent first. @throws NotFound for anyone else */
export async function listComplaintsForIntake(portal: Portal, actor: Actor): Promise<ComplaintSummary[]> {
  const agencyIds = agenciesOf(actor, ["intake"]);
  if (agencyIds.length === 0) throw new NotFound();
  for (const agencyId of agencyIds) authorise(actor, "complaint.list", { agencyId });
  const complaints = await listStoredComplaints(portal, { agencyId: { in: agencyIds } });
  // The rule that opens one complaint also makes the list: it cannot show what a page would refuse.
  return summaries(
    portal,
    complaints.filter((complaint) => may(actor, "complaint.move", intakeFacts(complaint))),
  );
}

/** The open complaints that residents let this advocate follow. @throws NotFound for anyone who is none */
export async function listComplaintsForAdvocate(portal: Portal, actor: Actor): Promise<ComplaintSummary[]> {
  authorise(actor, "complaint.follow");
  if (actor.kind !== "account") throw new NotFound();
  const complaints = await listStoredComplaints(portal, {
    consents: { some: { advocateId: actor.accountId, revokedAt: null } },
  });
  const allowed = complaints.filter((complaint) => may(actor, "complaint.read", advocateFacts(complaint)));
  return summaries(portal, allowed).filter((summary) => !summary.ended);
}

/** The resident's own complaints. */
export async function listComplaintsForResident(portal: Portal, actor: Actor): Promise<ComplaintSummary[]> {
  if (actor.kind !== "account") throw new NotFound();
  const complaints = await listStoredComplaints(portal, { residentId: actor.accountId });
  return summaries(
    portal,
    complaints.filter((complaint) => may(actor, "complaint.read", residentFacts(complaint))),
  );
}

function summaries(portal: Portal, complaints: readonly StoredComplaint[]): ComplaintSummary[] {
  return complaints.map((complaint) => summarise(complaint, todayAt(portal, complaint))).sort(byUrgency);
}
