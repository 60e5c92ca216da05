/** One state for each day of a log, for a calendar to show. Pure. */
import { addDays, type LocalDate } from "#app/platform/time/local-date.ts";
import { type CoverageFacts, heldDays, joinPeriods, missingFrom, type Period, periodHas } from "./coverage.ts";
import { dueOn, periodOf, type Standing } from "./coverage-gaps.ts";

/**
 * `arrived`: in time. `late`: arrived after it was due. `waiting`: arrived, and rows of its delivery wait in
 * quarantine. `missing`. `not-due`: later than all that arrived, and not due yet. `ahead`: after today.
 */
export const DAY_STATES = ["arrived", "late", "waiting", "missing", "not-due", "ahead"] as const;
export type DayState = (typeof DAY_STATES)[number];

/** A run of days of one state. */
export interface DayRun extends Period {
  state: DayState;
}

/**
 * Every day of the frame once, in runs, in order of time.
 * @param waiting the days of deliveries of which rows wait in quarantine
 */
export function dayRuns(frame: Period, facts: CoverageFacts, waiting: readonly Period[], standing: Standing): DayRun[] {
  const { held } = heldDays(facts);
  const heldTo = held.at(-1)?.to ?? null;
  const arrivals = arrivalsOf(facts);
  const unread = joinPeriods(waiting);

  function stateOf(day: LocalDate): DayState {
    if (day > standing.today) return "ahead";
    const due = dueOn(day, facts.promises, standing.since);
    if (held.some((period) => periodHas(period, day))) {
      if (unread.some((period) => periodHas(period, day))) return "waiting";
      const arrival = arrivals.find((one) => periodHas(one, day));
      return arrival !== undefined && arrival.receivedOn > due ? "late" : "arrived";
    }
    const isNext = heldTo === null ? day >= standing.since : day > heldTo;
    return isNext && due >= standing.today ? "not-due" : "missing";
  }

  const runs: DayRun[] = [];
  for (let day = frame.from; day <= frame.to; day = addDays(day, 1)) {
    const state = stateOf(day);
    const last = runs.at(-1);
    if (last?.state === state) last.to = day;
    else runs.push({ from: day, to: day, state });
  }
  return runs;
}

/** Which days arrived on which day, each with the delivery that brought it first. */
function arrivalsOf({ deliveries }: CoverageFacts): (Period & { receivedOn: LocalDate })[] {
  let before: Period[] = [];
  return [...deliveries]
    .sort((a, b) => (a.receivedOn < b.receivedOn ? -1 : 1))
    .flatMap((delivery) => {
      const brought = periodOf(delivery);
      if (brought === null) return [];
      const fresh = missingFrom(brought, before).map((period) => ({ ...period, receivedOn: delivery.receivedOn }));
      before = joinPeriods([...before, brought]);
      return fresh;
    });
}
