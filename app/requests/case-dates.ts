/** The days that an agency keeps in its calendar for a case. Pure. */
import type { Clock } from "#app/law/clock.ts";
import type { Law } from "#app/law/law.ts";
import type { LocalDate } from "#app/law/local-date.ts";
import { targetOf } from "#app/law/target.ts";
import type { Agency } from "#app/registry/agency.ts";

/** Answer due, the agency's own target before it, last day for the notice of an extension. */
export const DATE_KINDS = ["due", "target", "notice"] as const;
export type DateKind = (typeof DATE_KINDS)[number];

type Office = Pick<Agency, "closures" | "calendar" | "targetDays">;

/** By when the agency itself wants to have answered. */
export function targetAt(office: Office, law: Law, clock: Clock): LocalDate {
  const { closures, calendar, targetDays: days } = office;
  const rule = law.getRule(clock.rule, clock.receivedOn.slice(0, 10));
  return targetOf(rule, clock, { days, closures, calendar: calendar ?? undefined, calendars: law.calendars });
}

/**
 * The day of one kind that a clock sets, or null. While the clock stands still nothing is due: no day can be
 * named before it runs again.
 */
export function findDate(kind: DateKind, clock: Clock, target: LocalDate): LocalDate | null {
  if (clock.status !== "running") return null;
  const due = clock.due.slice(0, 10);
  if (kind === "due") return due;
  if (kind === "target") return target < due ? target : null;
  return clock.extendedOn === null ? clock.noticeDue : null;
}
