/** Reads the events of a clock in order, and refuses every sequence that cannot be. */
import type { ClockEvent } from "./event.ts";
import { BEGINS, ENDS, EVENT_KINDS, isEventKind, KINDS_OF_STOP } from "./event.ts";
import type { LocalDate } from "./local-date.ts";
import { addPeriod, dayAfter, getDay } from "./local-date.ts";
import { LawRefused } from "./refusal.ts";
import type { Ground, Period, Rule, Stop, StopEffect } from "./rule.ts";
import { citeOn, listGrounds, listPauseGrounds, requireInForce } from "./rule.ts";

interface OpenStop {
  readonly stop: Stop;
  readonly on: LocalDate;
  readonly effect: StopEffect;
  /** Did the period run when it began? */
  readonly alone: boolean;
  readonly cite: string;
}

export interface Pause {
  readonly stop: Stop;
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** Days that do not count, in order. Two pauses may name the same day: `listUncounted` says whose it is. */
  readonly days: readonly LocalDate[];
  readonly noticeToo: boolean;
  /** Did the period run when it began, or did another pause hold it already? */
  readonly alone: boolean;
  readonly cite: string;
}

/** What the events amount to. */
export interface Course {
  readonly received: LocalDate;
  /** Day 0 of the period: receipt, or the day on which what the law waits for had come. */
  readonly start: LocalDate;
  readonly restart: {
    readonly stop: Stop;
    readonly begun: LocalDate;
    readonly on: LocalDate;
    readonly cite: string;
  } | null;
  readonly extension: { readonly on: LocalDate; readonly period: Period } | null;
  readonly pauses: readonly Pause[];
  /** Stops that changed nothing. */
  readonly remarks: readonly {
    readonly stop: Stop;
    readonly on: LocalDate;
    readonly what: "stop-without-effect" | "stop-too-late" | "stop-once-only";
    readonly cite: string;
  }[];
  /** The open stop that keeps the period from running, if any. */
  readonly stopped: OpenStop | null;
  readonly answered: LocalDate | null;
  readonly open: ReadonlyMap<Stop, OpenStop>;
}

/** One of the two readings of the law: which effect a stop has, and the last days as they stand midway. */
export interface Reading {
  readonly name: "safe" | "later";
  readonly noticeDue: (past: Course) => LocalDate;
  readonly due: (past: Course) => LocalDate;
}

/**
 * The course of a clock from its events, in the order of their days (of one day: as given).
 * @throws {LawRefused} on an unknown kind, an invalid day, or an impossible sequence.
 */
export function readCourse(rule: Rule, events: readonly ClockEvent[], reading: Reading): Course {
  const ordered = inOrder(events);
  const trigger = ordered.find((event) => event.kind === "received");
  if (!trigger) throw new LawRefused("no-trigger");
  requireInForce(rule, trigger.on);
  let course = begin(rule, trigger.on);
  for (const event of ordered) {
    if (event === trigger) continue;
    if (event.kind === "received") throw new LawRefused("second-trigger", { first: trigger.on, on: event.on });
    if (event.on < trigger.on) {
      throw new LawRefused("before-receipt", { kind: event.kind, on: event.on, first: trigger.on });
    }
    if (course.answered !== null) {
      throw new LawRefused("already-answered", { kind: event.kind, on: event.on, answered: course.answered });
    }
    course = follow(rule, course, event, reading);
  }
  return course;
}

