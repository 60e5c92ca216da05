import type { Portal } from "#app/platform/portal.server.ts";
import { type AccountActor, membershipFacts } from "./actor.ts";
import { secretHash } from "./ask-sign-in.server.ts";
import { minutesAfter, SESSION_IDLE_MINUTES } from "./sign-in.ts";
import { openAddresses } from "./staff-signs.server.ts";

/** Who holds this session now, or null: unknown, ended, idle too long, too old, account disabled. */
export async function findActor(portal: Portal, session: string): Promise<AccountActor | null> {
  const now = portal.time.now();
  const row = await portal.db.session.findUnique({
    where: { id: secretHash(session) },
    include: { account: { include: { memberships: { where: { endedAt: null } } } } },
  });
  const idleSince = minutesAfter(now, -SESSION_IDLE_MINUTES);
  if (!row || row.endedAt || row.account.disabledAt || row.expiresAt <= now || row.seenAt <= idleSince) return null;
  // Once a minute is exact enough for half an hour, and spares a write on every page.
  if (row.seenAt < minutesAfter(now, -1)) {
    await portal.db.session.updateMany({ where: { id: row.id }, data: { seenAt: now } });
  }
  const { account } = row;
  return {
    kind: "account",
    accountId: account.id,
    name: await portal.vault.openText(
      account.keyId,
      { table: "account", column: "name_sealed", row: account.id },
      account.nameSealed,
    ),
    locale: account.locale === "es" ? "es" : "en",
    memberships: membershipFacts(account.memberships),
    addresses: account.memberships.length === 0 ? [] : await openAddresses(portal, account.id),
  };
}

export async function signOut(portal: Portal, session: string): Promise<void> {
  await portal.db.session.updateMany({
    where: { id: secretHash(session), endedAt: null },
    data: { endedAt: portal.time.now() },
  });
}
