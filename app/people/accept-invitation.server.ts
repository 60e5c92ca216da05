import type { Transaction } from "#app/platform/database/database.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { getAgencyById } from "#app/registry/queries.server.ts";
import { createAccount, nameAccount } from "./accounts.server.ts";
import { asLedgerActor, membershipFacts, type Role } from "./actor.ts";
import { openInvitedEmail } from "./invite-member.server.ts";
import { stateOfInvitation } from "./member.ts";
import { addMembership } from "./memberships.server.ts";
import { secretHash } from "./secret.ts";

/** What stands on the page that a letter's link leads to. Opening it spends nothing. */
export interface Offer {
  /** Null for the roles that no agency gives. */
  readonly agency: string | null;
  readonly roles: readonly Role[];
}

const spent = () =>
  new Refused("member.spent", "This invitation is not valid, was answered already, or is too old. Ask for a new one.");

/** @throws Refused `member.spent`, whatever is wrong with the link */
export async function findOffer(portal: Portal, link: string): Promise<Offer> {
  const row = await portal.db.invitation.findUnique({ where: { linkHash: secretHash(link) } });
  if (!row || stateOfInvitation(row, portal.time.now()) !== "open") throw spent();
  const agency = row.agencyId === null ? null : (await getAgencyById(portal, row.agencyId)).name;
  return { agency, roles: rolesOf(row) };
}

/**
 * Takes the offered roles for the mailbox that the letter lies in. It signs nobody in: that is the sign-in's, with
 * all that it asks for.
 * @param name As colleagues will see it; an account that has a name keeps its own.
 * @throws Refused `member.spent`
 */
export async function acceptInvitation(portal: Portal, link: string, name: string): Promise<void> {
  await inTransaction(portal, async (tx) => {
    const now = portal.time.now();
    const row = await tx.invitation.findUnique({ where: { linkHash: secretHash(link) } });
    if (!row) throw spent();
    const { count } = await tx.invitation.updateMany({
      where: { id: row.id, acceptedAt: null, withdrawnAt: null, expiresAt: { gt: now } },
      data: { acceptedAt: now },
    });
    if (count !== 1) throw spent();
    const accountId = await holderOf(portal, tx, row, name);
    await tx.invitation.update({ where: { id: row.id }, data: { acceptedBy: accountId } });
    await requireAnother(tx, row, accountId);
    const { agencyId, organisation } = row;
    for (const role of rolesOf(row)) {
      const held = await tx.membership.count({ where: { accountId, agencyId, role, endedAt: null } });
      if (held === 0) await addMembership(portal, tx, { accountId, agencyId, role, organisation });
    }
    await appendLedger(portal, tx, {
      actor: asLedgerActor({ kind: "account", accountId, name: "", locale: "en", memberships: [] }),
      act: "member.joined",
      thing: { type: "account", id: accountId },
      ...(agencyId !== null && { agencyId }),
      detail: { roles: row.roles.join(" "), invitation: row.id },
    });
  });
}

type Row = Parameters<typeof openInvitedEmail>[1] & { emailTag: string; locale: string };

async function holderOf(portal: Portal, tx: Transaction, row: Row, name: string): Promise<string> {
  // The same lock as the sign-in's: an address that does both at once must have one account.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`enter:${row.emailTag}`}))`;
  const known = await tx.account.findUnique({ where: { emailTag: row.emailTag } });
  if (known?.disabledAt) throw spent();
  if (known) {
    const own = { table: "account", column: "name_sealed", row: known.id };
    if ((await portal.vault.openText(known.keyId, own, known.nameSealed)) === "")
      await nameAccount(portal, tx, known.id, name);
    return known.id;
  }
  const email = await openInvitedEmail(portal, row);
  return createAccount(portal, tx, { email, name, locale: row.locale === "es" ? "es" : "en" });
}

/**
 * Nobody gives himself a role: not from an address that he made his own since, and not through another admin whom
 * he brought in himself, which may be he under another address.
 * @throws Refused `member.circle`
 */
async function requireAnother(
  tx: Transaction,
  row: { agencyId: string | null; by: string | null },
  accountId: string,
): Promise<void> {
  const above = new Set<string>();
  let next = row.by === null ? [] : [row.by];
  while (next.length > 0) {
    for (const id of next) above.add(id);
    const brought = await tx.invitation.findMany({
      where: { agencyId: row.agencyId, acceptedBy: { in: next }, by: { not: null }, roles: { has: "admin" } },
      select: { by: true },
    });
    next = brought.flatMap(({ by }) => (by === null || above.has(by) ? [] : [by]));
  }
  if (!above.has(accountId)) return;
  throw new Refused(
    "member.circle",
    "The admin who invited you was brought in by you. Another admin, or an operator, has to invite you.",
  );
}

function rolesOf(row: { agencyId: string | null; roles: readonly string[] }): Role[] {
  return membershipFacts(row.roles.map((role) => ({ agencyId: row.agencyId, role }))).map(({ role }) => role);
}
