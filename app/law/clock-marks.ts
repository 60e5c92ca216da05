/** The days of a clock, each with what it is: what happened, where it stood still, what is to come. */
import type { Clock } from "./clock.ts";
import type { LocalDate } from "./local-date.ts";
import type { Stop } from "./rule.ts";
import type { Step } from "./step.ts";
import { sayLength } from "./step.ts";
import type { Locale } from "./words.ts";

/** Days on which the clock stood still. */
export interface Stretch {
  readonly stop: Stop;
  readonly from: LocalDate;
  /** Null: it still stands still. */
  readonly to: LocalDate | null;
  /** "paused": its days do not count. "waiting": the period begins anew on the day it ends. */
  readonly how: "paused" | "waiting";
  /** What does not count, in words; null while it is open, and where the period begins anew. */
  readonly length: string | null;
  readonly cite: string;
}

export type MarkKind =
  | "received"
  /** Something was asked for, and the clock ran on. */
  | "asked"
  | "stopped"
  | "went-on"
  | "restarted"
  | "extended"
  /** The last day for the notice of an extension, while none was sent. */
  | "notice-due"
  /** The day that the agency itself aims at. */
  | "target"
  | "today"
  | "due"
  /** The last day in any reading of the law, where that is not the due day. */
  | "latest"
  | "answered"
  /** From this day on nobody can say that there was still time. */
  | "complain";

/**
 * A day of a clock. `done`: it was. `now`: it lasts. `next`: it comes. `late`: it passed without what was due.
 * `since`: what begins with it lasts.
 */
export interface Mark {
  readonly kind: MarkKind;
  readonly on: LocalDate;
  readonly state: "done" | "now" | "next" | "late" | "since";
  readonly stop?: Stop;
  /** Of "asked": one reading of the law would stop the clock for it. */
  readonly arguable?: true;
}

/** What the days are read from. */
export interface Standing {
  readonly clock: Clock;
  readonly today: LocalDate;
  readonly target: LocalDate | null;
  readonly missed: LocalDate | null;
  readonly overdue: boolean;
  readonly complainFrom: LocalDate | null;
  readonly stretches: readonly Stretch[];
}

/** Of a rule in hours. */
export function isMoment(on: LocalDate): boolean {
  return on.includes("T");
}

export function dayOf(on: LocalDate): LocalDate {
  return on.slice(0, 10);
}

/** Each stretch on which the clock stood still. */
export function listStretches(steps: readonly Step[], locale: Locale): Stretch[] {
  return steps.flatMap((step) => stretchOf(step, locale));
}

function stretchOf({ what, stop, from, to, days, unit, cite }: Step, locale: Locale): Stretch[] {
  if (stop === undefined || from === undefined) return [];
  const begun = { stop, from, cite };
  switch (what) {
    case "paused":
      return [{ ...begun, to: to ?? null, how: "paused", length: sayLength(days ?? 0, unit ?? "days", locale) }];
    case "restarted":
      return [{ ...begun, to: to ?? null, how: "waiting", length: null }];
    case "pause-open":
      return [{ ...begun, to: null, how: "paused", length: null }];
    case "waiting":
      return [{ ...begun, to: null, how: "waiting", length: null }];
    default:
      return [];
  }
}

/** What was asked for and stopped nothing: whoever was asked wants to see it in its place. */
function askedOf({ what, stop, from }: Step): Mark[] {
  if (stop === undefined || from === undefined) return [];
  const asked = { kind: "asked", on: from, stop, state: "done" } as const;
  switch (what) {
    case "stop-without-effect":
    case "stop-too-late":
    case "stop-once-only":
      return [asked];
    case "stop-arguable":
      return [{ ...asked, arguable: true }];
    default:
      return [];
  }
}

/** Of one day: what happened before what is to come. */
const ORDER: readonly MarkKind[] = [
  "received",
  "asked",
  "stopped",
  "went-on",
  "restarted",
  "extended",
  "answered",
  "today",
  "notice-due",
  "target",
  "due",
  "latest",
  "complain",
];

/** In the order of their days; of one day, what happened before what is to come. */
export function marksOf(standing: Standing): Mark[] {
  const marks = [...happened(standing), ...expected(standing)];
  return marks.sort(
    (a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind),
  );
}

function happened({ clock, stretches, today }: Standing): Mark[] {
  const { receivedOn, startedOn, extendedOn, answeredOn } = clock;
  const marks: Mark[] = [
    { kind: "received", on: isMoment(startedOn) ? startedOn : receivedOn, state: "done" },
    ...clock.steps.flatMap(askedOf),
    ...stretches.flatMap(({ stop, from, to, how }): Mark[] => [
      { kind: "stopped", on: from, stop, state: to === null ? "now" : "done" },
      ...(to === null
        ? []
        : [{ kind: how === "waiting" ? "restarted" : "went-on", on: to, stop, state: "done" } as const]),
    ]),
  ];
  if (extendedOn !== null) marks.push({ kind: "extended", on: extendedOn, state: "done" });
  if (answeredOn !== null) marks.push({ kind: "answered", on: answeredOn, state: "done" });
  else if (today >= receivedOn) marks.push({ kind: "today", on: today, state: "now" });
  return marks;
}

function expected({ clock, today, target, missed, overdue, complainFrom }: Standing): Mark[] {
  const { due, latest, noticeDue, extendedOn, answeredOn, stoppedSince } = clock;
  const open = answeredOn === null;
  const marks: Mark[] = [{ kind: "due", on: due, state: overdue ? "late" : open ? "next" : "done" }];
  // A date that passed stays in its place, wherever the date is now.
  if (missed !== null && missed !== dayOf(due)) marks.push({ kind: "due", on: missed, state: "late" });
  if (latest !== due) {
    const passed = open ? stoppedSince === null && today > latest : answeredOn > latest;
    marks.push({ kind: "latest", on: latest, state: passed ? "late" : open ? "next" : "done" });
  }
  if (!open) return marks;
  if (noticeDue !== null && extendedOn === null) {
    marks.push({ kind: "notice-due", on: noticeDue, state: today > noticeDue ? "done" : "next" });
  }
  if (target !== null) marks.push({ kind: "target", on: target, state: today > target ? "late" : "next" });
  if (complainFrom !== null) {
    marks.push({ kind: "complain", on: complainFrom, state: today >= complainFrom ? "since" : "next" });
  }
  return marks;
}
