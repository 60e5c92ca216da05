import { type Actor, asLedgerActor, type Role } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { requireNoFreeze } from "#app/people/freeze.server.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { toDbDate } from "#app/platform/time/local-date.ts";
import { type ComplaintEvent, checkMove, isState, stateOf } from "./complaint.ts";
import { type ComplaintMove, complaintMove } from "./complaint-move.ts";
import { planReminder } from "./remind-intake.server.ts";
import {
  getStoredComplaint,
  intakeFacts,
  lockComplaint,
  notePlace,
  residentFacts,
  type StoredComplaint,
  todayAt,
} from "./stored-complaint.server.ts";
import { type Followers, loadFollowers, tellFollowers } from "./tell-followers.server.ts";

/**
 * An intake officer records the next step. The same form sent twice is one step.
 * @throws NotFound; Refused with a sentence when the transition table or the day does not allow it
 */
export async function moveComplaint(
  portal: Portal,
  actor: Actor,
  input: ComplaintMove & { complaintId: string },
): Promise<void> {
  const found = await getStoredComplaint(portal, input.complaintId);
  authorise(actor, "complaint.move", intakeFacts(found));
  const { formId, kind, finding, on, note } = complaintMove.parse(input);
  const move = { kind, detail: finding ?? null, on };
  const noteSealed = note === undefined ? null : await portal.vault.seal(found.dispute.keyId, notePlace(formId), note);
  const followers = await loadFollowers(portal, found);
  await inTransaction(portal, async (tx) => {
    const complaint = await lockComplaint(tx, found);
    // A wall may have come in since.
    authorise(actor, "complaint.move", intakeFacts(complaint));
    if (await isRecorded(tx, formId, complaint)) return;
    checkMove(complaint.events, move, "intake", todayAt(portal, complaint));
    await record(portal, tx, { actor, role: "intake", complaint, followers }, { ...move, id: formId, noteSealed });
  });
}

/** The resident takes the complaint back. Twice changes nothing. @throws NotFound, Refused */
export async function withdrawComplaint(portal: Portal, actor: Actor, complaintId: string): Promise<void> {
  const found = await getStoredComplaint(portal, complaintId);
  authorise(actor, "complaint.withdraw", residentFacts(found));
  await requireNoFreeze(portal, found.residentId, found.agency.zone);
  const followers = await loadFollowers(portal, found);
  await inTransaction(portal, async (tx) => {
    const complaint = await lockComplaint(tx, found);
    if (stateOf(complaint.events) === "withdrawn") return;
    const move = { kind: "withdrawn", detail: null, on: todayAt(portal, complaint) } as const;
    checkMove(complaint.events, move, "resident", move.on);
    const by = { actor, role: "resident", complaint, followers } as const;
    await record(portal, tx, by, { ...move, id: newId(), noteSealed: null });
  });
}

/** Who takes a step on what, and who hears of it. */
interface Step {
  readonly actor: Actor;
  readonly role: Role | "resident";
  readonly complaint: StoredComplaint;
  readonly followers: Followers;
}

async function isRecorded(tx: Transaction, formId: string, complaint: StoredComplaint): Promise<boolean> {
  const event = await tx.complaintEvent.findUnique({ where: { id: formId } });
  if (event && event.complaintId !== complaint.id) throw new NotFound();
  return event !== null;
}

async function record(
  portal: Portal,
  tx: Transaction,
  { actor, role, complaint, followers }: Step,
  event: ComplaintEvent & { id: string; noteSealed: Buffer<ArrayBuffer> | null },
): Promise<void> {
  await tx.complaintEvent.create({
    data: {
      id: event.id,
      complaintId: complaint.id,
      kind: event.kind,
      detail: event.detail,
      on: toDbDate(event.on),
      by: actor.kind === "account" ? actor.accountId : null,
      recordedAt: momentAfter(complaint, portal.time.now()),
      keyId: complaint.dispute.keyId,
      noteSealed: event.noteSealed,
    },
  });
  if (isState(event.kind)) await planReminder(tx, { ...complaint, events: [...complaint.events, event] }, event.id);
  // An internal note moves nothing; a letter about it would only frighten.
  if (event.kind !== "note") await tellFollowers(portal, tx, complaint, followers);
  await appendLedger(portal, tx, {
    actor: asLedgerActor(actor, role),
    act: event.kind === "withdrawn" ? "complaint.withdrawn" : "complaint.moved",
    thing: { type: "complaint", id: complaint.id },
    residentId: complaint.residentId,
    requestId: complaint.requestId,
    caseId: complaint.caseId,
    agencyId: complaint.agency.id,
    detail: { kind: event.kind },
  });
}

/** Events are read in the order of recording: no two may share an instant. */
function momentAfter(complaint: StoredComplaint, now: Date): Date {
  const last = complaint.events.at(-1)?.recordedAt ?? now;
  return last < now ? now : new Date(last.getTime() + 1);
}
