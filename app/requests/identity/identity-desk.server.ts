import type { ClaimKind } from "#app/feeds/identifier.ts";
import type { Actor } from "#app/people/actor.ts";
import { authorise, may } from "#app/people/authorise.ts";
import { holds, type RepresentativeKind, SCOPES, type Scope } from "#app/people/representative.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate, type LocalDate } from "#app/platform/time/local-date.ts";
import { appendCaseLedger, type CaseFile, getCaseFile } from "../case-file.server.ts";
import { findOpen } from "../clock-act.ts";
import type { Refusal, Verdict } from "../identifier-check.ts";
import { type IdentifierClaim, listIdentifierClaims } from "../identifiers.server.ts";
import { partiesPlace, sealedParties } from "../representatives/parties.ts";
import { CODE_LETTER_TRIES } from "./code-letter.ts";
import { type AddressSource, type Basis, listMissing } from "./identity-policy.ts";
import { isVerifiedElsewhere } from "./overlap.server.ts";
import { listCountingProofs, listProofs, type Proof } from "./proofs.server.ts";
import { type ListedUpload, listUploads } from "./uploads.server.ts";

/** A verdict as it was given; the newest counts. */
export interface GivenVerdict {
  readonly verdict: Verdict;
  readonly basis: Basis;
  readonly reason: Refusal | null;
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
  readonly at: Date;
}

/** One identifier with all that was shown and said of it at one agency. */
export interface JudgedIdentifier extends IdentifierClaim {
  readonly proofs: readonly Proof[];
  /** Newest first. */
  readonly verdicts: readonly GivenVerdict[];
  /** Sets of ways of which any one is enough; of each, what is still missing. */
  readonly missing: readonly (readonly Basis[])[];
}

/** A letter with a code, without its address and its code. */
export interface ListedCodeLetter {
  readonly id: string;
  readonly source: AddressSource;
  readonly createdAt: Date;
  readonly printedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly usedAt: Date | null;
  readonly revoked: boolean;
  readonly triesLeft: number;
}

export interface ListedAuthority {
  readonly id: string;
  readonly kind: RepresentativeKind;
  readonly name: string;
  readonly endsOn: LocalDate;
  readonly verdict: "accepted" | "refused" | null;
}

export interface IdentityDesk {
  readonly caseId: string;
  readonly number: string;
  readonly agencyName: string;
  readonly zone: string;
  readonly residentName: string;
  readonly birthDate: LocalDate;
  readonly identifiers: readonly (JudgedIdentifier & {
    /** Another person has it verified for some of the days that are claimed; nothing says who. */
    readonly claimedTwice: boolean;
    readonly overlapConfirmed: boolean;
  })[];
  readonly uploads: readonly ListedUpload[];
  readonly letters: readonly ListedCodeLetter[];
  readonly authorities: readonly ListedAuthority[];
  readonly representatives: readonly { readonly kind: RepresentativeKind; readonly scopes: readonly Scope[] }[];
  /** Since when the agency waits for proof of identity; null: it does not. */
  readonly waitingSince: LocalDate | null;
  readonly mayCheck: boolean;
  readonly mayConfirm: boolean;
}

