/** Look-ups in the event store: plain SQL over its indexes. */
import type { Portal } from "#app/platform/portal.server.ts";
import { addDays, type LocalDate, startOfDay } from "#app/platform/time/local-date.ts";
import type { Period } from "./coverage.ts";
import { foldEvents, type StoredRow } from "./fold-events.ts";
import type { EventRef } from "./open-events.server.ts";
import { findByKeys, findOtherSides, withReceipt } from "./store/find-rows.server.ts";
import { withReader } from "./store/reader.server.ts";

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
  const { agencyId, period, zone } = query;
  const since = startOfDay(period.from, zone);
  const before = startOfDay(addDays(period.to, 1), zone);
  const keys = query.keys.map(({ identifierId, tag, from, to }) => ({
    identifierId,
    tag,
    since: startOfDay(from, zone),
    before: to === null ? before : startOfDay(addDays(to, 1), zone),
  }));
  const rows = await withReader(portal.pool, async (client) => {
    const found = await findByKeys(client, { agencyId, keys, since, before });
    return withReceipt(client, [...found, ...(await findOtherSides(client, agencyId, found))]);
  });
  return foldEvents(rows).map(({ row, earlier, others, identifierIds, place }) => ({
    ...refOf(row),
    systemId: row.systemId,
    identifierIds,
    place,
    earlier: earlier.map(refOf),
    others: others.map((other) => ({ ...refOf(other), systemId: other.systemId })),
  }));
}

const refOf = ({ eventId, at }: StoredRow): EventRef => ({ eventId, at });

/** The events that one custodian's log of one system holds on a local day, in order of time. */
export async function listEventsAt(
  portal: Pick<Portal, "pool">,
  query: { agencyId: string; systemId: string; on: LocalDate; zone: string; limit?: number },
): Promise<EventRef[]> {
  const { rows } = await withReader(portal.pool, (client) =>
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
