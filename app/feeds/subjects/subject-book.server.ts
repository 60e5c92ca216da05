/** The key of an agency's people: one for all of them, so that hundreds of candidates are opened at once. */
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { KeysInHand } from "#app/platform/sealing/vault.server.ts";

/** Null when nobody was ever searched for by name, as far as this portal knows. */
export async function findSubjectBook(portal: Pick<Portal, "db">, agencyId: string) {
  return portal.db.subjectBook.findUnique({ where: { agencyId } });
}

/** The key in hand, for a thread too; made when there is none yet. */
export async function subjectKeyInHand(portal: Portal, agencyId: string): Promise<KeysInHand<never>> {
  const known = await findSubjectBook(portal, agencyId);
  const keyId = known?.keyId ?? (await makeBook(portal, agencyId));
  return portal.vault.keysInHand(keyId, []);
}

function makeBook(portal: Portal, agencyId: string): Promise<string> {
  return inTransaction(portal, async (tx) => {
    // Of two imports at once the second finds what the first has made.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`subjects:${agencyId}`}))`;
    const found = await tx.subjectBook.findUnique({ where: { agencyId } });
    if (found !== null) return found.keyId;
    const keyId = await portal.vault.createKey(tx, "subjects");
    await tx.subjectBook.create({ data: { agencyId, keyId } });
    return keyId;
  });
}
