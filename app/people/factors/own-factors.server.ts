import type { Transaction } from "#app/platform/database/database.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { AccountActor } from "../actor.ts";
import { authorise } from "../authorise.ts";
import type { OwnFactors } from "./factor.ts";

/** What somebody could show, for who is signed in and for who is half-way in. */
export async function loadFactors(db: Transaction, accountId: string): Promise<OwnFactors> {
  const [totp, passkeys, recoveryCodes] = await Promise.all([
    db.authenticator.findFirst({
      where: { accountId, confirmedAt: { not: null }, removedAt: null },
      select: { id: true, confirmedAt: true },
    }),
    db.passkey.findMany({ where: { accountId, removedAt: null }, orderBy: { createdAt: "asc" } }),
    db.recoveryCode.count({ where: { accountId, usedAt: null, revokedAt: null } }),
  ]);
  return {
    totp: totp?.confirmedAt ? { id: totp.id, since: totp.confirmedAt } : null,
    passkeys: passkeys.map(({ id, createdAt, usedAt, device }) => ({ id, since: createdAt, usedAt, device })),
    recoveryCodes,
  };
}

/** The actor's own factors. @throws NotFound */
export async function getOwnFactors(portal: Portal, actor: AccountActor): Promise<OwnFactors> {
  authorise(actor, "session.list", { ownerId: actor.accountId });
  return loadFactors(portal.db, actor.accountId);
}
