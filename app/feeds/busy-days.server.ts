/**
 * The local days on which a log has an event, kept as rows come in: a coverage reading asks for them each time, and
 * counting them in the store would mean going through months of it.
 */
import type pg from "pg";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate, type LocalDate, toDbDate } from "#app/platform/time/local-date.ts";
import type { Period } from "./coverage.ts";

/**
 * Notes the days of a batch's rows.
 * @param rows The rows: a table of ours with the column `at`, never a name from outside.
 */
export async function noteBusyDays(client: pg.ClientBase | pg.Pool, batchId: string, rows: string): Promise<void> {
  // Every zone's days begin at a quarter of an hour in UTC: of millions of instants only those are told apart first.
  await client.query(
    `INSERT INTO busy_day (agency_id, system_id, day)
     SELECT DISTINCT b.agency_id, b.system_id, (quarter AT TIME ZONE a.zone)::date AS day
     FROM (SELECT DISTINCT date_bin('15 minutes', at, 'epoch'::timestamptz) AS quarter FROM ${rows}) q
       CROSS JOIN batch b JOIN agency a ON a.id = b.agency_id
     WHERE b.id = $1 ORDER BY day
     ON CONFLICT DO NOTHING`,
    [batchId],
  );
}

/** The days that began before the instant from which on a log keeps its events: one of which a part is gone is not held. */
export async function forgetBusyDays(
  client: pg.ClientBase,
  { agencyId, systemId, before }: { agencyId: string; systemId: string; before: Date },
): Promise<void> {
  await client.query(
    `DELETE FROM busy_day d USING agency a
     WHERE a.id = $1 AND d.agency_id = $1 AND d.system_id = $2 AND d.day::timestamp AT TIME ZONE a.zone < $3`,
    [agencyId, systemId, before.toISOString()],
  );
}

/** The days of a period on which a log has an event, in order. */
export async function listBusyDays(
  portal: Pick<Portal, "db">,
  { agencyId, systemId, period }: { agencyId: string; systemId: string; period: Period },
): Promise<LocalDate[]> {
  const days = await portal.db.busyDay.findMany({
    where: { agencyId, systemId, day: { gte: toDbDate(period.from), lte: toDbDate(period.to) } },
    select: { day: true },
    orderBy: { day: "asc" },
  });
  return days.map(({ day }) => fromDbDate(day));
}
