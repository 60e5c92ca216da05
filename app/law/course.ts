/** Reads the events of a clock in order, and refuses every sequence that cannot be. */
import type { ClockEvent } from "./event.ts";
import { ANSWERED, ASKED, ASKING, EVENT_KINDS, isEventKind } from "./event.ts";
import type { LocalDate } from "./local-date.ts";
import { dayAfter, getDay } from "./local-date.ts";
import { LawRefused } from "./refusal.ts";
import type { Period, Question, QuestionEffect, Rule } from "./rule.ts";
import { citeOn, listGrounds, requireInForce } from "./rule.ts";

interface OpenQuestion {
  readonly question: Question;
  readonly on: LocalDate;
  readonly does: QuestionEffect["does"];
  readonly cite: string;
}

/** What the events amount to. */
export interface Course {
  readonly received: LocalDate;
  /** Day 0 of the period: receipt, or the day the identity was proved. */
  readonly start: LocalDate;
  readonly restart: { readonly asked: LocalDate; readonly on: LocalDate; readonly cite: string } | null;
  readonly extension: { readonly on: LocalDate; readonly period: Period } | null;
  readonly pauses: readonly {
    readonly question: Question;
    readonly from: LocalDate;
    readonly to: LocalDate;
    /** Days that do not count. */
    readonly days: number;
    readonly noticeToo: boolean;
    readonly cite: string;
  }[];
  /** Every day that a pause took out. */
  readonly uncounted: ReadonlySet<LocalDate>;
  /** Questions that changed nothing. */
  readonly remarks: readonly {
    readonly question: Question;
    readonly on: LocalDate;
    readonly what: "question-without-effect" | "question-too-late";
    readonly cite: string;
  }[];
  /** The open question that keeps the period from running, if any. */
  readonly stopped: OpenQuestion | null;
  readonly answered: LocalDate | null;
  readonly open: ReadonlyMap<Question, OpenQuestion>;
}

/** The last days as they stand in the middle of a course. */
export interface LastDays {
  readonly noticeDue: (past: Course) => LocalDate;
  readonly due: (past: Course) => LocalDate;
}

/**
 * The course of a clock from its events, in the order of their days (of one day: as given).
 * @throws {LawRefused} on an unknown kind, an invalid day, or an impossible sequence.
 */
export function readCourse(rule: Rule, events: readonly ClockEvent[], lastDays: LastDays): Course {
  const ordered = inOrder(events);
  const trigger = ordered.find((event) => event.kind === "received");
  if (!trigger) throw new LawRefused("no-trigger");
  requireInForce(rule, trigger.on);
  let course = begin(trigger.on);
  for (const event of ordered) {
    if (event === trigger) continue;
    if (event.kind === "received") throw new LawRefused("second-trigger", { first: trigger.on, on: event.on });
    if (event.on < trigger.on) {
      throw new LawRefused("before-receipt", { kind: event.kind, on: event.on, first: trigger.on });
    }
    if (course.answered !== null) {
      throw new LawRefused("already-answered", { kind: event.kind, on: event.on, answered: course.answered });
    }
    course = follow(rule, course, event, lastDays);
  }
  return course;
}

