/**
 * The bytes of a delivery until they are imported: sealed pieces in the portal's storage. What is acknowledged is on
 * the disk; a piece's id stands in the database before its file does, so that nothing is ever left behind unseen.
 */
import { createHash } from "node:crypto";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { toDbDate } from "#app/platform/time/local-date.ts";
import type { Claim } from "./claim.ts";
import { type DeliveryVia, PART_BYTES, type Sender } from "./delivery.ts";

export interface NewDelivery extends Sender {
  readonly agencyId: string;
  readonly systemId: string;
  readonly profile: string;
  readonly via: DeliveryVia;
  readonly claim?: Claim;
  readonly size?: number;
  readonly fileTag?: string;
}

/** What the spool needs to know of a delivery that is still coming in. */
export interface OpenDelivery {
  readonly id: string;
  readonly keyId: string;
}

export async function beginDelivery(portal: Portal, tx: Transaction, given: NewDelivery): Promise<OpenDelivery> {
  const id = newId();
  const keyId = await portal.vault.createKey(tx, "delivery");
  const now = portal.time.now();
  const { agencyId, systemId, profile, via, byId, byRole, claim, size, fileTag } = given;
  await tx.delivery.create({
    data: {
      ...{ id, keyId, agencyId, systemId, profile, via, byId, byRole },
      size: size ?? null,
      fileTag: fileTag ?? null,
      sequenceNo: claim?.sequenceNo ?? null,
      claimedFrom: claim?.period ? toDbDate(claim.period.from) : null,
      claimedTo: claim?.period ? toDbDate(claim.period.to) : null,
      begunAt: now,
      touchedAt: now,
    },
  });
  return { id, keyId };
}

/** The bytes do not follow on what is kept, or the delivery is closed. Nothing of them was kept. */
export class WrongOffset extends Error {
  constructor() {
    super("the bytes do not follow on those that are kept");
    this.name = "WrongOffset";
  }
}

/**
 * Keeps the bytes that follow on `offset`. On return they are on the disk and counted.
 *
 * @returns the offset after them
 * @throws WrongOffset when other bytes came first, NotFound when the delivery was dropped meanwhile.
 */
export async function keepPart(
  portal: Portal,
  { id, keyId }: OpenDelivery,
  offset: number,
  bytes: Uint8Array,
): Promise<number> {
  const fileId = newId();
  const reserved = await portal.db.$executeRaw`
    INSERT INTO delivery_part (file_id, delivery_id, bytes)
    SELECT ${fileId}::uuid, id, ${bytes.length}::int FROM delivery WHERE id = ${id}::uuid`;
  if (reserved === 0) throw new NotFound("delivery");
  try {
    await portal.storage.put(keyId, bytes, fileId);
    return await inTransaction(portal, async (tx) => {
      const [row] = await tx.$queryRaw<{ bytes: bigint; closed: boolean }[]>`
        SELECT bytes, accepted_at IS NOT NULL OR key_id IS NULL AS closed FROM delivery WHERE id = ${id}::uuid FOR UPDATE`;
      if (!row) throw new NotFound("delivery");
      if (row.closed || Number(row.bytes) !== offset) throw new WrongOffset();
      const no = await tx.deliveryPart.count({ where: { deliveryId: id, no: { not: null } } });
      await tx.deliveryPart.update({ where: { fileId }, data: { no } });
      const kept = offset + bytes.length;
      await tx.delivery.update({ where: { id }, data: { bytes: kept, touchedAt: portal.time.now() } });
      return kept;
    });
  } catch (error) {
    await removeParts(portal, [fileId]);
    throw error;
  }
}

/** The stream brought more than it may. */
export class TooLarge extends Error {
  constructor() {
    super("the stream brought more bytes than it may");
    this.name = "TooLarge";
  }
}

/**
 * Keeps a whole stream, piece by piece; no more than one piece is ever in memory.
 *
 * @returns its SHA-256 (hex) and length
 * @throws TooLarge after `limit` bytes, and whatever the stream throws; what was kept is the caller's to drop.
 */
export async function keepStream(
  portal: Portal,
  delivery: OpenDelivery,
  stream: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<{ digest: string; bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  let kept = 0;
  let waiting: Uint8Array[] = [];
  async function keep(): Promise<void> {
    kept = await keepPart(portal, delivery, kept, Buffer.concat(waiting));
    waiting = [];
  }
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > limit) throw new TooLarge();
    hash.update(chunk);
    waiting.push(chunk);
    if (bytes - kept >= PART_BYTES) await keep();
  }
  if (bytes > kept) await keep();
  return { digest: hash.digest("hex"), bytes };
}

/** The kept bytes in their order. @throws when a piece is missing or was changed */
export async function* readDelivery(
  portal: Portal,
  delivery: OpenDelivery & { bytes: bigint },
): AsyncGenerator<Buffer> {
  const parts = await portal.db.deliveryPart.findMany({
    where: { deliveryId: delivery.id, no: { not: null } },
    orderBy: { no: "asc" },
  });
  let bytes = 0;
  for (const { fileId } of parts) {
    const part = await portal.storage.get(delivery.keyId, fileId);
    bytes += part.length;
    yield part;
  }
  if (bytes !== Number(delivery.bytes)) throw new Error("pieces of a delivery are missing");
}

/** Destroys a delivery's bytes: first the key, so that whatever else happens nothing of them opens again. */
export async function shredDelivery(portal: Portal, deliveryId: string): Promise<void> {
  await inTransaction(portal, async (tx) => {
    const [row] = await tx.$queryRaw<{ key_id: string | null }[]>`
      SELECT key_id FROM delivery WHERE id = ${deliveryId}::uuid FOR UPDATE`;
    if (!row?.key_id) return;
    await tx.delivery.update({ where: { id: deliveryId }, data: { keyId: null } });
    await tx.dataKey.delete({ where: { id: row.key_id } });
  });
  const parts = await portal.db.deliveryPart.findMany({ where: { deliveryId }, select: { fileId: true } });
  await removeParts(
    portal,
    parts.map(({ fileId }) => fileId),
  );
}

/** As if it had never come: for what was not accepted. One that was accepted meanwhile stays. */
export async function dropDelivery(portal: Portal, deliveryId: string): Promise<boolean> {
  const { count } = await portal.db.delivery.updateMany({
    where: { id: deliveryId, acceptedAt: null },
    // Closed for whoever is still sending: the day of its end is not the day of an acceptance.
    data: { endedAt: portal.time.now() },
  });
  if (count === 0) return false;
  await shredDelivery(portal, deliveryId);
  await portal.db.delivery.deleteMany({ where: { id: deliveryId, acceptedAt: null, parts: { none: {} } } });
  return true;
}

async function removeParts(portal: Portal, fileIds: readonly string[]): Promise<void> {
  for (const fileId of fileIds) {
    await portal.storage.remove(fileId);
    await portal.db.deliveryPart.deleteMany({ where: { fileId } });
  }
}
