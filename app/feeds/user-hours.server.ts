/**
 * At which hours a user searches, counted in the store by the user's keyed hash: no event is opened for it, and nothing
 * but counts comes out. Counting goes through a log's parts, so what was counted is kept for a day.
 */
import type pg from "pg";
import type { Portal } from "#app/platform/portal.server.ts";
import type { EventRef } from "./open-events.server.ts";
import { withReader } from "./store/reader.server.ts";
import type { UserHours } from "./user-hours.ts";

/** For how long a count is taken to be true. */
const KEPT_MS = 24 * 60 * 60_000;

/** Which system's log an event stands in, and its user's hours there; null where the log names no user. */
export interface EventUser {
  readonly systemId: string;
  readonly hours: UserHours | null;
}

const OF_EVENTS = `
  SELECT e.id, e.system_id, e.user_tag FROM unnest($1::uuid[], $2::timestamptz[]) AS r(id, at)
  JOIN events.access_event e ON e.id = r.id AND e.at = r.at
  WHERE e.at >= $3 AND e.at <= $4 AND e.agency_id = $5`;

const KEPT = `
  SELECT h.system_id, h.user_tag, h.look_ups, h.days, h.hours FROM unnest($2::uuid[], $3::uuid[]) AS w(system_id, user_tag)
  JOIN user_hours h ON h.agency_id = $1 AND h.system_id = w.system_id AND h.user_tag = w.user_tag
  WHERE h.counted_at > $4`;

const COUNTED = `
  WITH wanted AS (SELECT * FROM unnest($2::uuid[], $3::uuid[]) AS w(system_id, user_tag)),
  found AS (
    SELECT e.system_id, e.user_tag, e.at AT TIME ZONE $4::text AS local FROM events.access_event e
    JOIN wanted USING (system_id, user_tag) WHERE e.agency_id = $1
  ),
  by_hour AS (
    SELECT system_id, user_tag, extract(hour FROM local)::int AS hour, count(*)::int AS look_ups
    FROM found GROUP BY 1, 2, 3
  ),
  by_user AS (
    SELECT system_id, user_tag, count(*)::int AS look_ups, count(DISTINCT local::date)::int AS days
    FROM found GROUP BY 1, 2
  )
  INSERT INTO user_hours (agency_id, system_id, user_tag, look_ups, days, hours, counted_at)
  SELECT $1, u.system_id, u.user_tag, u.look_ups, u.days,
    ARRAY(SELECT coalesce(h.look_ups, 0) FROM generate_series(0, 23) AS n(hour)
          LEFT JOIN by_hour h ON h.system_id = u.system_id AND h.user_tag = u.user_tag AND h.hour = n.hour
          ORDER BY n.hour),
    $5::timestamptz
  FROM by_user u ORDER BY u.system_id, u.user_tag
  ON CONFLICT (agency_id, system_id, user_tag) DO UPDATE
    SET look_ups = excluded.look_ups, days = excluded.days, hours = excluded.hours, counted_at = excluded.counted_at
  RETURNING system_id, user_tag, look_ups, days, hours`;

interface OfEvent {
  id: string;
  system_id: string;
  user_tag: string | null;
}

interface Counted {
  system_id: string;
  user_tag: string;
  look_ups: number;
  days: number;
  hours: number[];
}

/**
 * @param query.zone Of the agency: the hours are those on its wall.
 * @param query.withHours False: nothing is counted, and only the systems are looked up.
 * @returns By event id; events that the store does not hold are left out.
 */
export async function listEventUsers(
  portal: Pick<Portal, "pool" | "time">,
  query: { agencyId: string; zone: string; events: readonly EventRef[]; withHours: boolean },
): Promise<ReadonlyMap<string, EventUser>> {
  const { agencyId, events } = query;
  if (events.length === 0) return new Map();
  return withReader(portal.pool, async (client) => {
    const times = events.map(({ at }) => at.toISOString()).sort();
    const { rows } = await client.query<OfEvent>(OF_EVENTS, [
      events.map(({ eventId }) => eventId),
      events.map(({ at }) => at.toISOString()),
      times[0],
      times.at(-1),
      agencyId,
    ]);
    const hours = query.withHours
      ? await hoursOf(client, portal.time.now(), query, rows)
      : new Map<string, UserHours>();
    return new Map(
      rows.map((row) => [
        row.id,
        { systemId: row.system_id, hours: hours.get(nameOf(row.system_id, row.user_tag)) ?? null },
      ]),
    );
  });
}

const nameOf = (systemId: string, userTag: string | null) => `${systemId} ${userTag}`;

async function hoursOf(
  client: pg.ClientBase,
  now: Date,
  { agencyId, zone }: { agencyId: string; zone: string },
  rows: readonly OfEvent[],
): Promise<Map<string, UserHours>> {
  const wanted = new Map<string, { systemId: string; userTag: string }>();
  for (const { system_id: systemId, user_tag: userTag } of rows) {
    if (userTag !== null) wanted.set(nameOf(systemId, userTag), { systemId, userTag });
  }
  const stale = new Date(now.getTime() - KEPT_MS).toISOString();
  const kept = await read(client, KEPT, agencyId, [...wanted.values()], [stale]);
  const missing = [...wanted].filter(([name]) => !kept.has(name)).map(([, user]) => user);
  // Counts outlive no event by more than a day.
  if (missing.length > 0)
    await client.query("DELETE FROM user_hours WHERE agency_id = $1 AND counted_at <= $2", [agencyId, stale]);
  const counted = await read(client, COUNTED, agencyId, missing, [zone, now.toISOString()]);
  return new Map([...kept, ...counted]);
}

async function read(
  client: pg.ClientBase,
  sql: string,
  agencyId: string,
  users: readonly { systemId: string; userTag: string }[],
  rest: readonly string[],
): Promise<Map<string, UserHours>> {
  if (users.length === 0) return new Map();
  const { rows } = await client.query<Counted>(sql, [
    agencyId,
    users.map((user) => user.systemId),
    users.map((user) => user.userTag),
    ...rest,
  ]);
  return new Map(
    rows.map(({ system_id, user_tag, look_ups, days, hours }) => [
      nameOf(system_id, user_tag),
      { lookUps: look_ups, days, hours },
    ]),
  );
}
