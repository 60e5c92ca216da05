import { findFreeze } from "#app/people/freeze.server.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue, type JobPayload } from "#app/platform/queue/queue.server.ts";
import { type CaseFile, getCaseFile } from "#app/requests/case-file.server.ts";
import { tellResident } from "#app/requests/write-to-resident.server.ts";

export const TELL_RELEASE = "tell-release";

/** Tells the resident that an answer is there; while nothing is released to that resident, later. */
export async function tellOrHold(portal: Portal, tx: Transaction, file: CaseFile, releaseId: string): Promise<void> {
  const freeze = await findFreeze(portal, file.residentId, tx);
  if (freeze === null) return tell(portal, tx, file);
  await tx.heldLetter.create({ data: { releaseId, accountId: file.residentId, heldAt: portal.time.now() } });
  await lookAgain(tx, releaseId, freeze.until);
}

/** Job: tells of a release whose letter was held, once, when nothing holds it any more. */
export async function tellHeld(portal: Portal, { releaseId }: JobPayload): Promise<void> {
  if (releaseId === undefined) throw new Error("tell-release needs a release");
  const { caseId } = await portal.db.release.findUniqueOrThrow({ where: { id: releaseId }, select: { caseId: true } });
  const file = await getCaseFile(portal, caseId);
  await inTransaction(portal, async (tx) => {
    const freeze = await findFreeze(portal, file.residentId, tx);
    if (freeze !== null) return lookAgain(tx, releaseId, freeze.until);
    const { count } = await tx.heldLetter.updateMany({
      where: { releaseId, toldAt: null },
      data: { toldAt: portal.time.now() },
    });
    if (count === 1) await tell(portal, tx, file);
  });
}

/** Job: a freeze has ended before its time, and what it held goes out. */
export async function tellAllHeld(portal: Portal, { accountId }: JobPayload): Promise<void> {
  if (accountId === undefined) throw new Error("tell-held-letters needs an account");
  const held = await portal.db.heldLetter.findMany({ where: { accountId, toldAt: null }, orderBy: { heldAt: "asc" } });
  for (const { releaseId } of held) await tellHeld(portal, { releaseId });
}

function tell(portal: Portal, tx: Transaction, file: CaseFile): Promise<void> {
  return tellResident(portal, tx, file, "something-ready", { link: `${portal.config.url}/my` });
}

function lookAgain(tx: Transaction, releaseId: string, runAt: Date): Promise<void> {
  return enqueue(tx, TELL_RELEASE, { releaseId }, { key: `${TELL_RELEASE}:${releaseId}`, runAt });
}
