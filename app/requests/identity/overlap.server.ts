/** Two people who both say that one identifier was theirs on the same days. */
import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { LocalDate } from "#app/platform/time/local-date.ts";
import { appendCaseLedger, getCaseFile } from "../case-file.server.ts";

export interface Claimed {
  readonly kind: string;
  readonly tag: string;
  readonly residentId: string;
  readonly from: LocalDate;
  /** Null: still. */
  readonly to: LocalDate | null;
}

/**
 * Whether another person's request has this identifier verified, at any agency, on one of these days. It says that
 * there is one and nothing of whose, where or when: the other may have a wall against the one who asks. People of the
 * demonstration are nobody, and keep nobody out.
 */
export async function isVerifiedElsewhere(tx: Transaction, claimed: Claimed): Promise<boolean> {
  const { kind, tag, residentId, from, to } = claimed;
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM (
      SELECT DISTINCT ON (c.case_id, c.identifier_id) c.verdict, c.valid_from, c.valid_to
      FROM identifier_check c
      JOIN identifier i ON i.id = c.identifier_id
      JOIN request r ON r.id = i.request_id
      JOIN account a ON a.id = r.resident_id AND NOT a.demo
      WHERE i.tag = ${tag}::uuid AND i.kind = ${kind} AND r.resident_id <> ${residentId}::uuid
      ORDER BY c.case_id, c.identifier_id, c.at DESC, c.id DESC) newest
    WHERE verdict = 'verified' AND valid_from <= coalesce(${to}::date, 'infinity'::date)
      AND coalesce(valid_to, 'infinity'::date) >= ${from}::date
    LIMIT 1`;
  return found.length > 0;
}

/** Verdicts on one identifier take turns, whoever's request they are in: two at once would both see none. */
export async function lockIdentifier(tx: Transaction, tag: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`identifier:${tag}`}))`;
}

/** Whether somebody else than this account has let two claims stand. */
export async function isOverlapConfirmed(
  tx: Transaction,
  about: { readonly caseId: string; readonly identifierId: string; readonly besides: string },
): Promise<boolean> {
  const { caseId, identifierId, besides } = about;
  const count = await tx.overlapConfirmation.count({ where: { caseId, identifierId, by: { not: besides } } });
  return count > 0;
}

/**
 * A supervisor has looked at what was shown, and lets the clerk verify an identifier that another person has
 * verified for some of the same days.
 * @throws NotFound
 */
export async function confirmOverlap(
  portal: Portal,
  actor: Actor,
  input: { readonly caseId: string; readonly identifierId: string },
): Promise<void> {
  const file = await getCaseFile(portal, input.caseId);
  authorise(actor, "case.confirm-overlap", file.facts);
  if (actor.kind !== "account" || !isId(input.identifierId)) throw new NotFound("identifier");
  const by = actor.accountId;
  await inTransaction(portal, async (tx) => {
    const claim = await tx.identifier.findFirst({ where: { id: input.identifierId, requestId: file.requestId } });
    if (!claim) throw new NotFound("identifier");
    await tx.overlapConfirmation.create({
      data: { id: newId(), caseId: file.id, identifierId: claim.id, by, at: portal.time.now() },
    });
    await appendCaseLedger(portal, tx, actor, file, {
      act: "identity.overlap-confirmed",
      thing: { type: "identifier", id: claim.id },
    });
  });
}
