import { randomBytes, randomInt } from "node:crypto";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import { queueMail } from "#app/platform/mail/outbox.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { normaliseEmail } from "./account.ts";
import { getAccount, sealAccountEmail } from "./accounts.server.ts";
import { type AccountActor, asLedgerActor } from "./actor.ts";
import { authorise } from "./authorise.ts";
import { CONTACT_CODE_MINUTES, CONTACT_CODE_TRIES, FREEZE_DAYS, UNDO_DAYS } from "./contact-change.ts";
import { takeTurns } from "./limits.server.ts";
import { requireOwnBrowser } from "./own-browser.server.ts";
import { isAddressReserved } from "./reserved-address.server.ts";
import { secretHash } from "./secret.ts";
import { minutesAfter, readCode } from "./sign-in.ts";
import { requireFresh } from "./step-up.ts";

const DAY_MINUTES = 24 * 60;
export const changePlace = (column: string, row: string) => ({ table: "contact_change", column, row });

interface Session {
  /** The cookie's secret. */
  readonly session: string;
}

/**
 * Mails a code to the address that is to be the new one. Whether it has an account is not looked at: who cannot
 * read its mail learns nothing of it.
 * @throws TooOften
 * @throws ProofNeeded; Refused `contact.staff`, `contact.same`
 */
export async function askContactChange(
  portal: Portal,
  actor: AccountActor,
  input: { readonly email: string; readonly locale: "en" | "es" },
): Promise<void> {
  await requireChangeable(portal, actor);
  await takeTurns(portal, [["contact.account", actor.accountId]]);
  const [tagOf, codeTag] = await Promise.all([portal.vault.indexer("email"), portal.vault.indexer("code")]);
  const now = portal.time.now();
  const id = newId();
  const code = randomInt(0, 1_000_000).toString().padStart(6, "0");
  const old = await getAccount(portal, actor.accountId);
  const [newEmailTag, oldEmailTag] = [tagOf(normaliseEmail(input.email)), tagOf(normaliseEmail(old.email))];
  if (newEmailTag === oldEmailTag) throw new Refused("contact.same", "This is the address of your account already.");
  await inTransaction(portal, async (tx) => {
    const keyId = await portal.vault.createKey(tx, "contact-change");
    const seal = (column: string, text: string) => portal.vault.seal(keyId, changePlace(column, id), text);
    // A new code kills the one before it.
    await tx.contactChange.updateMany({
      where: { accountId: actor.accountId, changedAt: null, expiresAt: { gt: now } },
      data: { expiresAt: now },
    });
    await tx.contactChange.create({
      data: {
        ...{ id, accountId: actor.accountId, keyId, newEmailTag, oldEmailTag },
        newEmailSealed: await seal("new_email_sealed", input.email.trim()),
        oldEmailSealed: await seal("old_email_sealed", old.email),
        codeHash: codeTag(`contact:${id}:${code}`),
        askedAt: now,
        expiresAt: minutesAfter(now, CONTACT_CODE_MINUTES),
      },
    });
    await queueMail(portal, tx, {
      to: { address: input.email.trim() },
      letter: "contact-code",
      locale: input.locale,
      params: { code, minutes: String(CONTACT_CODE_MINUTES) },
      about: { type: "contact-change", id },
    });
    await record(portal, tx, actor, "contact.asked");
  });
}

/** Whether a code was mailed that can still be typed. */
export async function hasPendingChange(portal: Portal, actor: AccountActor): Promise<boolean> {
  return (await findPending(portal, actor)) !== null;
}

/**
 * The typed code proves the new address, and the account is reached there from now on. The old address is told,
 * and can undo it for fourteen days; nothing is released for seven; every other session ends.
 * @throws ProofNeeded; Refused `contact.code`, `contact.taken`, `contact.staff`
 */
