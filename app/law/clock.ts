/**
 * The arithmetic of a clock.
 *
 * Order, always: the base period from its start; an extension added to the NOMINAL end; days that do
 * not count added; rolled once, at the very end. Rolling first and extending then would give a later
 * date than the law does.
 */
import type { Calendars, OffTest, PassedDay } from "./calendars.ts";
import { addWorkingDays, CALENDARS, getCalendar, roll } from "./calendars.ts";
import type { Course } from "./course.ts";
import { readCourse } from "./course.ts";
import type { ClockEvent } from "./event.ts";
import type { LocalDate } from "./local-date.ts";
import { addPeriod, dayAfter, daysBetween } from "./local-date.ts";
import type { Period, Rule } from "./rule.ts";
import { citeOn } from "./rule.ts";
import type { Step } from "./step.ts";
import { stepOf } from "./step.ts";

export type ClockStatus =
  /** The period runs. */
  | "running"
  /** The law counts from proof of identity, which was asked for and is not here. */
  | "waiting-for-identity"
  | "paused"
  | "answered";

/** A clock, derived from its events whenever it is needed and never stored as truth. */
export interface Clock {
  readonly rule: string;
  readonly cite: string;
  /** The last day before it is moved off a holiday. */
  readonly nominal: LocalDate;
  /** The safe date: the agency must act by it. */
  readonly due: LocalDate;
  /** After it the resident may escalate, in any reading of the law. Never before `due`. */
  readonly latest: LocalDate;
  /** By when the notice of an extension must be sent; null where the rule allows none. */
  readonly noticeDue: LocalDate | null;
  readonly status: ClockStatus;
  /** Day 0. */
  readonly startedOn: LocalDate;
  readonly extendedOn: LocalDate | null;
  readonly answeredOn: LocalDate | null;
  /** Since when an open question keeps the period from running; null when it runs. */
  readonly stoppedSince: LocalDate | null;
  readonly steps: readonly Step[];
}

export interface ClockOptions {
  /** Whole days on which this office is closed (Code Civ. Proc. § 12b), as local dates. */
  readonly closures?: Iterable<LocalDate>;
  /** Other calendars than the built-in ones. */
  readonly calendars?: Calendars;
}

/**
 * The dates of a rule, from its dated events, with the derivation.
 *
 * Events may come in any order; of one day, in the order in which they happened.
 * @throws {LawRefused} on any sequence that cannot be: its message says what is accepted.
 */
export function compute(rule: Rule, events: readonly ClockEvent[], options: ClockOptions = {}): Clock {
  const readings = readingsOf(rule, options);
  const course = readCourse(rule, events, {
    noticeDue: (past) => lastDay(rule, past, readings.safe, false),
    due: (past) => lastDay(rule, past, readings.safe, true),
  });
  const nominal = nominalEnd(rule, course, readings.safe, true);
  const due = roll(nominal, readings.safe);
  const latest = roll(nominalEnd(rule, course, readings.any, true), readings.any);
  const noticeDue = rule.extension ? lastDay(rule, course, readings.safe, false) : null;
  const steps = [...startSteps(rule, course), ...countSteps(rule, course, readings.safe)];
  const { rolling } = rule;
  if (due.to !== nominal && rolling) {
    steps.push(stepOf({ what: "rolled", from: nominal, to: due.to, cite: rolling.cite, because: due.passed }));
  }
  if (!rolling) steps.push(stepOf({ what: "not-rolled", to: due.to, cite: citeOn(rule, course.received) }));
  if (latest.to !== due.to && rolling) {
    const from = rule.period.unit === "working-days" ? course.start : due.to;
    const because = listArguable(from, latest.to, readings);
    steps.push(stepOf({ what: "ambiguous", from: due.to, to: latest.to, cite: rolling.arguableCite, because }));
  }
  steps.push(...endSteps(rule, course, noticeDue));
  return {
    rule: rule.id,
    cite: citeOn(rule, course.received),
    nominal,
    due: due.to,
    latest: latest.to,
    noticeDue,
    status: statusOf(course),
    startedOn: course.start,
    extendedOn: course.extension?.on ?? null,
    answeredOn: course.answered,
    stoppedSince: course.stopped?.on ?? null,
    steps,
  };
}

/**
 * Days left until the safe date, from `today`; 0 on the day itself, negative after it; null once
 * answered. While the clock stands still (`stoppedSince`), the date is the one without that pause.
 */
export function daysLeft(clock: Clock, today: LocalDate): number | null {
  return clock.answeredOn === null ? daysBetween(today, clock.due) : null;
}

/**
 * Has the safe date passed without an answer, or was the answer late? Derived, and so never erased:
 * an extension or a question that comes after the date cannot move it.
 */
export function isOverdue(clock: Clock, today: LocalDate): boolean {
  if (clock.answeredOn !== null) return clock.answeredOn > clock.due;
  return clock.stoppedSince === null && today > clock.due;
}

