import type { Account } from "#app/people/account.ts";
import { getAccount, listAccountsInRole } from "#app/people/accounts.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { type Action, may } from "#app/people/authorise.ts";
import { DUTIES, type Duty } from "#app/people/stand-in.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { CaseFacts } from "./case-facts.server.ts";

/** What somebody must be allowed to, who does a duty. */
const WORK: Readonly<Record<Duty, Action>> = { clerk: "case.check-identity", supervisor: "case.send-back" };

/**
 * Everyone who may work on a case now, each once: the agency's own people and those who stand in, without whom a wall
 * keeps out and without the resident. For letters to them; nobody is shown this list.
 */
export async function listHandlers(
  portal: Portal,
  facts: CaseFacts,
  duties: readonly Duty[] = DUTIES,
): Promise<Account[]> {
  const found = new Map<string, Account>();
  const add = (account: Account, held: AccountActor["memberships"]) => {
    if (duties.some((duty) => may(asActor(account, held), WORK[duty], facts))) found.set(account.id, account);
  };
  for (const role of duties) {
    const { agencyId } = facts;
    for (const account of await listAccountsInRole(portal, role, agencyId)) add(account, [{ agencyId, role }]);
  }
  for (const account of await listStandIns(portal, facts, duties)) found.set(account.id, account);
  return [...found.values()];
}

/** Of those, the ones who stand in. */
export async function listStandIns(
  portal: Portal,
  facts: CaseFacts,
  duties: readonly Duty[] = DUTIES,
): Promise<Account[]> {
  const found = new Map<string, Account>();
  const standIns = (facts.standIns ?? []).filter(({ duty }) => duties.includes(duty));
  for (const standIn of standIns) {
    const { office, accountId } = standIn;
    const accounts = office === null ? [] : await listAccountsInRole(portal, office.role, office.agencyId);
    if (accountId !== null) accounts.push({ ...(await getAccount(portal, accountId)), organisation: null });
    for (const account of accounts) {
      const actor = asActor(account, office === null ? [] : [office]);
      if (may(actor, WORK[standIn.duty], { ...facts, standIns: [standIn] })) found.set(account.id, account);
    }
  }
  return [...found.values()];
}

function asActor({ id, name, locale }: Account, memberships: AccountActor["memberships"]): AccountActor {
  return { kind: "account", accountId: id, name, locale, memberships };
}
