/**
 * What is missing of a log, why, and until when it can still be had; and how late each delivery was. Pure.
 *
 * Each look-up is due so many days after it as the custodian has promised that no silence will last.
 */
import { addDays, daysBetween, type LocalDate } from "#app/platform/time/local-date.ts";
import {
  type CoverageFacts,
  clipPeriods,
  type Delivery,
  heldDays,
  joinPeriods,
  missingFrom,
  type Period,
  type PromisedRhythm,
  strictestRhythm,
} from "./coverage.ts";

/**
 * Why days are missing. `before`: they lie before all that ever arrived. `between`: no delivery holds them.
 * `number`: a numbered delivery never came. `silence`: a delivery spans them, but is silent for longer than
 * promised. `overdue`: they are later than all that arrived, and their delivery is due since.
 */
export type GapCause = "before" | "between" | "number" | "silence" | "overdue";

export interface Gap {
  cause: GapCause;
  /** Null when only a number is missing, and nothing says which days it was of. */
  period: Period | null;
  /** The deliveries that never came, by the custodian's own numbers. */
  numbers: { first: number; last: number } | null;
}

/** The next delivery that the promise makes due. */
export interface NextDelivery {
  /** The first day that it must hold. */
  from: LocalDate;
  dueOn: LocalDate;
  /** In days; 0 while it is not due yet. */
  lateBy: number;
}

/** What the custodian still keeps of its own log, from which alone a gap can be filled. */
export interface SourceLog {
  keptDays: number;
  /** The first day of which it still has the entries. */
  keepsFrom: LocalDate;
  /** Missing days that the source has purged. */
  lost: Period[];
  /** The missing day that will be purged first; null when the source has none. */
  next: { day: LocalDate; purgedOn: LocalDate; inDays: number } | null;
}

/** What besides the deliveries bears on their dates. */
export interface Standing {
  today: LocalDate;
  /** Since when the custodian delivers here: what is older is due with its first delivery. */
  since: LocalDate;
}

/** On which day the look-ups of a day are due. */
export function dueOn(day: LocalDate, promises: readonly PromisedRhythm[], since: LocalDate): LocalDate {
  const counted = day < since ? since : day;
  return addDays(counted, strictestRhythm(promises, { from: counted, to: counted }));
}

/** The last day whose look-ups are due before today: null when none is. */
export function lastDueDay(promises: readonly PromisedRhythm[], { today, since }: Standing): LocalDate | null {
  // The strictest promise of all reaches furthest, so no later day can be due.
  const least = Math.min(...promises.map(({ rhythmDays }) => rhythmDays));
  for (let day = addDays(today, -least - 1); day >= since; day = addDays(day, -1)) {
    if (dueOn(day, promises, since) < today) return day;
  }
  return null;
}

/**
 * How many days late each delivery was, in the order given: by the first of its days that no earlier one
 * had brought. Null when it brought no new day.
 */
export function latenessOf(
  deliveries: readonly Delivery[],
  promises: readonly PromisedRhythm[],
  since: LocalDate,
): (number | null)[] {
  const order = deliveries.map((_, i) => i).sort((a, b) => compare(receivedOn(a), receivedOn(b)));
  const late = deliveries.map((): number | null => null);
  let before: Period[] = [];
  for (const i of order) {
    const brought = periodOf(deliveries[i] as Delivery);
    if (brought === null) continue;
    const first = missingFrom(brought, before)[0]?.from;
    if (first !== undefined) late[i] = Math.max(0, daysBetween(dueOn(first, promises, since), receivedOn(i)));
    before = joinPeriods([...before, brought]);
  }
  return late;

  function receivedOn(i: number): LocalDate {
    return (deliveries[i] as Delivery).receivedOn;
  }
}

/** The days of a delivery: what it says of itself, or else from its first to its last entry. */
export function periodOf(delivery: Delivery): Period | null {
  return delivery.claimed ?? delivery.span;
}

/** What is due next, and since when. */
export function nextDelivery(facts: CoverageFacts, { today, since }: Standing): NextDelivery {
  const heldTo = heldDays(facts).held.at(-1)?.to;
  const from = heldTo === undefined ? since : addDays(heldTo, 1);
  const due = dueOn(from, facts.promises, since);
  return { from, dueOn: due, lateBy: Math.max(0, daysBetween(due, today)) };
}

/**
 * The gaps inside a frame, in order of time; those of a number alone come last. Days that are not due yet
 * are missing, but no gap: nobody has to do anything about them.
 */
