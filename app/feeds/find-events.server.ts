/** Look-ups in the event store: plain SQL over its indexes. */
import type pg from "pg";
import type { Portal } from "#app/platform/portal.server.ts";
import { addDays, type LocalDate, startOfDay } from "#app/platform/time/local-date.ts";
import type { Period } from "./coverage.ts";
import { foldEvents, type StoredRow } from "./fold-events.ts";
import type { EventRef } from "./open-events.server.ts";
import { withCustomPlans } from "./store/custom-plans.server.ts";

export { type EventRef, openEvents } from "./open-events.server.ts";

/** One verified identifier: its blind index, and the days on which it was the subject's own. */
export interface SubjectKey {
  identifierId: string;
  tag: string;
  from: LocalDate;
  /** Null while it still is. */
  to: LocalDate | null;
}

/** One look-up, folded (fold-events.ts): its name is that of its latest edition. */
export interface FoundEvent extends EventRef {
  identifierIds: string[];
  /** 0: searched by one of the keys. 1: a key only stands in the free text of a search for something else. */
  place: 0 | 1;
  systemId: string;
  /** Earlier editions of the same entry, the latest first. */
  earlier: EventRef[];
  /** Other rows of the same look-up: the other side's log of it, the rest of a machine's chain. */
  others: (EventRef & { systemId: string })[];
}

/** What a row is known by, without opening it. */
const ROW = `e.id, e.at, e.system_id, e.batch_id, b.received_at, e.source_tag, e.query_tag, e.group_tag, e.user_tag`;

const BY_SUBJECT = `
  SELECT ${ROW}, k.place, array_agg(DISTINCT s.identifier_id) AS identifier_ids
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS s(identifier_id, tag, since, before)
  JOIN events.search_key k ON k.tag = s.tag AND k.at >= s.since AND k.at < s.before
  JOIN events.access_event e ON e.id = k.event_id AND e.at = k.at
  JOIN batch b ON b.id = e.batch_id
  WHERE k.at >= $5 AND k.at < $6 AND e.at >= $5 AND e.at < $6 AND e.agency_id = $7
  GROUP BY ${ROW}, k.place
  ORDER BY k.place`;

/** How far the time of an entry may be moved by a later edition, and the clocks of two sides may differ. */
const AROUND_MS = 2 * 24 * 60 * 60_000;

// Rows that belong to the found ones: other editions of their entries, and the other side's rows of their queries.
const RELATED = `
  SELECT DISTINCT ${ROW}
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS f(source_tag, query_tag, since, before)
  JOIN LATERAL (
    SELECT * FROM events.access_event s WHERE s.source_tag = f.source_tag AND s.at >= f.since AND s.at <= f.before
    UNION ALL
    SELECT * FROM events.access_event q WHERE q.query_tag = f.query_tag AND q.at >= f.since AND q.at <= f.before
  ) e ON true
  JOIN batch b ON b.id = e.batch_id
  WHERE e.at >= $5 AND e.at <= $6 AND e.agency_id = $7`;

interface Row {
  id: string;
  at: Date;
  system_id: string;
  batch_id: string;
  received_at: Date;
  source_tag: string | null;
  query_tag: string | null;
  group_tag: string | null;
  user_tag: string | null;
  place?: 0 | 1;
  identifier_ids?: string[];
}

/**
 * Every look-up of one custodian in which a subject was searched by, or named by, one of the keys, in the order of
 * time. One counts for a key only on a day on which the key was the subject's; one found in both ways is returned
 * once, as searched by. A later edition of an entry stands for the earlier ones, through which it may have been found.
 *
 * @param query.keys Individually verified identifiers only: that is the caller's promise.
 * @param query.period Local days in `zone`, both included.
 */
export async function findEventsBySubject(
  portal: Pick<Portal, "pool">,
  query: { agencyId: string; keys: readonly SubjectKey[]; period: Period; zone: string },
): Promise<FoundEvent[]> {
  const rows = await withCustomPlans(portal.pool, async (client) => {
    const found = await findRows(client, query);
    return [...found, ...(await findRelated(client, query.agencyId, found))];
  });
  const known = new Map<string, StoredRow>();
  for (const row of rows) if (!known.has(nameOf(row))) known.set(nameOf(row), row);
  return foldEvents([...known.values()]).map(({ row, earlier, others, identifierIds, place }) => ({
    ...refOf(row),
    systemId: row.systemId,
    identifierIds,
    place,
    earlier: earlier.map(refOf),
    others: others.map((other) => ({ ...refOf(other), systemId: other.systemId })),
  }));
}

const nameOf = (row: StoredRow) => `${row.eventId} ${row.at.getTime()}`;
const refOf = ({ eventId, at }: StoredRow): EventRef => ({ eventId, at });

async function findRows(
  client: pg.ClientBase,
  query: { agencyId: string; keys: readonly SubjectKey[]; period: Period; zone: string },
): Promise<StoredRow[]> {
  const { period, zone } = query;
  const since = startOfDay(period.from, zone);
  const before = startOfDay(addDays(period.to, 1), zone);
  const spans = query.keys.map((key) => ({
    since: startOfDay(key.from, zone).toISOString(),
    before: (key.to === null ? before : startOfDay(addDays(key.to, 1), zone)).toISOString(),
  }));
  const { rows } = await client.query<Row>(BY_SUBJECT, [
    query.keys.map((key) => key.identifierId),
    query.keys.map((key) => key.tag),
    spans.map((span) => span.since),
    spans.map((span) => span.before),
    since.toISOString(),
    before.toISOString(),
    query.agencyId,
  ]);
  return rows.map(toStored);
}

async function findRelated(client: pg.ClientBase, agencyId: string, found: readonly StoredRow[]): Promise<StoredRow[]> {
  const tagged = found.filter((row) => row.sourceTag !== null || row.queryTag !== null);
  if (tagged.length === 0) return [];
  const moved = (row: StoredRow, by: number) => new Date(row.at.getTime() + by).toISOString();
  const times = tagged.map((row) => row.at.getTime());
  const { rows } = await client.query<Row>(RELATED, [
    tagged.map((row) => row.sourceTag),
    tagged.map((row) => row.queryTag),
    tagged.map((row) => moved(row, -AROUND_MS)),
    tagged.map((row) => moved(row, AROUND_MS)),
    new Date(Math.min(...times) - AROUND_MS).toISOString(),
    new Date(Math.max(...times) + AROUND_MS).toISOString(),
    agencyId,
  ]);
  return rows.map(toStored);
}

function toStored(row: Row): StoredRow {
  return {
    eventId: row.id,
    at: row.at,
    systemId: row.system_id,
    batchId: row.batch_id,
    receivedAt: row.received_at,
    sourceTag: row.source_tag,
    queryTag: row.query_tag,
    groupTag: row.group_tag,
    userTag: row.user_tag,
    identifierIds: row.identifier_ids ?? [],
    place: row.place ?? 1,
  };
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
