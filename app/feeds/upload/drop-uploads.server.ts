import { may } from "#app/people/authorise.ts";
import { findCurrentActor } from "#app/people/current-actor.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { JobPayload } from "#app/platform/queue/queue.server.ts";
import { dropDelivery } from "../delivery/spool.server.ts";

/** Job: destroys what an account has begun to hand in, and may not end any more. */
export async function dropUploads(portal: Portal, { accountId }: JobPayload): Promise<void> {
  if (accountId === undefined) throw new Error("drop-uploads needs an account");
  const actor = await findCurrentActor(portal, accountId);
  const begun = await portal.db.delivery.findMany({
    where: { byId: accountId, via: "upload", acceptedAt: null, endedAt: null },
    select: { id: true, agencyId: true },
  });
  for (const { id, agencyId } of begun) {
    if (actor === null || !may(actor, "feed.upload", { agencyId, ownerId: accountId })) await dropDelivery(portal, id);
  }
}
