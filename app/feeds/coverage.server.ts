import type { Portal } from "#app/platform/portal.server.ts";
import { addDays, fromDbDate, type LocalDate } from "#app/platform/time/local-date.ts";
import { getCustody } from "#app/registry/queries.server.ts";
import { coverPeriod, type Period } from "./coverage.ts";
import { countEventsByDay } from "./find-events.server.ts";

export interface Coverage {
  /** What of the period the delivered logs really contain. Empty: nothing arrived. */
  held: Period[];
  missing: Period[];
  /** Rows of this log that wait in quarantine, whatever their time. */
  unread: number;
  /** The last day with a delivered entry, in or after the period; null when nothing ever arrived. */
  latest: LocalDate | null;
  /** Finished deliveries of this log. */
  batches: number;
}

/**
 * What one custodian's log of one system holds of a period: the days that its finished batches span,
 * less the silences inside that are longer than the custodian's promised rhythm.
 *
 * @throws NotFound when the agency does not keep this system's log.
 */
export async function coverage(
  portal: Portal,
  query: { agencyId: string; systemId: string; period: Period; zone: string },
): Promise<Coverage> {
  const { agencyId, systemId, period, zone } = query;
  const { rhythmDays } = await getCustody(portal, agencyId, systemId);
  const finished = await portal.db.batch.findMany({
    where: { agencyId, systemId, finishedAt: { not: null }, refusal: null },
    select: { firstOn: true, lastOn: true },
  });
  const spans = finished.flatMap(({ firstOn, lastOn }) =>
    firstOn === null || lastOn === null ? [] : [{ from: fromDbDate(firstOn), to: fromDbDate(lastOn) }],
  );
  const latest =
    spans
      .map((span) => span.to)
      .sort()
      .at(-1) ?? null;
  const unread = await portal.db.quarantine.count({ where: { agencyId, systemId } });
  // A silence is judged by the busy day before it and the one after it, and these may lie outside the
  // period. The ends of a batch are busy days wherever they lie, so no silence is open at an end.
  const seen = surroundings(period, spans);
  const counts = seen === null ? null : await countEventsByDay(portal, { agencyId, systemId, period: seen, zone });
  const busy = [...(counts?.keys() ?? []), ...spans.flatMap((span) => [span.from, span.to])];
  return {
    ...coverPeriod(period, { batches: spans, busyDays: busy, rhythmDays }),
    unread,
    latest,
    batches: finished.length,
  };
}

/** The stretch of delivered days that can bear on a period: up to a year before and after it. */
function surroundings(period: Period, spans: readonly Period[]): Period | null {
  const first = spans.map((span) => span.from).sort()[0];
  const last = spans
    .map((span) => span.to)
    .sort()
    .at(-1);
  if (first === undefined || last === undefined) return null;
  const from = addDays(period.from, -366);
  const to = addDays(period.to, 366);
  const stretch = { from: first > from ? first : from, to: last < to ? last : to };
  return stretch.from <= stretch.to ? stretch : null;
}
