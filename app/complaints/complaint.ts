/**
 * The life of a complaint: one transition table, and everything that is derived from dated events.
 *
 * A complaint ends by a finding that the agency has told, or because the resident takes it back. That
 * an officer resigned, retired or moved on is an event like a note: it is recorded and ends nothing.
 */
import { Refused } from "#app/platform/failure.ts";
import { daysBetween, type LocalDate } from "#app/platform/time/local-date.ts";

/** A state bears the name of the event that led to it. */
export const STATES = [
  "received",
  "acknowledged",
  "inquiry-opened",
  "finding",
  "appealed",
  "closed",
  "withdrawn",
] as const;
export type State = (typeof STATES)[number];

/** Recorded while a complaint is open; they leave its state as it was. */
export const REMARKS = ["officer-left", "note"] as const;
export type Remark = (typeof REMARKS)[number];

export const EVENT_KINDS = [...STATES, ...REMARKS] as const;
export type EventKind = State | Remark;

/** The words of Pen. Code § 832.7(f)(1). "The officer resigned" is not among them. */
export const FINDINGS = ["sustained", "not-sustained", "exonerated", "unfounded"] as const;
export type Finding = (typeof FINDINGS)[number];

/** One dated fact. `detail` is the finding of an event of that kind, else null. */
export interface ComplaintEvent {
  readonly kind: EventKind;
  readonly detail: Finding | null;
  /** Local date at the agency. */
  readonly on: LocalDate;
}

/** Who may take a step. */
export type Mover = "intake" | "resident";

/** What may follow a state. Nothing else can happen to a complaint. */
const FOLLOWS: Readonly<Record<State, readonly EventKind[]>> = {
  received: ["acknowledged", "inquiry-opened", "withdrawn", "officer-left", "note"],
  acknowledged: ["inquiry-opened", "withdrawn", "officer-left", "note"],
  "inquiry-opened": ["finding", "withdrawn", "officer-left", "note"],
  finding: ["appealed", "closed", "withdrawn", "officer-left", "note"],
  appealed: ["inquiry-opened", "finding", "withdrawn", "officer-left", "note"],
  closed: ["appealed"],
  withdrawn: [],
};

/** What intake officers record. A complaint is taken back by the resident alone. */
const isOf: Readonly<Record<Mover, (kind: EventKind) => boolean>> = {
  intake: (kind) => kind !== "withdrawn",
  resident: (kind) => kind === "withdrawn",
};

export function isState(kind: EventKind): kind is State {
  return (STATES as readonly string[]).includes(kind);
}

/** Whether nobody has to act any more. */
export function isEnded(state: State): boolean {
  return state === "closed" || state === "withdrawn";
}

/** The steps that `mover` may take from a state, in the order of the table. */
export function movesFrom(state: State, mover: Mover): readonly EventKind[] {
  return FOLLOWS[state].filter(isOf[mover]);
}

/**
 * The state after all events, in the order in which they were recorded.
 * @throws Error when the events cannot have happened: what is stored was not written by these rules
 */
export function stateOf(events: readonly ComplaintEvent[]): State {
  const [first, ...later] = events;
  if (first?.kind !== "received") throw new Error("a complaint begins with its receipt");
  let state: State = first.kind;
  for (const { kind } of later) {
    if (!FOLLOWS[state].includes(kind)) throw new Error(`a complaint cannot go from ${state} to ${kind}`);
    if (isState(kind)) state = kind;
  }
  return state;
}

/** The newest event that made the state what it is. */
export function latestStep(events: readonly ComplaintEvent[]): ComplaintEvent {
  const step = events.findLast((event) => isState(event.kind));
  if (!step) throw new Error("a complaint begins with its receipt");
  return step;
}

/** The newest finding, or null before there is one. */
export function findingOf(events: readonly ComplaintEvent[]): Finding | null {
  return events.findLast((event) => event.kind === "finding")?.detail ?? null;
}

export function receivedOn(events: readonly ComplaintEvent[]): LocalDate {
  const [first] = events;
  if (first?.kind !== "received") throw new Error("a complaint begins with its receipt");
  return first.on;
}

/** Days since it was received; for one that has ended, the days it took. */
export function ageInDays(events: readonly ComplaintEvent[], today: LocalDate): number {
  const last = latestStep(events);
  return daysBetween(receivedOn(events), isState(last.kind) && isEnded(last.kind) ? last.on : today);
}

/** Whose move it is: an open complaint always waits for the agency. */
export function whoseMove(state: State): "agency" | "nobody" {
  return isEnded(state) ? "nobody" : "agency";
}

/**
 * Whether a step may be taken now.
 * @param today local date at the agency
 * @throws Refused with a sentence: the step does not follow, its finding is missing, its day cannot be
 */
export function checkMove(
  events: readonly ComplaintEvent[],
  move: ComplaintEvent,
  mover: Mover,
  today: LocalDate,
): void {
  const state = stateOf(events);
  const next = movesFrom(state, mover);
  if (!next.includes(move.kind)) {
    const accepted = next.length === 0 ? "nothing can follow" : `what can follow is: ${next.join(", ")}`;
    throw new Refused("complaint.refusedMove", `A complaint at "${state}" cannot be "${move.kind}" now; ${accepted}.`, {
      state,
      move: move.kind,
      next: next.join(" "),
    });
  }
  if ((move.kind === "finding") !== (move.detail !== null)) {
    const accepted = FINDINGS.join(", ");
    throw new Refused("complaint.refusedFinding", `A finding, and nothing else, is one of these: ${accepted}.`);
  }
  checkDay(events, move, today);
}

function checkDay(events: readonly ComplaintEvent[], move: ComplaintEvent, today: LocalDate): void {
  if (move.on > today) {
    throw new Refused("complaint.refusedFuture", `The day must not be later than today, ${today}.`, { today });
  }
  const since = latestStep(events).on;
  // An officer may have left before the complaint came in.
  if (move.kind !== "officer-left" && move.on < since) {
    throw new Refused(
      "complaint.refusedEarlier",
      `The day must be ${since} or later: that is when the last step was taken.`,
      {
        since,
      },
    );
  }
}
