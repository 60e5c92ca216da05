/** What everyone who may follow a complaint sees of it: number, place, state, dates. No word of the resident. */
import type { Clock } from "#app/law/clock.ts";
import type { LocalDate } from "#app/platform/time/local-date.ts";
import {
  ageInDays,
  type ComplaintEvent,
  type Finding,
  findingOf,
  isEnded,
  latestStep,
  receivedOn,
  type State,
  stateOf,
  whoseMove,
} from "./complaint.ts";
import { disciplineLimitOf, type NextDate, nextDateOf } from "./next-date.ts";

export interface ComplaintSummary {
  readonly id: string;
  readonly number: string;
  /** Of law/venues.ts. */
  readonly venue: string;
  readonly agency: string;
  readonly state: State;
  readonly finding: Finding | null;
  readonly ended: boolean;
  readonly whoseMove: "agency" | "nobody";
  readonly officerLeftOn: LocalDate | null;
  readonly receivedOn: LocalDate;
  readonly latestOn: LocalDate;
  /** Days. */
  readonly age: number;
  readonly today: LocalDate;
  readonly next: NextDate | null;
  readonly disciplineLimit: Clock | null;
}

interface Summarised {
  readonly id: string;
  readonly number: string;
  readonly venue: string;
  readonly agency: { readonly name: string; readonly closures: readonly LocalDate[] };
  readonly events: readonly ComplaintEvent[];
}

export function summarise(complaint: Summarised, today: LocalDate): ComplaintSummary {
  const { id, number, venue, agency, events } = complaint;
  const state = stateOf(events);
  return {
    id,
    number,
    venue,
    agency: agency.name,
    state,
    finding: findingOf(events),
    ended: isEnded(state),
    whoseMove: whoseMove(state),
    officerLeftOn: events.findLast((event) => event.kind === "officer-left")?.on ?? null,
    receivedOn: receivedOn(events),
    latestOn: latestStep(events).on,
    age: ageInDays(events, today),
    today,
    next: nextDateOf(events, agency.closures),
    disciplineLimit: disciplineLimitOf(events, agency.closures),
  };
}

/** What needs someone first stands first: by next date, then the older one; what has ended comes last. */
export function byUrgency(one: ComplaintSummary, other: ComplaintSummary): number {
  const [a, b] = [one.next?.on ?? "9999", other.next?.on ?? "9999"];
  if (a !== b) return a < b ? -1 : 1;
  return other.age - one.age || (one.number < other.number ? -1 : 1);
}
