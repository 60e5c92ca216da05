import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue, type JobPayload } from "#app/platform/queue/queue.server.ts";
import { fromDbDate, localDate, toDbDate } from "#app/platform/time/local-date.ts";
import { computeClock } from "./case-clock.ts";
import { appendCaseLedger, type CaseFile, getCaseFile } from "./case-file.server.ts";
import { DATE_NOTED, isOfficeHour, type Notice, newestTurn, noticesDue } from "./clock-notice.ts";
import { tellStaff } from "./tell-staff.server.ts";
import { tellResident } from "./write-to-resident.server.ts";

export const TELL_TASK = "tell-clock";

const teller: Actor = { kind: "system", task: TELL_TASK };

/** Asks for the notices of one case; one that waits already is enough. */
export async function enqueueTelling(tx: Transaction, caseId: string): Promise<void> {
  await enqueue(tx, TELL_TASK, { caseId }, { key: `${TELL_TASK}:${caseId}` });
}

/** What is to be told of a case at this moment: before office hours nothing that is a letter. */
export function noticesNow(
  now: Date,
  file: Pick<CaseFile, "rule" | "agency" | "law" | "clock" | "told" | "promised">,
): Notice[] {
  const { zone } = file.agency;
  const recorded = file.clock.toSorted((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime());
  const due = noticesDue({
    clock: computeClock(file),
    eventId: newestTurn(recorded, (clock) => computeClock({ ...file, clock })),
    today: localDate(now, zone),
    told: file.told,
    promised: file.promised,
  });
  return isOfficeHour(now, zone) ? due : due.filter((notice) => !isLetter(notice));
}

function isLetter({ kind }: Notice): boolean {
  return kind !== DATE_NOTED;
}

/**
 * Job: tells what is right at the moment in which it runs, however long it waited: the notices, their letters
 * and the ledger together. Run again it finds everything told and does nothing.
 */
export async function tellClock(portal: Portal, { caseId = "" }: JobPayload): Promise<void> {
  authorise(teller, "clock.tell");
  await inTransaction(portal, async (tx) => {
    // First, so that what is read below stands still: events and notices are written under this lock.
    await tx.$executeRaw`SELECT id FROM "case" WHERE id = ${caseId}::uuid FOR UPDATE`;
    const file = await getCaseFile(portal, caseId);
    const saved = await saveNotices(portal, tx, file, noticesNow(portal.time.now(), file));
    const letters = saved.filter(isLetter);
    // One letter for all that a person is told at once: it says no more than that there is something.
    if (letters.some(({ audience }) => audience === "staff"))
      await tellStaff(portal, tx, file, { path: `/desk/cases/${file.id}` });
    if (letters.some(({ audience }) => audience === "resident")) {
      await tellResident(portal, tx, file, "something-ready", { link: `${portal.config.url}/my` });
    }
    for (const { kind, due, audience } of letters) {
      await appendCaseLedger(portal, tx, teller, file, { act: "clock.told", detail: { kind, due, audience } });
    }
  });
}

/** @returns those that nobody had saved before; only they may be told */
async function saveNotices(
  portal: Portal,
  tx: Transaction,
  file: CaseFile,
  notices: readonly Notice[],
): Promise<Notice[]> {
  if (notices.length === 0) return [];
  const at = portal.time.now();
  const rows = await tx.clockNotice.createManyAndReturn({
    data: notices.map(({ due, dueBefore, ...notice }) => ({
      ...notice,
      id: newId(),
      caseId: file.id,
      due: toDbDate(due),
      dueBefore: dueBefore === null ? null : toDbDate(dueBefore),
      at,
    })),
    skipDuplicates: true,
  });
  return notices.filter((notice) =>
    rows.some(
      (row) => row.kind === notice.kind && row.audience === notice.audience && fromDbDate(row.due) === notice.due,
    ),
  );
}
