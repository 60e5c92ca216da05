import type { Transaction } from "#app/platform/database/database.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { createAccount } from "./accounts.server.ts";
import { openSignInEmail } from "./ask-sign-in.server.ts";
import { secretHash } from "./secret.ts";
import { needsTwoFactors } from "./session.ts";
import { beginSession, type OpenSession, raiseSession } from "./sessions.server.ts";
import { CODE_TRIES, CODE_TRIES_PER_DAY, minutesAfter, readCode } from "./sign-in.ts";

export interface Entered {
  /** Goes into the cookie; only its hash is kept. */
  readonly session: string;
  readonly accountId: string;
}

const refused = () =>
  new Refused("sign-in.spent", "This code or link is not valid, was used already, or is too old. Ask for a new one.");

/**
 * Spends a mailed link. The page that calls this is a button's: opening the link alone spends nothing.
 * @param device what `deviceOf` says of the browser
 */
export async function enterByLink(portal: Portal, link: string, device?: string): Promise<Entered> {
  return inTransaction(portal, async (tx) => {
    const row = await tx.signIn.findUnique({ where: { linkHash: secretHash(link) } });
    if (!row) throw refused();
    return enter(portal, tx, row.id, device);
  });
}

/** Spends a typed code, in the browser that asked for it. A wrong one is counted, whatever the answer. */
export async function enterByCode(
  portal: Portal,
  input: { asker: string; code: string; device?: string },
): Promise<Entered> {
  const id = await checkCode(portal, input);
  return inTransaction(portal, (tx) => enter(portal, tx, id, input.device));
}

/**
 * A mailed code as a proof of the moment, for who has nothing better: a resident without a second factor.
 * @returns the secret of the session that goes on
 * @throws Refused `sign-in.spent`, for another's code too
 */
export async function proveByMail(
  portal: Portal,
  session: OpenSession,
  input: { asker: string; code: string },
): Promise<string> {
  const id = await checkCode(portal, input);
  return inTransaction(portal, async (tx) => {
    const { accountId, hasFactor, memberships } = await spend(portal, tx, id);
    if (accountId !== session.accountId || needsTwoFactors({ memberships, hasFactor })) throw refused();
    const raised = await raiseSession(portal, tx, session.id, { by: "mail", assurance: 1 });
    if (!raised) throw refused();
    return raised;
  });
}

async function checkCode(portal: Portal, input: { asker: string; code: string }): Promise<string> {
  const askerHash = secretHash(input.asker);
  const row = await portal.db.signIn.findFirst({ where: { askerHash }, orderBy: { createdAt: "desc" } });
  if (!row) throw refused();
  const today = await portal.db.signIn.aggregate({
    where: { emailTag: row.emailTag, createdAt: { gt: minutesAfter(portal.time.now(), -24 * 60) } },
    _sum: { attempts: true },
  });
  if ((today._sum.attempts ?? 0) >= CODE_TRIES_PER_DAY) throw refused();
  const { count } = await portal.db.signIn.updateMany({
    where: { id: row.id, attempts: { lt: CODE_TRIES } },
    data: { attempts: { increment: 1 } },
  });
  const codeTag = await portal.vault.indexer("code");
  if (count !== 1 || codeTag(`${row.id}:${readCode(input.code)}`) !== row.codeHash) throw refused();
  return row.id;
}

async function enter(portal: Portal, tx: Transaction, signInId: string, device?: string): Promise<Entered> {
  const { accountId, byDemoLink } = await spend(portal, tx, signInId);
  // The demonstration's people are invented and their links stand on a terminal: that is all there is to prove.
  const proved = byDemoLink ? ({ by: "demo", assurance: 2 } as const) : ({ by: "mail", assurance: 1 } as const);
  const session = await beginSession(portal, tx, { accountId, device, ...proved });
  return { session, accountId };
}

/** Takes a letter out of use and finds whose it is; somebody new gets an account. @throws Refused */
async function spend(portal: Portal, tx: Transaction, signInId: string) {
  const now = portal.time.now();
  const { count } = await tx.signIn.updateMany({
    where: { id: signInId, expiresAt: { gt: now }, OR: [{ usedAt: null }, { demo: true }] },
    data: { usedAt: now },
  });
  if (count !== 1) throw refused();
  const row = await tx.signIn.findUniqueOrThrow({ where: { id: signInId } });
  // One address at a time: two letters used at once by somebody new must lead to one account.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`enter:${row.emailTag}`}))`;
  const known = await tx.account.findUnique({
    where: { emailTag: row.emailTag },
    include: {
      memberships: { where: { endedAt: null }, select: { id: true } },
      authenticators: { where: { confirmedAt: { not: null }, removedAt: null }, select: { id: true } },
      passkeys: { where: { removedAt: null }, select: { id: true } },
    },
  });
  if (known?.disabledAt) throw refused();
  if (row.demo && (portal.config.demo === "off" || !known?.demo)) throw refused();
  if (known) {
    const hasFactor = known.authenticators.length + known.passkeys.length > 0;
    return { accountId: known.id, memberships: known.memberships, hasFactor, byDemoLink: row.demo };
  }
  const locale = row.locale === "es" ? ("es" as const) : ("en" as const);
  const accountId = await createAccount(portal, tx, { email: await openSignInEmail(portal, row), name: "", locale });
  return { accountId, memberships: [], hasFactor: false, byDemoLink: false };
}
