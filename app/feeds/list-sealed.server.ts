import type { Portal } from "#app/platform/portal.server.ts";
import { FLAG_SEALED } from "./access-event.ts";
import type { EventRef } from "./find-events.server.ts";

/** Of these events, the ids of those that their custodian's log marks as kept from the person searched for. */
export async function listSealedEvents(
  portal: Pick<Portal, "pool">,
  refs: readonly EventRef[],
): Promise<ReadonlySet<string>> {
  if (refs.length === 0) return new Set();
  const times = refs.map((ref) => ref.at.toISOString()).sort();
  const { rows } = await portal.pool.query<{ id: string }>(
    `SELECT e.id FROM unnest($1::uuid[], $2::timestamptz[]) AS r(id, at)
     JOIN events.access_event e ON e.id = r.id AND e.at = r.at
     WHERE e.at >= $3 AND e.at <= $4 AND e.flags & $5 <> 0`,
    [refs.map((ref) => ref.eventId), refs.map((ref) => ref.at.toISOString()), times[0], times.at(-1), FLAG_SEALED],
  );
  return new Set(rows.map((row) => row.id));
}
