/** Days on which what is held back is looked at again, case by case. Not authorised here; callers do. */
import type { Transaction } from "#app/platform/database/database.server.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate, type LocalDate } from "#app/platform/time/local-date.ts";
import type { Target } from "./decision.ts";

/** A decision that holds something back until a day, and that nobody has taken anew. */
export interface OpenReview {
  readonly decisionId: string;
  readonly caseId: string;
  readonly eventId: string;
  readonly eventAt: Date;
  readonly field: Target;
  readonly on: LocalDate;
  /** Since when it waits for a new decision; null while its day has not come, or was not noticed. */
  readonly returnedAt: Date | null;
}

interface Row {
  id: string;
  case_id: string;
  event_id: string;
  event_at: Date;
  field: string;
  review_on: Date;
  returned_at: Date | null;
}

/**
 * The decisions of these cases that have a day and count: the newest on their target, on a look-up that is this
 * person's, and, on a field, of a line that is disclosed. By day, the earliest first.
 */
export async function listOpenReviews(
  portal: Pick<Portal, "db">,
  caseIds: readonly string[],
  tx: Transaction = portal.db,
): Promise<OpenReview[]> {
  if (caseIds.length === 0) return [];
  const rows = await tx.$queryRaw<Row[]>`
    SELECT d.id, d.case_id, d.event_id, m.event_at, d.field, d.review_on, r.at AS returned_at
    FROM decision d
    JOIN match m ON m.case_id = d.case_id AND m.event_id = d.event_id AND m.verdict = 'accepted'
    LEFT JOIN line_return r ON r.decision_id = d.id
    WHERE d.case_id = ANY(${[...caseIds]}::uuid[]) AND d.review_on IS NOT NULL AND d.outcome <> 'disclose'
      AND NOT EXISTS (SELECT 1 FROM decision n WHERE n.case_id = d.case_id AND n.event_id = d.event_id
                      AND n.field = d.field AND n.at > d.at)
      AND (d.field = '*' OR (SELECT l.outcome FROM decision l WHERE l.case_id = d.case_id AND l.event_id = d.event_id
                             AND l.field = '*' ORDER BY l.at DESC LIMIT 1) = 'disclose')
    ORDER BY d.review_on, m.event_at DESC, d.id`;
  return rows.map((row) => ({
    decisionId: row.id,
    caseId: row.case_id,
    eventId: row.event_id,
    eventAt: row.event_at,
    field: row.field as Target,
    on: fromDbDate(row.review_on),
    returnedAt: row.returned_at,
  }));
}

/** What a list of cases says of them. */
export interface CaseReviews {
  /** Look-ups that wait for a new decision because their day has come. */
  readonly waiting: number;
  /** The next day on which something comes back; null when nothing will. */
  readonly next: LocalDate | null;
}

/** By case; one that holds nothing back until a day is left out. */
export async function listCaseReviews(
  portal: Pick<Portal, "db">,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, CaseReviews>> {
  const open = Map.groupBy(await listOpenReviews(portal, caseIds), ({ caseId }) => caseId);
  return new Map(
    [...open].map(([caseId, reviews]) => {
      const waiting = new Set(reviews.filter((one) => one.returnedAt !== null).map(({ eventId }) => eventId)).size;
      return [caseId, { waiting, next: reviews.find((one) => one.returnedAt === null)?.on ?? null }];
    }),
  );
}

/**
 * Whoever holds back once more what has come back says why anew: the former reason was good until its day.
 * @throws Refused
 */
export async function requireNewReason(
  tx: Transaction,
  asked: {
    readonly caseId: string;
    readonly eventIds: readonly string[];
    readonly field: string;
    readonly reason: string | null;
  },
  openReason: (decision: { readonly id: string; readonly reasonSealed: Uint8Array }) => string,
): Promise<void> {
  if (asked.reason === null) return;
  const returned = await tx.lineReturn.findMany({ where: { caseId: asked.caseId }, select: { decisionId: true } });
  if (returned.length === 0) return;
  const former = await tx.decision.findMany({
    where: {
      id: { in: returned.map((one) => one.decisionId) },
      eventId: { in: [...asked.eventIds] },
      field: asked.field,
    },
  });
  const said = plain(asked.reason);
  const isSame = former.some(
    ({ id, reasonSealed }) => reasonSealed && plain(openReason({ id, reasonSealed })) === said,
  );
  if (!isSame) return;
  throw new Refused(
    "reviews.refusedSameReason",
    "This came back because its day has come. To hold it back again, say what the reason is now.",
  );
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
