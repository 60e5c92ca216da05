/** Look-ups of one subject by five identifiers in a store of millions, filled by plain SQL. */
import { findEventsBySubject, type SubjectKey } from "#app/feeds/find-events.server.ts";
import { monthOf } from "#app/feeds/months.ts";
import { ensurePartitions } from "#app/feeds/partitions.server.ts";
import { newId } from "#app/platform/database/id.ts";
import type { BenchPortal } from "./feeds-portal.ts";

export const PARTS = 12;
const IDENTIFIERS = 5;
/** Events of one subject, all his identifiers together. */
const EVENTS_EACH = 21;
const YEAR = { from: "2024-01-01", to: "2024-12-31" };

/** Fills twelve months with events whose tags are hashes of numbers: subject n's identifiers are n.0 to n.4. */
export async function fillStore(portal: BenchPortal, batchId: string, events: number): Promise<void> {
  const months = Array.from({ length: PARTS }, (_, month) => monthOf(Date.UTC(2024, month, 1)));
  await ensurePartitions(portal.pool, months);
  const subjects = Math.ceil(events / EVENTS_EACH);
  for (const [month, part] of months.entries()) {
    await portal.pool.query(
      `WITH made AS (
         SELECT gen_random_uuid() AS id, g,
           timestamptz '2024-01-01T00:00:00Z' + make_interval(months => $1) + (g % 2400000) * interval '1 second' AS at
         FROM generate_series($2::int, $3::int) g
       ), stored AS (
         INSERT INTO events.access_event_${part}
           (id, at, agency_id, system_id, batch_id, row_no, user_tag, key_id, flags, source_tag, block_no, block_pos)
         SELECT id, at, $4, $5, $6, g, md5((g % 3000)::text)::uuid, $6, 0, md5('s' || g)::uuid, g / 16, g % 16 FROM made
       )
       INSERT INTO events.search_key_${part} (tag, at, event_id, place)
       SELECT md5((g % $7) || '.' || (g / $7 % ${IDENTIFIERS}))::uuid, at, id, 0 FROM made`,
      [
        month,
        Math.floor((month * events) / PARTS),
        Math.floor(((month + 1) * events) / PARTS) - 1,
        portal.agencyId,
        portal.systemId,
        batchId,
        subjects,
      ],
    );
  }
  await portal.pool.query("VACUUM ANALYZE events.access_event");
  await portal.pool.query("VACUUM ANALYZE events.search_key");
}

async function keysOf(portal: BenchPortal, subject: number): Promise<SubjectKey[]> {
  const { rows } = await portal.pool.query<{ tag: string }>(
    `SELECT md5($1 || '.' || i)::uuid AS tag FROM generate_series(0, ${IDENTIFIERS - 1}) i`,
    [String(subject)],
  );
  return rows.map(({ tag }) => ({ identifierId: newId(), tag, from: "2023-01-01", to: null }));
}

export interface Latencies {
  /** Milliseconds of each look-up. */
  values: number[];
  /** Events that a look-up found, on the average. */
  found: number;
}

/** Looks up subjects one after the other, each another one. */
export async function lookUp(portal: BenchPortal, events: number, times: number, first = 0): Promise<Latencies> {
  const subjects = Math.ceil(events / EVENTS_EACH);
  const values: number[] = [];
  let found = 0;
  for (let i = 0; i < times; i++) {
    const keys = await keysOf(portal, (first + i * 7919) % subjects);
    const began = process.hrtime.bigint();
    const query = { agencyId: portal.agencyId, keys, period: YEAR, zone: "UTC" };
    const rows = await findEventsBySubject(portal, query);
    values.push(Number(process.hrtime.bigint() - began) / 1e6);
    found += rows.length;
  }
  if (found === 0) throw new Error("no look-up found anything");
  return { values, found: found / times };
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
