/** Whether what was shown is enough, held against identity-policy.ts. Pure. */
import type { ClaimKind } from "#app/feeds/identifier.ts";
import type { LocalDate } from "#app/law/local-date.ts";
import { Refused } from "#app/platform/failure.ts";
import { type Basis, type DocumentKind, isEnough, listUnseen, saysPeriod } from "./identity-policy.ts";

/** A proof, as far as it is judged. */
export interface Judgeable {
  readonly basis: Basis;
  readonly shown: readonly DocumentKind[];
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
}

interface Days {
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** @throws Refused when documents that this way needs were not seen, or its days were not said */
function requireSeen(kind: ClaimKind, proof: Judgeable, verdict: string): void {
  if (listUnseen(kind, proof.basis, proof.shown).length > 0) {
    throw new Refused("identity.notSeen", "This way needs documents that were not ticked as seen.", { field: "shown" });
  }
  if (verdict === "noted" && saysPeriod(proof.basis) && proof.validFrom === null) {
    throw new Refused("request.checkFromNeeded", "This way shows days: the first one is needed.", {
      field: "validFrom",
    });
  }
}

/** @throws Refused when all that was shown together is not enough, or shows other days than the verdict names */
function requireEnough(kind: ClaimKind, proofs: readonly Judgeable[], days: Days): void {
  if (!isEnough(kind, new Set(proofs.map(({ basis }) => basis)))) {
    throw new Refused("identity.notEnough", "What was shown is not enough for this kind of identifier.", {
      field: "basis",
    });
  }
  if (!proofs.some((proof) => covers(proof, days))) {
    throw new Refused("identity.outsideProof", "No proof covers all the days of this verdict.", { field: "validFrom" });
  }
}

/** Whether a proof shows that the identifier was the resident's on all of these days. */
function covers({ basis, validFrom, validTo }: Judgeable, { from, to }: Days): boolean {
  if (!saysPeriod(basis) || validFrom === null || from < validFrom) return false;
  return validTo === null || (to !== null && to <= validTo);
}

/** When the proofs, oldest first, were first enough together. @throws when they are not */
function completedAt(kind: ClaimKind, proofs: readonly (Pick<Judgeable, "basis"> & { readonly at: Date })[]): Date {
  const shown = new Set<Basis>();
  for (const { basis, at } of proofs) {
    shown.add(basis);
    if (isEnough(kind, shown)) return at;
  }
  throw new Error("proofs that are not enough were taken for enough");
}

export const judgeProofs = { requireSeen, requireEnough, completedAt } as const;
