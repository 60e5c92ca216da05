import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { normaliseEmail } from "./account.ts";
import type { Role } from "./actor.ts";
import { bindAccount } from "./walls.server.ts";

/** Whether an address has an account. For operators alone: no page may ever let this show. */
export async function findAccountByEmail(portal: Portal, email: string): Promise<{ id: string; demo: boolean } | null> {
  const tagOf = await portal.vault.indexer("email");
  return portal.db.account.findUnique({
    where: { emailTag: tagOf(normaliseEmail(email)) },
    select: { id: true, demo: true },
  });
}

export async function addMembership(
  portal: Portal,
  tx: Transaction,
  membership: { accountId: string; agencyId: string | null; role: Role; organisation: string | null },
): Promise<void> {
  await tx.membership.create({ data: { id: newId(), ...membership, createdAt: portal.time.now() } });
  await bindAccount(portal, tx, membership.accountId);
}

/** The accounts that hold or once held a role at an agency. */
export async function listHolders(
  portal: Pick<Portal, "db">,
  held: { agencyId: string; role: Role },
): Promise<ReadonlySet<string>> {
  const rows = await portal.db.membership.findMany({ where: held, select: { accountId: true } });
  return new Set(rows.map((row) => row.accountId));
}
