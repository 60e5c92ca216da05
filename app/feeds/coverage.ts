/**
 * Arithmetic of periods: which days a log really covers. "No entries" is never shown without it.
 */
import { addDays, daysBetween, type LocalDate } from "#app/platform/time/local-date.ts";

/** Local days, both included. */
export interface Period {
  from: LocalDate;
  to: LocalDate;
}

/** In order, without overlaps; periods that touch become one. Empty ones (from after to) fall out. */
export function joinPeriods(periods: readonly Period[]): Period[] {
  const out: Period[] = [];
  const sorted = periods.filter((p) => p.from <= p.to).sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const period of sorted) {
    const last = out.at(-1);
    if (last !== undefined && period.from <= addDays(last.to, 1)) {
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

/**
 * Silences longer than the custodian's promised rhythm: runs of days without any entry that lie
 * between two days with one. A log that was always busy and is silent for weeks was not searched
 * less; it was not delivered.
 *
 * @param days The days with entries, in any order.
 */
export function silences(days: readonly LocalDate[], rhythmDays: number): Period[] {
  const sorted = [...days].sort();
  return sorted.slice(1).flatMap((day, i) => {
    const before = sorted[i] as LocalDate;
    const silent = daysBetween(before, day) - 1;
    return silent > rhythmDays ? [{ from: addDays(before, 1), to: addDays(day, -1) }] : [];
  });
}

/** Splits a frame into what the batches hold and what is missing. */
export function coverPeriod(
  frame: Period,
  facts: { batches: readonly Period[]; busyDays: readonly LocalDate[]; rhythmDays: number },
): { held: Period[]; missing: Period[] } {
  const delivered = withoutHoles(facts.batches, silences(facts.busyDays, facts.rhythmDays));
  const held = clipPeriods(delivered, frame);
  return { held, missing: missingFrom(frame, held) };
}
