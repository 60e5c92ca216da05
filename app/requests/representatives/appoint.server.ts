/** A resident lets somebody act in one request, and takes it back. */
import { createHash, randomBytes } from "node:crypto";
import { normaliseEmail } from "#app/people/account.ts";
import { getAccount } from "#app/people/accounts.server.ts";
import { type AccountActor, asLedgerActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { type Appointment, appointmentSchema, INVITE_DAYS } from "#app/people/representative.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import { queueMail } from "#app/platform/mail/outbox.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { addDays, localDate, startOfDay, toDbDate } from "#app/platform/time/local-date.ts";
import { getAgencyById } from "#app/registry/queries.server.ts";
import { getCaseFile } from "../case-file.server.ts";
import { type OpenRequest, openOwnRequest } from "../draft.server.ts";
import { tellResident } from "../write-to-resident.server.ts";
import { partiesPlace, type SealedParties } from "./parties.ts";

/** More than anybody needs at one time. */
const MOST_AT_ONCE = 5;
const DAY_MS = 86_400_000;

const hashOf = (secret: string) => createHash("sha256").update(secret).digest("hex");

/**
 * Appoints somebody, by the resident's signed declaration, and invites them by mail. Nothing opens before the
 * invitation is accepted by the account of just that address; the scopes are fixed here, and only by a new
 * declaration of the resident's are there others.
 * @throws NotFound; Refused `representatives.*` when the declaration breaks a rule of appointmentSchema
 */
export async function appointRepresentative(
  portal: Portal,
  actor: AccountActor,
  input: { readonly requestId: string; readonly form: Appointment },
): Promise<{ readonly representationId: string }> {
  const request = await openOwnRequest(portal, actor, "request.represent", input.requestId);
  const zone = await zoneOf(portal, request);
  const form = appointmentSchema(localDate(portal.time.now(), zone)).parse(input.form);
  const own = await getAccount(portal, actor.accountId);
  if (normaliseEmail(own.email) === normaliseEmail(form.email)) {
    throw new Refused("representatives.ownAddress", "This is your own address.", { field: "email" });
  }
  const tagOf = await portal.vault.indexer("email");
  const secret = randomBytes(32).toString("base64url");
  const id = newId();
  await inTransaction(portal, async (tx) => {
    await refuseTooMany(portal, tx, request.id);
    const now = portal.time.now();
    const keyId = await portal.vault.createKey(tx, "representation");
    const { kind, name, email, scopes, endsOn, signature } = form;
    const sealed: SealedParties = { name, email, signature };
    await tx.representation.create({
      data: {
        ...{ id, requestId: request.id, kind, scopes, keyId, basis: "declaration" },
        partiesSealed: await portal.vault.seal(keyId, partiesPlace(id), JSON.stringify(sealed)),
        emailTag: tagOf(normaliseEmail(email)),
        inviteHash: hashOf(secret),
        inviteExpiresAt: new Date(now.getTime() + INVITE_DAYS * DAY_MS),
        endsOn: toDbDate(endsOn),
        endsAt: startOfDay(addDays(endsOn, 1), zone),
        appointedBy: actor.accountId,
        appointedAt: now,
      },
    });
    await queueMail(portal, tx, {
      to: { address: email },
      letter: "representative-invite",
      locale: request.locale,
      params: { link: `${portal.config.url}/representative/${secret}`, days: String(INVITE_DAYS) },
      about: { type: "representation", id },
    });
    await tellOwner(portal, tx, request);
    await appendRepresentation(portal, tx, actor, request, { id, act: "representative.appointed", detail: { kind } });
  });
  return { representationId: id };
}

async function refuseTooMany(portal: Portal, tx: Transaction, requestId: string): Promise<void> {
  await tx.$executeRaw`SELECT id FROM request WHERE id = ${requestId}::uuid FOR UPDATE`;
  const count = await tx.representation.count({
    where: { requestId, revokedAt: null, endsAt: { gt: portal.time.now() } },
  });
  if (count >= MOST_AT_ONCE) {
    throw new Refused("representatives.tooMany", "Take one back before you appoint another.", { count: MOST_AT_ONCE });
  }
}

/** Where its days begin and end: at the first of the agencies that were asked. @throws Refused before it is filed */
export async function zoneOf(portal: Portal, request: Pick<OpenRequest, "id">): Promise<string> {
  const first = await portal.db.case.findFirst({ where: { requestId: request.id }, orderBy: { number: "asc" } });
  if (!first) throw new Refused("representatives.notFiled", "Send the request first.");
  return (await getAgencyById(portal, first.agencyId)).zone;
}

/** The resident hears of it in the way chosen: whoever holds the resident's mailbox alone does nothing unseen. */
async function tellOwner(portal: Portal, tx: Transaction, request: Pick<OpenRequest, "id">): Promise<void> {
  const first = await portal.db.case.findFirst({ where: { requestId: request.id }, orderBy: { number: "asc" } });
  if (!first) return;
  const file = await getCaseFile(portal, first.id);
  const alone = { ...file, facts: { ...file.facts, representatives: [] } };
  const link = `${portal.config.url}/request/${request.id}/representatives`;
  await tellResident(portal, tx, alone, "something-ready", { link });
}

/**
 * Accepts an invitation, as the account of the address that it was sent to: forwarded, it opens nothing. Accepted
 * again by the same account, nothing changes.
 * @throws NotFound for every link that is not this account's, is too old, was spent or taken back
 */
export async function acceptRepresentation(
  portal: Portal,
  actor: AccountActor,
  secret: string,
): Promise<{ readonly requestId: string }> {
  authorise(actor, "representation.accept");
  const row = await findInvited(portal, actor, secret);
  if (row.acceptedAt !== null) return { requestId: row.requestId };
  await inTransaction(portal, async (tx) => {
    const now = portal.time.now();
    const { count } = await tx.representation.updateMany({
      where: { id: row.id, acceptedAt: null, revokedAt: null, inviteExpiresAt: { gt: now }, endsAt: { gt: now } },
      data: { acceptedAt: now, accountId: actor.accountId },
    });
    if (count !== 1) throw new NotFound("invitation");
    await tellOwner(portal, tx, { id: row.requestId });
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor, "representative"),
      act: "representative.accepted",
      thing: { type: "representation", id: row.id },
      residentId: row.request.residentId,
      requestId: row.requestId,
    });
  });
  return { requestId: row.requestId };
}