/** The first day on which nobody can say that the agency still had time. */
export function firstComplaintDay(clock: Clock): LocalDate {
  return dayAfter(clock.latest);
}

/** The two readings of which days are off: the safe one, and every arguable one with it. */
interface Readings {
  readonly safe: OffTest;
  readonly any: OffTest;
}

function readingsOf({ rolling }: Rule, { closures = [], calendars = CALENDARS }: ClockOptions): Readings {
  if (!rolling) return { safe: () => null, any: () => null };
  const calendar = getCalendar(rolling.calendar, calendars);
  const arguable = rolling.arguable.map((id) => getCalendar(id, calendars));
  const closed = new Set(closures);
  const closure = {
    id: "closure",
    words: { en: "the office is closed", es: "la oficina está cerrada" },
    cite: calendar.closureCite,
    evidence: "V",
  } as const;
  const safe: OffTest = (on) => calendar.find(on) ?? (closed.has(on) ? closure : null);
  const any: OffTest = (on) => {
    const certain = safe(on);
    if (certain) return certain;
    for (const other of arguable) {
      const dayOff = other.find(on);
      if (dayOff) return dayOff;
    }
    return null;
  };
  return { safe, any };
}

/** The days that are off in the arguable reading alone. */
function listArguable(from: LocalDate, to: LocalDate, { safe, any }: Readings): PassedDay[] {
  const days: PassedDay[] = [];
  for (let on = from; on < to; on = dayAfter(on)) {
    const why = safe(on) ? null : any(on);
    if (why) days.push({ on, ...why });
  }
  return days;
}

/** Months and years are counted from the original start, days from where they stand. */
function add(from: LocalDate, periods: readonly Period[], off: OffTest): LocalDate {
  const total = new Map<Period["unit"], number>();
  for (const { unit, length } of periods) total.set(unit, (total.get(unit) ?? 0) + length);
  let on = from;
  for (const [unit, length] of total) {
    on = unit === "working-days" ? addWorkingDays(on, length, off) : addPeriod(on, length, unit);
  }
  return on;
}

function nominalEnd(rule: Rule, course: Course, off: OffTest, withExtension: boolean): LocalDate {
  const extension = withExtension && course.extension ? [course.extension.period] : [];
  const counted = add(course.start, [rule.period, ...extension], off);
  const uncounted = course.pauses.reduce((sum, pause) => sum + (withExtension || pause.noticeToo ? pause.days : 0), 0);
  return uncounted === 0 ? counted : addPeriod(counted, uncounted, "days");
}

function lastDay(rule: Rule, course: Course, off: OffTest, withExtension: boolean): LocalDate {
  return roll(nominalEnd(rule, course, off, withExtension), off).to;
}

function statusOf(course: Course): ClockStatus {
  if (course.answered !== null) return "answered";
  if (course.stopped === null) return "running";
  return course.stopped.does === "starts-clock" ? "waiting-for-identity" : "paused";
}

function startSteps(rule: Rule, course: Course): Step[] {
  const steps = [stepOf({ what: "started", from: course.received, cite: citeOn(rule, course.received) })];
  for (const { question, on, what, cite } of course.remarks) steps.push(stepOf({ what, from: on, question, cite }));
  if (course.restart) {
    const { asked, on, cite } = course.restart;
    steps.push(stepOf({ what: "started-by-identity", from: asked, to: on, cite }));
  }
  return steps;
}

function countSteps(rule: Rule, course: Course, off: OffTest): Step[] {
  const { length, unit } = rule.period;
  const base = add(course.start, [rule.period], off);
  const cite = citeOn(rule, course.received);
  const steps = [stepOf({ what: "counted", from: course.start, to: base, days: length, unit, cite })];
  if (course.extension && rule.extension) {
    const { period } = course.extension;
    const to = add(course.start, [rule.period, period], off);
    const facts = { from: base, to, days: period.length, unit: period.unit, cite: rule.extension.cite };
    steps.push(stepOf({ what: "extended", ...facts }));
  }
  for (const { question, from, to, days, cite: source } of course.pauses) {
    steps.push(stepOf({ what: "paused", question, from, to, days, unit: "days", cite: source }));
  }
  return steps;
}

function endSteps(rule: Rule, course: Course, noticeDue: LocalDate | null): Step[] {
  const steps: Step[] = [];
  if (noticeDue !== null && rule.extension && !course.extension) {
    const { max, cite } = rule.extension;
    steps.push(stepOf({ what: "notice", to: noticeDue, days: max.length, unit: max.unit, cite }));
  }
  if (course.stopped) {
    const { question, on, does, cite } = course.stopped;
    steps.push(stepOf({ what: does === "pauses" ? "pause-open" : "waiting", question, from: on, cite }));
  }
  if (course.answered !== null) {
    steps.push(stepOf({ what: "answered", to: course.answered, cite: citeOn(rule, course.received) }));
  }
  return steps;
}
