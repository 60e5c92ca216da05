/**
 * The working days of federal agencies: 5 U.S.C. § 552(a)(6)(A) and § 552a(d)(2) leave out Saturdays,
 * Sundays and "legal public holidays", which 5 U.S.C. § 6103(a) lists.
 *
 * § 6103(b) and Executive Order 11582 move a holiday off a weekend for pay and leave; agencies count that
 * day as a holiday as well. Not here: Inauguration Day, because § 6103(c) makes it a holiday for pay and
 * leave in the District of Columbia's area alone; the day after Thanksgiving, which no federal law names;
 * and days that the President gives off once, which § 6103(a) does not list: an agency that was closed
 * says so itself.
 */
import type { NamedCalendar, YearOfDays } from "../calendar.ts";
import { calendarOf } from "../calendar.ts";
import type { LocalDate } from "../local-date.ts";
import { addPeriod, dayAfter, weekdayOf } from "../local-date.ts";
import type { Occasion } from "./occasions.ts";
import {
  CHRISTMAS,
  COLUMBUS,
  INDEPENDENCE,
  JUNETEENTH,
  KING,
  LABOR,
  MEMORIAL,
  NEW_YEAR,
  THANKSGIVING,
  VETERANS,
  WASHINGTON,
} from "./occasions.ts";
import { FRIDAY, SATURDAY, SUNDAY } from "./recurring.ts";
import type { Holiday, Moved, Source, Years } from "./year.ts";
import { ALWAYS, dayOffOf, KEPT_ON_ANOTHER_DAY, listHolidays, movedDayOff, weekendsOf } from "./year.ts";

/** No statute: a day on which one agency is closed is no legal public holiday. */
const CLOSURE_CITE = "5 U.S.C. § 6103(a)";

const WEEKENDS: Source = { cite: "5 U.S.C. § 552(a)(6)(A)", evidence: "V" };

const OBSERVED: Moved = {
  key: "observed",
  words: KEPT_ON_ANOTHER_DAY,
  cite: "5 U.S.C. § 6103(b); Executive Order 11582",
  evidence: "S",
};

function federal(occasion: Occasion, years: Years = ALWAYS): Holiday {
  return { ...occasion, cite: "5 U.S.C. § 6103(a)", evidence: "V", years };
}

const HOLIDAYS: readonly Holiday[] = [
  federal(NEW_YEAR),
  federal(KING),
  federal(WASHINGTON),
  federal(MEMORIAL),
  // Pub. L. 117-17, signed on 17 June 2021: kept on the next day, because the 19th was a Saturday.
  federal(JUNETEENTH, { from: 2021 }),
  federal(INDEPENDENCE),
  federal(LABOR),
  federal(COLUMBUS),
  federal(VETERANS),
  federal(THANKSGIVING),
  federal(CHRISTMAS),
];

function observedDay(on: LocalDate, year: number): LocalDate | null {
  const weekday = weekdayOf(on);
  if (weekday === SUNDAY) return dayAfter(on);
  return weekday === SATURDAY && on !== NEW_YEAR.on(year) ? addPeriod(on, -1, "days") : null;
}

function federalYear(year: number): YearOfDays {
  const days = weekendsOf(year, { saturday: WEEKENDS, sunday: WEEKENDS });
  for (const { on, holiday } of listHolidays(HOLIDAYS, year)) {
    days.set(on, dayOffOf(holiday));
    const other = observedDay(on, year);
    if (other !== null) days.set(other, movedDayOff(holiday, OBSERVED));
  }
  // New Year's Day on a Saturday is kept in the year before it.
  const lastDay = `${year}-12-31`;
  if (weekdayOf(lastDay) === FRIDAY) days.set(lastDay, movedDayOff(NEW_YEAR, OBSERVED));
  return days;
}

export const UNITED_STATES_CALENDARS: readonly NamedCalendar[] = [
  {
    ...calendarOf("us.federal", CLOSURE_CITE, federalYear, "?"),
    words: {
      en: "United States: weekends and federal holidays",
      es: "Estados Unidos: fines de semana y feriados federales",
    },
  },
];
