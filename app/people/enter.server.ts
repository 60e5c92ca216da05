import { randomBytes } from "node:crypto";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { createAccount } from "./accounts.server.ts";
import { openSignInEmail } from "./ask-sign-in.server.ts";
import { secretHash } from "./secret.ts";
import { CODE_TRIES, CODE_TRIES_PER_DAY, minutesAfter, readCode, SESSION_HOURS } from "./sign-in.ts";

export interface Entered {
  /** Goes into the cookie; only its hash is kept. */
  readonly session: string;
  readonly accountId: string;
}

const refused = () =>
  new Refused("sign-in.spent", "This code or link is not valid, was used already, or is too old. Ask for a new one.");

/** Spends a mailed link. The page that calls this is a button's: opening the link alone spends nothing. */
export async function enterByLink(portal: Portal, link: string): Promise<Entered> {
  return inTransaction(portal, async (tx) => {
    const row = await tx.signIn.findUnique({ where: { linkHash: secretHash(link) } });
    if (!row) throw refused();
    return enter(portal, tx, row.id);
  });
}

/** Spends a typed code, in the browser that asked for it. A wrong one is counted, whatever the answer. */
export async function enterByCode(portal: Portal, input: { asker: string; code: string }): Promise<Entered> {
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
  return inTransaction(portal, (tx) => enter(portal, tx, row.id));
}

async function enter(portal: Portal, tx: Transaction, signInId: string): Promise<Entered> {
  const now = portal.time.now();
  const { count } = await tx.signIn.updateMany({
    where: { id: signInId, expiresAt: { gt: now }, OR: [{ usedAt: null }, { demo: true }] },
    data: { usedAt: now },
  });
  if (count !== 1) throw refused();
  const row = await tx.signIn.findUniqueOrThrow({ where: { id: signInId } });
  // One address at a time: two letters used at once by somebody new must lead to one account.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`enter:${row.emailTag}`}))`;
  const known = await tx.account.findUnique({ where: { emailTag: row.emailTag } });
  if (known?.disabledAt) throw refused();
  const accountId =
    known?.id ??
    (await createAccount(portal, tx, {
      email: await openSignInEmail(portal, row),
      name: "",
      locale: row.locale === "es" ? "es" : "en",
    }));
  const session = randomBytes(32).toString("base64url");
  await tx.session.create({
    data: {
      id: secretHash(session),
      accountId,
      createdAt: now,
      seenAt: now,
      expiresAt: minutesAfter(now, SESSION_HOURS * 60),
    },
  });
  await appendLedger(portal, tx, {
    actor: { kind: "account", id: accountId },
    act: "account.signed-in",
    thing: { type: "account", id: accountId },
    residentId: accountId,
  });
  return { session, accountId };
}