export async function confirmContactChange(
  portal: Portal,
  actor: AccountActor,
  input: Session & { readonly code: string },
): Promise<void> {
  await requireChangeable(portal, actor);
  const row = await findPending(portal, actor);
  const { count } = await portal.db.contactChange.updateMany({
    where: { id: row?.id ?? newId(), attempts: { lt: CONTACT_CODE_TRIES } },
    data: { attempts: { increment: 1 } },
  });
  const codeTag = await portal.vault.indexer("code");
  if (!row || count !== 1 || codeTag(`contact:${row.id}:${readCode(input.code)}`) !== row.codeHash) throw wrongCode();
  const newEmail = await portal.vault.openText(row.keyId, changePlace("new_email_sealed", row.id), row.newEmailSealed);
  await inTransaction(portal, async (tx) => {
    await tx.$executeRaw`SELECT id FROM account WHERE id = ${actor.accountId}::uuid FOR UPDATE`;
    // The same lock as the sign-in's: nobody moves into an address while another does.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`enter:${row.newEmailTag}`}))`;
    const now = portal.time.now();
    const spent = await tx.contactChange.updateMany({
      where: { id: row.id, changedAt: null, expiresAt: { gt: now } },
      data: { changedAt: now },
    });
    if (spent.count !== 1) throw wrongCode();
    await requireFree(portal, tx, actor, row.newEmailTag);
    await sealAccountEmail(portal, tx, actor.accountId, newEmail);
    // Whoever has come home to an address of his own has nothing to undo there.
    await tx.contactChange.updateMany({
      where: { accountId: actor.accountId, oldEmailTag: row.newEmailTag, undoneAt: null, changedAt: { not: null } },
      data: { undoneAt: now },
    });
    await tx.releaseFreeze.create({
      data: { id: newId(), accountId: actor.accountId, from: now, until: minutesAfter(now, FREEZE_DAYS * DAY_MINUTES) },
    });
    await endOtherWaysIn(tx, { accountId: actor.accountId, emailTag: row.oldEmailTag, now, keep: input.session });
    await tellOldAddress(portal, tx, row, actor.locale);
    await record(portal, tx, actor, "contact.changed");
  });
}

/** A row of contact_change, as far as its letter to the old address needs it. */
interface Changed {
  readonly id: string;
  readonly keyId: string;
  readonly oldEmailSealed: Uint8Array;
}

/** Tells the old address, with a new link that undoes it; the link in an earlier letter is dead. */
export async function tellOldAddress(
  portal: Portal,
  tx: Transaction,
  row: Changed,
  locale: "en" | "es",
): Promise<void> {
  const link = randomBytes(32).toString("base64url");
  const { changedAt } = await tx.contactChange.findUniqueOrThrow({
    where: { id: row.id },
    select: { changedAt: true },
  });
  await tx.contactChange.update({
    where: { id: row.id },
    data: {
      undoHash: secretHash(link),
      undoUntil: minutesAfter(changedAt ?? portal.time.now(), UNDO_DAYS * DAY_MINUTES),
    },
  });
  const address = await portal.vault.openText(row.keyId, changePlace("old_email_sealed", row.id), row.oldEmailSealed);
  await queueMail(portal, tx, {
    to: { address },
    letter: "contact-changed",
    locale,
    params: { link: `${portal.config.url}/contact/undo/${link}`, days: String(UNDO_DAYS) },
    about: { type: "contact-change", id: row.id },
  });
}

/** Ends the sessions of an account but one, and the ways in that lie in a mailbox. */
export async function endOtherWaysIn(
  tx: Transaction,
  { accountId, emailTag, now, keep }: { accountId: string; emailTag: string; now: Date; keep: string | null },
): Promise<void> {
  await tx.session.updateMany({
    where: { accountId, endedAt: null, ...(keep !== null && { id: { not: secretHash(keep) } }) },
    data: { endedAt: now },
  });
  await tx.signIn.updateMany({ where: { emailTag, usedAt: null, expiresAt: { gt: now } }, data: { expiresAt: now } });
}

async function findPending(portal: Portal, actor: AccountActor) {
  return portal.db.contactChange.findFirst({
    where: { accountId: actor.accountId, changedAt: null, expiresAt: { gt: portal.time.now() } },
    orderBy: { askedAt: "desc" },
  });
}

async function requireChangeable(portal: Portal, actor: AccountActor): Promise<void> {
  authorise(actor, "contact.change", { residentId: actor.accountId });
  if (actor.memberships.length > 0) {
    throw new Refused(
      "contact.staff",
      "Whoever holds a role is reached at the address that was invited. Ask an admin to invite the new address.",
    );
  }
  await requireOwnBrowser(portal.db, actor);
  requireFresh(actor, portal.time.now());
}

async function requireFree(portal: Portal, tx: Transaction, actor: AccountActor, emailTag: string): Promise<void> {
  const holder = await tx.account.findUnique({ where: { emailTag }, select: { id: true } });
  const isTaken = holder !== null || (await isAddressReserved(tx, emailTag, portal.time.now(), actor.accountId));
  if (!isTaken) return;
  throw new Refused("contact.taken", "This address belongs to another account. Choose another one.");
}

function wrongCode(): Refused {
  return new Refused("contact.code", "This code is not the one that we sent, or is too old. Ask for a new one.");
}

function record(portal: Portal, tx: Transaction, actor: AccountActor, act: string): Promise<void> {
  return appendLedger(portal, tx, {
    actor: asLedgerActor(actor, "resident"),
    act,
    thing: { type: "account", id: actor.accountId },
    residentId: actor.accountId,
  });
}
