import type { Config } from "../config/config.server.ts";
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
  /** Under which name it goes; as the portal unless said otherwise. */
  readonly sender?: Sender;
  readonly about?: { readonly type: string; readonly id: string };
}

/** A neutral sender says nothing of what this is: neither its name nor its address, nor the Message-ID. */
export type Sender = "portal" | "neutral";

/**
 * Puts a letter in the outbox, inside the caller's transaction. It is sent by a job after the
 * commit; its Message-ID is fixed here, so that a rare second delivery can be recognised.
 */
export async function queueMail(
  portal: Pick<Portal, "vault" | "time" | "config">,
  tx: Transaction,
  mail: Mail,
): Promise<string> {
  const id = newId();
  const { sender = "portal" } = mail;
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
      messageId: `<${newId()}@${sender === "portal" ? "wholooked" : domainOf(neutralAddress(portal.config))}>`,
      sender,
      aboutType: mail.about?.type ?? null,
      aboutId: mail.about?.id ?? null,
      createdAt: at,
      events: { create: { id: newId(), kind: "queued", at } },
    },
  });
  await enqueue(tx, "send-mail", { mailId: id }, { key: `send-mail:${id}` });
  return id;
}

/** The address of the neutral sender; the ordinary one where none is set, which no neutral note is sent from. */
export function neutralAddress({ mailNeutralFrom, mailFrom }: Pick<Config, "mailNeutralFrom" | "mailFrom">): string {
  return mailNeutralFrom ?? mailFrom;
}

function domainOf(address: string): string {
  return address.split("@").at(-1) ?? "localhost.localdomain";
}
