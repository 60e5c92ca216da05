/** "How we worked this out": the steps of a clock in the order of the arithmetic, each with its source. */
import type { PassedDay } from "./calendars.ts";
import type { Course } from "./course.ts";
import { listUncounted } from "./course.ts";
import type { LocalDate } from "./local-date.ts";
import { daysBetween } from "./local-date.ts";
import type { Readings } from "./readings.ts";
import { countedEnd, listArguable } from "./readings.ts";
import type { Rule } from "./rule.ts";
import { citeOn } from "./rule.ts";
import type { Step } from "./step.ts";
import { stepOf } from "./step.ts";

interface WorkedOut {
  readonly rule: Rule;
  /** In the safe reading. */
  readonly course: Course;
  /** In the later reading. */
  readonly later: Course;
  readonly readings: Readings;
  readonly nominal: LocalDate;
  readonly due: { readonly to: LocalDate; readonly passed: readonly PassedDay[] };
  readonly latest: LocalDate;
  readonly noticeDue: LocalDate | null;
}

export function deriveSteps(worked: WorkedOut): Step[] {
  return [...startSteps(worked), ...countSteps(worked), ...rollSteps(worked), ...endSteps(worked)];
}

function startSteps({ rule, course }: WorkedOut): Step[] {
  const what = rule.firstDay === "arguably-counted" ? "started-inclusive" : "started";
  // Where the period begins anew, the step after this one says from when.
  const from = course.restart ? course.received : course.start;
  const steps = [stepOf({ what, from, cite: citeOn(rule, course.received) })];
  for (const { stop, on, what: why, cite } of course.remarks) {
    const arguable = why === "stop-without-effect" && rule.stops[stop].arguably !== null;
    steps.push(stepOf({ what: arguable ? "stop-arguable" : why, from: on, stop, cite }));
  }
  if (course.restart) {
    const { stop, begun, on, cite } = course.restart;
    steps.push(stepOf({ what: "restarted", stop, from: begun, to: on, cite }));
  }
  return steps;
}

function countSteps({ rule, course, readings }: WorkedOut): Step[] {
  const { length, unit } = rule.period;
  const base = countedEnd(rule, course, readings, "safe", false);
  const cite = citeOn(rule, course.received);
  const what = rule.firstDay === "arguably-counted" ? "counted-inclusive" : "counted";
  const steps = [stepOf({ what, from: course.start, to: base, days: length, unit, cite })];
  if (course.extension && rule.extension) {
    const { period } = course.extension;
    const to = countedEnd(rule, course, readings, "safe", true);
    // "Up to two months in all" can leave fewer days than were taken.
    const taken = period.unit === "days" ? daysBetween(base, to) : period.length;
    steps.push(stepOf({ what: "extended", from: base, to, days: taken, unit: period.unit, cite: rule.extension.cite }));
  }
  for (const { pause, days } of listUncounted(course.pauses)) {
    const { stop, from, to, cite: source } = pause;
    const counted = unit === "working-days" ? days.filter((on) => !readings.safe(on)) : days;
    const of = unit === "working-days" ? unit : "days";
    steps.push(stepOf({ what: "paused", stop, from, to, days: counted.length, unit: of, cite: source }));
  }
  return steps;
}

function rollSteps({ rule, course, readings, nominal, due, latest }: WorkedOut): Step[] {
  const { rolling } = rule;
  if (!rolling) return [stepOf({ what: "not-rolled", to: due.to, cite: citeOn(rule, course.received) })];
  const steps: Step[] = [];
  if (due.to !== nominal) {
    steps.push(stepOf({ what: "rolled", from: nominal, to: due.to, cite: rolling.cite, because: due.passed }));
  }
  if (latest !== due.to) {
    const from = rule.period.unit === "working-days" ? course.start : due.to;
    const because = listArguable(from, latest, readings);
    const cite = because.length > 0 ? rolling.arguableCite : laterCite(rule, course);
    steps.push(stepOf({ what: "ambiguous", from: due.to, to: latest, cite, because }));
  }
  return steps;
}

/** What makes the later reading, where it is not a day off: a stop, or the first day. */
function laterCite(rule: Rule, course: Course): string {
  const stops = [...course.remarks, ...course.pauses].map(({ stop }) => rule.stops[stop]);
  return stops.find(({ arguably }) => arguably !== null)?.cite ?? citeOn(rule, course.received);
}

function endSteps({ rule, course, later, noticeDue }: WorkedOut): Step[] {
  const steps: Step[] = [];
  if (noticeDue !== null && rule.extension && !course.extension) {
    const { max, cite } = rule.extension;
    steps.push(stepOf({ what: "notice", to: noticeDue, days: max.length, unit: max.unit, cite }));
  }
  if (course.stopped) {
    const { stop, on, effect, cite } = course.stopped;
    steps.push(stepOf({ what: effect.does === "pauses" ? "pause-open" : "waiting", stop, from: on, cite }));
  }
  if (later.stopped && !course.stopped) {
    const { stop, on, cite } = later.stopped;
    steps.push(stepOf({ what: "arguably-open", stop, from: on, cite }));
  }
  if (course.answered !== null) {
    steps.push(stepOf({ what: "answered", to: course.answered, cite: citeOn(rule, course.received) }));
  }
  return steps;
}