function inOrder(events: readonly ClockEvent[]): ClockEvent[] {
  for (const event of events) {
    if (!isEventKind(event.kind)) {
      throw new LawRefused("unknown-kind", {
        given: String(event.kind).slice(0, 40),
        accepted: EVENT_KINDS.join(", "),
      });
    }
    getDay(event.on);
  }
  return [...events].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

function begin(received: LocalDate): Course {
  return {
    received,
    start: received,
    restart: null,
    extension: null,
    pauses: [],
    uncounted: new Set(),
    remarks: [],
    stopped: null,
    answered: null,
    open: new Map(),
  };
}

function follow(rule: Rule, course: Course, event: ClockEvent, lastDays: LastDays): Course {
  if (event.kind === "answered") return { ...course, answered: event.on, stopped: null };
  if (event.kind === "extended") return extend(rule, course, event, lastDays);
  const asked = ASKED[event.kind];
  if (asked) return ask(rule, course, asked, event.on, lastDays);
  const answered = ANSWERED[event.kind];
  return answered ? answer(rule, course, answered, event) : course;
}

function extend(rule: Rule, course: Course, event: ClockEvent, lastDays: LastDays): Course {
  const { extension } = rule;
  if (!extension) throw new LawRefused("not-extendable", { cite: citeOn(rule, course.received) });
  if (course.extension) throw new LawRefused("extended-twice", { cite: extension.cite, first: course.extension.on });
  const by = lastDays.noticeDue(course);
  // While the period does not run, its end has not come.
  if (event.on > by && !course.stopped) throw new LawRefused("extended-late", { by, on: event.on });
  const length = event.length ?? extension.max.length;
  if (!Number.isInteger(length) || length < 1 || length > extension.max.length) {
    throw new LawRefused("extension-too-long", { given: String(length), max: String(extension.max.length) });
  }
  requireGround(rule, course.received, event.ground);
  return { ...course, extension: { on: event.on, period: { length, unit: extension.max.unit } } };
}

function requireGround(rule: Rule, received: LocalDate, ground: string | undefined): void {
  const grounds = listGrounds(rule, received);
  if (ground === undefined || grounds.length === 0 || grounds.some(({ id }) => id === ground)) return;
  const accepted = grounds.map(({ id }) => id).join(", ");
  throw new LawRefused("ground-not-allowed", { given: ground.slice(0, 40), accepted });
}

function ask(rule: Rule, course: Course, question: Question, on: LocalDate, lastDays: LastDays): Course {
  const { asked, answered } = ASKING[question];
  const before = course.open.get(question);
  if (before) throw new LawRefused("already-asked", { kind: asked, first: before.on, received: answered, on });
  const { does, cite } = rule.questions[question];
  const late = does !== "nothing" && !course.stopped && on > lastDays.due(course);
  const effective = does !== "nothing" && !late;
  const opened: OpenQuestion = { question, on, does: effective ? does : "nothing", cite };
  const open = new Map(course.open).set(question, opened);
  if (effective) return { ...course, open, stopped: course.stopped ?? opened };
  const what = late ? "question-too-late" : "question-without-effect";
  return { ...course, open, remarks: [...course.remarks, { question, on, what, cite }] };
}

function answer(rule: Rule, course: Course, question: Question, event: ClockEvent): Course {
  const opened = course.open.get(question);
  if (!opened) {
    throw new LawRefused("not-asked", { kind: event.kind, on: event.on, asked: ASKING[question].asked });
  }
  const open = new Map(course.open);
  open.delete(question);
  const next: Course = { ...course, open, stopped: firstEffective(open) };
  const effect = rule.questions[question];
  if (opened.does === "starts-clock") {
    const restart = { asked: opened.on, on: event.on, cite: opened.cite };
    return { ...next, start: event.on, restart, pauses: [], uncounted: new Set() };
  }
  if (opened.does !== "pauses" || effect.does !== "pauses") return next;
  const days = listUncounted(course, opened.on, event.on, effect.ends);
  const { noticeToo, cite } = effect;
  const pause = { question, from: opened.on, to: event.on, days: days.length, noticeToo, cite };
  return { ...next, pauses: [...course.pauses, pause], uncounted: new Set([...course.uncounted, ...days]) };
}

function firstEffective(open: ReadonlyMap<Question, OpenQuestion>): OpenQuestion | null {
  const effective = [...open.values()].filter(({ does }) => does !== "nothing");
  return effective.sort((a, b) => (a.on < b.on ? -1 : 1))[0] ?? null;
}

/** The days of a pause that no earlier pause took out: a day inside two pauses is left out once. */
function listUncounted(course: Course, asked: LocalDate, answered: LocalDate, ends: "both" | "one"): LocalDate[] {
  const days: LocalDate[] = [];
  for (let on = asked; on <= answered; on = dayAfter(on)) {
    const outside = on < course.start || (ends === "one" && on === asked);
    if (!outside && !course.uncounted.has(on)) days.push(on);
  }
  return days;
}
