import { type Actor, agenciesOf, hasRole } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { LocalDate } from "#app/platform/time/local-date.ts";
import { type Revision, replay, revisionOf } from "#app/platform/time/revision.ts";
import { type DateHistory, getDateHistory } from "#app/registry/date-history.server.ts";
import { listFollowedComplaints, listWorkedComplaints } from "./allowed-complaints.server.ts";
import { nextDateOf } from "./next-date.ts";
import type { StoredComplaint } from "./stored-complaint.server.ts";

/** By when something must have happened with a complaint. It names nobody. */
export interface ComplaintDate {
  readonly complaintId: string;
  readonly number: string;
  /** As what the actor may see it. */
  readonly as: "intake" | "advocate";
  readonly on: LocalDate;
  readonly revision: Revision;
}

/** The next dates of the open complaints that the actor works on or follows, each once; none for anybody else. */
export async function listNextDates(portal: Portal, actor: Actor): Promise<ComplaintDate[]> {
  const history = await getDateHistory(portal);
  const worked = agenciesOf(actor, ["intake"]).length > 0 ? await listWorkedComplaints(portal, actor) : [];
  const followed = hasRole(actor, "advocate") ? await listFollowedComplaints(portal, actor) : [];
  const known = new Set(worked.map((complaint) => complaint.id));
  return [
    ...worked.map((complaint) => findNext(complaint, "intake", history)),
    ...followed
      .filter((complaint) => !known.has(complaint.id))
      .map((complaint) => findNext(complaint, "advocate", history)),
  ].filter((date) => date !== null);
}

function findNext(complaint: StoredComplaint, as: ComplaintDate["as"], history: DateHistory): ComplaintDate | null {
  const { id, number, agency, events } = complaint;
  const next = nextDateOf(events, agency.closures);
  if (next === null) return null;
  const instants = events.map((event) => event.recordedAt);
  const [begun] = instants;
  if (!begun) throw new Error("a complaint begins with its receipt");
  const later = [...instants, ...history.instantsOf(agency.id)].filter((instant) => instant > begun);
  const past = [begun, ...later].map((at) => {
    const recorded = events.filter((event) => event.recordedAt <= at);
    return { at, date: nextDateOf(recorded, history.closuresAt(agency.id, at))?.on ?? null };
  });
  return { complaintId: id, number, as, on: next.on, revision: revisionOf(replay(past)) };
}
