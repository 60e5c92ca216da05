/** Uploads in pieces: begun, gone on with, ended by the account that began them. */

import type { Role } from "#app/people/actor.ts";
import { type AccountActor, type Actor, asLedgerActor, hasRole } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { takeTurns } from "#app/people/limits.server.ts";
import { isId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { acceptDelivery } from "../delivery/accept-delivery.server.ts";
import { type DeliveryProgress, getDeliveryProgress } from "../delivery/import-delivery.server.ts";
import { beginDelivery, dropDelivery, keepPart } from "../delivery/spool.server.ts";
import { openFeed } from "../feed.server.ts";
import { getProfileOf } from "../find-profile.server.ts";
import { type AnnouncedFile, MOST_PART_BYTES, MOST_UPLOADS } from "./upload.ts";

export interface Upload {
  readonly id: string;
  readonly size: number;
  /** The first byte that is not here yet. */
  readonly offset: number;
}

/**
 * Begins the upload of a file, or finds the one that the same person began with the same file.
 *
 * @throws NotFound, TooOften, Refused `upload.tooLarge`, and `upload.tooMany` while others wait to be ended.
 */
export async function beginUpload(
  portal: Portal,
  actor: Actor,
  input: AnnouncedFile & { agencySlug: string; systemSlug: string },
): Promise<Upload> {
  const { custody } = await openFeed(portal, actor, "feed.import", input);
  const { agencyId, systemId } = custody;
  const by = asUploader(actor, agencyId);
  await takeTurns(portal, [
    ["upload.account", by.byId],
    ["upload.agency", agencyId],
  ]);
  const profile = await getProfileOf(portal, agencyId, custody.profile);
  const megabytes = portal.config.uploadLimitBytes / 1_048_576;
  if (input.size > portal.config.uploadLimitBytes) {
    throw new Refused("upload.tooLarge", `A file may have ${megabytes} MB. Deliver the log in smaller files.`, {
      megabytes,
    });
  }
  const index = await portal.vault.indexer("file");
  const fileTag = index([by.byId, agencyId, systemId, input.size, input.fingerprint].join("|"));
  return inTransaction(portal, async (tx) => {
    // Two tabs with one file are one upload.
    await tx.$executeRaw`SELECT id FROM account WHERE id = ${by.byId}::uuid FOR UPDATE`;
    const open = await tx.delivery.findMany({
      where: { byId: by.byId, via: "upload", acceptedAt: null, endedAt: null },
    });
    const same = open.find((delivery) => delivery.fileTag === fileTag);
    if (same) return { id: same.id, size: input.size, offset: Number(same.bytes) };
    if (open.length >= MOST_UPLOADS) {
      throw new Refused(
        "upload.tooMany",
        `${MOST_UPLOADS} uploads are not ended yet. End one of them, or delete it, and begin this one then.`,
        { count: MOST_UPLOADS },
      );
    }
    const { size } = input;
    const given = { agencyId, systemId, profile: profile.id, via: "upload", size, fileTag, ...by } as const;
    const { id } = await beginDelivery(portal, tx, given);
    return { id, size, offset: 0 };
  });
}

/** @throws NotFound for another's upload as for none */
export async function getUpload(portal: Portal, actor: Actor, id: string): Promise<DeliveryProgress> {
  await openUpload(portal, actor, id);
  return getDeliveryProgress(portal, id);
}

/**
 * Keeps the next piece. With the last one the file is the portal's to import; on return that cannot be lost.
 *
 * @param bytes None when only the end is to be said again, after its answer was lost.
 * @throws NotFound; WrongOffset when the piece does not follow on what is here; Refused when it is too large.
 */
export async function continueUpload(
  portal: Portal,
  actor: Actor,
  { id, offset, bytes }: { id: string; offset: number; bytes: Uint8Array },
): Promise<Upload> {
  const { agencyId, keyId, size, bytes: kept, acceptedAt } = await openUpload(portal, actor, id);
  if (acceptedAt !== null && offset === size) return { id, size, offset: size };
  if (keyId === null) throw new NotFound("upload");
  if (bytes.length > MOST_PART_BYTES || offset + bytes.length > size) {
    throw new Refused("upload.partTooLarge", "That is more than was announced, or more than one piece may have.");
  }
  const isEnd = bytes.length === 0 && offset === size && kept === offset;
  const next = isEnd ? offset : await keepPart(portal, { id, keyId }, offset, bytes);
  if (next === size) {
    const by = asLedgerActor(actor, asUploader(actor, agencyId).byRole);
    await inTransaction(portal, (tx) => acceptDelivery(portal, tx, { deliveryId: id, by }));
  }
  return { id, size, offset: next };
}

/** The bytes are destroyed. One that is imported already stays. @throws NotFound */
export async function cancelUpload(portal: Portal, actor: Actor, id: string): Promise<void> {
  const { agencyId } = await openUpload(portal, actor, id);
  if (!(await dropDelivery(portal, id))) return;
  await inTransaction(portal, (tx) =>
    appendLedger(portal, tx, {
      actor: asLedgerActor(actor, asUploader(actor, agencyId).byRole),
      act: "feed.upload-cancelled",
      thing: { type: "delivery", id },
      agencyId,
    }),
  );
}

export interface OpenUpload extends Upload {
  readonly begunAt: Date;
  readonly agencyId: string;
  readonly systemId: string;
}

/** What the actor has begun and not ended, the newest first. */
export async function listUploads(portal: Portal, actor: AccountActor): Promise<OpenUpload[]> {
  const rows = await portal.db.delivery.findMany({
    where: { byId: actor.accountId, via: "upload", acceptedAt: null, endedAt: null },
    orderBy: [{ begunAt: "desc" }, { id: "asc" }],
  });
  return rows
    .filter(({ agencyId }) => hasRole(actor, "clerk", agencyId) || hasRole(actor, "supervisor", agencyId))
    .map(({ id, size, bytes, begunAt, agencyId, systemId }) => ({
      ...{ id, begunAt, agencyId, systemId },
      size: Number(size),
      offset: Number(bytes),
    }));
}

async function openUpload(portal: Portal, actor: Actor, id: string) {
  const delivery = isId(id) ? await portal.db.delivery.findUnique({ where: { id } }) : null;
  if (delivery?.via !== "upload") throw new NotFound("upload");
  authorise(actor, "feed.upload", { agencyId: delivery.agencyId, ownerId: delivery.byId });
  return { ...delivery, size: Number(delivery.size), bytes: Number(delivery.bytes) };
}

/** An operator imports from the shell: what is kept for later is kept for the account that comes back. */
function asUploader(actor: Actor, agencyId: string): { byId: string; byRole: Role } {
  const role = (["clerk", "supervisor"] as const).find((held) => hasRole(actor, held, agencyId));
  if (actor.kind !== "account" || role === undefined) throw new NotFound("upload");
  authorise(actor, "feed.upload", { agencyId, ownerId: actor.accountId });
  return { byId: actor.accountId, byRole: role };
}
