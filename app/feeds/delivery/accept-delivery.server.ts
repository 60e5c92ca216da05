import type { Transaction } from "#app/platform/database/database.server.ts";
import { appendLedger, type LedgerActor } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueueImport } from "./import-delivery.server.ts";

interface Acceptance {
  readonly deliveryId: string;
  readonly by: LedgerActor;
  /** SHA-256 (hex) of all its bytes, where it is known already. */
  readonly digest?: string;
  /** Under which Idempotency-Key it came, and all else that was asked with it, hashed. */
  readonly idempotencyHash?: string;
  readonly askedHash?: string;
  /** When the worker looks after it; at once unless given. */
  readonly runAt?: Date;
}

/**
 * From the commit on the delivery is the portal's to import. Last in its transaction.
 *
 * @returns false when it was accepted before, or dropped
 */
export async function acceptDelivery(portal: Portal, tx: Transaction, given: Acceptance): Promise<boolean> {
  const { deliveryId: id, by, runAt, ...facts } = given;
  const now = portal.time.now();
  const { count } = await tx.delivery.updateMany({
    where: { id, acceptedAt: null, endedAt: null },
    data: { ...facts, acceptedAt: now },
  });
  if (count === 0) return false;
  await enqueueImport(tx, id, runAt ?? now);
  const { agencyId, via, bytes } = await tx.delivery.findUniqueOrThrow({ where: { id } });
  await appendLedger(portal, tx, {
    actor: by,
    act: "feed.delivered",
    thing: { type: "delivery", id },
    agencyId,
    detail: { via, bytes: Number(bytes) },
  });
  return true;
}
