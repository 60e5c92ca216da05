/** How long the portal keeps the events of one log; what a case or a complaint needs stays longer (holds.server.ts). */
import type { Actor } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { openFeed } from "./feed.server.ts";

/** Cities and counties keep most records for two years at the least (Gov. Code §§ 34090, 26202). */
export const LEAST_RETENTION_DAYS = 731;

/**
 * @param input.days Null keeps the events for ever. What is older goes with the next nightly job.
 * @throws NotFound; Refused for fewer days than the law has records kept
 */
export async function setRetention(
  portal: Portal,
  actor: Actor,
  input: { agencySlug: string; systemSlug: string; days: number | null },
): Promise<void> {
  const { days } = input;
  const { custody, ledgerActor } = await openFeed(portal, actor, "feed.retention", input);
  if (days !== null && (!Number.isSafeInteger(days) || days < LEAST_RETENTION_DAYS || days > 36_600)) {
    throw new Refused("feed-retention", `Give a number of days from ${LEAST_RETENTION_DAYS} to 36600.`);
  }
  const { agencyId, systemId } = custody;
  await inTransaction(portal, async (tx) => {
    await tx.custody.update({ where: { agencyId_systemId: { agencyId, systemId } }, data: { retentionDays: days } });
    await appendLedger(portal, tx, {
      actor: ledgerActor,
      act: "feed.retention-set",
      thing: { type: "system", id: systemId },
      agencyId,
      detail: { system: custody.system.slug, days, daysBefore: custody.retentionDays ?? null },
    });
  });
}
