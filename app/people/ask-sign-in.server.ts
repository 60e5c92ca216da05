import { randomBytes, randomInt } from "node:crypto";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { queueMail } from "#app/platform/mail/outbox.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { normaliseEmail } from "./account.ts";
import { getAccount } from "./accounts.server.ts";
import type { AccountActor } from "./actor.ts";
import { tellOldAddress } from "./change-contact.server.ts";
import { findReserving } from "./reserved-address.server.ts";
import { secretHash } from "./secret.ts";
import { DEMO_LINK_HOURS, LETTERS_PER_QUARTER, minutesAfter, SIGN_IN_MINUTES } from "./sign-in.ts";

const newSecret = () => randomBytes(32).toString("base64url");

const place = (row: string) => ({ table: "sign_in", column: "email_sealed", row });

/**
 * Mails a link and a code to an address. Whether the address is known here is not looked at, so the
 * answer cannot tell it. Returns the secret that binds the code to the browser that asked.
 */
export async function askSignIn(
  portal: Portal,
  input: { email: string; locale: "en" | "es" },
): Promise<{ asker: string }> {
  const now = portal.time.now();
  const tagOf = await portal.vault.indexer("email");
  const codeTag = await portal.vault.indexer("code");
  const emailTag = tagOf(normaliseEmail(input.email));
  const asker = newSecret();
  const link = newSecret();
  const code = randomInt(0, 1_000_000).toString().padStart(6, "0");
  const id = newId();

  await inTransaction(portal, async (tx) => {
    // One address at a time: two requests at once must not both read a count below the limit.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`sign-in:${emailTag}`}))`;
    const recent = await tx.signIn.count({
      where: { emailTag, demo: false, createdAt: { gt: minutesAfter(now, -15) } },
    });
    // Over the limit nothing is mailed and nothing kept: whoever floods an address fills no table.
    if (recent >= LETTERS_PER_QUARTER) return;
    const keyId = await portal.vault.createKey(tx, "sign-in");
    // Whose address was changed is told so, with the link that undoes it: a thief may have thrown the first letter away.
    const reserving = await findReserving(tx, emailTag, now);
    await tx.signIn.create({
      data: {
        id,
        emailTag,
        keyId,
        emailSealed: await portal.vault.seal(keyId, place(id), input.email.trim()),
        locale: input.locale,
        linkHash: secretHash(link),
        codeHash: reserving ? newId() : codeTag(`${id}:${code}`),
        askerHash: secretHash(asker),
        createdAt: now,
        expiresAt: minutesAfter(now, SIGN_IN_MINUTES),
      },
    });
    if (reserving) {
      await tellOldAddress(portal, tx, reserving, input.locale);
      return;
    }
    await queueMail(portal, tx, {
      to: { address: input.email.trim() },
      letter: "sign-in",
      locale: input.locale,
      params: { code, link: `${portal.config.url}/enter/${link}`, minutes: String(SIGN_IN_MINUTES) },
      // The same for everyone who asks, so that it tells nothing of who has an account or is afraid.
      sender: "neutral",
      about: { type: "sign-in", id },
    });
  });
  return { asker };
}

/** Mails a code to the actor's own address, for who must show again that the mailbox is theirs. */
export async function askOwnSignIn(
  portal: Portal,
  actor: AccountActor,
  locale: "en" | "es",
): Promise<{ asker: string }> {
  const { email } = await getAccount(portal, actor.accountId);
  return askSignIn(portal, { email, locale });
}

/** A link that enters as one of the demo's people, printed at the start. Never made for anyone else. */
export async function makeDemoLink(portal: Portal, accountId: string): Promise<string> {
  const now = portal.time.now();
  const account = await portal.db.account.findUniqueOrThrow({ where: { id: accountId, demo: true } });
  const link = newSecret();
  const id = newId();
  const email = await portal.vault.openText(
    account.keyId,
    { table: "account", column: "email_sealed", row: account.id },
    account.emailSealed,
  );
  await inTransaction(portal, async (tx) => {
    const keyId = await portal.vault.createKey(tx, "sign-in");
    await tx.signIn.create({
      data: {
        id,
        emailTag: account.emailTag,
        keyId,
        emailSealed: await portal.vault.seal(keyId, place(id), email),
        locale: account.locale,
        linkHash: secretHash(link),
        codeHash: newId(),
        askerHash: secretHash(newSecret()),
        demo: true,
        createdAt: now,
        expiresAt: minutesAfter(now, DEMO_LINK_HOURS * 60),
      },
    });
  });
  return `${portal.config.url}/enter/${link}`;
}

/** The address that a way in was mailed to. */
export async function openSignInEmail(
  portal: Portal,
  row: { id: string; keyId: string; emailSealed: Uint8Array },
): Promise<string> {
  return portal.vault.openText(row.keyId, place(row.id), row.emailSealed);
}
