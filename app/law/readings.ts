/** The two readings of a rule: which days are off in each, and where the period then ends. */
import type { Calendar } from "./calendar.ts";
import type { Calendars, OffTest, PassedDay } from "./calendars.ts";
import { addWorkingDays, getCalendar } from "./calendars.ts";
import type { Course } from "./course.ts";
import type { LocalDate } from "./local-date.ts";
import { addPeriod, dayAfter } from "./local-date.ts";
import { LawRefused } from "./refusal.ts";
import type { Period, Rolling, Rule } from "./rule.ts";

export interface Readings {
  readonly safe: OffTest;
  /** Every arguable day off as well. */
  readonly later: OffTest;
}

interface Office {
  readonly closures: Iterable<LocalDate>;
  readonly calendar: string | undefined;
  readonly calendars: Calendars;
}

const NEVER: OffTest = () => null;

/** @throws {LawRefused} `calendar-not-accepted` when the rule does not leave the calendar to that country. */
export function readingsOf({ rolling }: Rule, { closures, calendar: own, calendars }: Office): Readings {
  if (!rolling) return { safe: NEVER, later: NEVER };
  const calendar = getCalendar(calendarOf(rolling, own), calendars);
  const arguable = calendar.id === rolling.calendar ? rolling.arguable.map((id) => getCalendar(id, calendars)) : [];
  const closed = closureTest(calendar, closures);
  // Where no law makes a day on which this office is closed a holiday, it moves the later date alone.
  const certain = calendar.closureEvidence !== "?";
  const safe: OffTest = (on) => calendar.find(on) ?? (certain ? closed(on) : null);
  const later: OffTest = (on) => {
    const off = calendar.find(on) ?? closed(on);
    if (off) return off;
    for (const other of arguable) {
      const dayOff = other.find(on);
      if (dayOff) return dayOff;
    }
    return null;
  };
  return { safe, later };
}

function calendarOf(rolling: Rolling, own: string | undefined): string {
  if (own === undefined || own === rolling.calendar) return rolling.calendar;
  if (rolling.national.includes(own)) return own;
  const accepted = [rolling.calendar, ...rolling.national].join(", ");
  throw new LawRefused("calendar-not-accepted", { given: own.slice(0, 40), accepted });
}

function closureTest(calendar: Calendar, closures: Iterable<LocalDate>): OffTest {
  const closed = new Set(closures);
  if (closed.size === 0) return NEVER;
  const closure = {
    id: "closure",
    words: { en: "the office is closed", es: "la oficina está cerrada" },
    cite: calendar.closureCite,
    evidence: calendar.closureEvidence,
  } as const;
  return (on) => (closed.has(on) ? closure : null);
}

/** The days from one to another that are off in the later reading alone. */
export function listArguable(from: LocalDate, to: LocalDate, { safe, later }: Readings): PassedDay[] {
  const days: PassedDay[] = [];
  for (let on = from; on < to; on = dayAfter(on)) {
    const why = safe(on) ? null : later(on);
    if (why) days.push({ on, ...why });
  }
  return days;
}

/** Months and years are counted from the original start, days from where they stand. */
export function addPeriods(from: LocalDate, periods: readonly Period[], off: OffTest): LocalDate {
  const total = new Map<Period["unit"], number>();
  for (const { unit, length } of periods) total.set(unit, (total.get(unit) ?? 0) + length);
  let on = from;
  for (const [unit, length] of total) {
    if (unit === "hours") throw new Error("Hours are counted by the clock, not by the calendar.");
    on = unit === "working-days" ? addWorkingDays(on, length, off) : addPeriod(on, length, unit);
  }
  return on;
}

/** Where the base period ends, with the extension or without it, before any pause. */
export function countedEnd(
  rule: Rule,
  course: Course,
  readings: Readings,
  which: keyof Readings,
  withExtension: boolean,
): LocalDate {
  const extension = withExtension && course.extension ? [course.extension.period] : [];
  const end = addPeriods(course.start, [rule.period, ...extension], readings[which]);
  return which === "safe" && rule.firstDay === "arguably-counted" ? addPeriod(end, -1, "days") : end;
}

/** The last day before it is rolled. Without the extension: the last day for its notice. */
export function nominalEnd(
  rule: Rule,
  course: Course,
  readings: Readings,
  which: keyof Readings,
  withExtension: boolean,
): LocalDate {
  const counted = countedEnd(rule, course, readings, which, withExtension);
  const pauses = withExtension ? course.pauses : course.pauses.filter((pause) => pause.noticeToo);
  const days = pauses.flatMap((pause) => pause.days);
  if (days.length === 0) return counted;
  // A pause takes out only what would have counted: of a period in working days, no weekend.
  if (rule.period.unit === "working-days") {
    return addWorkingDays(counted, days.filter((on) => !readings[which](on)).length, readings[which]);
  }
  return addPeriod(counted, days.length, "days");
}
