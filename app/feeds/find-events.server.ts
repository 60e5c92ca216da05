/** Look-ups in the event store: plain SQL over its indexes. */
import type { Portal } from "#app/platform/portal.server.ts";
import { addDays, type LocalDate, startOfDay } from "#app/platform/time/local-date.ts";
import type { Period } from "./coverage.ts";
import type { EventRef } from "./open-events.server.ts";
import { withCustomPlans } from "./store/custom-plans.server.ts";

export { type EventRef, type OpenedEvent, openEvents } from "./open-events.server.ts";

/** One verified identifier: its blind index, and the days on which it was the subject's own. */
export interface SubjectKey {
  identifierId: string;
  tag: string;
  from: LocalDate;
  /** Null while it still is. */
  to: LocalDate | null;
}

export interface FoundEvent extends EventRef {
  identifierIds: string[];
  /** 0: searched by one of the keys. 1: a key only stands in the free text of a search for something else. */
  place: 0 | 1;
}

const BY_SUBJECT = `
  SELECT e.id, e.at, k.place, array_agg(DISTINCT s.identifier_id) AS identifier_ids
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS s(identifier_id, tag, since, before)
  JOIN events.search_key k ON k.tag = s.tag AND k.at >= s.since AND k.at < s.before
  JOIN events.access_event e ON e.id = k.event_id AND e.at = k.at
  WHERE k.at >= $5 AND k.at < $6 AND e.at >= $5 AND e.at < $6 AND e.agency_id = $7
  GROUP BY e.id, e.at, k.place
  ORDER BY e.at, e.id, k.place`;

/**
 * Every event of one custodian in which a subject was searched by, or named by, one of the keys.
 * An event counts for a key only on a day on which the key was the subject's; an event found in both
 * ways is returned once, as searched by.
 *
 * @param query.keys Individually verified identifiers only: that is the caller's promise.
 * @param query.period Local days in `zone`, both included.
 */
export async function findEventsBySubject(
  portal: Pick<Portal, "pool">,
  query: { agencyId: string; keys: readonly SubjectKey[]; period: Period; zone: string },
): Promise<FoundEvent[]> {
  const { period, zone } = query;
  const since = startOfDay(period.from, zone);
  const before = startOfDay(addDays(period.to, 1), zone);
  const spans = query.keys.map((key) => ({
    since: startOfDay(key.from, zone).toISOString(),
    before: (key.to === null ? before : startOfDay(addDays(key.to, 1), zone)).toISOString(),
  }));
  const { rows } = await withCustomPlans(portal.pool, (client) =>
    client.query<{ id: string; at: Date; place: 0 | 1; identifier_ids: string[] }>(BY_SUBJECT, [
      query.keys.map((key) => key.identifierId),
      query.keys.map((key) => key.tag),
      spans.map((span) => span.since),
      spans.map((span) => span.before),
      since.toISOString(),
      before.toISOString(),
      query.agencyId,
    ]),
  );
  const found = new Map<string, FoundEvent>();
  for (const row of rows) {
    // Rows of one event come in the order of place: what it was searched by wins.
    if (found.has(row.id)) continue;
    found.set(row.id, { eventId: row.id, at: row.at, identifierIds: row.identifier_ids, place: row.place });
  }
  return [...found.values()];
}

/** The events that one custodian's log of one system holds on a local day, in order of time. */
export async function listEventsAt(
  portal: Pick<Portal, "pool">,
  query: { agencyId: string; systemId: string; on: LocalDate; zone: string; limit?: number },
): Promise<EventRef[]> {
  const { rows } = await withCustomPlans(portal.pool, (client) =>
    client.query<EventRef>(
      `SELECT id AS "eventId", at FROM events.access_event
       WHERE at >= $1 AND at < $2 AND agency_id = $3 AND system_id = $4 ORDER BY at, id LIMIT $5`,
      [
        startOfDay(query.on, query.zone).toISOString(),
        startOfDay(addDays(query.on, 1), query.zone).toISOString(),
        query.agencyId,
        query.systemId,
        query.limit ?? 1000,
      ],
    ),
  );
  return rows;
}

/** How many events stand on each local day that has any. */
export async function countEventsByDay(
  portal: Pick<Portal, "pool">,
  query: { agencyId: string; systemId: string; period: Period; zone: string },
): Promise<Map<LocalDate, number>> {
  const { rows } = await withCustomPlans(portal.pool, (client) =>
    client.query<{ day: LocalDate; events: number }>(
      `SELECT to_char(at AT TIME ZONE $5, 'YYYY-MM-DD') AS day, count(*)::int AS events FROM events.access_event
       WHERE at >= $1 AND at < $2 AND agency_id = $3 AND system_id = $4 GROUP BY 1`,
      [
        startOfDay(query.period.from, query.zone).toISOString(),
        startOfDay(addDays(query.period.to, 1), query.zone).toISOString(),
        query.agencyId,
        query.systemId,
        query.zone,
      ],
    ),
  );
  return new Map(rows.map((row) => [row.day, row.events]));
}
