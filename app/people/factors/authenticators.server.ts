import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { getAccount } from "../accounts.server.ts";
import type { OpenSession } from "../sessions.server.ts";
import { minutesAfter } from "../sign-in.ts";
import { finishSetUp, requireMaySetUp, type SetUp } from "./set-up.server.ts";
import { goOn, type Showing, type Shown, showFactor } from "./show-factor.server.ts";
import { newTotpSecret, stepAt, stepOfCode, totpCode, totpUri } from "./totp.ts";

/** A secret that was begun and whose first code never came is too old after so many minutes. */
const BEGUN_MINUTES = 30;

const place = (row: string) => ({ table: "authenticator", column: "secret_sealed", row });
const EMPTIED = new Uint8Array();

/** Makes a secret that counts for nothing until a code of it is typed. @throws NotFound, ProofNeeded */
export async function beginAuthenticator(portal: Portal, session: OpenSession): Promise<void> {
  await requireMaySetUp(portal, session);
  await inTransaction(portal, async (tx) => {
    await tx.authenticator.deleteMany({ where: { accountId: session.accountId, confirmedAt: null } });
    await addAuthenticator(portal, tx, session.accountId, null);
  });
}

/** What the app must be told, or null when nothing was begun of late. @throws NotFound, ProofNeeded */
export async function findBegunAuthenticator(
  portal: Portal,
  session: OpenSession,
): Promise<{ secret: string; uri: string } | null> {
  await requireMaySetUp(portal, session);
  const begun = await findBegun(portal, portal.db, session.accountId);
  if (!begun) return null;
  const { email } = await getAccount(portal, session.accountId);
  return { secret: begun.secret, uri: totpUri(begun.secret, email) };
}

/**
 * The first code of a new secret: from now on it is the account's authenticator, in place of the one before.
 * @throws Refused `factors.setUpCode`, NotFound, ProofNeeded
 */
export async function confirmAuthenticator(
  portal: Portal,
  session: OpenSession,
  input: Showing & { code: string },
): Promise<SetUp> {
  await requireMaySetUp(portal, session);
  const { accountId } = session;
  return inTransaction(portal, async (tx) => {
    await tx.$executeRaw`SELECT id FROM account WHERE id = ${accountId}::uuid FOR UPDATE`;
    const now = portal.time.now();
    const begun = await findBegun(portal, tx, accountId);
    const step = begun && stepOfCode(begun.secret, input.code, now);
    if (!begun || step === null) {
      throw new Refused("factors.setUpCode", "This code does not fit. Type the newest one that the app shows.");
    }
    const replaced = await retireAuthenticators(portal, tx, accountId);
    await tx.authenticator.update({ where: { id: begun.id }, data: { confirmedAt: now, lastStep: step } });
    return finishSetUp(portal, tx, session, { by: "totp", replaced: replaced > 0, showing: input });
  });
}

/** Spends a code of the authenticator. @throws Refused `factors.notTaken` */
export async function showCode(
  portal: Portal,
  session: OpenSession,
  input: Showing & { code: string },
): Promise<Shown> {
  const { accountId } = session;
  const check = (tx: Transaction) => spendCode(portal, tx, accountId, input.code);
  const who = { accountId, factor: "totp" as const, browser: input.browser };
  return showFactor(portal, who, check, goOn(portal, session, "totp"));
}

/** Each time step once for each account: the update itself says whether it is still unspent. */
async function spendCode(portal: Portal, tx: Transaction, accountId: string, code: string): Promise<boolean> {
  const own = await findConfirmed(portal, tx, accountId);
  const step = own && stepOfCode(own.secret, code, portal.time.now());
  if (!own || step === null) return false;
  const { count } = await tx.authenticator.updateMany({
    where: { id: own.id, removedAt: null, OR: [{ lastStep: null }, { lastStep: { lt: step } }] },
    data: { lastStep: step },
  });
  return count === 1;
}

/** Takes every authenticator out of use; nothing of a secret stays. @returns how many there were */
export async function retireAuthenticators(portal: Portal, tx: Transaction, accountId: string): Promise<number> {
  const { count } = await tx.authenticator.updateMany({
    where: { accountId, confirmedAt: { not: null }, removedAt: null },
    data: { removedAt: portal.time.now(), secretSealed: EMPTIED },
  });
  return count;
}

/** An authenticator for one of the demonstration's people, if they have none. */
export async function seedDemoAuthenticator(portal: Portal, accountId: string): Promise<void> {
  await inTransaction(portal, async (tx) => {
    await tx.$executeRaw`SELECT id FROM account WHERE id = ${accountId}::uuid AND demo FOR UPDATE`;
    const account = await tx.account.findFirst({ where: { id: accountId, demo: true } });
    if (!account || (await findConfirmed(portal, tx, accountId))) return;
    await addAuthenticator(portal, tx, accountId, portal.time.now());
  });
}

/**
 * The code that a person of the demonstration would read off a phone: the first that is not spent and is taken now.
 * Null for everybody else, wherever there is no demonstration, and until the next code is due.
 */
export async function findDemoCode(portal: Portal, session: OpenSession): Promise<string | null> {
  if (portal.config.demo === "off" || !session.demo) return null;
  const own = await findConfirmed(portal, portal.db, session.accountId);
  if (!own) return null;
  const now = stepAt(portal.time.now());
  const next = Math.max(now, (own.lastStep ?? 0) + 1);
  return next <= now + 1 ? totpCode(own.secret, next) : null;
}

async function addAuthenticator(
  portal: Portal,
  tx: Transaction,
  accountId: string,
  confirmedAt: Date | null,
): Promise<void> {
  const id = newId();
  const { keyId } = await tx.account.findUniqueOrThrow({ where: { id: accountId }, select: { keyId: true } });
  const secretSealed = await portal.vault.seal(keyId, place(id), newTotpSecret());
  await tx.authenticator.create({
    data: { id, accountId, secretSealed, createdAt: portal.time.now(), confirmedAt },
  });
}

async function findBegun(portal: Portal, db: Transaction, accountId: string) {
  const since = minutesAfter(portal.time.now(), -BEGUN_MINUTES);
  const where = { accountId, confirmedAt: null, removedAt: null, createdAt: { gt: since } };
  return opened(portal, await db.authenticator.findFirst({ where, orderBy: { createdAt: "desc" }, include }));
}

async function findConfirmed(portal: Portal, db: Transaction, accountId: string) {
  const where = { accountId, confirmedAt: { not: null }, removedAt: null };
  return opened(portal, await db.authenticator.findFirst({ where, orderBy: { confirmedAt: "desc" }, include }));
}

const include = { account: { select: { keyId: true } } } as const;

interface Row {
  readonly id: string;
  readonly secretSealed: Uint8Array;
  readonly lastStep: number | null;
  readonly account: { readonly keyId: string };
}

async function opened(portal: Portal, row: Row | null) {
  if (!row) return null;
  const secret = await portal.vault.openText(row.account.keyId, place(row.id), row.secretSealed);
  return { id: row.id, secret, lastStep: row.lastStep };
}
