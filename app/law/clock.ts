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
import type { Course, Reading } from "./course.ts";
import { listUncounted, readCourse } from "./course.ts";
import { deriveSteps } from "./derivation.ts";
import type { ClockEvent } from "./event.ts";
import { BEGINS } from "./event.ts";
import type { LocalDate } from "./local-date.ts";
import { addHours, dayAfter, daysBetween, isLocalDate } from "./local-date.ts";
import type { Readings } from "./readings.ts";
import { nominalEnd, readingsOf, requireCalendar } from "./readings.ts";
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
  const { closures = [], calendar, calendars = CALENDARS } = options;
  if (rule.period.unit === "hours") {
    requireCalendar(calendar, calendars);
    return computeHours(rule, events);
  }
  const readings = readingsOf(rule, { closures, calendar, calendars });
  const course = readCourse(rule, events, readingOf(rule, readings, "safe"));
  const later = readLater(rule, events, course, readings);
  const nominal = nominalEnd(rule, course, readings, "safe", true);
  const due = roll(nominal, readings.safe);
  const last = lastDay(rule, later, readings, "later", true);
  // A reading that turns out earlier than the safe one changes nothing.
  const latest = last > due.to ? last : due.to;
  const noticeDue = rule.extension ? lastDay(rule, course, readings, "safe", false) : null;
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
    pauses: listUncounted(course.pauses).map(({ pause, days }) => ({
      from: pause.from,
      to: pause.to,
      days: days.length,
    })),
    steps: deriveSteps({ rule, course, later, readings, nominal, due, latest, noticeDue }),
  };
}

function readingOf(rule: Rule, readings: Readings, name: Reading["name"]): Reading {
  return {
    name,
    noticeDue: (past) => lastDay(rule, past, readings, name, false),
    due: (past) => lastDay(rule, past, readings, name, true),
  };
}

/** The course in the later reading: another one only where something stops the clock, or comes in time for it there. */
function readLater(rule: Rule, events: readonly ClockEvent[], safe: Course, readings: Readings): Course {
  if (!events.some(({ kind }) => BEGINS[kind] !== undefined)) return safe;
  return readCourse(rule, events, readingOf(rule, readings, "later"));
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
  const { length, unit } = rule.period;
  const { from, to } = addHours(trigger.on, length);
  const untimed = isLocalDate(trigger.on);
  // Without a time of day nobody can say that it was not the last minute of that day.
  const latest = untimed ? addHours(`${trigger.on}T23:59`, length).to : to;
  requireInForce(rule, from.slice(0, 10));
  const timed = events.map((event) => (event === trigger ? { ...event, on: from } : atMoment(event, from)));
  const days = timed
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .map((event) => ({ ...event, on: event.on.slice(0, 10) }));
  const course = readCourse(rule, days, { name: "safe", noticeDue: () => to, due: () => to });
  const answeredOn = timed.find((event) => event.kind === "answered")?.on ?? null;
  const cite = citeOn(rule, course.received);
  return {
    rule: rule.id,
    cite,
    nominal: to,
    due: to,
    latest,
    noticeDue: null,
    status: statusOf(course),
    receivedOn: course.received,
    startedOn: from,
    extendedOn: null,
    answeredOn,
    stoppedSince: null,
    pauses: [],
    steps: [
      stepOf({ what: "started-at", from, cite }),
      stepOf({ what: "counted", from, to, days: length, unit, cite }),
      ...(untimed ? [stepOf({ what: "no-time-given", from: to, to: latest, cite })] : []),
      ...course.remarks.map(({ stop, on, what, cite: source }) => stepOf({ what, from: on, stop, cite: source })),
      ...(answeredOn === null
        ? []
        : [stepOf({ what: isLocalDate(answeredOn) ? "answered" : "answered-at", to: answeredOn, cite })]),
    ],
  };
}

/** An event of a count of hours, its time written as the trigger's. A day without a time stays a day. */
function atMoment(event: ClockEvent, start: string): ClockEvent {
  if (isLocalDate(event.on)) return event;
  const on = addHours(event.on, 0).from;
  if (on < start) throw new LawRefused("before-receipt", { kind: event.kind, on, first: start });
  return { ...event, on };
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
