import { CLAIM_KINDS, type ClaimKind } from "#app/feeds/identifier.ts";
import type { Actor } from "#app/people/actor.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate, toDbDate } from "#app/platform/time/local-date.ts";
import { appendCaseLedger, type CaseFile, openCaseFile } from "./case-file.server.ts";
import { identifierCheckSchema } from "./identifier-check.ts";
import { identifierPlace } from "./identifiers.server.ts";
import { endFreezeByVerdict } from "./identity/end-freeze-by-proof.server.ts";
import { endIdentityStop } from "./identity/end-identity-stop.server.ts";
import { NOTED_BASES, type NotedBasis } from "./identity/identity-policy.ts";
import { judgeProofs } from "./identity/judge-proofs.ts";
import { isOverlapConfirmed, isVerifiedElsewhere, lockIdentifier } from "./identity/overlap.server.ts";
import { addProof, listCountingProofs, type Proof } from "./identity/proofs.server.ts";
import { tellRefusal } from "./identity/tell-refusal.server.ts";
import { removeCheckedUploads, requireStatement } from "./identity/uploads.server.ts";
import { requireAuthority } from "./representatives/court-authority.server.ts";
import { lockCaseFile } from "./send-draft.server.ts";

export interface CheckIdentifier {
  readonly caseId: string;
  readonly identifierId: string;
  /** verified, refused; or noted: something was shown that is not enough by itself */
  readonly verdict: string;
  readonly basis: string;
  /** Kinds of documents seen (identity-policy.ts). */
  readonly shown?: readonly string[];
  /** Of a refusal; null says that it was not proved. */
  readonly reason?: string | null;
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
}

type Check = ReturnType<ReturnType<typeof identifierCheckSchema>["parse"]>;

/** What is judged: one identifier in one case. */
interface Judged {
  readonly file: CaseFile;
  readonly by: string;
  readonly claim: { readonly id: string; readonly kind: ClaimKind; readonly value: string; readonly tag: string };
  readonly check: Check;
}

/**
 * Records what was shown for one identifier of a case, and the clerk's verdict if there is one. Earlier verdicts
 * stay; the newest counts. A verified identifier ends the wait for proof of identity, and with it what the wait did
 * to the clock; a refusal is told with what else would do. When every identifier has its verdict, what was uploaded
 * for the check is shredded.
 * @throws NotFound
 * @throws Refused `request.checkNotWhole` when the verdict breaks a rule of identifierCheckSchema; `identity.*` when
 *   what was shown is not enough, covers other days, or is claimed by another person too
 */
export async function checkIdentifier(portal: Portal, actor: Actor, input: CheckIdentifier): Promise<void> {
  const found = await openCaseFile(portal, actor, "case.check-identity", input.caseId);
  if (actor.kind !== "account" || !isId(input.identifierId)) throw new NotFound("identifier");
  const by = actor.accountId;
  const parsed = identifierCheckSchema(localDate(portal.time.now(), found.agency.zone)).safeParse(input);
  if (!parsed.success) {
    throw new Refused("request.checkNotWhole", "A verdict needs how it was proved and, when verified, the first day.");
  }
  const check = parsed.data;
  await inTransaction(portal, async (tx) => {
    const file = await lockCaseFile(portal, tx, found.id);
    const claim = await findClaim(portal, tx, file, input.identifierId);
    const judged = { file, by, claim, check };
    if (check.verdict !== "refused") await record(portal, tx, judged);
    if (check.verdict !== "noted") await judge(portal, tx, actor, judged);
    const { verdict, basis } = check;
    await appendCaseLedger(portal, tx, actor, file, {
      act: verdict === "noted" ? "identity.noted" : "identifier.checked",
      thing: { type: "identifier", id: claim.id },
      detail: verdict === "noted" ? { basis } : { verdict, basis },
    });
  });
}

async function findClaim(portal: Portal, tx: Transaction, file: CaseFile, identifierId: string) {
  const row = await tx.identifier.findFirst({ where: { id: identifierId, requestId: file.requestId } });
  const kind = CLAIM_KINDS.find((one) => one === row?.kind);
  if (!row || kind === undefined) throw new NotFound("identifier");
  const value = await portal.vault.openText(file.keyId, identifierPlace(row.id), row.valueSealed);
  return { id: row.id, kind, value, tag: row.tag };
}

/** Keeps what was shown, unless it is something that the clerk cannot note: then it must be there already. */
async function record(portal: Portal, tx: Transaction, { file, by, claim, check }: Judged): Promise<void> {
  const { basis, shown, validFrom, validTo } = check;
  if (!isNoted(basis)) return;
  const proof = { basis, shown, validFrom, validTo, level: null, by };
  judgeProofs.requireSeen(claim.kind, proof, check.verdict);
  await requireStatement(tx, file.id, proof);
  await addProof(portal, tx, { ...proof, caseId: file.id, identifierId: claim.id });
}

async function judge(portal: Portal, tx: Transaction, actor: Actor, judged: Judged): Promise<void> {
  const { file, by, claim, check } = judged;
  const { verdict, basis, validFrom, validTo } = check;
  const isVerified = verdict === "verified" && validFrom !== null;
  const proofs = isVerified ? await listCountingProofs(tx, { caseId: file.id, identifierId: claim.id }) : [];
  if (isVerified) {
    judgeProofs.requireEnough(claim.kind, proofs, { from: validFrom, to: validTo });
    await requireAuthority(tx, file);
    await requireNoOverlap(tx, judged, { from: validFrom, to: validTo });
  }
  const id = newId();
  await tx.identifierCheck.create({
    data: {
      ...{ id, identifierId: claim.id, caseId: file.id, verdict, basis, by },
      reason: verdict === "refused" ? (check.reason ?? "not-proved") : null,
      validFrom: isVerified ? toDbDate(validFrom) : null,
      validTo: isVerified && validTo !== null ? toDbDate(validTo) : null,
      at: portal.time.now(),
    },
  });
  await removeCheckedUploads(portal, tx, file);
  if (isVerified) {
    await endIdentityStop(portal, tx, actor, file, dayOf(file, claim.kind, proofs));
    const about = { residentId: file.residentId, agencyId: file.agency.id, check: id };
    await endFreezeByVerdict(portal, tx, { ...about, actor, kind: claim.kind, proofs, standIns: file.facts.standIns });
  } else await tellRefusal(portal, tx, actor, file, { ...claim, reason: check.reason ?? "not-proved" });
}

/** The local day on which what had been shown became enough. */
function dayOf(file: CaseFile, kind: ClaimKind, proofs: readonly Proof[]): LocalDate {
  return localDate(judgeProofs.completedAt(kind, proofs), file.agency.zone);
}

/** @throws Refused while another person has the same identifier for some of the same days and no second pair of eyes let it stand */
async function requireNoOverlap(
  tx: Transaction,
  { file, by, claim }: Judged,
  days: { readonly from: LocalDate; readonly to: LocalDate | null },
): Promise<void> {
  await lockIdentifier(tx, claim.tag);
  const { kind, tag } = claim;
  if (!(await isVerifiedElsewhere(tx, { kind, tag, residentId: file.residentId, ...days }))) return;
  if (await isOverlapConfirmed(tx, { caseId: file.id, identifierId: claim.id, besides: by })) return;
  throw new Refused(
    "identity.overlap",
    "Another person has proved the same identifier for some of these days. A supervisor must look at this first.",
  );
}

function isNoted(basis: string): basis is NotedBasis {
  return (NOTED_BASES as readonly string[]).includes(basis);
}
