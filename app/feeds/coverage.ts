/**
 * Arithmetic of periods: which days a log really covers. "No entries" is never shown without it.
 */
import { addDays, daysBetween, type LocalDate } from "#app/platform/time/local-date.ts";

/** Local days, both included. */
export interface Period {
  from: LocalDate;
  to: LocalDate;
}

/** One delivery that arrived whole. */
export interface Delivery {
  /** The local day on which it arrived. */
  receivedOn: LocalDate;
  /** The custodian's own number of it, counted up by one; null when it gives none. */
  number: number | null;
  /** The days that the custodian says it holds every look-up of; null when it says nothing. */
  claimed: Period | null;
  /** From its first to its last day with an entry; null when none of its rows could be read. */
  span: Period | null;
}

/** What a custodian had promised, and from when on. */
export interface PromisedRhythm {
  /** Null: it has held from the beginning. */
  from: LocalDate | null;
  /** Each look-up is delivered at latest so many days after it, and no silence is longer. */
  rhythmDays: number;
}

/** What is known of one log. */
export interface CoverageFacts {
  deliveries: readonly Delivery[];
  /** The days with entries, in any order: those around the days asked about are enough. */
  busyDays: readonly LocalDate[];
  /** In order of time; at least one. */
  promises: readonly PromisedRhythm[];
}

/** In order, without overlaps; periods that touch become one. Empty ones (from after to) fall out. */
export function joinPeriods(periods: readonly Period[]): Period[] {
  const out: Period[] = [];
  const sorted = periods.filter((p) => p.from <= p.to).sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const period of sorted) {
    const last = out.at(-1);
    if (last !== undefined && (period.from <= last.to || period.from === addDays(last.to, 1))) {
      if (period.to > last.to) last.to = period.to;
    } else out.push({ ...period });
  }
  return out;
}

/** The parts of the periods that lie inside `frame`. */
export function clipPeriods(periods: readonly Period[], frame: Period): Period[] {
  const clipped = periods.map((p) => ({
    from: p.from < frame.from ? frame.from : p.from,
    to: p.to > frame.to ? frame.to : p.to,
  }));
  return joinPeriods(clipped);
}

/** What of `frame` none of the periods covers. */
export function missingFrom(frame: Period, periods: readonly Period[]): Period[] {
  const missing: Period[] = [];
  let from = frame.from;
  for (const period of clipPeriods(periods, frame)) {
    if (from < period.from) missing.push({ from, to: addDays(period.from, -1) });
    from = addDays(period.to, 1);
  }
  if (from <= frame.to) missing.push({ from, to: frame.to });
  return missing;
}

/** What remains of the periods without the days of `holes`. */
export function withoutHoles(periods: readonly Period[], holes: readonly Period[]): Period[] {
  return joinPeriods(periods).flatMap((period) => missingFrom(period, holes));
}

export function periodHas({ from, to }: Period, day: LocalDate): boolean {
  return from <= day && day <= to;
}

/** The strictest of the promises that held on any day of a period: a later, easier one excuses nothing before it. */
export function strictestRhythm(promises: readonly PromisedRhythm[], period: Period): number {
  const held = promises.filter(({ from }, i) => {
    const until = promises[i + 1]?.from ?? null;
    return (from === null || i === 0 || from <= period.to) && (until === null || until > period.from);
  });
  return Math.min(...held.map(({ rhythmDays }) => rhythmDays));
}

/**
 * Silences longer than promised: runs of days of which nothing is known, between two of which something
 * is. A log that was always busy and is silent for weeks was not searched less; it was not delivered.
 *
 * @param known Days with entries, and periods that the custodian says are complete.
 */
export function silences(known: readonly Period[], promises: readonly PromisedRhythm[]): Period[] {
  const joined = joinPeriods(known);
  return joined.slice(1).flatMap((after, i) => {
    const before = joined[i] as Period;
    const silence = { from: addDays(before.to, 1), to: addDays(after.from, -1) };
    const days = daysBetween(before.to, after.from) - 1;
    return days > strictestRhythm(promises, silence) ? [silence] : [];
  });
}

/** Every day that the deliveries hold, and those that only a silence takes away from them. */
export function heldDays(facts: CoverageFacts): { held: Period[]; silent: Period[] } {
  const claimed = facts.deliveries.flatMap((delivery) => delivery.claimed ?? []);
  const unclaimed = facts.deliveries.filter((delivery) => delivery.claimed === null);
  const spans = unclaimed.flatMap((delivery) => delivery.span ?? []);
  const open = [...spans, ...bridges(unclaimed)];
  // The ends of a delivery are busy days, wherever the days asked about lie.
  const ends = spans.flatMap(({ from, to }) => [from, to]);
  const busy = [...facts.busyDays, ...ends].map((day) => ({ from: day, to: day }));
  const holes = silences([...claimed, ...busy], facts.promises);
  const inside = joinPeriods(open);
  return {
    held: joinPeriods([...claimed, ...withoutHoles(inside, holes)]),
    silent: joinPeriods(holes.flatMap((hole) => clipPeriods(inside, hole))),
  };
}

/**
 * The days between two deliveries that the custodian numbered one after the other: nothing was delivered
 * between them, so nothing is missing there unless the silence is longer than promised. Of one that says
 * itself for which days it is complete nothing is guessed.
 */
function bridges(unclaimed: readonly Delivery[]): Period[] {
  const byNumber = new Map<number, Period[]>();
  for (const { number, span } of unclaimed) {
    if (number !== null && span !== null) byNumber.set(number, [...(byNumber.get(number) ?? []), span]);
  }
  return [...byNumber].flatMap(([number, spans]) =>
    (byNumber.get(number + 1) ?? []).flatMap((next) =>
      spans.map((span) => ({ from: addDays(span.to, 1), to: addDays(next.from, -1) })),
    ),
  );
}

/** Splits a frame into what the deliveries hold and what is missing. A further delivery never takes a day away. */
export function coverPeriod(frame: Period, facts: CoverageFacts): { held: Period[]; missing: Period[] } {
  const held = clipPeriods(heldDays(facts).held, frame);
  return { held, missing: missingFrom(frame, held) };
}
