/**
 * The next date of a complaint: the law's where the law sets one, else the portal's own reminder,
 * never the one for the other.
 */
import { type Clock, compute } from "#app/law/clock.ts";
import { getRule } from "#app/law/law.ts";
import { addDays, type LocalDate } from "#app/platform/time/local-date.ts";
import { type ComplaintEvent, isEnded, latestStep, receivedOn, type State, stateOf } from "./complaint.ts";

export type NextDate =
  | { readonly source: "law"; readonly on: LocalDate; readonly clock: Clock }
  /** No statute sets a time for finishing an investigation; the portal asks again by itself. */
  | { readonly source: "portal"; readonly on: LocalDate; readonly since: LocalDate; readonly days: number };

/** After how many days without a step the portal asks again. Ours, not the law's. */
export const REMINDER_DAYS: Readonly<Record<Exclude<State, "finding" | "closed" | "withdrawn">, number>> = {
  received: 14,
  acknowledged: 30,
  "inquiry-opened": 60,
  appealed: 30,
};

/**
 * By when something must have happened. Null when the complaint has ended: an open one always has a date,
 * and one that passed stays where it is until a step is taken.
 * @param closures days on which the agency's office is closed
 */
export function nextDateOf(events: readonly ComplaintEvent[], closures: readonly LocalDate[]): NextDate | null {
  const state = stateOf(events);
  if (state === "closed" || state === "withdrawn") return null;
  const step = latestStep(events);
  if (state === "finding") {
    // Pen. Code § 832.7(f)(1): 30 days from the disposition, not from the filing.
    const clock = compute(getRule("ca.complaint.disposition"), [{ kind: "received", on: step.on }], { closures });
    return { source: "law", on: clock.due, clock };
  }
  const days = REMINDER_DAYS[state];
  return { source: "portal", on: addDays(step.on, days), since: step.on, days };
}

/** So long before a date of the law its agency is reminded. */
const WARNING_DAYS = 7;

/** On which day the agency is reminded of it: some days before a date of the law, on a date of ours. */
export function reminderDayOf(next: NextDate): LocalDate {
  return next.source === "law" ? addDays(next.on, -WARNING_DAYS) : next.on;
}

/**
 * After which day the agency can no longer punish (Gov. Code § 3304(d)). The year runs from the agency's
 * discovery, of which the complaint's receipt is the latest possible day; it may therefore end earlier.
 * Null when the complaint has ended.
 */
export function disciplineLimitOf(events: readonly ComplaintEvent[], closures: readonly LocalDate[]): Clock | null {
  if (isEnded(stateOf(events))) return null;
  return compute(getRule("ca.discipline.limit"), [{ kind: "received", on: receivedOn(events) }], { closures });
}