function inOrder(events: readonly ClockEvent[]): readonly ClockEvent[] {
  for (const event of events) {
    if (!isEventKind(event.kind)) {
      throw new LawRefused("unknown-kind", {
        given: String(event.kind).slice(0, 40),
        accepted: EVENT_KINDS.join(", "),
      });
    }
    getDay(event.on);
  }
  if (events.length === 1) return events;
  return [...events].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

function begin(rule: Rule, received: LocalDate): Course {
  return {
    received,
    start: rule.countedFrom === "new-year" ? newYearFrom(received) : received,
    restart: null,
    extension: null,
    pauses: [],
    remarks: [],
    stopped: null,
    answered: null,
    open: new Map(),
  };
}

function newYearFrom(on: LocalDate): LocalDate {
  return on.endsWith("-01-01") ? on : `${addPeriod(on, 1, "years").slice(0, 4)}-01-01`;
}

function follow(rule: Rule, course: Course, event: ClockEvent, reading: Reading): Course {
  if (event.kind === "answered") return { ...course, answered: event.on, stopped: null };
  if (event.kind === "extended") return extend(rule, course, event, reading);
  const begun = BEGINS[event.kind];
  if (begun) return beginStop(rule, course, begun, event, reading);
  const ended = ENDS[event.kind];
  return ended ? endStop(course, ended, event) : course;
}

function extend(rule: Rule, course: Course, event: ClockEvent, reading: Reading): Course {
  const { extension } = rule;
  if (!extension) throw new LawRefused("not-extendable", { cite: citeOn(rule, course.received) });
  if (course.extension) throw new LawRefused("extended-twice", { cite: extension.cite, first: course.extension.on });
  // While the period does not run, its end has not come. What the safe reading let pass, the later one does.
  if (reading.name === "safe" && !course.stopped) {
    const by = reading.noticeDue(course);
    if (event.on > by) throw new LawRefused("extended-late", { by, on: event.on });
  }
  const length = event.length ?? extension.max.length;
  if (!Number.isInteger(length) || length < 1 || length > extension.max.length) {
    throw new LawRefused("extension-too-long", { given: String(length), max: String(extension.max.length) });
  }
  requireGround(listGrounds(rule, course.received), event.ground);
  return { ...course, extension: { on: event.on, period: { length, unit: extension.max.unit } } };
}

function requireGround(grounds: readonly Ground[], ground: string | undefined): void {
  if (ground === undefined || grounds.length === 0 || grounds.some(({ id }) => id === ground)) return;
  const accepted = grounds.map(({ id }) => id).join(", ");
  throw new LawRefused("ground-not-allowed", { given: ground.slice(0, 40), accepted });
}

function beginStop(rule: Rule, course: Course, stop: Stop, event: ClockEvent, reading: Reading): Course {
  const { begins, ends } = KINDS_OF_STOP[stop];
  const { on } = event;
  const before = course.open.get(stop);
  if (before) throw new LawRefused("already-begun", { kind: begins, first: before.on, ends, on });
  const { grounds, cite } = rule.stops[stop];
  if (stop === "ground") {
    if (grounds.length === 0) throw new LawRefused("not-pausable", { cite: citeOn(rule, course.received) });
    requireGround(listPauseGrounds(rule, course.received), event.ground);
  }
  const { effect, what } = effectOf(rule, course, stop, on, reading);
  const opened: OpenStop = { stop, on, effect, alone: course.stopped === null, cite };
  const open = new Map(course.open).set(stop, opened);
  if (what === null) return { ...course, open, stopped: course.stopped ?? opened };
  return { ...course, open, remarks: [...course.remarks, { stop, on, what, cite }] };
}

/** What a stop that begins on this day does in this reading; `what` says why it does nothing. */
function effectOf(
  rule: Rule,
  course: Course,
  stop: Stop,
  on: LocalDate,
  reading: Reading,
): { effect: StopEffect; what: Course["remarks"][number]["what"] | null } {
  const { effect: safe, arguably, times } = rule.stops[stop];
  const effect = reading.name === "later" ? (arguably ?? safe) : safe;
  const nothing = { does: "nothing" } as const;
  if (effect.does === "nothing") return { effect: nothing, what: "stop-without-effect" };
  const before = course.pauses.filter((pause) => pause.stop === stop).length;
  if (times !== null && before >= times) return { effect: nothing, what: "stop-once-only" };
  if (!course.stopped && on > reading.due(course)) return { effect: nothing, what: "stop-too-late" };
  return { effect, what: null };
}

function endStop(course: Course, stop: Stop, event: ClockEvent): Course {
  const opened = course.open.get(stop);
  if (!opened) {
    throw new LawRefused("not-begun", { kind: event.kind, on: event.on, begins: KINDS_OF_STOP[stop].begins });
  }
  const open = new Map(course.open);
  open.delete(stop);
  const next: Course = { ...course, open, stopped: firstEffective(open) };
  const { effect, alone, cite } = opened;
  if (effect.does === "starts-clock") {
    const restart = { stop, begun: opened.on, on: event.on, cite };
    return { ...next, start: event.on, restart, pauses: [] };
  }
  if (effect.does === "nothing") return next;
  const days = daysOfPause(course.start, opened.on, event.on, effect.ends);
  const pause = { stop, from: opened.on, to: event.on, days, noticeToo: effect.noticeToo, alone, cite };
  return { ...next, pauses: [...course.pauses, pause] };
}

function firstEffective(open: ReadonlyMap<Stop, OpenStop>): OpenStop | null {
  const effective = [...open.values()].filter(({ effect }) => effect.does !== "nothing");
  return effective.sort((a, b) => (a.on < b.on ? -1 : 1))[0] ?? null;
}

/** The days of a pause that would have counted: day 0 counts in no period, so that no pause takes it out. */
function daysOfPause(start: LocalDate, from: LocalDate, to: LocalDate, ends: "both" | "one"): LocalDate[] {
  const days: LocalDate[] = [];
  for (let on = from; on <= to; on = dayAfter(on)) {
    if (on > start && (ends === "both" || on > from)) days.push(on);
  }
  return days;
}

/** The pauses in the order in which they began, each with its days that no earlier one took out. */
export function listUncounted(pauses: readonly Pause[]): { readonly pause: Pause; readonly days: LocalDate[] }[] {
  const taken = new Set<LocalDate>();
  const ordered = [...pauses].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  return ordered.map((pause) => {
    const days = pause.days.filter((on) => !taken.has(on));
    for (const on of days) taken.add(on);
    return { pause, days };
  });
}
