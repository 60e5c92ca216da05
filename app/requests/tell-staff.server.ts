import type { Duty } from "#app/people/stand-in.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { queueMail } from "#app/platform/mail/outbox.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { CaseFile } from "./case-file.server.ts";
import { listHandlers } from "./list-handlers.server.ts";

/**
 * A letter without content to each of those who may take the next step at a case; whom a wall keeps out gets none.
 * @param told.path where the letter leads to, from the portal's own address
 */
export async function tellStaff(
  portal: Portal,
  tx: Transaction,
  file: CaseFile,
  told: { readonly duties?: readonly Duty[]; readonly path?: string } = {},
): Promise<void> {
  for (const { email, locale } of await listHandlers(portal, file.facts, told.duties)) {
    await queueMail(portal, tx, {
      to: { address: email },
      letter: "staff-task",
      locale,
      params: { link: `${portal.config.url}${told.path ?? "/desk"}` },
      about: { type: "case", id: file.id },
    });
  }
}
