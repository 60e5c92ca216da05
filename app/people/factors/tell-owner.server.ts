import type { Transaction } from "#app/platform/database/database.server.ts";
import { queueMail } from "#app/platform/mail/outbox.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
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

/** Queues the letter in the caller's transaction. */
export async function tellOwner(
  portal: Portal,
  tx: Transaction,
  accountId: string,
  letter: FactorNotice,
): Promise<void> {
  const account = await getAccount(portal, accountId);
  await queueMail(portal, tx, {
    to: { address: account.email },
    letter,
    locale: account.locale,
    params: { link: `${portal.config.url}/account` },
    about: { type: "account", id: accountId },
  });
}
