import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue } from "#app/platform/queue/queue.server.ts";
import { type Actor, asLedgerActor } from "./actor.ts";
import { authorise } from "./authorise.ts";

/** Files that somebody has begun to hand in and may not end any more; the feeds drop them. */
export const DROP_UPLOADS = "drop-uploads";

/**
 * Ends one role of one person: from this commit on every page asks anew and finds it gone.
 * @throws NotFound
 * @throws Refused `member.lastAdmin`: an agency's admin does not leave it without one; an operator may
 */
export async function endMembership(portal: Portal, actor: Actor, membershipId: string): Promise<void> {
  const row = isId(membershipId)
    ? await portal.db.membership.findUnique({ where: { id: membershipId, endedAt: null } })
    : null;
  if (!row) throw new NotFound("membership");
  const { accountId, agencyId, role } = row;
  authorise(actor, "member.end", agencyId === null ? {} : { agencyId });
  await inTransaction(portal, async (tx) => {
    await lockAgency(tx, agencyId);
    if (role === "admin" && actor.kind === "account") await requireSuccessor(tx, agencyId, accountId);
    const { count } = await tx.membership.updateMany({
      where: { id: membershipId, endedAt: null },
      data: { endedAt: portal.time.now() },
    });
    if (count === 0) throw new NotFound("membership");
    await enqueue(tx, DROP_UPLOADS, { accountId });
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor, "admin"),
      act: "member.ended",
      thing: { type: "account", id: accountId },
      ...(agencyId !== null && { agencyId }),
      detail: { role, membership: membershipId },
    });
  });
}

/** Two admins who go at the same moment must go one after the other: the second is then the last. */
export async function lockAgency(tx: Transaction, agencyId: string | null): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`members:${agencyId ?? ""}`}))`;
}

/** @throws Refused `member.lastAdmin` unless somebody else could do what this admin does */
export async function requireSuccessor(tx: Transaction, agencyId: string | null, accountId: string): Promise<void> {
  const others = await tx.membership.count({
    where: {
      ...{ agencyId, role: "admin", endedAt: null },
      accountId: { not: accountId },
      account: { disabledAt: null },
    },
  });
  if (others > 0) return;
  throw new Refused(
    "member.lastAdmin",
    "The last admin of an agency stays until there is another one. Invite one first.",
  );
}
