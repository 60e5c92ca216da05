/** Saving one version of an agency's profile, which never changes afterwards, for a log that is read by it from now on. */
import type { Transaction } from "#app/platform/database/database.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { Feed } from "../feed.server.ts";
import type { Profile } from "../profile.ts";

/** Two who save at once make two versions, one after the other. First in their transactions. */
export async function lockProfiles(tx: Transaction, agencyId: string): Promise<void> {
  await tx.$executeRaw`SELECT id FROM agency WHERE id = ${agencyId}::uuid FOR NO KEY UPDATE`;
}

export function staleVersion(): Refused {
  return new Refused("feedsProfile.refusedStale", "Somebody has saved a version meanwhile. Look at yours again.");
}

/** Last in its transaction, which holds `lockProfiles`. */
export async function storeVersion(portal: Portal, tx: Transaction, feed: Feed, made: Profile): Promise<void> {
  const { ledgerActor, custody } = feed;
  const { agencyId, systemId } = custody;
  await tx.storedProfile.create({
    data: {
      agencyId,
      profile: made.id,
      version: made.version,
      body: made,
      by: ledgerActor.id,
      at: portal.time.now(),
    },
  });
  await tx.custody.update({ where: { agencyId_systemId: { agencyId, systemId } }, data: { profile: made.id } });
  await appendLedger(portal, tx, {
    actor: ledgerActor,
    act: "feed.profile-saved",
    thing: { type: "system", id: systemId },
    agencyId,
    detail: { profile: made.id, version: made.version, before: custody.profile },
  });
}
