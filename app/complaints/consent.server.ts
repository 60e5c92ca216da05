import { type Actor, asLedgerActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { requireNoFreeze } from "#app/people/freeze.server.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { listAdvocates } from "./get-complaint.server.ts";
import { getStoredComplaint, lockComplaint, residentFacts, type StoredComplaint } from "./stored-complaint.server.ts";

interface ConsentInput {
  readonly complaintId: string;
  readonly advocateId: string;
}

/** The resident lets an advocate follow one complaint. Twice changes nothing. @throws NotFound, Refused */
export async function giveConsent(portal: Portal, actor: Actor, input: ConsentInput): Promise<void> {
  const found = await getStoredComplaint(portal, input.complaintId);
  authorise(actor, "consent.give", residentFacts(found));
  // Whoever took the account could let a friend in, and that would outlast the undoing.
  await requireNoFreeze(portal, found.residentId, found.agency.zone);
  await checkAdvocate(portal, found, input.advocateId);
  await inTransaction(portal, async (tx) => {
    const complaint = await lockComplaint(tx, found);
    if (complaint.consents.some((consent) => consent.advocateId === input.advocateId)) return;
    await saveConsent(portal, tx, input);
    await recordConsent(portal, tx, actor, "consent.given", complaint, input.advocateId);
  });
}

/** The resident takes it back: from this commit on the advocate finds nothing. @throws NotFound */
export async function revokeConsent(portal: Portal, actor: Actor, input: ConsentInput): Promise<void> {
  const found = await getStoredComplaint(portal, input.complaintId);
  authorise(actor, "consent.revoke", residentFacts(found));
  await inTransaction(portal, async (tx) => {
    const complaint = await lockComplaint(tx, found);
    const { count } = await tx.consent.updateMany({
      where: { complaintId: input.complaintId, advocateId: input.advocateId, revokedAt: null },
      data: { revokedAt: portal.time.now() },
    });
    if (count > 0) await recordConsent(portal, tx, actor, "consent.revoked", complaint, input.advocateId);
  });
}

/** @throws Refused unless the account is an advocate whom this resident may ask */
export async function checkAdvocate(
  portal: Portal,
  about: { residentId: string; walledIds: readonly string[] },
  advocateId: string,
): Promise<void> {
  const choices = await listAdvocates(portal, about);
  if (choices.some((choice) => choice.id === advocateId)) return;
  throw new Refused("complaint.refusedAdvocate", "Choose one of the advocates in the list, or none.");
}

export async function saveConsent(portal: Portal, tx: Transaction, input: ConsentInput): Promise<void> {
  await tx.consent.create({ data: { id: newId(), ...input, givenAt: portal.time.now(), revokedAt: null } });
}

export async function recordConsent(
  portal: Portal,
  tx: Transaction,
  actor: Actor,
  act: "consent.given" | "consent.revoked",
  complaint: Pick<StoredComplaint, "id" | "residentId" | "requestId" | "caseId"> & { agency: { id: string } },
  advocateId: string,
): Promise<void> {
  await appendLedger(portal, tx, {
    actor: asLedgerActor(actor, "resident"),
    act,
    thing: { type: "complaint", id: complaint.id },
    residentId: complaint.residentId,
    requestId: complaint.requestId,
    caseId: complaint.caseId,
    agencyId: complaint.agency.id,
    detail: { advocate: advocateId },
  });
}
