import type { Actor } from "#app/people/actor.ts";
import { may } from "#app/people/authorise.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { listFollowedComplaints, listWorkedComplaints } from "./allowed-complaints.server.ts";
import { byUrgency, type ComplaintSummary, summarise } from "./complaint-summary.ts";
import {
  listStoredComplaints,
  residentFacts,
  type StoredComplaint,
  seenBy,
  todayAt,
} from "./stored-complaint.server.ts";

/** The complaints at the intake officer's agencies, the most urgent first. @throws NotFound for anyone else */
export async function listComplaintsForIntake(portal: Portal, actor: Actor): Promise<ComplaintSummary[]> {
  return summaries(portal, await listWorkedComplaints(portal, actor));
}

/** The open complaints that residents let this advocate follow. @throws NotFound for anyone who is none */
export async function listComplaintsForAdvocate(portal: Portal, actor: Actor): Promise<ComplaintSummary[]> {
  return summaries(portal, await listFollowedComplaints(portal, actor)).filter((summary) => !summary.ended);
}

/** The resident's own complaints. */
export async function listComplaintsForResident(portal: Portal, actor: Actor): Promise<ComplaintSummary[]> {
  if (actor.kind !== "account") throw new NotFound();
  const complaints = await listStoredComplaints(portal, { residentId: actor.accountId, ...seenBy(actor) });
  return summaries(
    portal,
    complaints.filter((complaint) => may(actor, "complaint.read", residentFacts(complaint))),
  );
}

function summaries(portal: Portal, complaints: readonly StoredComplaint[]): ComplaintSummary[] {
  return complaints.map((complaint) => summarise(complaint, todayAt(portal, complaint))).sort(byUrgency);
}
