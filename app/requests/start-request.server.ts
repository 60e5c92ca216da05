import { type AccountActor, asLedgerActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { sealAnswers } from "./draft.server.ts";
import { NO_ANSWERS } from "./request.ts";

/** Drafts that one account may keep open; more are somebody filling the disk. */
export const MAX_DRAFTS = 20;

/**
 * Opens an empty request for the one who is signed in. A draft in which nothing was saved yet is taken
 * again, so that a second press opens no second one.
 * @throws Refused `request.tooManyDrafts`
 */
export async function startRequest(portal: Portal, actor: AccountActor): Promise<{ requestId: string }> {
  authorise(actor, "request.start");
  return inTransaction(portal, async (tx) => {
    // Two presses at once must not both find no empty draft.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`request-start:${actor.accountId}`}))`;
    const drafts = await tx.request.findMany({
      where: { residentId: actor.accountId, filedAt: null, withdrawnAt: null },
      select: { id: true, version: true },
      orderBy: { createdAt: "desc" },
    });
    const empty = drafts.find((draft) => draft.version === 1);
    if (empty) return { requestId: empty.id };
    if (drafts.length >= MAX_DRAFTS) {
      throw new Refused("request.tooManyDrafts", `You have ${MAX_DRAFTS} unsent requests. Finish one of them first.`, {
        maximum: MAX_DRAFTS,
      });
    }
    const id = newId();
    const now = portal.time.now();
    const keyId = await portal.vault.createKey(tx, "request");
    await tx.request.create({
      data: {
        id,
        residentId: actor.accountId,
        keyId,
        answersSealed: await sealAnswers(portal, { id, keyId }, NO_ANSWERS),
        locale: actor.locale,
        createdAt: now,
        savedAt: now,
      },
    });
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor, "resident"),
      act: "request.started",
      thing: { type: "request", id },
      residentId: actor.accountId,
      requestId: id,
    });
    return { requestId: id };
  });
}
