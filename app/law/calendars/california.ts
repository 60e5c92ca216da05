/**
 * California's two lists of holidays, kept apart.
 *
 * Code Civ. Proc. § 12a(a): "If the last day for the performance of any act provided or required by
 * law to be performed within a specified period of time is a holiday, then that period is hereby
 * extended to and including the next day that is not a holiday." There "holiday" is every Saturday
 * and the judicial holidays of § 135: `ca.judicial`. Gov. Code § 6800 speaks of the list of § 6700,
 * which has days that § 135 leaves out: `ca.government`. Days on which a reader could think the
 * courts closed although the statute does not say so are `ca.court-designated`.
 */
import type { DayOff, NamedCalendar, YearOfDays } from "../calendar.ts";
import { calendarOf } from "../calendar.ts";
import type { LocalDate } from "../local-date.ts";
import { addPeriod, dayAfter, weekdayOf } from "../local-date.ts";
import type { CaliforniaHoliday } from "./california-holidays.ts";
import { CALIFORNIA_HOLIDAYS } from "./california-holidays.ts";
import { SATURDAY, SUNDAY } from "./recurring.ts";
import type { Moved, Source } from "./year.ts";
import { dayOffOf, inForce, KEPT_ON_ANOTHER_DAY, movedDayOff, weekendsOf } from "./year.ts";

/** Code Civ. Proc. § 12b: any whole day on which that public office (not a branch) is closed. */
const CLOSURE_CITE = "Code Civ. Proc. § 12b";

/**
 * Code Civ. Proc. § 135 lets the Judicial Council name another day when a holiday falls on a Saturday
 * or Sunday. Whether such a day moves an agency's deadline is open: it moves the later date only.
 * A day is added here once it is designated.
 */
const COURT_DESIGNATED: ReadonlyMap<LocalDate, DayOff> = new Map([
  [
    "2026-07-03",
    {
      id: "independence.designated",
      words: { en: "courts closed for Independence Day", es: "tribunales cerrados por el Día de la Independencia" },
      cite: "Code Civ. Proc. § 135 (Judicial Council)",
      evidence: "?",
    },
  ],
]);

const SATURDAYS: Source = { cite: "Code Civ. Proc. §§ 12a, 135", evidence: "V" };
const SUNDAYS: Source = { cite: "Gov. Code § 6700(a)(1)", evidence: "V" };

/** Gov. Code § 6701: the other day on which the holiday is kept, if it has one this year. */
function observedDay({ moves }: CaliforniaHoliday, on: LocalDate): LocalDate | null {
  if (moves === "no") return null;
  const weekday = weekdayOf(on);
  if (weekday === SUNDAY) return dayAfter(on);
  return weekday === SATURDAY && moves === "sunday-and-saturday" ? addPeriod(on, -1, "days") : null;
}

function observed({ cite, evidence }: CaliforniaHoliday): Moved {
  return { key: "observed", words: KEPT_ON_ANOTHER_DAY, cite: `${cite}; Gov. Code § 6701`, evidence };
}

function addHolidays(days: Map<LocalDate, DayOff>, year: number, list: "judicial" | "government"): void {
  for (const holiday of CALIFORNIA_HOLIDAYS) {
    const years = holiday[list];
    const on = years && inForce(years, year) ? holiday.on(year) : null;
    if (on === null) continue;
    days.set(on, dayOffOf(holiday));
    const other = observedDay(holiday, on);
    if (other !== null) days.set(other, movedDayOff(holiday, observed(holiday)));
  }
}

function judicialYear(year: number): YearOfDays {
  const days = weekendsOf(year, { saturday: SATURDAYS, sunday: SUNDAYS });
  addHolidays(days, year, "judicial");
  return days;
}

function governmentYear(year: number): YearOfDays {
  const days = weekendsOf(year, { saturday: null, sunday: SUNDAYS });
  addHolidays(days, year, "government");
  return days;
}

function designatedYear(year: number): YearOfDays {
  const days = new Map([...COURT_DESIGNATED].filter(([on]) => on.startsWith(`${year}-`)));
  // § 6701 as read does not name Juneteenth; a reader could still keep its Monday.
  if (year >= 2023 && weekdayOf(`${year}-06-19`) === SUNDAY) {
    days.set(`${year}-06-20`, {
      id: "juneteenth.designated",
      words: { en: "the Monday after Juneteenth", es: "el lunes después de Juneteenth" },
      cite: "Gov. Code § 6701",
      evidence: "?",
    });
  }
  return days;
}

export const CALIFORNIA_CALENDARS: readonly NamedCalendar[] = [
  {
    ...calendarOf("ca.judicial", CLOSURE_CITE, judicialYear),
    words: { en: "California: weekends and court holidays", es: "California: fines de semana y feriados judiciales" },
  },
  {
    ...calendarOf("ca.government", CLOSURE_CITE, governmentYear),
    words: { en: "California: Sundays and state holidays", es: "California: domingos y feriados del estado" },
  },
  {
    ...calendarOf("ca.court-designated", CLOSURE_CITE, designatedYear),
    words: {
      en: "California: other days on which courts may be closed",
      es: "California: otros días en que los tribunales pueden estar cerrados",
    },
  },
];
