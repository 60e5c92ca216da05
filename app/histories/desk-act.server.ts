/** Acts at a case's desk: each has a number, so that a form can say what it has seen, and the last can be undone. */
import type { Actor } from "#app/people/actor.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { appendCaseLedger, type CaseFile, openCaseFile } from "#app/requests/case-file.server.ts";
import { REOPENED, type RecordedDecision } from "./decision.ts";
import { refuseWhileReleasing } from "./find-matches.server.ts";
import { type DecisionRow, loadMatter, lockCase, recordDecisions } from "./matter.server.ts";

export const ACT_KINDS = ["verdict", "line", "field", "undo"] as const;
export type ActKind = (typeof ACT_KINDS)[number];

/** One act, as the one who did it is told of it. */
export interface DeskAct {
  readonly no: number;
  readonly kind: ActKind;
  readonly outcome: string;
  readonly lines: number;
  readonly at: Date;
}

/** The number of the newest act of a case; 0: none. */
export async function newestActNo(tx: Transaction, caseId: string): Promise<number> {
  const { _max } = await tx.deskAct.aggregate({ where: { caseId }, _max: { no: true } });
  return _max.no ?? 0;
}

/** Enters an act. The case is locked by the caller, so that no number is given twice. */
export async function addAct(
  portal: Portal,
  tx: Transaction,
  file: CaseFile,
  act: { no: number; kind: ActKind; outcome: string; lines: number; by: string; undoes?: number },
): Promise<void> {
  await tx.deskAct.create({ data: { ...act, undoes: act.undoes ?? null, caseId: file.id, at: portal.time.now() } });
}

/** What this account did last and nobody has undone; null: nothing. */
export async function findLastAct(portal: Portal, caseId: string, accountId: string): Promise<DeskAct | null> {
  const acts = await portal.db.deskAct.findMany({
    where: { caseId, by: accountId, kind: { not: "undo" } },
    orderBy: { no: "desc" },
    take: UNDO_DEPTH,
  });
  const nos = acts.map(({ no }) => no);
  const undone = await portal.db.deskAct.findMany({ where: { caseId, undoes: { in: nos } }, select: { undoes: true } });
  const gone = new Set(undone.map(({ undoes }) => undoes));
  const last = acts.find(({ no }) => !gone.has(no));
  if (!last) return null;
  const { no, outcome, lines, at } = last;
  return { no, kind: ACT_KINDS.find((kind) => kind === last.kind) ?? "line", outcome, lines, at };
}

/** Ours: so many acts of one account can be taken back, one after the other. */
const UNDO_DEPTH = 100;

/**
 * Takes back an act of one's own: what was decided before it is decided again, and where nothing was, the look-up is
 * open again. The record keeps all three.
 * @throws NotFound
 * @throws Refused when it is undone already, or somebody has decided one of its look-ups since
 */
export async function undoAct(
  portal: Portal,
  actor: Actor,
  input: { readonly caseId: string; readonly act: number },
): Promise<{ readonly lines: number }> {
  const file = await openCaseFile(portal, actor, "case.decide", input.caseId);
  if (actor.kind !== "account") throw new NotFound();
  return inTransaction(portal, async (tx) => {
    await lockCase(tx, file.id);
    await refuseWhileReleasing(tx, file);
    const act = await tx.deskAct.findUnique({ where: { caseId_no: { caseId: file.id, no: input.act } } });
    if (!act || act.by !== actor.accountId || act.kind === "undo") throw new NotFound("act");
    const undone = await tx.deskAct.count({ where: { caseId: file.id, undoes: act.no } });
    if (undone > 0) throw new Refused("desk.refusedUndone", "That is undone already.");
    const later = await countLater(tx, file.id, act.no);
    if (later > 0) {
      throw new Refused("desk.refusedUndoLater", "Some of these look-ups were decided again since.", { count: later });
    }
    const no = (await newestActNo(tx, file.id)) + 1;
    const lines =
      act.kind === "verdict"
        ? await restoreVerdicts(tx, file.id, act.no, no)
        : await restoreDecisions(portal, tx, file, { undone: act.no, no, by: actor.accountId });
    const outcome = act.outcome;
    await addAct(portal, tx, file, { no, kind: "undo", outcome, lines, by: actor.accountId, undoes: act.no });
    await appendCaseLedger(portal, tx, actor, file, { act: "decision.undone", detail: { lines, outcome } });
    return { lines };
  });
}