export function listGaps(frame: Period, facts: CoverageFacts, standing: Standing): Gap[] {
  const { held, silent } = heldDays(facts);
  const [first, last] = [held[0]?.from, held.at(-1)?.to];
  const next = nextDelivery(facts, standing);
  const until = frame.to < standing.today ? frame.to : standing.today;
  const gaps: Gap[] = [];
  const add = (cause: GapCause, periods: readonly Period[]) =>
    gaps.push(...periods.map((period) => ({ cause, period, numbers: null })));

  const start = first ?? next.from;
  add("before", clipPeriods([{ from: frame.from, to: addDays(start, -1) }], { ...frame, to: until }));
  if (first !== undefined && last !== undefined) {
    const inside = missingFrom({ from: first, to: last }, held);
    add("silence", clipPeriods(silent, frame));
    add(
      "between",
      clipPeriods(
        inside.flatMap((period) => missingFrom(period, silent)),
        frame,
      ),
    );
  }
  if (next.lateBy > 0) add("overdue", clipPeriods([{ from: next.from, to: until }], frame));
  const numbers = missingNumbers(facts.deliveries).filter(({ between }) => between === null || touches(between, frame));
  return nameNumbers(gaps, numbers).sort(byTime);
}

interface NumberRun {
  first: number;
  last: number;
  /** The days between the deliveries before and after; null when these leave none between them. */
  between: Period | null;
}

/** Runs of numbers that never came, between two that did. */
export function missingNumbers(deliveries: readonly Delivery[]): NumberRun[] {
  const numbered = new Map<number, Delivery>();
  for (const delivery of deliveries) if (delivery.number !== null) numbered.set(delivery.number, delivery);
  const came = [...numbered.keys()].sort((a, b) => a - b);
  return came.slice(1).flatMap((after, i) => {
    const before = came[i] as number;
    if (after - before < 2) return [];
    const end = periodOf(numbered.get(before) as Delivery)?.to;
    const start = periodOf(numbered.get(after) as Delivery)?.from;
    const hasDays = end !== undefined && start !== undefined && addDays(end, 1) < start;
    const between = hasDays ? { from: addDays(end, 1), to: addDays(start, -1) } : null;
    return [{ first: before + 1, last: after - 1, between }];
  });
}

/** A gap that a number explains says so; a number that explains none is a gap without days. */
function nameNumbers(gaps: readonly Gap[], runs: readonly NumberRun[]): Gap[] {
  const named = gaps.map((gap) => {
    const run = gap.cause === "between" ? runs.find((one) => touches(one.between, gap.period)) : undefined;
    if (run === undefined) return gap;
    return { ...gap, cause: "number" as const, numbers: { first: run.first, last: run.last } };
  });
  const alone = runs.filter((run) => !named.some((gap) => gap.numbers?.first === run.first));
  return [
    ...named,
    ...alone.map(({ first, last }) => ({ cause: "number" as const, period: null, numbers: { first, last } })),
  ];
}

function touches(one: Period | null, other: Period | null): boolean {
  return one !== null && other !== null && one.from <= other.to && other.from <= one.to;
}

/**
 * What the source's own purging does to missing days: an entry is gone `keptDays` days after it.
 * @param missing as far as today
 */
export function sourceLog(missing: readonly Period[], keptDays: number, today: LocalDate): SourceLog {
  const keepsFrom = addDays(today, 1 - keptDays);
  const past = clipPeriods(missing, { from: "0001-01-01", to: today });
  const day = clipPeriods(past, { from: keepsFrom, to: today })[0]?.from;
  const purgedOn = day === undefined ? undefined : addDays(day, keptDays);
  return {
    keptDays,
    keepsFrom,
    lost: clipPeriods(past, { from: "0001-01-01", to: addDays(keepsFrom, -1) }),
    next: day === undefined || purgedOn === undefined ? null : { day, purgedOn, inDays: daysBetween(today, purgedOn) },
  };
}

/** Whether a gap can still be filled from the source: `purgedOn` is when the first of its days goes there. */
export function gapAtSource({ period }: Gap, source: SourceLog | null): { lost: boolean; purgedOn: LocalDate | null } {
  if (period === null || source === null) return { lost: false, purgedOn: null };
  if (period.to < source.keepsFrom) return { lost: true, purgedOn: null };
  const first = period.from < source.keepsFrom ? source.keepsFrom : period.from;
  return { lost: false, purgedOn: addDays(first, source.keptDays) };
}

function byTime(one: Gap, other: Gap): number {
  if (one.period === null || other.period === null) {
    return Number(one.period === null) - Number(other.period === null);
  }
  return compare(one.period.from, other.period.from);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
