import type { Portal } from "#app/platform/portal.server.ts";
import { FRESH_MINUTES } from "./contact-change.ts";
import { secretHash } from "./secret.ts";
import { minutesAfter } from "./sign-in.ts";

/**
 * Whether somebody has signed in just now. A session that is merely open may be somebody else's who found the
 * phone on the table: what changes who gets an answer asks for more.
 * @param session The cookie's secret.
 */
export async function isFreshSession(portal: Pick<Portal, "db" | "time">, session: string): Promise<boolean> {
  const row = await portal.db.session.findUnique({ where: { id: secretHash(session) } });
  if (!row || row.endedAt !== null) return false;
  return (row.provedAt ?? row.createdAt) > minutesAfter(portal.time.now(), -FRESH_MINUTES);
}
