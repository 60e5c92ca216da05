/** The calendars that rules name. One module for each jurisdiction. */
import type { Calendar, DayOff, NamedCalendar } from "./calendar.ts";
import { CALIFORNIA_CALENDARS } from "./calendars/california.ts";
import { ESTONIA_CALENDARS } from "./calendars/estonia.ts";
import { EUROPEAN_UNION_CALENDARS } from "./calendars/european-union.ts";
import { UNITED_KINGDOM_CALENDARS } from "./calendars/united-kingdom.ts";
import { UNITED_STATES_CALENDARS } from "./calendars/united-states.ts";
import type { LocalDate } from "./local-date.ts";
import { dayAfter, getDay } from "./local-date.ts";
import type { Words } from "./words.ts";

export type Calendars = ReadonlyMap<string, Calendar>;

const NAMED_CALENDARS: readonly NamedCalendar[] = [
  ...CALIFORNIA_CALENDARS,
  ...UNITED_STATES_CALENDARS,
  ...UNITED_KINGDOM_CALENDARS,
  ...ESTONIA_CALENDARS,
  ...EUROPEAN_UNION_CALENDARS,
];

export const CALENDARS: Calendars = new Map(NAMED_CALENDARS.map((calendar) => [calendar.id, calendar]));

/** Every calendar with its name, those of one country together. */
export function listCalendars(): { id: string; words: Words }[] {
  return NAMED_CALENDARS.map(({ id, words }) => ({ id, words }));
}

/** @throws {Error} when a rule names a calendar that is not there: a fault of the rule's data. */
export function getCalendar(id: string, calendars: Calendars = CALENDARS): Calendar {
  const calendar = calendars.get(id);
  if (!calendar) throw new Error(`Rule data names the calendar "${id}", which does not exist.`);
  return calendar;
}

/** Every day off of one calendar from one day to another, both included, in order. */
export function listDaysOff(id: string, from: LocalDate, to: LocalDate): { on: LocalDate; dayOff: DayOff }[] {
  const calendar = getCalendar(id);
  const found: { on: LocalDate; dayOff: DayOff }[] = [];
  const last = getDay(to);
  for (let on = getDay(from); on <= last; on = dayAfter(on)) {
    const dayOff = calendar.find(on);
    if (dayOff) found.push({ on, dayOff });
    if (on === last) break;
  }
  return found;
}

/** A test of one day: why it does not count, or null for a working day. */
export type OffTest = (on: LocalDate) => DayOff | null;

/** One day that was passed over, and why. */
export interface PassedDay {
  readonly on: LocalDate;
  readonly id: string;
  readonly words: DayOff["words"];
  readonly cite: string;
  readonly evidence: DayOff["evidence"];
}

/**
 * The first working day on or after `on`, with each day passed over. Nothing rolls backward.
 * @throws {LawRefused} `out-of-range` when there is none before the end of 2100.
 */
export function roll(on: LocalDate, off: OffTest): { to: LocalDate; passed: PassedDay[] } {
  const passed: PassedDay[] = [];
  let to = on;
  for (let why = off(to); why; why = off(to)) {
    passed.push({ on: to, ...why });
    to = dayAfter(to);
  }
  return { to, passed };
}

/** The `length`-th working day after `from`; `from` itself is day 0. */
export function addWorkingDays(from: LocalDate, length: number, off: OffTest): LocalDate {
  let on = from;
  for (let counted = 0; counted < length; ) {
    on = dayAfter(on);
    if (!off(on)) counted += 1;
  }
  return on;
}
