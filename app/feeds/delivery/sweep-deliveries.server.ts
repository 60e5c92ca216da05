import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { dropDelivery, shredDelivery } from "./spool.server.ts";

export const SWEEP_DELIVERIES_TASK = "sweep-deliveries";

const HOUR_MS = 3_600_000;
/** A person may come back tomorrow and choose the file again. */
export const UPLOAD_KEPT_MS = 24 * HOUR_MS;
/** A machine begins anew: what its connection left behind is of no use. */
const OTHERS_KEPT_MS = HOUR_MS;

/** Drops what was begun and never ended, what a crash kept from being shredded, and nonces that prove nothing more. */
export async function sweepDeliveries(portal: Portal): Promise<void> {
  const now = portal.time.now();
  const before = (milliseconds: number) => ({ lt: new Date(now.getTime() - milliseconds) });
  const left = await portal.db.delivery.findMany({
    where: {
      acceptedAt: null,
      OR: [
        { via: "upload", touchedAt: before(UPLOAD_KEPT_MS) },
        { via: { not: "upload" }, touchedAt: before(OTHERS_KEPT_MS) },
        // Being dropped when a process ended.
        { endedAt: before(HOUR_MS) },
      ],
    },
  });
  for (const delivery of left) {
    if (!(await dropDelivery(portal, delivery.id))) continue;
    await inTransaction(portal, (tx) =>
      appendLedger(portal, tx, {
        actor: { kind: "system", id: SWEEP_DELIVERIES_TASK },
        act: "feed.delivery-dropped",
        thing: { type: "delivery", id: delivery.id },
        agencyId: delivery.agencyId,
        detail: { via: delivery.via, bytes: Number(delivery.bytes) },
      }),
    );
  }
  const ended = await portal.db.delivery.findMany({
    where: {
      acceptedAt: { not: null },
      endedAt: { not: null },
      OR: [{ keyId: { not: null } }, { parts: { some: {} } }],
    },
    select: { id: true },
  });
  for (const { id } of ended) await shredDelivery(portal, id);
  await portal.db.feedNonce.deleteMany({ where: { until: { lt: now } } });
}
