import { randomBytes } from "node:crypto";
import type { Database, Transaction } from "#app/platform/database/database.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { AccountActor } from "./actor.ts";
import { hasMailboxAlone, MailboxAlone } from "./own-browser.ts";
import { secretHash } from "./secret.ts";

interface About {
  readonly accountId: string;
  readonly requestId: string;
  /** The secret that the browser brought along, from its cookie. */
  readonly browser: string | null;
}

/** From now on this request's answers open in this browser. @returns the secret for its cookie */
export async function ownBrowser(portal: Portal, tx: Transaction, about: About): Promise<string> {
  const browser = await secretFor(tx, about);
  await bind(portal, tx, about, browser);
  return browser;
}

/**
 * Who typed the code of a letter to the address on record is the resident: this browser is the own one for all that
 * the account has sent, and whoever sent this request from another browser has that no longer.
 * @returns the secret for its cookie
 */
export async function ownBrowserAlone(portal: Portal, tx: Transaction, about: About): Promise<string> {
  const browser = await secretFor(tx, about);
  await tx.ownBrowser.deleteMany({ where: { requestId: about.requestId } });
  const sent = await tx.ownBrowser.findMany({
    where: { accountId: about.accountId },
    distinct: ["requestId"],
    select: { requestId: true },
  });
  for (const requestId of [about.requestId, ...sent.map((one) => one.requestId)]) {
    await bind(portal, tx, { ...about, requestId }, browser);
  }
  return browser;
}

/**
 * Whoever has the mailbox alone gives the account no better proof and no other address: that would open by a detour
 * what the mailbox does not.
 * @throws MailboxAlone
 */
export async function requireOwnBrowser(db: Pick<Database | Transaction, "ownBrowser">, actor: AccountActor) {
  const rows = await db.ownBrowser.findMany({ where: { accountId: actor.accountId } });
  const requests = Map.groupBy(rows, ({ requestId }) => requestId).values();
  const residentId = actor.accountId;
  for (const browsers of requests) {
    if (hasMailboxAlone(actor, { residentId, askedFrom: browsers.map(({ hash }) => hash) })) throw new MailboxAlone();
  }
}

/** Never a secret that the browser brought along and we did not give it for this account: it could have been planted. */
async function secretFor(tx: Transaction, { accountId, browser }: About): Promise<string> {
  const known =
    browser !== null && (await tx.ownBrowser.count({ where: { accountId, hash: secretHash(browser) } })) > 0;
  return known ? browser : randomBytes(32).toString("base64url");
}

async function bind(portal: Portal, tx: Transaction, { accountId, requestId }: About, browser: string): Promise<void> {
  const row = { requestId, hash: secretHash(browser) };
  await tx.ownBrowser.upsert({
    where: { requestId_hash: row },
    create: { ...row, accountId, at: portal.time.now() },
    update: {},
  });
}
