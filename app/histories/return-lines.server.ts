/**
 * What was held back until a day comes back on that day: it waits for a new decision, and nothing that was proposed
 * before it can be approved. Once an hour, since a day begins in another zone each hour.
 */
import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue, type JobPayload } from "#app/platform/queue/queue.server.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import { appendCaseLedger, getCaseFile } from "#app/requests/case-file.server.ts";
import { tellStaff } from "#app/requests/tell-staff.server.ts";
import { loadMatter, lockCase } from "./matter.server.ts";
import { listOpenReviews } from "./reviews.server.ts";

export const RETURN_SWEEP_TASK = "sweep-returns";
export const RETURN_TASK = "return-lines";

const returner: Actor = { kind: "system", task: RETURN_TASK };

/** So many cases are asked for at once. */
const PAGE = 500;
/** No place on earth is further ahead of UTC. */
const HOURS_AHEAD = 14;

/** Job: asks for one job for each case in which a day may have come. It changes nothing itself: run twice, it asks twice. */
export async function sweepReturns(portal: Portal): Promise<void> {
  authorise(returner, "lines.return");
  const latest = new Date(portal.time.now().getTime() + HOURS_AHEAD * 3_600_000).toISOString().slice(0, 10);
  let page: { case_id: string }[];
  let last = "00000000-0000-0000-0000-000000000000";
  do {
    page = await portal.db.$queryRaw<{ case_id: string }[]>`
      SELECT DISTINCT d.case_id FROM decision d
      JOIN "case" c ON c.id = d.case_id
      JOIN request q ON q.id = c.request_id AND q.withdrawn_at IS NULL AND q.purged_at IS NULL
      WHERE d.review_on <= ${latest}::date AND d.outcome <> 'disclose' AND d.case_id > ${last}::uuid
        AND NOT EXISTS (SELECT 1 FROM line_return r WHERE r.decision_id = d.id)
        AND NOT EXISTS (SELECT 1 FROM decision n WHERE n.case_id = d.case_id AND n.event_id = d.event_id
                        AND n.field = d.field AND n.at > d.at)
      ORDER BY d.case_id LIMIT ${PAGE}`;
    last = page.at(-1)?.case_id ?? last;
    if (page.length > 0) {
      await inTransaction(portal, async (tx) => {
        for (const { case_id: caseId } of page) {
          await enqueue(tx, RETURN_TASK, { caseId }, { key: `${RETURN_TASK}:${caseId}` });
        }
      });
    }
  } while (page.length === PAGE);
}

/**
 * Job: opens what has come back in one case, once, and tells its clerks without saying what. While a release is being
 * made the case stands still; the next hour finds it.
 */
export async function returnLines(portal: Portal, { caseId }: JobPayload): Promise<void> {
  if (caseId === undefined) throw new Error("return-lines needs a case");
  const file = await getCaseFile(portal, caseId);
  authorise(returner, "lines.return", file.facts);
  const today = localDate(portal.time.now(), file.agency.zone);
  await inTransaction(portal, async (tx) => {
    await lockCase(tx, file.id);
    const { road } = await loadMatter(portal, file, tx);
    if (road.stage === "approved") return;
    const due = (await listOpenReviews(portal, [file.id], tx)).filter(
      (one) => one.returnedAt === null && one.on <= today,
    );
    if (due.length === 0) return;
    const at = portal.time.now();
    const { count } = await tx.lineReturn.createMany({
      data: due.map(({ decisionId }) => ({ decisionId, caseId: file.id, at })),
      skipDuplicates: true,
    });
    if (count === 0) return;
    await tellStaff(portal, tx, file, { duties: ["clerk"] });
    await appendCaseLedger(portal, tx, returner, file, { act: "lines.returned", detail: { lines: count } });
  });
}
