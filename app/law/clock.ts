/**
 * The arithmetic of a clock.
 *
 * Order, always: the base period from its start; an extension added to the NOMINAL end; days that do
 * not count added; rolled once, at the very end. Rolling first and extending then would give a later
 * date than the law does. The events are read twice where the law has two readings: the safe one binds
 * the agency, the later one tells the resident when nobody can say any more that there was time.
 */
import type { Calendars } from "./calendars.ts";
import { CALENDARS, roll } from "./calendars.ts";
import type { Course } from "./course.ts";
import { readCourse } from "./course.ts";
import { deriveSteps } from "./derivation.ts";
import type { ClockEvent } from "./event.ts";
import type { LocalDate } from "./local-date.ts";
import { addHours, dayAfter, daysBetween } from "./local-date.ts";
import type { Readings } from "./readings.ts";
import { nominalEnd, readingsOf } from "./readings.ts";
import { LawRefused } from "./refusal.ts";
import type { Rule } from "./rule.ts";
import { citeOn, requireInForce } from "./rule.ts";
import type { Step } from "./step.ts";
import { stepOf } from "./step.ts";

export type ClockStatus =
  /** The period runs. */
  | "running"
  /** The law counts from something that was asked for and is not here yet. */
  | "waiting"
  | "paused"
  | "answered";

/** A clock, derived from its events whenever it is needed and never stored as truth. */
export interface Clock {
  readonly rule: string;
  readonly cite: string;
  /** The last day before it is moved off a holiday. Of a rule in hours all dates are "YYYY-MM-DDTHH:MM". */
  readonly nominal: LocalDate;
  /** The safe date: the agency must act by it. */
  readonly due: LocalDate;
  /** After it the resident may escalate, in any reading of the law. Never before `due`. */
  readonly latest: LocalDate;
  /** By when the notice of an extension must be sent; null where the rule allows none. */
  readonly noticeDue: LocalDate | null;
  readonly status: ClockStatus;
  /** The day of the trigger. */
  readonly receivedOn: LocalDate;
  /** Day 0: the day of the trigger, or the day on which what the law waits for had come. */
  readonly startedOn: LocalDate;
  readonly extendedOn: LocalDate | null;
  readonly answeredOn: LocalDate | null;
  /** Since when something keeps the period from running; null when it runs. */
  readonly stoppedSince: LocalDate | null;
  /** Stretches that did not count, in order. */
  readonly pauses: readonly { readonly from: LocalDate; readonly to: LocalDate; readonly days: number }[];
  readonly steps: readonly Step[];
}

export interface ClockOptions {
  /** Whole days on which this office is closed (Code Civ. Proc. § 12b), as local dates. */
  readonly closures?: Iterable<LocalDate>;
  /** The calendar of the agency's own country or nation, where the rule leaves it to that. */
  readonly calendar?: string | undefined;
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
  if (rule.period.unit === "hours") return computeHours(rule, events);
  const { closures = [], calendar, calendars = CALENDARS } = options;
  const readings = readingsOf(rule, { closures, calendar, calendars });
  const course = readCourse(rule, events, {
    name: "safe",
    noticeDue: (past) => lastDay(rule, past, readings, "safe", false),
    due: (past) => lastDay(rule, past, readings, "safe", true),
  });
  const nominal = nominalEnd(rule, course, readings, "safe", true);
  const due = roll(nominal, readings.safe);
  const latest = latestOf(rule, events, course, readings, due.to);
  const noticeDue = rule.extension ? lastDay(rule, course, readings, "safe", false) : null;
  const steps = deriveSteps({ rule, course, readings, nominal, due, latest, noticeDue });
  return {
    rule: rule.id,
    cite: citeOn(rule, course.received),
    nominal,
    due: due.to,
    latest,
    noticeDue,
    status: statusOf(course),
    receivedOn: course.received,
    startedOn: course.start,
    extendedOn: course.extension?.on ?? null,
    answeredOn: course.answered,
    stoppedSince: course.stopped?.on ?? null,
    pauses: course.pauses.map(({ from, to, days }) => ({ from, to, days: days.length })),
    steps,
  };
}

/** The end in the later reading; a reading that turns out earlier than the safe one changes nothing. */
function latestOf(
  rule: Rule,
  events: readonly ClockEvent[],
  safe: Course,
  readings: Readings,
  due: LocalDate,
): LocalDate {
  const differs = events.length > 1 && Object.values(rule.stops).some(({ arguably }) => arguably !== null);
  const later = !differs
    ? safe
    : readCourse(rule, events, {
        name: "later",
        noticeDue: (past) => lastDay(rule, past, readings, "later", false),
        due: (past) => lastDay(rule, past, readings, "later", true),
      });
  const end = lastDay(rule, later, readings, "later", true);
  return end > due ? end : due;
}

function lastDay(
  rule: Rule,
  course: Course,
  readings: Readings,
  which: "safe" | "later",
  withExtension: boolean,
): LocalDate {
  return roll(nominalEnd(rule, course, readings, which, withExtension), readings[which]).to;
}

/** Hours run through weekends and holidays, and nothing extends or stops them. */
function computeHours(rule: Rule, events: readonly ClockEvent[]): Clock {
  const trigger = events.find((event) => event.kind === "received");
  if (!trigger) throw new LawRefused("no-trigger");
  const { from, to } = addHours(trigger.on, rule.period.length);
  requireInForce(rule, from.slice(0, 10));
  const days = events.map((event) => ({ ...event, on: event.on.slice(0, 10) }));
  const course = readCourse(rule, days, { name: "safe", noticeDue: () => to, due: () => to });
  const answer = events.find((event) => event.kind === "answered");
  const cite = citeOn(rule, course.received);
  const { length, unit } = rule.period;
  return {
    rule: rule.id,
    cite,
    nominal: to,
    due: to,
    latest: to,
    noticeDue: null,
    status: statusOf(course),
    receivedOn: course.received,
    startedOn: from,
    extendedOn: null,
    answeredOn: answer?.on ?? null,
    stoppedSince: null,
    pauses: [],
    steps: [
      stepOf({ what: "started-at", from, cite }),
      stepOf({ what: "counted", from, to, days: length, unit, cite }),
      ...(answer ? [stepOf({ what: "answered", to: answer.on.replace(" ", "T"), cite })] : []),
    ],
  };
}

/**
 * Days left until the safe date, from `today`; 0 on the day itself, negative after it; null once
 * answered. While the clock stands still (`stoppedSince`), the date is the one without that pause.
 */
export function daysLeft(clock: Clock, today: LocalDate): number | null {
  return clock.answeredOn === null ? daysBetween(today, clock.due.slice(0, 10)) : null;
}

/**
 * Has the safe date passed without an answer, or was the answer late? Derived, and so never erased:
 * an extension or a question that comes after the date cannot move it.
 */
export function isOverdue(clock: Clock, today: LocalDate): boolean {
  if (clock.answeredOn !== null) return clock.answeredOn > clock.due;
  return clock.stoppedSince === null && today > clock.due.slice(0, 10);
}

/** The first day on which nobody can say that the agency still had time. */
export function firstComplaintDay(clock: Clock): LocalDate {
  return dayAfter(clock.latest.slice(0, 10));
}

function statusOf(course: Course): ClockStatus {
  if (course.answered !== null) return "answered";
  if (course.stopped === null) return "running";
  return course.stopped.effect.does === "starts-clock" ? "waiting" : "paused";
}
