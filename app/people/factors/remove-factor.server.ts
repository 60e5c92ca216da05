import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type AccountActor, type Actor, asLedgerActor } from "../actor.ts";
import { authorise } from "../authorise.ts";
import { requireFresh } from "../step-up.ts";
import { retireAuthenticators } from "./authenticators.server.ts";
import { hasFactor, mayRemove } from "./factor.ts";
import { loadFactors } from "./own-factors.server.ts";
import { revokeRecoveryCodes } from "./recovery-codes.server.ts";
import { tellOwner } from "./tell-owner.server.ts";

/**
 * Takes one of the actor's own factors away; without any left the codes on paper go too.
 * @param factorId of the authenticator or the passkey
 * @throws NotFound, ProofNeeded, Refused `factors.last` for people at work
 */
export async function removeFactor(portal: Portal, actor: AccountActor, factorId: string): Promise<void> {
  const { accountId } = actor;
  authorise(actor, "factor.change", { ownerId: accountId });
  requireFresh(actor, portal.time.now());
  await inTransaction(portal, async (tx) => {
    // One at a time: of two factors removed at once, one would not have been the last.
    await tx.$executeRaw`SELECT id FROM account WHERE id = ${accountId}::uuid FOR UPDATE`;
    const own = await loadFactors(tx, accountId);
    const factor =
      own.totp?.id === factorId ? "totp" : own.passkeys.some(({ id }) => id === factorId) ? "passkey" : null;
    if (!factor) throw new NotFound("factor");
    const memberships = await tx.membership.findMany({ where: { accountId, endedAt: null }, select: { id: true } });
    if (!mayRemove(own, { memberships })) {
      throw new Refused("factors.last", "People at work keep a second factor. Set up another one first.");
    }
    if (factor === "totp") await retireAuthenticators(portal, tx, accountId);
    else await tx.passkey.update({ where: { id: factorId }, data: { removedAt: portal.time.now() } });
    if (!hasFactor(await loadFactors(tx, accountId))) await revokeRecoveryCodes(portal, tx, accountId);
    await tellOwner(portal, tx, accountId, "factor-removed");
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor),
      act: "factor.removed",
      thing: { type: "account", id: accountId },
      residentId: accountId,
      detail: { factor },
    });
  });
}

/** How an operator knows that who lost everything is the account's owner. */
export const SEEN = ["in-person", "by-video", "by-supervisor"] as const;
export type Seen = (typeof SEEN)[number];

/**
 * For somebody who has lost everything: an operator at the shell, who has seen them, takes all factors away. The
 * sessions end, the owner is told, and the next sign-in sets up a new factor.
 * @throws NotFound
 */
export async function resetFactors(
  portal: Portal,
  actor: Actor,
  input: { accountId: string; seen: Seen },
): Promise<void> {
  authorise(actor, "account.reset-factors");
  const { accountId } = input;
  const now = portal.time.now();
  await inTransaction(portal, async (tx) => {
    await tx.$executeRaw`SELECT id FROM account WHERE id = ${accountId}::uuid FOR UPDATE`;
    await retireAuthenticators(portal, tx, accountId);
    await tx.passkey.updateMany({ where: { accountId, removedAt: null }, data: { removedAt: now } });
    await tx.knownBrowser.deleteMany({ where: { accountId } });
    await revokeRecoveryCodes(portal, tx, accountId);
    await tx.session.updateMany({ where: { accountId, endedAt: null }, data: { endedAt: now } });
    await tellOwner(portal, tx, accountId, "factors-reset");
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor),
      act: "factor.reset",
      thing: { type: "account", id: accountId },
      residentId: accountId,
      why: input.seen,
    });
  });
}
