import type { Transaction } from "#app/platform/database/database.server.ts";
import { queueMail } from "#app/platform/mail/outbox.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue } from "#app/platform/queue/queue.server.ts";
import { getAccount } from "../accounts.server.ts";

/** What an account's owner is told of by mail, whoever did it. The letters stand in templates/. */
export type FactorNotice =
  | "factor-added"
  | "factor-removed"
  | "factor-locked"
  | "recovery-codes-made"
  | "recovery-code-used"
  | "agency-linked"
  | "factors-reset";

/** Done by the feature that knows how a resident wants to be written to. */
export const TELL_NEWS = "tell-account-news";

/**
 * Queues the letter in the caller's transaction. Who chose, as a resident, another way than ordinary mail is told in
 * that way that there is news; which, the account's page and the ledger say.
 */
export async function tellOwner(
  portal: Portal,
  tx: Transaction,
  accountId: string,
  letter: FactorNotice,
): Promise<void> {
  const { writtenByMail } = await tx.account.findUniqueOrThrow({
    where: { id: accountId },
    select: { writtenByMail: true },
  });
  if (!writtenByMail) return enqueue(tx, TELL_NEWS, { accountId });
  const account = await getAccount(portal, accountId);
  await queueMail(portal, tx, {
    to: { address: account.email },
    letter,
    locale: account.locale,
    params: { link: `${portal.config.url}/account` },
    about: { type: "account", id: accountId },
  });
}
