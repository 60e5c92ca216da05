/**
 * Look-ups in the event store. Plain SQL, planned for the values at hand: a generic plan would visit
 * every month there is (measured three times slower over 36 of them).
 */
import type pg from "pg";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { addDays, type LocalDate, startOfDay } from "#app/platform/time/local-date.ts";
import type { AccessEvent } from "./access-event.ts";
import type { Period } from "./coverage.ts";
import { payloadPlace } from "./seal-rows.server.ts";
import { unpackEvent } from "./store/event-payload.ts";

/** One verified identifier: its blind index, and the days on which it was the subject's own. */
export interface SubjectKey {
  identifierId: string;
  tag: string;
  from: LocalDate;
  /** Null while it still is. */
  to: LocalDate | null;
}

/** An event's two-part name: the store is partitioned by time. */
export interface EventRef {
  eventId: string;
  at: Date;
}

export interface FoundEvent extends EventRef {
  identifierIds: string[];
  /** 0: searched by one of the keys. 1: a key only stands in the free text of a search for something else. */
  place: 0 | 1;
}

export interface OpenedEvent extends EventRef {
  agencyId: string;
  systemId: string;
  batchId: string;
  /** Row of the delivered file; the header is row 1. */
  row: number;
  event: AccessEvent;
}

async function withCustomPlans<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN READ ONLY; SET LOCAL plan_cache_mode = force_custom_plan");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
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

const BY_REF = `
  SELECT e.id, e.at, e.agency_id, e.system_id, e.batch_id, e.row_no, e.key_id, e.payload
  FROM unnest($1::uuid[], $2::timestamptz[]) AS r(id, at)
  JOIN events.access_event e ON e.id = r.id AND e.at = r.at
  WHERE e.at >= $3 AND e.at <= $4`;

interface SealedRow {
  id: string;
  at: Date;
  agency_id: string;
  system_id: string;
  batch_id: string;
  row_no: number;
  key_id: string;
  payload: Buffer;
}

const OPENED_AT_ONCE = 1000;

/**
 * Opens events, in the order asked for. The caller writes the read into the ledger: only he knows for
 * whose case it is.
 *
 * @throws NotFound when one of them does not exist.
 */
export async function openEvents(
  portal: Pick<Portal, "pool" | "vault">,
  refs: readonly EventRef[],
): Promise<OpenedEvent[]> {
  const opened = new Map<string, OpenedEvent>();
  for (let i = 0; i < refs.length; i += OPENED_AT_ONCE) {
    for (const row of await loadSealed(portal.pool, refs.slice(i, i + OPENED_AT_ONCE))) {
      opened.set(row.id, await openRow(portal, row));
    }
  }
  return refs.map((ref) => {
    const event = opened.get(ref.eventId);
    if (event === undefined) throw new NotFound("event");
    return event;
  });
}

async function loadSealed(pool: pg.Pool, refs: readonly EventRef[]): Promise<SealedRow[]> {
  const times = refs.map((ref) => ref.at.toISOString()).sort();
  const { rows } = await withCustomPlans(pool, (client) =>
    client.query<SealedRow>(BY_REF, [
      refs.map((ref) => ref.eventId),
      refs.map((ref) => ref.at.toISOString()),
      times[0],
      times.at(-1),
    ]),
  );
  return rows;
}

async function openRow(portal: Pick<Portal, "vault">, row: SealedRow): Promise<OpenedEvent> {
  const text = await portal.vault.openText(row.key_id, payloadPlace(row.id), row.payload);
  return {
    eventId: row.id,
    at: row.at,
    agencyId: row.agency_id,
    systemId: row.system_id,
    batchId: row.batch_id,
    row: row.row_no,
    event: unpackEvent(text),
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
