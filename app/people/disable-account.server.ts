import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue } from "#app/platform/queue/queue.server.ts";
import { type Actor, asLedgerActor, hasRole } from "./actor.ts";
import { authorise } from "./authorise.ts";
import { DROP_UPLOADS, lockAgency } from "./end-membership.server.ts";
import { requireFresh } from "./step-up.ts";

interface About {
  readonly accountId: string;
  /** In whose name; null for an operator's own act, which no agency undoes. */
  readonly agencyId: string | null;
}

/**
 * Nobody enters with this account any more: its sessions, its calendar's address, the ways in that were mailed and
 * the files that it has begun to hand in end with this commit.
 * @throws NotFound, ProofNeeded
 * @throws Refused `member.worksElsewhere`: an agency ends its own roles, and not somebody's work for another
 */
export async function disableAccount(portal: Portal, actor: Actor, { accountId, agencyId }: About): Promise<void> {
  authorise(actor, "account.disable", { ...(agencyId !== null && { agencyId }), subjectId: accountId });
  requireFresh(actor, portal.time.now());
  await inTransaction(portal, async (tx) => {
    await lockAgency(tx, agencyId);
    const account = await getManaged(tx, accountId, agencyId);
    if (account.disabledAt !== null) return;
    if (actor.kind === "account" && account.memberships.some((held) => !hasRole(actor, "admin", held.agencyId ?? "")))
      throw new Refused(
        "member.worksElsewhere",
        "This person holds a role at another agency too. End the roles here, or ask an operator.",
      );
    const now = portal.time.now();
    await tx.account.update({ where: { id: accountId }, data: { disabledAt: now, disabledByAgencyId: agencyId } });
    await tx.session.updateMany({ where: { accountId, endedAt: null }, data: { endedAt: now } });
    await tx.calendarFeed.updateMany({ where: { accountId, revokedAt: null }, data: { revokedAt: now } });
    await tx.signIn.updateMany({ where: { emailTag: account.emailTag, usedAt: null }, data: { expiresAt: now } });
    await enqueue(tx, DROP_UPLOADS, { accountId });
    await record(portal, tx, actor, "account.disabled", { accountId, agencyId });
  });
}

/** The account can be entered again; what ended with its disabling stays ended. @throws NotFound, ProofNeeded, Refused */
export async function enableAccount(portal: Portal, actor: Actor, { accountId, agencyId }: About): Promise<void> {
  authorise(actor, "account.enable", { ...(agencyId !== null && { agencyId }), subjectId: accountId });
  requireFresh(actor, portal.time.now());
  await inTransaction(portal, async (tx) => {
    const account = await getManaged(tx, accountId, agencyId);
    if (account.disabledAt === null) return;
    if (actor.kind === "account" && account.disabledByAgencyId !== agencyId)
      throw new Refused(
        "member.disabledElsewhere",
        "This account was disabled by an operator, who alone can enable it.",
      );
    await tx.account.update({ where: { id: accountId }, data: { disabledAt: null, disabledByAgencyId: null } });
    await record(portal, tx, actor, "account.enabled", { accountId, agencyId });
  });
}

/** An account that works at the agency; for an operator, any. @throws NotFound */
async function getManaged(tx: Transaction, accountId: string, agencyId: string | null) {
  if (!isId(accountId)) throw new NotFound("account");
  // One at a time: two buttons at once must not end and begin at the same moment.
  await tx.$executeRaw`SELECT id FROM account WHERE id = ${accountId}::uuid FOR UPDATE`;
  const account = await tx.account.findUnique({
    where: { id: accountId },
    include: { memberships: { where: { endedAt: null } } },
  });
  const isManaged = agencyId === null || account?.memberships.some((held) => held.agencyId === agencyId);
  if (!account || !isManaged) throw new NotFound("account");
  return account;
}

function record(portal: Portal, tx: Transaction, actor: Actor, act: string, { accountId, agencyId }: About) {
  return appendLedger(portal, tx, {
    actor: asLedgerActor(actor, "admin"),
    act,
    thing: { type: "account", id: accountId },
    ...(agencyId !== null && { agencyId }),
  });
}