/** All that an agency knows of who asks, for its clerks and supervisors; that it was opened goes into the ledger. @throws NotFound */
export async function getIdentityDesk(portal: Portal, actor: Actor, caseId: string): Promise<IdentityDesk> {
  const file = await getCaseFile(portal, caseId);
  authorise(actor, "case.read", file.facts);
  const judged = await listJudged(portal, file);
  const identifiers = await Promise.all(judged.map((one) => withOverlap(portal, file, one)));
  const representations = await portal.db.representation.findMany({
    where: { requestId: file.requestId },
    include: { authorities: { where: { caseId: file.id }, orderBy: [{ at: "desc" }, { id: "desc" }], take: 1 } },
    orderBy: { appointedAt: "asc" },
  });
  const courts = representations.filter(({ basis }) => basis === "court-paper");
  const now = portal.time.now();
  const desk: IdentityDesk = {
    caseId: file.id,
    number: file.number,
    agencyName: file.agency.name,
    zone: file.agency.zone,
    residentName: file.residentName,
    birthDate: file.birthDate,
    identifiers,
    uploads: await listUploads(portal, file.id),
    letters: await listCodeLetters(portal, file.id),
    authorities: await Promise.all(
      courts.map(async (row) => ({
        id: row.id,
        kind: row.kind as RepresentativeKind,
        name: sealedParties.parse(
          JSON.parse(await portal.vault.openText(row.keyId, partiesPlace(row.id), row.partiesSealed)),
        ).name,
        endsOn: fromDbDate(row.endsOn),
        verdict: (row.authorities[0]?.verdict ?? null) as ListedAuthority["verdict"],
      })),
    ),
    representatives: representations
      .filter((row) => row.basis === "declaration" && holds(row, now))
      .map((row) => ({
        kind: row.kind as RepresentativeKind,
        scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
      })),
    waitingSince: findOpen(file.clock, "identity"),
    mayCheck: may(actor, "case.check-identity", file.facts),
    mayConfirm: may(actor, "case.confirm-overlap", file.facts),
  };
  await inTransaction(portal, (tx) => appendCaseLedger(portal, tx, actor, file, { act: "identity.read" }));
  return desk;
}

/** The identifiers of a request with what one case's agency was shown and said. Callers authorise. */
export async function listJudged(
  portal: Portal,
  file: Pick<CaseFile, "id" | "requestId" | "keyId">,
): Promise<JudgedIdentifier[]> {
  const [claims, proofs] = await Promise.all([listIdentifierClaims(portal, file), listProofs(portal, file.id)]);
  const checks = await portal.db.identifierCheck.findMany({
    where: { caseId: file.id },
    orderBy: [{ at: "desc" }, { id: "desc" }],
  });
  return Promise.all(
    claims.map(async (claim) => {
      const { identifierId } = claim;
      const counting = await listCountingProofs(portal.db, { caseId: file.id, identifierId });
      return {
        ...claim,
        proofs: proofs.get(identifierId) ?? [],
        verdicts: checks.filter((check) => check.identifierId === identifierId).map(asVerdict),
        missing: listMissing(claim.kind, new Set(counting.map(({ basis }) => basis))),
      };
    }),
  );
}

function asVerdict(row: {
  readonly verdict: string;
  readonly basis: string;
  readonly reason: string | null;
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
  readonly at: Date;
}): GivenVerdict {
  return {
    verdict: row.verdict as Verdict,
    basis: row.basis as Basis,
    reason: row.reason as Refusal | null,
    validFrom: row.validFrom && fromDbDate(row.validFrom),
    validTo: row.validTo && fromDbDate(row.validTo),
    at: row.at,
  };
}

async function withOverlap(portal: Portal, file: CaseFile, one: JudgedIdentifier) {
  const { identifierId, kind, claimedFrom, claimedTo } = one;
  const { tag } = await portal.db.identifier.findUniqueOrThrow({ where: { id: identifierId } });
  const days = { from: claimedFrom, to: claimedTo };
  const about = { kind: kind satisfies ClaimKind, tag, residentId: file.residentId, ...days };
  const confirmed = await portal.db.overlapConfirmation.count({ where: { caseId: file.id, identifierId } });
  return {
    ...one,
    claimedTwice: await isVerifiedElsewhere(portal.db, about),
    overlapConfirmed: confirmed > 0,
  };
}

/** The letters of a case, newest first. Callers authorise. */
export async function listCodeLetters(portal: Pick<Portal, "db">, caseId: string): Promise<ListedCodeLetter[]> {
  const rows = await portal.db.codeLetter.findMany({ where: { caseId }, orderBy: { createdAt: "desc" } });
  return rows.map(({ id, source, createdAt, printedAt, expiresAt, usedAt, revokedAt, attempts }) => ({
    ...{ id, createdAt, printedAt, expiresAt, usedAt },
    source: source as AddressSource,
    revoked: revokedAt !== null,
    triesLeft: Math.max(0, CODE_LETTER_TRIES - attempts),
  }));
}
