import { randomBytes } from "node:crypto";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import { queueMail } from "#app/platform/mail/outbox.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { getAgencyById } from "#app/registry/queries.server.ts";
import { normaliseEmail } from "./account.ts";
import { type Actor, asLedgerActor, membershipFacts, type Role } from "./actor.ts";
import { authorise } from "./authorise.ts";
import { takeTurns } from "./limits.server.ts";
import { canBeOffered, INVITATION_DAYS, stateOfInvitation } from "./member.ts";
import { secretHash } from "./secret.ts";
import { minutesAfter } from "./sign-in.ts";

export interface NewInvitation {
  /** Null for the roles that no agency gives. */
  readonly agencyId: string | null;
  readonly email: string;
  readonly roles: readonly Role[];
  /** An advocate's, as residents see it. */
  readonly organisation: string | null;
  readonly locale: "en" | "es";
}

const place = (row: string) => ({ table: "invitation", column: "email_sealed", row });

/**
 * Offers roles to a mail address, by letter. Whether the address has an account is not looked at, so neither the
 * answer nor its time can tell. An address that holds an open letter of this agency holds the new one alone.
 * @returns the invitation's id
 * @throws NotFound, TooOften
 * @throws Refused `member.oneself`: nobody gives himself a role; `member.role`: not one that can be offered there
 */
export async function inviteMember(portal: Portal, actor: Actor, given: NewInvitation): Promise<string> {
  const { agencyId, roles } = given;
  const emailTag = await tagOfAddress(portal, given.email);
  await authoriseInviting(portal, actor, agencyId, emailTag);
  if (roles.length === 0 || roles.some((role) => !canBeOffered(role, agencyId))) throw wrongRole();
  await takeInviteTurns(portal, actor, agencyId);
  return inTransaction(portal, async (tx) => {
    await lockAddress(tx, agencyId, emailTag);
    // The old letter is dead before the new one is on its way: two open ones would be two chances to lose one.
    await tx.invitation.updateMany({
      where: { agencyId, emailTag, acceptedAt: null, withdrawnAt: null },
      data: { withdrawnAt: portal.time.now() },
    });
    return offer(portal, tx, actor, { ...given, emailTag });
  });
}

/** The letter anew, for seven days from now; the link in the old one is dead. @throws NotFound, TooOften */
export async function resendInvitation(portal: Portal, actor: Actor, invitationId: string): Promise<string> {
  const row = await openInvitation(portal, actor, invitationId);
  await takeInviteTurns(portal, actor, row.agencyId);
  const email = await portal.vault.openText(row.keyId, place(row.id), row.emailSealed);
  return inTransaction(portal, async (tx) => {
    await lockAddress(tx, row.agencyId, row.emailTag);
    const { count } = await tx.invitation.updateMany({
      where: { id: row.id, acceptedAt: null, withdrawnAt: null },
      data: { withdrawnAt: portal.time.now() },
    });
    if (count === 0) throw new NotFound("invitation");
    const { agencyId, organisation, emailTag } = row;
    const roles = membershipFacts(row.roles.map((role) => ({ agencyId, role }))).map(({ role }) => role);
    const locale = row.locale === "es" ? "es" : "en";
    return offer(portal, tx, actor, { agencyId, email, roles, organisation, locale, emailTag });
  });
}

/** From this commit on its link opens nothing. @throws NotFound */
export async function withdrawInvitation(portal: Portal, actor: Actor, invitationId: string): Promise<void> {
  const row = await openInvitation(portal, actor, invitationId);
  await inTransaction(portal, async (tx) => {
    const { count } = await tx.invitation.updateMany({
      where: { id: row.id, acceptedAt: null, withdrawnAt: null },
      data: { withdrawnAt: portal.time.now() },
    });
    if (count === 0) throw new NotFound("invitation");
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor, "admin"),
      act: "member.invitation-withdrawn",
      thing: { type: "invitation", id: row.id },
      ...(row.agencyId !== null && { agencyId: row.agencyId }),
    });
  });
}

/** The address that an invitation was mailed to. */
export async function openInvitedEmail(
  portal: Pick<Portal, "vault">,
  row: { readonly id: string; readonly keyId: string; readonly emailSealed: Uint8Array },
): Promise<string> {
  return portal.vault.openText(row.keyId, place(row.id), row.emailSealed);
}

async function tagOfAddress(portal: Portal, email: string): Promise<string> {
  const tagOf = await portal.vault.indexer("email");
  return tagOf(normaliseEmail(email));
}

async function authoriseInviting(
  portal: Portal,
  actor: Actor,
  agencyId: string | null,
  emailTag: string,
): Promise<void> {
  const facts = agencyId === null ? {} : { agencyId };
  authorise(actor, "member.invite", facts);
  if (actor.kind !== "account") return;
  const own = await portal.db.account.findUniqueOrThrow({ where: { id: actor.accountId }, select: { emailTag: true } });
  if (own.emailTag !== emailTag) return;
  throw new Refused("member.oneself", "Nobody gives himself a role. Ask another admin of your agency, or an operator.");
}

/** One that still waits or has run out, for whoever may invite there. @throws NotFound */
async function openInvitation(portal: Portal, actor: Actor, id: string) {
  const row = isId(id) ? await portal.db.invitation.findUnique({ where: { id } }) : null;
  if (!row) throw new NotFound("invitation");
  authorise(actor, "member.invite", row.agencyId === null ? {} : { agencyId: row.agencyId });
  const state = stateOfInvitation(row, portal.time.now());
  if (state !== "open" && state !== "expired") throw new NotFound("invitation");
  return row;
}

async function takeInviteTurns(portal: Portal, actor: Actor, agencyId: string | null): Promise<void> {
  if (actor.kind !== "account") return;
  await takeTurns(portal, [
    ["invite.account", actor.accountId],
    ["invite.agency", agencyId],
  ]);
}

async function lockAddress(tx: Transaction, agencyId: string | null, emailTag: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`invite:${agencyId ?? ""}:${emailTag}`}))`;
}

async function offer(
  portal: Portal,
  tx: Transaction,
  actor: Actor,
  given: NewInvitation & { readonly emailTag: string },
): Promise<string> {
  const { agencyId, emailTag, organisation, locale } = given;
  const roles = [...new Set(given.roles)];
  const now = portal.time.now();
  const id = newId();
  const link = randomBytes(32).toString("base64url");
  const keyId = await portal.vault.createKey(tx, "invitation");
  await tx.invitation.create({
    data: {
      ...{ id, agencyId, roles, organisation, emailTag, keyId, locale },
      emailSealed: await portal.vault.seal(keyId, place(id), given.email.trim()),
      linkHash: secretHash(link),
      by: actor.kind === "account" ? actor.accountId : null,
      createdAt: now,
      expiresAt: minutesAfter(now, INVITATION_DAYS * 24 * 60),
    },
  });
  await queueMail(portal, tx, {
    to: { address: given.email.trim() },
    letter: "invitation",
    locale,
    params: {
      agency: agencyId === null ? "WhoLooked" : (await getAgencyById(portal, agencyId)).name,
      link: `${portal.config.url}/join/${link}`,
      days: String(INVITATION_DAYS),
    },
    about: { type: "invitation", id },
  });
  await appendLedger(portal, tx, {
    actor: asLedgerActor(actor, "admin"),
    act: "member.invited",
    thing: { type: "invitation", id },
    ...(agencyId !== null && { agencyId }),
    detail: { roles: roles.join(" ") },
  });
  return id;
}

function wrongRole(): Refused {
  return new Refused("member.role", "Choose one or more of the roles that can be given there.");
}
