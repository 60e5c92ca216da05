import type { Transaction } from "../database/database.server.ts";
import { newId } from "../database/id.ts";
import type { Portal } from "../portal.server.ts";
import { enqueue } from "../queue/queue.server.ts";
import type { Letter, LetterParams, Locale } from "./templates.server.ts";

export interface Mail {
  readonly to: { readonly name?: string; readonly address: string };
  readonly letter: Letter;
  readonly locale: Locale;
  readonly params: LetterParams;
  readonly about?: { readonly type: string; readonly id: string };
}

/**
 * Puts a letter in the outbox, inside the caller's transaction. It is sent by a job after the
 * commit; its Message-ID is fixed here, so that a rare second delivery can be recognised.
 */
export async function queueMail(portal: Pick<Portal, "vault" | "time">, tx: Transaction, mail: Mail): Promise<string> {
  const id = newId();
  const at = portal.time.now();
  const keyId = await portal.vault.createKey(tx, "mail");
  const place = (column: string) => ({ table: "outbox_mail", column, row: id });
  await tx.outboxMail.create({
    data: {
      id,
      template: mail.letter,
      locale: mail.locale,
      keyId,
      toSealed: await portal.vault.seal(keyId, place("to_sealed"), JSON.stringify(mail.to)),
      paramsSealed: await portal.vault.seal(keyId, place("params_sealed"), JSON.stringify(mail.params)),
      messageId: `<${newId()}@wholooked>`,
      aboutType: mail.about?.type ?? null,
      aboutId: mail.about?.id ?? null,
      createdAt: at,
      events: { create: { id: newId(), kind: "queued", at } },
    },
  });
  await enqueue(tx, "send-mail", { mailId: id }, { key: `send-mail:${id}` });
  return id;
}
