/**
 * The day by which an agency wants to have answered: its own, not the law's. It lies some working days
 * before the safe date, so that a colleague who is ill does not make an answer late.
 */
import type { Calendars } from "./calendars.ts";
import { CALENDARS } from "./calendars.ts";
import type { Clock } from "./clock.ts";
import type { LocalDate } from "./local-date.ts";
import { addPeriod, weekdayOf } from "./local-date.ts";
import { readingsOf } from "./readings.ts";
import type { Rule } from "./rule.ts";

export interface TargetOffice {
  /** By how many working days before the safe date; 0: on the safe date itself. */
  readonly days: number;
  /** Days on which this office is closed: no working days, whatever they do to the date of the law. */
  readonly closures: readonly LocalDate[];
  /** The calendar of its own country or nation, where the rule leaves it to that. */
  readonly calendar?: string | undefined;
  readonly calendars?: Calendars;
}

/**
 * The `days`-th working day before the safe date, by the rule's calendar; never before the period begins.
 * A rule without a calendar has working days from Monday to Friday.
 * @throws {LawRefused} `calendar-not-accepted` when the rule does not leave the calendar to that country.
 */
export function targetOf(rule: Rule, clock: Pick<Clock, "due" | "startedOn">, office: TargetOffice): LocalDate {
  const { closures, calendar, calendars = CALENDARS } = office;
  const { safe } = readingsOf(rule, { closures, calendar, calendars });
  const closed = new Set(closures);
  const isOff = (on: LocalDate) => closed.has(on) || (rule.rolling ? safe(on) !== null : weekdayOf(on) > FRIDAY);
  const first = clock.startedOn.slice(0, 10);
  let on = clock.due.slice(0, 10);
  for (let counted = 0; counted < office.days && on > first; ) {
    on = addPeriod(on, -1, "days");
    if (!isOff(on)) counted += 1;
  }
  return on;
}

const FRIDAY = 5;
