import type { Portal } from "#app/platform/portal.server.ts";
import { type AccountActor, membershipFacts } from "./actor.ts";

/**
 * Somebody with the roles of this very moment, for work that takes longer than a page: null once the account is
 * disabled. The name stays sealed: nobody is shown it.
 */
export async function findCurrentActor(portal: Pick<Portal, "db">, accountId: string): Promise<AccountActor | null> {
  const account = await portal.db.account.findUnique({
    where: { id: accountId, disabledAt: null },
    include: { memberships: { where: { endedAt: null } } },
  });
  if (!account) return null;
  return {
    kind: "account",
    accountId,
    name: "",
    locale: account.locale === "es" ? "es" : "en",
    memberships: membershipFacts(account.memberships),
  };
}
