import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import nodemailer from "nodemailer";
import type { Config } from "../config/config.server.ts";
import { newId } from "../database/id.ts";
import type { Portal } from "../portal.server.ts";
import type { JobPayload } from "../queue/queue.server.ts";
import { neutralAddress } from "./outbox.server.ts";
import { type Letter, type Locale, writeLetter } from "./templates.server.ts";

interface Envelope {
  readonly from: { name: string; address: string };
  readonly to: { name: string; address: string };
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly date: Date;
}

/** Job: sends one letter of the outbox. Run again after it was sent, it does nothing. */
export async function sendMail(portal: Portal, payload: JobPayload): Promise<void> {
  const id = payload["mailId"] ?? "";
  const mail = await portal.db.outboxMail.findUniqueOrThrow({ where: { id }, include: { events: true } });
  if (mail.events.some((event) => event.kind === "sent")) return;
  const { to, params } = await openMail(portal, mail);
  const letter = await writeLetter(
    portal.config.templatesFolder,
    mail.template as Letter,
    mail.locale as Locale,
    params,
  );
  try {
    await deliver(portal.config, mail.id, {
      from: senderOf(portal.config, mail),
      // As parts: in a string, a comma in a name would add a recipient.
      to: { name: to.name ?? "", address: to.address },
      ...letter,
      messageId: mail.messageId,
      date: mail.createdAt,
    });
  } catch (error) {
    await record(portal, id, "failed", failureCode(error));
    // Thrown on, so that the queue tries again, later and later.
    throw Object.assign(new Error(`mail ${id} could not be delivered: ${failureCode(error)}`), {
      code: failureCode(error).replaceAll(" ", "_"),
    });
  }
  await record(portal, id, "sent");
}

/**
 * @throws with the code NO_NEUTRAL_SENDER where MAIL_NEUTRAL_FROM is not set: a note that was promised to say nothing
 *   waits, and shows on the operator's page, rather than go out under the agency's name
 */
function senderOf(config: Config, mail: { readonly sender: string; readonly template: string }): Envelope["from"] {
  if (mail.sender !== "neutral") return { name: "WhoLooked", address: config.mailFrom };
  // Whoever signs in has asked for it in this moment, and must not wait.
  if (config.mailNeutralFrom === undefined && mail.template !== "sign-in") {
    throw Object.assign(new Error("no neutral sender is set"), { code: "NO_NEUTRAL_SENDER" });
  }
  return { name: NEUTRAL_NAME, address: neutralAddress(config) };
}

/** The same in every language, and in every mailbox. */
const NEUTRAL_NAME = "Note";

/** The letter's recipient and variables, opened. */
export async function openMail(
  portal: Pick<Portal, "vault">,
  mail: { id: string; keyId: string; toSealed: Uint8Array; paramsSealed: Uint8Array },
): Promise<{ to: { name?: string; address: string }; params: Record<string, string> }> {
  const place = (column: string) => ({ table: "outbox_mail", column, row: mail.id });
  return {
    to: JSON.parse(await portal.vault.openText(mail.keyId, place("to_sealed"), mail.toSealed)),
    params: JSON.parse(await portal.vault.openText(mail.keyId, place("params_sealed"), mail.paramsSealed)),
  };
}

/** To the mail server when one is set, else as a file into the data folder's `mail`. */
async function deliver(config: Config, id: string, envelope: Envelope): Promise<void> {
  if (config.smtpUrl !== undefined) {
    const transport = nodemailer.createTransport(config.smtpUrl);
    try {
      await transport.sendMail(envelope);
    } finally {
      transport.close();
    }
    return;
  }
  const composed = await nodemailer
    .createTransport({ streamTransport: true, buffer: true, newline: "unix" })
    .sendMail(envelope);
  const folder = join(config.dataFolder, "mail");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, `${id}.eml`), composed.message as Buffer, { mode: 0o600 });
}

/** A code such as ECONNREFUSED or 550; the server's own words may hold an address. */
function failureCode(error: unknown): string {
  const known = error as { code?: unknown; responseCode?: unknown };
  const parts = [known.code, known.responseCode].filter((part) => /^[A-Z0-9_]{2,40}$/.test(String(part)));
  return parts.join(" ") || "unknown";
}

async function record(portal: Portal, mailId: string, kind: string, detail?: string): Promise<void> {
  await portal.db.mailEvent.create({
    data: { id: newId(), mailId, kind, at: portal.time.now(), detail: detail ?? null },
  });
}
