import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type Account, normaliseEmail } from "./account.ts";
import type { Role } from "./actor.ts";
import { isAddressReserved } from "./reserved-address.server.ts";
import { bindAccount } from "./walls.server.ts";

interface SealedAccount {
  id: string;
  keyId: string;
  emailSealed: Uint8Array;
  nameSealed: Uint8Array;
  locale: string;
  demo: boolean;
}

const place = (column: string, row: string) => ({ table: "account", column, row });

/**
 * Opens an account for an address that has none yet.
 * @throws Refused `sign-in.spent` while the address is kept for an account that has just left it
 */
export async function createAccount(
  portal: Portal,
  tx: Transaction,
  person: { email: string; name: string; locale: "en" | "es"; demo?: boolean },
): Promise<string> {
  const id = newId();
  const keyId = await portal.vault.createKey(tx, "account");
  const tagOf = await portal.vault.indexer("email");
  const emailTag = tagOf(normaliseEmail(person.email));
  if (await isAddressReserved(tx, emailTag, portal.time.now(), null)) {
    throw new Refused("sign-in.spent", "The address of this account was changed. Its old address was sent a letter.");
  }
  await tx.account.create({
    data: {
      id,
      emailTag,
      keyId,
      emailSealed: await portal.vault.seal(keyId, place("email_sealed", id), person.email.trim()),
      nameSealed: await portal.vault.seal(keyId, place("name_sealed", id), person.name),
      locale: person.locale,
      demo: person.demo ?? false,
      createdAt: portal.time.now(),
    },
  });
  return id;
}

/** @throws NotFound */
export async function getAccount(portal: Portal, id: string): Promise<Account> {
  const row = await portal.db.account.findUnique({ where: { id } });
  if (!row) throw new NotFound("account");
  return openAccount(portal, row);
}

/** Several at once, for lists; an id without an account is left out. */
export async function listAccounts(portal: Portal, ids: readonly string[]): Promise<Map<string, Account>> {
  const rows = await portal.db.account.findMany({ where: { id: { in: [...ids] } } });
  const accounts = await Promise.all(rows.map((row) => openAccount(portal, row)));
  return new Map(accounts.map((account) => [account.id, account]));
}

/** Accounts that hold a role now, in one agency or (advocates) in none. */
export async function listAccountsInRole(
  portal: Portal,
  role: Role,
  agencyId: string | null,
): Promise<(Account & { organisation: string | null })[]> {
  const rows = await portal.db.membership.findMany({
    where: { role, agencyId, endedAt: null, account: { disabledAt: null } },
    include: { account: true },
    orderBy: { createdAt: "asc" },
  });
  return Promise.all(
    rows.map(async (row) => ({ ...(await openAccount(portal, row.account)), organisation: row.organisation })),
  );
}

/** The account is reached at this address from now on. */
export async function sealAccountEmail(portal: Portal, tx: Transaction, id: string, email: string): Promise<void> {
  const tagOf = await portal.vault.indexer("email");
  const { keyId } = await tx.account.findUniqueOrThrow({ where: { id } });
  await tx.account.update({
    where: { id },
    data: {
      emailTag: tagOf(normaliseEmail(email)),
      emailSealed: await portal.vault.seal(keyId, place("email_sealed", id), email.trim()),
    },
  });
}

export async function nameAccount(portal: Portal, tx: Transaction, id: string, name: string): Promise<void> {
  const { keyId } = await tx.account.findUniqueOrThrow({ where: { id } });
  await tx.account.update({
    where: { id },
    data: { nameSealed: await portal.vault.seal(keyId, place("name_sealed", id), name) },
  });
  if ((await tx.membership.count({ where: { accountId: id } })) > 0) await bindAccount(portal, tx, id);
}

async function openAccount(portal: Portal, row: SealedAccount): Promise<Account> {
  return {
    id: row.id,
    name: await portal.vault.openText(row.keyId, place("name_sealed", row.id), row.nameSealed),
    email: await portal.vault.openText(row.keyId, place("email_sealed", row.id), row.emailSealed),
    locale: row.locale === "es" ? "es" : "en",
    demo: row.demo,
  };
}

/** Whether ordinary letters may go to this account's mailbox, as its owner chose last. */
export async function noteWrittenByMail(tx: Transaction, accountId: string, writtenByMail: boolean): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: { writtenByMail } });
}
