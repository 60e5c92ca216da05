/** The two readings of a rule: which days are off in each, and where the period then ends. */
import type { Calendar } from "./calendar.ts";
import type { Calendars, OffTest, PassedDay } from "./calendars.ts";
import { addWorkingDays, getCalendar, roll } from "./calendars.ts";
import type { Course } from "./course.ts";
import { listUncounted } from "./course.ts";
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
  if (!rolling) {
    requireCalendar(own, calendars);
    return { safe: NEVER, later: NEVER };
  }
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

/** A rule that nothing rolls needs no calendar; one that does not exist is a mistake all the same. */
export function requireCalendar(own: string | undefined, calendars: Calendars): void {
  if (own === undefined || calendars.has(own)) return;
  throw new LawRefused("calendar-not-accepted", {
    given: own.slice(0, 40),
    accepted: [...calendars.keys()].join(", "),
  });
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
  const extended = withExtension && course.extension ? [rule.period, course.extension.period] : [rule.period];
  const whole = addPeriods(course.start, extended, readings[which]);
  const cap = extended.length > 1 && rule.extension?.upTo;
  const most = cap ? addPeriods(course.start, [cap], readings[which]) : whole;
  const end = most < whole ? most : whole;
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
  const off = readings[which];
  const unit = rule.period.unit === "working-days" ? "working-days" : "days";
  let end = countedEnd(rule, course, readings, which, withExtension);
  for (const { pause, days } of listUncounted(course.pauses.filter((one) => withExtension || one.noticeToo))) {
    if (pause.alone && pause.from > end) {
      // Begun when the time for the notice was over, by an agency that had taken its extension.
      if (!withExtension && pause.from > roll(end, off).to) continue;
      // Begun on a day to which the law had moved the end: what is left of the time is left from there.
      end = pause.from;
    }
    // A pause takes out only what would have counted: of a period in working days, no weekend.
    const length = unit === "days" ? days.length : days.filter((on) => !off(on)).length;
    end = addPeriods(end, [{ length, unit }], off);
    // No period ends while it stands still.
    if (end < pause.to) end = pause.to;
  }
  return end;
}
