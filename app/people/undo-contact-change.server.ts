import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import { queueMail } from "#app/platform/mail/outbox.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { getAccount, sealAccountEmail } from "./accounts.server.ts";
import { changePlace, endOtherWaysIn } from "./change-contact.server.ts";
import { FREEZE_DAYS } from "./contact-change.ts";
import { secretHash } from "./secret.ts";
import { minutesAfter } from "./sign-in.ts";

/**
 * Undoes a change of address with the link that the old address was sent, and every change that followed it: who
 * took the account may have moved on. All sessions end, and nothing is released for another seven days.
 * @throws Refused `contact.undoSpent`
 */
export async function undoContactChange(portal: Portal, link: string): Promise<void> {
  await inTransaction(portal, async (tx) => {
    const now = portal.time.now();
    const row = await tx.contactChange.findUnique({ where: { undoHash: secretHash(link) } });
    if (!row?.changedAt) throw spent();
    await tx.$executeRaw`SELECT id FROM account WHERE id = ${row.accountId}::uuid FOR UPDATE`;
    const { count } = await tx.contactChange.updateMany({
      where: { id: row.id, undoneAt: null, undoUntil: { gt: now } },
      data: { undoneAt: now },
    });
    if (count !== 1) throw spent();
    await tx.contactChange.updateMany({
      where: { accountId: row.accountId, changedAt: { gte: row.changedAt }, undoneAt: null },
      data: { undoneAt: now },
    });
    await tx.contactChange.updateMany({
      where: { accountId: row.accountId, changedAt: null, expiresAt: { gt: now } },
      data: { expiresAt: now },
    });
    const { emailTag } = await tx.account.findUniqueOrThrow({
      where: { id: row.accountId },
      select: { emailTag: true },
    });
    const wrong = await getAccount(portal, row.accountId);
    const home = await portal.vault.openText(row.keyId, changePlace("old_email_sealed", row.id), row.oldEmailSealed);
    await sealAccountEmail(portal, tx, row.accountId, home);
    await endOtherWaysIn(tx, { accountId: row.accountId, emailTag, now, keep: null });
    const until = minutesAfter(now, FREEZE_DAYS * 24 * 60);
    await tx.releaseFreeze.create({ data: { id: newId(), accountId: row.accountId, from: now, until } });
    await queueMail(portal, tx, {
      to: { address: wrong.email },
      letter: "contact-undone",
      locale: wrong.locale,
      params: {},
      about: { type: "contact-change", id: row.id },
    });
    await appendLedger(portal, tx, {
      actor: { kind: "account", id: row.accountId, role: "resident" },
      act: "contact.undone",
      thing: { type: "account", id: row.accountId },
      residentId: row.accountId,
    });
  });
}

function spent(): Refused {
  return new Refused("contact.undoSpent", "This link is not valid, was used already, or is too old.");
}
