import { minutesAfter } from "#app/people/sign-in.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { findSetDays, purgeRequest } from "./purge-request.server.ts";

export const PURGE_TASK = "purge-due";

const TASK = { kind: "system", task: PURGE_TASK } as const;
const DAY_MINUTES = 24 * 60;
/** Looked at in one night, the oldest first: what is over its time and left over is there the next night. */
const AT_ONCE = 5_000;

/**
 * Job, every night: purges what is over the days that an operator has set (`requests keep --days`). Until somebody has
 * set them nothing goes by itself: it would not come back. What has not ended, or not long enough ago, is passed over.
 * @throws the first fault, after all the others were purged
 */
export async function purgeDue(portal: Portal): Promise<void> {
  const days = await findSetDays(portal);
  if (days === null) return;
  const candidates = await portal.db.request.findMany({
    where: {
      purgedAt: null,
      number: { not: null },
      filedAt: { lt: minutesAfter(portal.time.now(), -days * DAY_MINUTES) },
    },
    orderBy: { filedAt: "asc" },
    select: { number: true },
    take: AT_ONCE,
  });
  const faults: unknown[] = [];
  for (const { number } of candidates) {
    try {
      await purgeRequest(portal, TASK, number ?? "");
    } catch (error) {
      if (!(error instanceof Refused)) faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
}
