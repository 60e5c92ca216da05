/** To whom an agency's case goes when none of its own people may work on it. */
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import type { Portal } from "#app/platform/portal.server.ts";

/** Another agency's desk, or one account. */
export interface Alternate {
  readonly otherAgencyId: string | null;
  readonly accountId: string | null;
}

/** In the order in which they were named. */
export async function listAlternates(portal: Pick<Portal, "db">, agencyId: string): Promise<Alternate[]> {
  return portal.db.agencyAlternate.findMany({
    where: { agencyId },
    select: { otherAgencyId: true, accountId: true },
    orderBy: { at: "asc" },
  });
}

/** Names one more. Twice changes nothing. */
export async function saveAlternate(
  portal: Pick<Portal, "time">,
  tx: Transaction,
  agencyId: string,
  alternate: Alternate,
): Promise<void> {
  const held = await tx.agencyAlternate.count({ where: { agencyId, ...alternate } });
  if (held > 0) return;
  await tx.agencyAlternate.create({ data: { id: newId(), agencyId, ...alternate, at: portal.time.now() } });
}

/** Takes all of them away. */
export async function removeAlternates(tx: Transaction, agencyId: string): Promise<void> {
  await tx.agencyAlternate.deleteMany({ where: { agencyId } });
}
