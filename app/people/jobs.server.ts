import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { Job } from "#app/platform/queue/worker.server.ts";
import { forgetTurns } from "./limits.server.ts";
import { minutesAfter } from "./sign-in.ts";

const SWEEP_TASK = "sweep-sign-in";
const FORGET_TURNS = "forget-turns";
const DAY_MINUTES = 24 * 60;

export const peopleJobs: Readonly<Record<string, Job>> = { [SWEEP_TASK]: sweepSignIn, [FORGET_TURNS]: forgetTurns };
export const peopleCron: Readonly<Record<string, string>> = {
  [SWEEP_TASK]: "20 * * * *",
  [FORGET_TURNS]: "20 * * * *",
};

/** Job: what has served its time goes, and the keys of what was typed with it. */
export async function sweepSignIn(portal: Portal): Promise<void> {
  const now = portal.time.now();
  await inTransaction(portal, async (tx) => {
    const drafts = await tx.stepUp.findMany({ where: { expiresAt: { lte: now } }, select: { id: true, keyId: true } });
    await tx.stepUp.deleteMany({ where: { id: { in: drafts.map(({ id }) => id) } } });
    await tx.dataKey.deleteMany({ where: { id: { in: drafts.map(({ keyId }) => keyId) } } });
    await tx.spentToken.deleteMany({ where: { expiresAt: { lte: now } } });
    await tx.knownBrowser.deleteMany({ where: { expiresAt: { lte: now } } });
    // Nobody counts further back than a day.
    await tx.factorFailure.deleteMany({ where: { at: { lte: minutesAfter(now, -2 * DAY_MINUTES) } } });
  });
}
