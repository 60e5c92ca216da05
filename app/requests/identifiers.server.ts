import type { ClaimKind } from "#app/feeds/identifier.ts";
import { sameClaimText } from "#app/feeds/subjects/subject.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate, type LocalDate } from "#app/platform/time/local-date.ts";
import type { CaseFile } from "./case-file.server.ts";
import type { Verdict } from "./identifier-check.ts";
import type { Basis } from "./identity/identity-policy.ts";

export const identifierPlace = (row: string) => ({ table: "identifier", column: "value_sealed", row });

export interface IdentifierClaim {
  readonly identifierId: string;
  readonly kind: ClaimKind;
  readonly value: string;
  /** What the resident says; `claimedTo` null: still. */
  readonly claimedFrom: LocalDate;
  readonly claimedTo: LocalDate | null;
  /** The newest verdict in this case; null before the first. */
  readonly check: {
    readonly verdict: Verdict;
    readonly basis: Basis;
    readonly validFrom: LocalDate | null;
    readonly validTo: LocalDate | null;
    readonly at: Date;
    readonly by: string;
  } | null;
}

/** What the resident says to be searched by, in the order given, opened, with this case's verdicts. Callers authorise. */
export async function listIdentifierClaims(
  portal: Portal,
  file: Pick<CaseFile, "id" | "requestId" | "keyId">,
): Promise<IdentifierClaim[]> {
  const rows = await portal.db.identifier.findMany({
    where: { requestId: file.requestId },
    include: { checks: { where: { caseId: file.id }, orderBy: [{ at: "desc" }, { id: "desc" }], take: 1 } },
    orderBy: { position: "asc" },
  });
  const sealer = await portal.vault.sealerFor(file.keyId);
  return rows.map((row) => ({
    identifierId: row.id,
    kind: row.kind as ClaimKind,
    value: sealer.open(identifierPlace(row.id), row.valueSealed).toString("utf8"),
    claimedFrom: fromDbDate(row.claimedFrom),
    claimedTo: row.claimedTo && fromDbDate(row.claimedTo),
    check: checkOf(row.checks[0]),
  }));
}

function checkOf(
  row:
    | { verdict: string; basis: string; validFrom: Date | null; validTo: Date | null; at: Date; by: string }
    | undefined,
) {
  if (!row) return null;
  return {
    verdict: row.verdict as Verdict,
    basis: row.basis as Basis,
    validFrom: row.validFrom && fromDbDate(row.validFrom),
    validTo: row.validTo && fromDbDate(row.validTo),
    at: row.at,
    by: row.by,
  };
}

export interface VerifiedIdentifier {
  readonly identifierId: string;
  readonly kind: ClaimKind;
  readonly value: string;
  /** Blind index of the normalised value; of a name it finds no event, only another claim to it. */
  readonly tag: string;
  /** Verified as the resident's own from this day; `to` null: still. */
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** The identifiers that this case's agency has verified, each with its verified period: all that may be matched. */
export async function listVerifiedIdentifiers(portal: Portal, caseId: string): Promise<VerifiedIdentifier[]> {
  const row = await portal.db.case.findUniqueOrThrow({ where: { id: caseId }, include: { request: true } });
  const claims = await listIdentifierClaims(portal, { id: caseId, requestId: row.requestId, keyId: row.request.keyId });
  const verified: VerifiedIdentifier[] = [];
  for (const { identifierId, kind, value, check } of claims) {
    if (check?.verdict !== "verified" || check.validFrom === null) continue;
    verified.push({
      identifierId,
      kind,
      value,
      tag: await tagOfClaim(portal, kind, value),
      from: check.validFrom,
      to: check.validTo,
    });
  }
  return verified;
}

/** The blind index of a claimed identifier: equal for two claims to the same one. */
export async function tagOfClaim(portal: Pick<Portal, "vault">, kind: ClaimKind, value: string): Promise<string> {
  const tagOf = await portal.vault.indexer(kind);
  return tagOf(kind === "person" ? sameClaimText(value) : value);
}