/** What an invitation says before it is accepted. It names nobody. @throws NotFound */
export async function getInvitation(
  portal: Portal,
  actor: AccountActor,
  secret: string,
): Promise<{ readonly kind: string; readonly scopes: readonly string[]; readonly endsOn: Date }> {
  authorise(actor, "representation.accept");
  const { kind, scopes, endsOn } = await findInvited(portal, actor, secret);
  return { kind, scopes, endsOn };
}

async function findInvited(portal: Portal, actor: AccountActor, secret: string) {
  const row = await portal.db.representation.findUnique({
    where: { inviteHash: hashOf(secret) },
    include: { request: { include: { walls: true } } },
  });
  const account = await portal.db.account.findUniqueOrThrow({ where: { id: actor.accountId } });
  const now = portal.time.now();
  const isOpen =
    row?.revokedAt === null && now < row.endsAt && row.inviteExpiresAt !== null && now < row.inviteExpiresAt;
  const isWalled = row?.request.walls.some(({ accountId }) => accountId === actor.accountId) ?? false;
  if (!row || !isOpen || isWalled || row.emailTag !== account.emailTag) throw new NotFound("invitation");
  return row;
}

/** Takes an appointment back: from the commit on it opens nothing. @throws NotFound */
export async function revokeRepresentation(
  portal: Portal,
  actor: AccountActor,
  input: { readonly requestId: string; readonly representationId: string },
): Promise<void> {
  const request = await openOwnRequest(portal, actor, "request.represent", input.requestId);
  if (!isId(input.representationId)) throw new NotFound("representation");
  await inTransaction(portal, async (tx) => {
    const where = { id: input.representationId, requestId: request.id, basis: "declaration" };
    const row = await tx.representation.findFirst({ where });
    if (!row) throw new NotFound("representation");
    if (row.revokedAt !== null) return;
    await tx.representation.update({ where: { id: row.id }, data: { revokedAt: portal.time.now(), inviteHash: null } });
    await tellOwner(portal, tx, request);
    await appendRepresentation(portal, tx, actor, request, { id: row.id, act: "representative.revoked" });
  });
}

async function appendRepresentation(
  portal: Portal,
  tx: Transaction,
  actor: AccountActor,
  request: Pick<OpenRequest, "id" | "residentId">,
  entry: { readonly id: string; readonly act: string; readonly detail?: Readonly<Record<string, string>> },
): Promise<void> {
  await appendLedger(portal, tx, {
    actor: asLedgerActor(actor, "resident"),
    act: entry.act,
    thing: { type: "representation", id: entry.id },
    residentId: request.residentId,
    requestId: request.id,
    ...(entry.detail && { detail: entry.detail }),
  });
}
