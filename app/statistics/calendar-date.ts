/** One day of a person's calendar, whatever it is about. Pure. */
import type { LocalDate } from "#app/platform/time/local-date.ts";
import type { Revision } from "#app/platform/time/revision.ts";

/** What a day is for: of a case, and of a complaint for who works on it and for who follows it. */
export const CALENDAR_KINDS = ["due", "target", "notice", "promised", "complaint", "followed"] as const;
export type CalendarKind = (typeof CALENDAR_KINDS)[number];

export interface CalendarDate {
  /** The same for the same day of the same thing, for good: a program then moves it and adds no second one. */
  readonly uid: string;
  readonly kind: CalendarKind;
  /** Of the case or the complaint. */
  readonly number: string;
  readonly on: LocalDate;
  readonly revision: Revision;
  /** The page on which the reader opens it, after signing in. */
  readonly path: string;
}

/** In the order of the days. */
export function byDay(one: CalendarDate, other: CalendarDate): number {
  return one.on.localeCompare(other.on) || one.uid.localeCompare(other.uid);
}
