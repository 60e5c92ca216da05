/**
 * What must not go when retention lets a log's events go: what an open case or a complaint is about, and what a
 * court or a prosecutor has asked to be kept. Those who know of these say so here; this floor knows none of them.
 */
import type { Transaction } from "#app/platform/database/database.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { EventRef } from "./open-events.server.ts";

export interface Holder {
  type: "case" | "complaint" | "legal";
  id: string;
}

/** From now on the holder needs these events and no others. In the caller's transaction. */
export async function holdEvents(
  portal: Pick<Portal, "time">,
  tx: Transaction,
  holder: Holder,
  events: readonly EventRef[],
): Promise<void> {
  const ids = events.map((event) => event.eventId);
  const times = events.map((event) => event.at.toISOString());
  await tx.$executeRaw`
    DELETE FROM events.hold h WHERE h.holder_type = ${holder.type} AND h.holder_id = ${holder.id}::uuid
      AND NOT EXISTS (SELECT 1 FROM unnest(${ids}::uuid[], ${times}::timestamptz[]) AS e(id, at)
        WHERE e.id = h.event_id AND e.at = h.at)`;
  await tx.$executeRaw`
    INSERT INTO events.hold (holder_type, holder_id, event_id, at, since)
    SELECT ${holder.type}, ${holder.id}::uuid, e.id, e.at, ${portal.time.now()}
    FROM unnest(${ids}::uuid[], ${times}::timestamptz[]) AS e(id, at)
    ON CONFLICT DO NOTHING`;
}

/** What one holder needs now, another needs too: a complaint about a case's answer. */
export async function holdAlike(
  portal: Pick<Portal, "time">,
  tx: Transaction,
  holder: Holder,
  like: Holder,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO events.hold (holder_type, holder_id, event_id, at, since)
    SELECT ${holder.type}, ${holder.id}::uuid, event_id, at, ${portal.time.now()} FROM events.hold
    WHERE holder_type = ${like.type} AND holder_id = ${like.id}::uuid
    ON CONFLICT DO NOTHING`;
}

/** The holder needs none of its events any more. What others need stays held. */
export async function releaseHold(tx: Transaction, holder: Holder): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM events.hold WHERE holder_type = ${holder.type} AND holder_id = ${holder.id}::uuid`;
}
