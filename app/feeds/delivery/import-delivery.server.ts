/** Imports what was handed in, as the one who handed it in; then its bytes are shredded. */
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue, type JobPayload } from "#app/platform/queue/queue.server.ts";
import { fromDbDate } from "#app/platform/time/local-date.ts";
import { getAgencyById, listCustodies } from "#app/registry/queries.server.ts";
import { importBatch } from "../import-batch.server.ts";
import type { Counts } from "../store-chunk.server.ts";
import { type DeliveryState, type DeliveryVia, senderAsActor } from "./delivery.ts";
import { readDelivery, shredDelivery } from "./spool.server.ts";

export const IMPORT_TASK = "import-delivery";
/** Deliveries are imported one after the other: beside them there is always room for letters and releases. */
export const FEEDS_QUEUE = "feeds";

/** First half of the lock; the second is the delivery's id, hashed. */
const IMPORTING = 72_707_373;

/** Queues the import of a delivery that the same transaction accepts. */
export function enqueueImport(tx: Transaction, deliveryId: string, runAt: Date): Promise<void> {
  return enqueue(tx, IMPORT_TASK, { deliveryId }, { queue: FEEDS_QUEUE, key: `${IMPORT_TASK}:${deliveryId}`, runAt });
}

export async function importDeliveryJob(portal: Portal, { deliveryId }: JobPayload): Promise<void> {
  if (deliveryId === undefined) throw new Error("import-delivery needs a delivery");
  await importDelivery(portal, deliveryId);
}

/**
 * Imports an accepted delivery. Whoever comes while another does it waits; whoever comes afterwards finds it done.
 * After a crash it begins a new batch, which counts what the one before it had stored as there already.
 */
export async function importDelivery(portal: Portal, deliveryId: string): Promise<void> {
  const client = await portal.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("SELECT pg_advisory_lock($1, hashtext($2))", [IMPORTING, deliveryId]);
    await importLocked(portal, deliveryId);
    await client.query("SELECT pg_advisory_unlock($1, hashtext($2))", [IMPORTING, deliveryId]);
  } catch (error) {
    // Closed, not given back: the lock ends with the connection.
    broken = error instanceof Error ? error : new Error("the import failed");
    throw error;
  } finally {
    client.release(broken);
  }
}

async function importLocked(portal: Portal, deliveryId: string): Promise<void> {
  const delivery = await portal.db.delivery.findUnique({ where: { id: deliveryId } });
  if (!delivery?.acceptedAt || delivery.endedAt) return;
  const done = delivery.batchId && (await findEndedBatch(portal, delivery.batchId));
  if (!done) await importAnew(portal, delivery);
  await portal.db.delivery.update({ where: { id: deliveryId }, data: { endedAt: portal.time.now() } });
  await shredDelivery(portal, deliveryId);
}

type DeliveryRow = NonNullable<Awaited<ReturnType<Portal["db"]["delivery"]["findUnique"]>>>;

async function importAnew(portal: Portal, delivery: DeliveryRow): Promise<void> {
  const { id, keyId, agencyId, systemId, profile, bytes } = delivery;
  if (keyId === null) throw new Error("a delivery's bytes were shredded before it was imported");
  // The first batch has the delivery's own id: whoever handed it in knows it by that.
  let batchId = delivery.batchId === null ? id : newId();
  await portal.db.delivery.update({ where: { id }, data: { batchId, importedFrom: portal.time.now() } });
  const slugs = await getSlugs(portal, agencyId, systemId);
  try {
    await importBatch(portal, senderAsActor(delivery), {
      ...slugs,
      batchId,
      // A large one that was cut short goes on in the batch that it began.
      onBegun: async (begun) => {
        if (begun === batchId) return;
        batchId = begun;
        await portal.db.delivery.update({ where: { id }, data: { batchId } });
      },
      profile,
      size: Number(bytes),
      stream: readDelivery(portal, { id, keyId, bytes }),
      via: delivery.via as DeliveryVia,
      claim: claimOf(delivery),
    });
  } catch (error) {
    // What is wrong with the file stands in its batch. Where there is none, nothing was judged yet: try again later.
    if (!(error instanceof Refused) || !(await findEndedBatch(portal, batchId))) throw error;
  }
}

async function getSlugs(portal: Portal, agencyId: string, systemId: string) {
  const agency = await getAgencyById(portal, agencyId);
  const custody = (await listCustodies(portal, agencyId)).find((each) => each.systemId === systemId);
  if (!custody) throw new NotFound("log");
  return { agencySlug: agency.slug, systemSlug: custody.system.slug };
}

function claimOf({ sequenceNo, claimedFrom, claimedTo }: DeliveryRow) {
  const period = claimedFrom && claimedTo ? { from: fromDbDate(claimedFrom), to: fromDbDate(claimedTo) } : null;
  return { sequenceNo, period };
}

async function findEndedBatch(portal: Portal, batchId: string) {
  return portal.db.batch.findFirst({
    where: { id: batchId, OR: [{ finishedAt: { not: null } }, { refusal: { not: null } }] },
  });
}

/** How far a delivery is. */
export interface DeliveryProgress extends Counts {
  readonly id: string;
  readonly state: DeliveryState;
  /** Its batch, once there is one. */
  readonly batchId: string | null;
  /** Bytes it is to have, bytes that are here, bytes that are read. */
  readonly size: number;
  readonly kept: number;
  readonly read: number;
  /** Since when it is being imported. */
  readonly importedFrom: Date | null;
  readonly endedAt: Date | null;
  /** Code for `refusalSentence` (problem.ts). */
  readonly refusal: string | null;
  readonly profile: string;
}

/** Callers authorise. @throws NotFound */
export async function getDeliveryProgress(portal: Portal, deliveryId: string): Promise<DeliveryProgress> {
  const delivery = await portal.db.delivery.findUnique({ where: { id: deliveryId } });
  if (!delivery) throw new NotFound("delivery");
  const { id, acceptedAt, endedAt, importedFrom, profile, batchId, bytes } = delivery;
  const batch = batchId === null ? null : await portal.db.batch.findUnique({ where: { id: batchId } });
  const { rows = 0, stored = 0, duplicates = 0, quarantined = 0, refusal = null } = batch ?? {};
  return {
    ...{ id, importedFrom, endedAt, profile, rows, stored, duplicates, quarantined, refusal },
    state: stateOf(acceptedAt !== null, batch !== null, endedAt !== null, refusal !== null),
    batchId: batch?.id ?? null,
    size: Number(delivery.size ?? bytes),
    kept: Number(bytes),
    read: Number(batch?.bytes ?? 0),
  };
}

function stateOf(accepted: boolean, begun: boolean, ended: boolean, refused: boolean): DeliveryState {
  if (!accepted) return "receiving";
  if (ended) return refused ? "refused" : "finished";
  return begun ? "importing" : "waiting";
}
