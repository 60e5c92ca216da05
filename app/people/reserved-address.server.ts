import type { Transaction } from "#app/platform/database/database.server.ts";

/**
 * The change of an address that its owner can still undo. Until then nobody moves in there: not a thief who holds
 * the mailbox, and not the owner with an empty account that would keep the undo from coming home.
 */
export function findReserving(tx: Pick<Transaction, "contactChange">, emailTag: string, now: Date) {
  return tx.contactChange.findFirst({
    where: { oldEmailTag: emailTag, changedAt: { not: null }, undoneAt: null, undoUntil: { gt: now } },
    orderBy: { changedAt: "asc" },
  });
}

/** Whether an address is kept for another account than this one. */
export async function isAddressReserved(
  tx: Pick<Transaction, "contactChange">,
  emailTag: string,
  now: Date,
  forAccountId: string | null,
): Promise<boolean> {
  const reserving = await findReserving(tx, emailTag, now);
  return reserving !== null && reserving.accountId !== forAccountId;
}
