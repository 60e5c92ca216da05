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
import type { Calendar, DayOff, YearOfDays } from "../calendar.ts";
import { calendarOf } from "../calendar.ts";
import type { LocalDate } from "../local-date.ts";
import { addPeriod, dayAfter, weekdayOf } from "../local-date.ts";
import type { Holiday, Years } from "./california-holidays.ts";
import { HOLIDAYS } from "./california-holidays.ts";

/** Code Civ. Proc. § 12b: any whole day on which that public office (not a branch) is closed. */
const CLOSURE_CITE = "Code Civ. Proc. § 12b";

const SATURDAY = 6;
const SUNDAY = 7;

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

const SATURDAY_OFF: DayOff = {
  id: "saturday",
  words: { en: "a Saturday", es: "un sábado" },
  cite: "Code Civ. Proc. §§ 12a, 135",
  evidence: "V",
};
const SUNDAY_OFF: DayOff = {
  id: "sunday",
  words: { en: "a Sunday", es: "un domingo" },
  cite: "Gov. Code § 6700(a)(1)",
  evidence: "V",
};

function inForce(years: Years | null, year: number): boolean {
  return years !== null && year >= (years.from ?? year) && year <= (years.to ?? year);
}

/** Gov. Code § 6701: the other day on which the holiday is kept, if it has one this year. */
function observedDay(holiday: Holiday, on: LocalDate): LocalDate | null {
  if (holiday.moves === "no") return null;
  const weekday = weekdayOf(on);
  if (weekday === SUNDAY) return dayAfter(on);
  return weekday === SATURDAY && holiday.moves === "sunday-and-saturday" ? addPeriod(on, -1, "days") : null;
}

function observed({ id, words, cite, evidence }: Holiday): DayOff {
  return {
    id: `${id}.observed`,
    words: { en: `${words.en}, kept on another day`, es: `${words.es}, trasladado` },
    cite: `${cite}; Gov. Code § 6701`,
    evidence,
  };
}

function addWeekends(days: Map<LocalDate, DayOff>, year: number, saturdays: boolean): void {
  const last = `${year}-12-31`;
  for (let on = `${year}-01-01`; ; on = dayAfter(on)) {
    const weekday = weekdayOf(on);
    if (weekday === SUNDAY) days.set(on, SUNDAY_OFF);
    if (saturdays && weekday === SATURDAY) days.set(on, SATURDAY_OFF);
    if (on === last) return;
  }
}

function addHolidays(days: Map<LocalDate, DayOff>, year: number, list: "judicial" | "government"): void {
  for (const holiday of HOLIDAYS) {
    const on = inForce(holiday[list], year) ? holiday.on(year) : null;
    if (on === null) continue;
    const { id, words, cite, evidence } = holiday;
    days.set(on, { id, words, cite, evidence });
    const other = observedDay(holiday, on);
    if (other !== null) days.set(other, observed(holiday));
  }
}

function judicialYear(year: number): YearOfDays {
  const days = new Map<LocalDate, DayOff>();
  addWeekends(days, year, true);
  addHolidays(days, year, "judicial");
  return days;
}

function governmentYear(year: number): YearOfDays {
  const days = new Map<LocalDate, DayOff>();
  addWeekends(days, year, false);
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

export const CALIFORNIA_CALENDARS: readonly Calendar[] = [
  calendarOf("ca.judicial", CLOSURE_CITE, judicialYear),
  calendarOf("ca.government", CLOSURE_CITE, governmentYear),
  calendarOf("ca.court-designated", CLOSURE_CITE, designatedYear),
];