/** How many look-ups of an act were touched by a later one that still stands. */
async function countLater(tx: Transaction, caseId: string, no: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`
    WITH touched AS (
      SELECT event_id, act_no FROM decision WHERE case_id = ${caseId}::uuid AND act_no >= ${no}
      UNION SELECT event_id, act_no FROM former_verdict WHERE case_id = ${caseId}::uuid AND act_no >= ${no}
    )
    SELECT count(DISTINCT later.event_id) AS count
    FROM touched mine JOIN touched later ON later.event_id = mine.event_id AND later.act_no > mine.act_no
    JOIN desk_act a ON a.case_id = ${caseId}::uuid AND a.no = later.act_no AND a.kind <> 'undo'
    WHERE mine.act_no = ${no}
      AND NOT EXISTS (SELECT 1 FROM desk_act u WHERE u.case_id = ${caseId}::uuid AND u.undoes = later.act_no)`;
  return Number(row?.count ?? 0);
}

async function restoreVerdicts(tx: Transaction, caseId: string, undone: number, no: number): Promise<number> {
  await keepVerdicts(tx, caseId, {
    no,
    eventIds: (await tx.formerVerdict.findMany({ where: { caseId, actNo: undone } })).map(({ eventId }) => eventId),
  });
  return tx.$executeRaw`
    UPDATE match m SET verdict = f.verdict, decided_by = f.decided_by, decided_at = f.decided_at, act_no = ${no}
    FROM former_verdict f
    WHERE f.case_id = ${caseId}::uuid AND f.act_no = ${undone} AND m.case_id = f.case_id AND m.event_id = f.event_id`;
}

/** Keeps what the matches of an act say, before it writes over it. */
export async function keepVerdicts(
  tx: Transaction,
  caseId: string,
  { no, eventIds }: { readonly no: number; readonly eventIds: readonly string[] },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO former_verdict (case_id, act_no, event_id, verdict, decided_by, decided_at)
    SELECT case_id, ${no}, event_id, verdict, decided_by, decided_at FROM match
    WHERE case_id = ${caseId}::uuid AND event_id = ANY(${eventIds}::uuid[])`;
}

async function restoreDecisions(
  portal: Portal,
  tx: Transaction,
  file: CaseFile,
  { undone, no, by }: { undone: number; no: number; by: string },
): Promise<number> {
  const { decisions } = await loadMatter(portal, file, tx);
  const taken = await tx.decision.findMany({
    where: { caseId: file.id, actNo: undone },
    select: { id: true, eventId: true, field: true },
  });
  const ids = new Set(taken.map(({ id }) => id));
  const byTarget = Map.groupBy(decisions, ({ eventId, field }) => `${eventId} ${field}`);
  const rows = [...byTarget.values()].flatMap((all) => {
    const own = all.find(({ id }) => ids.has(id));
    return own ? [restored(own, formerOf(own, all))] : [];
  });
  const decisionIds = await recordDecisions(portal, tx, file, { rows: rows.map(({ row }) => row), by, actNo: no });
  // What had come back before it was decided anew waits again: its day has come once already.
  const at = portal.time.now();
  const returned = decisionIds.filter((_, i) => rows[i]?.returned);
  await tx.lineReturn.createMany({ data: returned.map((decisionId) => ({ decisionId, caseId: file.id, at })) });
  return rows.length;
}

/** What counted before a decision; null: nothing. */
function formerOf(own: RecordedDecision, all: readonly RecordedDecision[]): RecordedDecision | null {
  const before = all.filter(({ at }) => at < own.at).sort((a, b) => b.at.getTime() - a.at.getTime());
  return before[0] ?? null;
}

/** The former decision as it is recorded anew, with all that it rested on. */
function restored(
  { eventId, field }: RecordedDecision,
  former: RecordedDecision | null,
): { row: DecisionRow; returned: boolean } {
  const target = { eventId, field };
  if (former === null) {
    const nothing = { outcome: REOPENED, exemption: null, reason: null, reviewOn: null, rests: null } as const;
    return { row: { ...target, ...nothing }, returned: false };
  }
  const { outcome, exemption, reason, reviewOn, rule, ruleVersion } = former;
  const rests = rule && ruleVersion ? { rule, version: ruleVersion } : null;
  return { row: { ...target, outcome, exemption, reason, reviewOn, rests }, returned: former.returned ?? false };
}
