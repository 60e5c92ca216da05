/** Answers a question to the calculator: the clock and the rule in words, or what is wrong with which field. Pure. */
import type { Clock } from "#app/law/clock.ts";
import type { ClockView } from "#app/law/clock-view.ts";
import { viewClock } from "#app/law/clock-view.ts";
import type { ClockEvent } from "#app/law/event.ts";
import type { Law } from "#app/law/law.ts";
import type { LocalDate } from "#app/law/local-date.ts";
import { isLocalDate } from "#app/law/local-date.ts";
import { LawRefused } from "#app/law/refusal.ts";
import type { Jurisdiction, Rule } from "#app/law/rule.ts";
import type { RuleView } from "#app/law/rule-view.ts";
import { viewRule } from "#app/law/rule-view.ts";
import { lawRefusalMessage } from "#app/ui/clock-words.ts";
import type { Message, Words } from "#app/ui/words/words.ts";
import type { AskedEvent, Question, ReadQuestion } from "./question.ts";

/** Can the agency still take more time? */
export type MoreTime =
  | { readonly can: "never" }
  | { readonly can: "taken" | "until" | "no-longer"; readonly on: LocalDate }
  /** The clock stands still, or was answered: there is no day to name. */
  | { readonly can: "open" | "answered" };

export interface Result {
  readonly view: ClockView;
  readonly rule: RuleView;
  readonly moreTime: MoreTime;
}

export interface WorkedOut {
  /** By field; empty when there is a result, or nothing was asked. */
  readonly issues: Readonly<Record<string, Message>>;
  readonly result: Result | null;
}

export interface Circumstances {
  readonly law: Law;
  readonly words: Words;
  /** The local date where a rule of that jurisdiction runs. */
  readonly todayIn: (jurisdiction: Jurisdiction) => LocalDate;
}

export function workOut(read: ReadQuestion, { law, words, todayIn }: Circumstances): WorkedOut {
  const { question } = read;
  const issues = findIssues(read, law);
  if (isBlank(question) || Object.keys(issues).length > 0) return { issues, result: null };
  const rule = law.findRule(question.rule, question.on);
  try {
    const clock = law.compute(question.rule, eventsOf(question, rule), {
      closures: question.closed,
      calendar: question.calendar === "" ? undefined : question.calendar,
    });
    const bound = law.getRule(clock.rule, clock.receivedOn);
    const today = todayIn(bound.jurisdiction);
    return {
      issues,
      result: {
        view: viewClock(clock, bound, { today, locale: words.locale }),
        rule: viewRule(bound, clock.receivedOn, words.locale),
        moreTime: moreTimeOf(clock, bound, today),
      },
    };
  } catch (error) {
    if (!(error instanceof LawRefused)) throw error;
    const field = fieldOf(error, question);
    return { issues: { [field]: lawRefusalMessage(error, words, rule?.inForce) }, result: null };
  }
}

/** Nothing was asked yet: the page as it is first opened. */
export function isBlank({ rule, on, events, closed }: Question): boolean {
  return rule === "" && on === "" && events.length === 0 && closed.length === 0;
}

/** What is missing or unreadable, each said beside its own field, before the law is asked. */
function findIssues({ question, cut, tooMany }: ReadQuestion, law: Law): Record<string, Message> {
  const issues: Record<string, Message> = {};
  if (cut) issues["form"] = { key: "deadlines.cut" };
  if (tooMany) issues["form"] = { key: "deadlines.tooMany" };
  if (isBlank(question)) return issues;
  if (question.rule === "") issues["rule"] = { key: "deadlines.ruleNeeded" };
  else if (!law.findRule(question.rule)) issues["rule"] = { key: "clock.refusedUnknownRule" };
  if (question.on === "") issues["on"] = { key: "clock.refusedNoTrigger" };
  else if (!isLocalDate(question.on)) issues["on"] = { key: "errors.dateNotReal" };
  for (const [index, event] of question.events.entries()) {
    if (event.kind === "") issues[`event${index}`] = { key: "deadlines.kindNeeded" };
    if (!isLocalDate(event.on)) {
      issues[`event${index}On`] = { key: event.on === "" ? "deadlines.dayNeeded" : "errors.dateNotReal" };
    }
  }
  for (const [index, on] of question.closed.entries()) {
    if (!isLocalDate(on)) issues[`closed${index}`] = { key: "errors.dateNotReal" };
  }
  return issues;
}

/** Kinds are still unchecked text here: the law refuses what it does not know. */
function eventsOf({ on, at, events }: Question, rule: Rule | null): ClockEvent[] {
  const hours = rule?.period.unit === "hours";
  return [{ kind: "received", on, at }, ...events].map((event) => ({
    kind: event.kind as ClockEvent["kind"],
    // A time of day that another rule had a use for stays in the form and out of the sum.
    on: hours ? momentOf(event) : event.on,
  }));
}

function momentOf({ on, at }: Pick<AskedEvent, "on" | "at">): string {
  return at === "" ? on : `${on}T${at}`;
}

function moreTimeOf(clock: Clock, rule: Rule, today: LocalDate): MoreTime {
  const { noticeDue, extendedOn, answeredOn, stoppedSince } = clock;
  if (!rule.extension || noticeDue === null) return { can: "never" };
  if (extendedOn !== null) return { can: "taken", on: extendedOn };
  if (answeredOn !== null) return { can: "answered" };
  if (stoppedSince !== null) return { can: "open" };
  return { can: today > noticeDue ? "no-longer" : "until", on: noticeDue };
}

/** The field that a refusal is about. */
function fieldOf({ code, params }: LawRefused, question: Question): string {
  switch (code) {
    case "unknown-rule":
      return "rule";
    case "calendar-not-accepted":
      return "calendar";
    case "not-in-force":
    case "no-trigger":
      return "on";
    case "invalid-date":
    case "invalid-hour":
    case "out-of-range":
      return fieldOfGiven(params["given"] ?? "", question);
    case "unknown-kind":
    case "not-extendable":
    case "not-pausable":
    case "second-trigger":
      return `event${rowOf(code, params, question)}`;
    default:
      return `event${rowOf(code, params, question)}On`;
  }
}

/** A day or time that the law could not read, or that leads out of the calendars. */
function fieldOfGiven(given: string, { on, at, events, closed }: Question): string {
  const row = events.findIndex((event) => momentOf(event) === given || event.on === given);
  if (given !== on && row >= 0) return `event${row}${(events[row]?.at ?? "") === "" ? "On" : "At"}`;
  const day = closed.indexOf(given);
  if (given !== on && day >= 0) return `closed${day}`;
  return at !== "" && given === momentOf({ on, at }) ? "at" : "on";
}

const KIND_OF_REFUSAL: Readonly<Record<string, string>> = {
  "not-extendable": "extended",
  "extended-late": "extended",
  "extended-twice": "extended",
  "not-pausable": "paused",
  "second-trigger": "received",
};

/** The last row that the refusal fits; the first where none does, so that it stands beside some event. */
function rowOf(code: string, params: LawRefused["params"], { events }: Question): number {
  const kind = KIND_OF_REFUSAL[code] ?? params["kind"] ?? params["given"];
  const fits = (event: AskedEvent, day: boolean) =>
    (kind === undefined || event.kind === kind) && (!day || (params["on"] ?? event.on).slice(0, 10) === event.on);
  const exact = events.findLastIndex((event) => fits(event, true));
  return Math.max(0, exact >= 0 ? exact : events.findLastIndex((event) => fits(event, false)));
}
