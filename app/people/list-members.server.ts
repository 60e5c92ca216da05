import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { Agency } from "#app/registry/agency.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import { listAccounts } from "./accounts.server.ts";
import { type Actor, agenciesOf, asLedgerActor, membershipFacts } from "./actor.ts";
import { authorise } from "./authorise.ts";
import { openInvitedEmail } from "./invite-member.server.ts";
import { type Member, type OpenInvitation, stateOfInvitation } from "./member.ts";

/** The people of an agency and the letters that wait, for its admin; null: those who belong to none. @throws NotFound */
export async function listMembers(
  portal: Portal,
  actor: Actor,
  agencyId: string | null,
): Promise<{ members: Member[]; invitations: OpenInvitation[] }> {
  authorise(actor, "member.list", agencyId === null ? {} : { agencyId });
  const found = { members: await openMembers(portal, agencyId), invitations: await openInvitations(portal, agencyId) };
  await inTransaction(portal, (tx) =>
    appendLedger(portal, tx, {
      actor: asLedgerActor(actor, "admin"),
      act: "members.read",
      thing: { type: "agency", id: agencyId ?? "none" },
      ...(agencyId !== null && { agencyId }),
    }),
  );
  return found;
}

async function openMembers(portal: Portal, agencyId: string | null): Promise<Member[]> {
  const rows = await portal.db.membership.findMany({
    where: { agencyId, endedAt: null },
    include: { account: { select: { disabledAt: true, disabledByAgencyId: true } } },
    orderBy: { createdAt: "asc" },
  });
  const ids = [...new Set(rows.map((row) => row.accountId))];
  const accounts = await listAccounts(portal, ids);
  const seen = await portal.db.session.groupBy({
    by: ["accountId"],
    where: { accountId: { in: ids } },
    _max: { seenAt: true },
  });
  const seenAt = new Map(seen.map((row) => [row.accountId, row._max.seenAt]));
  return ids.flatMap((accountId): Member[] => {
    const account = accounts.get(accountId);
    const held = rows.filter((row) => row.accountId === accountId);
    const standing = held[0]?.account;
    if (!account || !standing) return [];
    return [
      {
        accountId,
        name: account.name,
        email: account.email,
        roles: held.flatMap((row) =>
          membershipFacts([row]).map(({ role }) => ({ membershipId: row.id, role, since: row.createdAt })),
        ),
        seenAt: seenAt.get(accountId) ?? null,
        disabledAt: standing.disabledAt,
        disabledHere: standing.disabledAt !== null && standing.disabledByAgencyId === agencyId,
      },
    ];
  });
}

async function openInvitations(portal: Portal, agencyId: string | null): Promise<OpenInvitation[]> {
  const rows = await portal.db.invitation.findMany({
    where: { agencyId, acceptedAt: null, withdrawnAt: null },
    orderBy: { createdAt: "desc" },
  });
  const invitations = await Promise.all(
    rows.map(async (row): Promise<OpenInvitation[]> => {
      const state = stateOfInvitation(row, portal.time.now());
      if (state !== "open" && state !== "expired") return [];
      const roles = membershipFacts(row.roles.map((role) => ({ agencyId, role }))).map(({ role }) => role);
      const { id, createdAt: sentAt, expiresAt } = row;
      return [{ id, email: await openInvitedEmail(portal, row), roles, sentAt, expiresAt, state }];
    }),
  );
  return invitations.flat();
}

/** The agencies whose people the actor manages, by name. @throws NotFound for whoever manages none */
export async function listAdministered(portal: Portal, actor: Actor): Promise<Agency[]> {
  const own = agenciesOf(actor, ["admin"]);
  const agencies = (await listAgencies(portal)).filter(({ id }) => own.includes(id));
  if (agencies.length === 0) throw new NotFound("agency");
  for (const { id } of agencies) authorise(actor, "member.list", { agencyId: id });
  return agencies;
}
