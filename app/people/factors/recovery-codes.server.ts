import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type AccountActor, asLedgerActor } from "../actor.ts";
import { authorise } from "../authorise.ts";
import type { OpenSession } from "../sessions.server.ts";
import { requireFresh } from "../step-up.ts";
import { hasFactor } from "./factor.ts";
import { loadFactors } from "./own-factors.server.ts";
import { newRecoveryCodes, recoveryCodeHash } from "./recovery-code.ts";
import { goOn, type Showing, type Shown, showFactor } from "./show-factor.server.ts";
import { tellOwner } from "./tell-owner.server.ts";

/** Ten new codes in place of all before them. They are handed out this once: only hashes are kept. */
export async function makeRecoveryCodes(portal: Portal, tx: Transaction, accountId: string): Promise<string[]> {
  const now = portal.time.now();
  await revokeRecoveryCodes(portal, tx, accountId);
  const codes = newRecoveryCodes();
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({
      id: newId(),
      accountId,
      codeHash: recoveryCodeHash(accountId, code),
      createdAt: now,
    })),
  });
  return codes;
}

export async function revokeRecoveryCodes(portal: Portal, tx: Transaction, accountId: string): Promise<void> {
  await tx.recoveryCode.updateMany({
    where: { accountId, revokedAt: null },
    data: { revokedAt: portal.time.now() },
  });
}

/** New codes on paper for somebody who showed a factor of late; the old ones are dead. @throws NotFound, ProofNeeded */
export async function renewRecoveryCodes(portal: Portal, actor: AccountActor): Promise<readonly string[]> {
  const { accountId } = actor;
  authorise(actor, "factor.change", { ownerId: accountId });
  requireFresh(actor, portal.time.now());
  return inTransaction(portal, async (tx) => {
    // One at a time: two presses at once must not leave twenty codes alive.
    await tx.$executeRaw`SELECT id FROM account WHERE id = ${accountId}::uuid FOR UPDATE`;
    if (!hasFactor(await loadFactors(tx, accountId))) throw new NotFound("factor");
    const codes = await makeRecoveryCodes(portal, tx, accountId);
    await tellOwner(portal, tx, accountId, "recovery-codes-made");
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor),
      act: "recovery-codes.made",
      thing: { type: "account", id: accountId },
      residentId: accountId,
    });
    return codes;
  });
}

/** Spends a code on paper in place of a factor. @throws Refused `factors.notTaken` */
export async function showRecoveryCode(
  portal: Portal,
  session: OpenSession,
  input: Showing & { code: string },
): Promise<Shown> {
  const { accountId } = session;
  const raise = goOn(portal, session, "recovery");
  return showFactor(
    portal,
    { accountId, factor: "recovery", browser: input.browser },
    async (tx) => {
      const { count } = await tx.recoveryCode.updateMany({
        where: { accountId, codeHash: recoveryCodeHash(accountId, input.code), usedAt: null, revokedAt: null },
        data: { usedAt: portal.time.now() },
      });
      return count === 1;
    },
    async (tx) => {
      await tellOwner(portal, tx, accountId, "recovery-code-used");
      return raise(tx);
    },
  );
}
