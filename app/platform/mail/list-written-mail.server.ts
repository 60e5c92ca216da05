import type { Portal } from "../portal.server.ts";
import { openMail } from "./send-mail.server.ts";
import { type Letter, type Locale, writeLetter } from "./templates.server.ts";

export interface WrittenMail {
  readonly id: string;
  readonly at: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

const LOOPBACK = ["127.0.0.1", "::1", "[::1]", "localhost"];

/**
 * Whether letters may be read in the browser: only where no mail server is set and nobody but this
 * machine can reach the portal. Sign-in codes stand in them.
 */
export function mayShowMail(portal: Pick<Portal, "config">): boolean {
  const { smtpUrl, host, url, trustProxy } = portal.config;
  // Behind a proxy on the same machine the portal listens to this machine alone, and the world reaches it.
  const isHere = [host, new URL(url).hostname].every((name) => LOOPBACK.includes(name)) && !trustProxy;
  return smtpUrl === undefined && isHere;
}

/** The newest letters of the outbox, as they were written. For the demonstration's /dev/mail alone. */
export async function listWrittenMail(portal: Portal, limit = 50): Promise<WrittenMail[]> {
  const mails = await portal.db.outboxMail.findMany({ orderBy: { createdAt: "desc" }, take: limit });
  return Promise.all(
    mails.map(async (mail) => {
      const { to, params } = await openMail(portal, mail);
      const letter = await writeLetter(
        portal.config.templatesFolder,
        mail.template as Letter,
        mail.locale as Locale,
        params,
      );
      return { id: mail.id, at: mail.createdAt.toISOString(), to: to.address, ...letter };
    }),
  );
}
