import { type ComplaintDate, listNextDates } from "#app/complaints/list-next-dates.server.ts";
import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { openCalendarFeed } from "#app/people/calendar-feeds.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type CaseDate, listCaseDates } from "#app/requests/list-case-dates.server.ts";
import { byDay, type CalendarDate } from "./calendar-date.ts";

/** What stands behind a secret address now, and the language of its owner. @throws as openCalendarFeed */
export async function exportCalendar(
  portal: Portal,
  secret: string,
): Promise<{ readonly locale: "en" | "es"; readonly dates: CalendarDate[] }> {
  const reader = await openCalendarFeed(portal, secret);
  return { locale: reader.locale, dates: await listCalendar(portal, reader) };
}

/**
 * The days that the actor has to keep: numbers and days of what the lists would show at this moment, and
 * nothing else. @throws NotFound for whoever may have no calendar
 */
export async function listCalendar(portal: Portal, actor: Actor): Promise<CalendarDate[]> {
  authorise(actor, "calendar.subscribe");
  const [cases, complaints] = await Promise.all([listCaseDates(portal, actor), listNextDates(portal, actor)]);
  return [...cases.map(ofCase), ...complaints.map(ofComplaint)].sort(byDay);
}

function ofCase({ caseId, kind, number, on, revision, targetDays }: CaseDate): CalendarDate {
  // When the agency wants another lead nothing tells when it said so: its target is then another day, not a moved one.
  const uid = kind === "target" ? `${caseId}-target-${targetDays}` : `${caseId}-${kind}`;
  return { uid, kind, number, on, revision, path: `/desk/cases/${caseId}` };
}

function ofComplaint({ complaintId, as, number, on, revision }: ComplaintDate): CalendarDate {
  const uid = `${complaintId}-next`;
  if (as === "intake") return { uid, kind: "complaint", number, on, revision, path: `/intake/${complaintId}` };
  return { uid, kind: "followed", number, on, revision, path: `/advocate/${complaintId}` };
}
