import type { Transaction } from "#app/platform/database/database.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue, type JobPayload } from "#app/platform/queue/queue.server.ts";
import { addDays, type LocalDate, localDate, startOfDay } from "#app/platform/time/local-date.ts";
import type { Agency } from "#app/registry/agency.ts";
import { type ComplaintEvent, isState } from "./complaint.ts";
import { nextDateOf, reminderDayOf } from "./next-date.ts";
import { getStoredComplaint, intakeFacts, lockComplaint, type StoredComplaint } from "./stored-complaint.server.ts";
import { listIntakeFor, tellIntake } from "./tell-followers.server.ts";

export const REMINDER_TASK = "remind-intake";

/** A reminder that changed nothing is followed by another. */
const AGAIN_DAYS = 14;

/** Puts the reminder of the next date into the queue; the one of an earlier step is replaced. */
export async function planReminder(
  tx: Transaction,
  complaint: { id: string; agency: Agency; events: readonly ComplaintEvent[] },
  stepId: string,
): Promise<void> {
  const next = nextDateOf(complaint.events, complaint.agency.closures);
  if (next) await planOn(tx, complaint, stepId, reminderDayOf(next));
}

/**
 * Job: reminds the intake officers of a complaint that still stands where it stood, and again every two
 * weeks. Once a step was taken, or run a second time for the same day, it does nothing.
 */
export async function remindIntake(portal: Portal, payload: JobPayload): Promise<void> {
  const { complaintId = "", stepId = "", on = "" } = payload;
  const found = await getStoredComplaint(portal, complaintId);
  const officers = await listIntakeFor(portal, { ...intakeFacts(found), agencyId: found.agency.id });
  await inTransaction(portal, async (tx) => {
    const complaint = await lockComplaint(tx, found);
    if (stepIdOf(complaint) !== stepId || !nextDateOf(complaint.events, complaint.agency.closures)) return;
    if (await wasReminded(tx, complaint, on)) return;
    await tellIntake(portal, tx, complaint.id, officers);
    const today = localDate(portal.time.now(), complaint.agency.zone);
    await planOn(tx, complaint, stepId, addDays(today, AGAIN_DAYS));
    await appendLedger(portal, tx, {
      actor: { kind: "system", id: REMINDER_TASK },
      act: "complaint.reminded",
      thing: { type: "complaint", id: complaint.id },
      residentId: complaint.residentId,
      requestId: complaint.requestId,
      caseId: complaint.caseId,
      agencyId: complaint.agency.id,
      detail: { on },
    });
  });
}

async function planOn(
  tx: Transaction,
  complaint: { id: string; agency: Agency },
  stepId: string,
  on: LocalDate,
): Promise<void> {
  await enqueue(
    tx,
    REMINDER_TASK,
    { complaintId: complaint.id, stepId, on },
    { runAt: startOfDay(on, complaint.agency.zone), key: `${REMINDER_TASK}:${complaint.id}` },
  );
}

function stepIdOf(complaint: StoredComplaint): string | undefined {
  return complaint.events.findLast((event) => isState(event.kind))?.id;
}

/** The letter of that day is itself the mark that it went out. */
async function wasReminded(tx: Transaction, complaint: StoredComplaint, on: LocalDate): Promise<boolean> {
  const letters = await tx.outboxMail.count({
    where: {
      aboutType: "complaint",
      aboutId: complaint.id,
      template: "staff-task",
      createdAt: { gte: startOfDay(on, complaint.agency.zone) },
    },
  });
  return letters > 0;
}
