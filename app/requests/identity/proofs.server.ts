import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate, type LocalDate, toDbDate } from "#app/platform/time/local-date.ts";
import type { Basis, DocumentKind } from "./identity-policy.ts";

/** One thing that was shown for one identifier at one agency. */
export interface Proof {
  readonly basis: Basis;
  readonly shown: readonly DocumentKind[];
  /** For which days; null: it says nothing of days. `validTo` null beside a first day: still. */
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
  readonly level: number | null;
  /** Null: typed by the resident, or asserted by an issuer. */
  readonly by: string | null;
  readonly at: Date;
}

/**
 * What counts for an identifier at an agency now, oldest first. What was shown before a refusal was looked at with
 * it and found wanting: it counts no more.
 */
export async function listCountingProofs(
  tx: Transaction,
  about: { readonly caseId: string; readonly identifierId: string },
): Promise<Proof[]> {
  const { caseId, identifierId } = about;
  const refused = await tx.identifierCheck.findFirst({
    where: { caseId, identifierId, verdict: "refused" },
    orderBy: [{ at: "desc" }, { id: "desc" }],
  });
  const rows = await tx.identityProof.findMany({
    where: { caseId, identifierId, ...(refused && { at: { gt: refused.at } }) },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
  return rows.map(asProof);
}

/** Everything that was ever shown in a case, by identifier, oldest first. */
export async function listProofs(portal: Pick<Portal, "db">, caseId: string): Promise<Map<string, Proof[]>> {
  const rows = await portal.db.identityProof.findMany({ where: { caseId }, orderBy: [{ at: "asc" }, { id: "asc" }] });
  const proofs = new Map<string, Proof[]>();
  for (const row of rows) proofs.set(row.identifierId, [...(proofs.get(row.identifierId) ?? []), asProof(row)]);
  return proofs;
}

function asProof(row: {
  readonly basis: string;
  readonly shown: readonly string[];
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
  readonly level: number | null;
  readonly by: string | null;
  readonly at: Date;
}): Proof {
  const { level, by, at } = row;
  return {
    basis: row.basis as Basis,
    shown: row.shown as readonly DocumentKind[],
    validFrom: row.validFrom && fromDbDate(row.validFrom),
    validTo: row.validTo && fromDbDate(row.validTo),
    level,
    by,
    at,
  };
}

/** Keeps that something was shown. Callers authorise, and write the ledger. */
export async function addProof(
  portal: Pick<Portal, "time">,
  tx: Transaction,
  proof: Omit<Proof, "at"> & { readonly caseId: string; readonly identifierId: string },
): Promise<void> {
  const { caseId, identifierId, basis, shown, validFrom, validTo, level, by } = proof;
  await tx.identityProof.create({
    data: {
      ...{ id: newId(), caseId, identifierId, basis, level, by },
      shown: [...shown],
      validFrom: validFrom && toDbDate(validFrom),
      validTo: validTo && toDbDate(validTo),
      at: portal.time.now(),
    },
  });
}
