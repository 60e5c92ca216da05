/** What a case's answer is made of: matches, decisions, steps, verified identifiers. Not authorised here. */
import { createHash } from "node:crypto";
import { openEvents } from "#app/feeds/find-events.server.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { canonical } from "#app/platform/ledger/entry.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate, type LocalDate } from "#app/platform/time/local-date.ts";
import { listCustodies } from "#app/registry/queries.server.ts";
import type { CaseFile } from "#app/requests/case-file.server.ts";
import { listVerifiedIdentifiers } from "#app/requests/identifiers.server.ts";
import type { MatchedEvent, OwnIdentifier, Reading } from "./cells.ts";
import {
  type Asked,
  type Effective,
  effectiveDecisions,
  isField,
  LINE,
  type Outcome,
  type REOPENED,
  type RecordedDecision,
  returnedOf,
  type Target,
} from "./decision.ts";
import { type Explanation, explanationSchema } from "./matching/explanation.ts";
import { requireNewReason } from "./reviews.server.ts";
import { type Road, roadOf, STEP_KINDS, type Step, type StepKind } from "./step.ts";

export type Verdict = "accepted" | "rejected";

/** Where the explanation of a match is bound to. */
export const scorePlace = (row: string) => ({ table: "match", column: "score_sealed", row });

export interface MatchRow {
  readonly eventId: string;
  readonly eventAt: Date;
  readonly identifierId: string;
  readonly evidence: readonly string[];
  /** How well the name fits; null where an exact identifier agrees. */
  readonly explanation: Explanation | null;
  /** Null while nobody has decided whether this is the resident. */
  readonly verdict: Verdict | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** The act that gave the verdict (desk-act.server.ts); null: one from before acts were counted. */
  readonly actNo: number | null;
  /** Where it belongs in the list (facets.ts); null until the case's page was opened. */
  readonly systemId: string | null;
  readonly orgTag: string | null;
  readonly groupTag: string | null;
}

export interface Matter {
  readonly file: CaseFile;
  readonly own: readonly OwnIdentifier[];
  readonly reading: Reading;
  /** Newest event first. */
  readonly matches: readonly MatchRow[];
  readonly decisions: readonly RecordedDecision[];
  readonly effectiveOf: (eventId: string) => Effective;
  /** The newest of what was recorded of an event, by whatever act; null: nothing. */
  readonly newestOf: (eventId: string) => { by: string; at: Date; actNo: number | null } | null;
  /** Oldest first. */
  readonly steps: readonly Step[];
  readonly road: Road;
}

/** Reads through `tx` when handed one, so that what is decided rests on what is locked. */
export async function loadMatter(portal: Portal, file: CaseFile, tx: Transaction = portal.db): Promise<Matter> {
  const verified = await listVerifiedIdentifiers(portal, file.id);
  const own = verified.map(({ identifierId, kind, value, from, to }) => ({ identifierId, kind, value, from, to }));
  const matches = await tx.match.findMany({
    where: { caseId: file.id },
    orderBy: [{ eventAt: "desc" }, { eventId: "asc" }],
  });
  const sealer = await portal.vault.sealerFor(file.keyId);
  const decisions = await listDecisions(portal, tx, file);
  const steps = await listSteps(portal, tx, file);
  return {
    file,
    own,
    reading: { locale: file.locale, zone: file.agency.zone, own },
    matches: matches.map((row) => ({
      ...row,
      explanation:
        row.scoreSealed &&
        explanationSchema.parse(JSON.parse(sealer.open(scorePlace(row.id), row.scoreSealed).toString("utf8"))),
      verdict: toVerdict(row.verdict),
    })),
    decisions,
    effectiveOf: effectiveDecisions(decisions),
    newestOf: newestDecisions(decisions),
    steps,
    road: roadOf(steps),
  };
}

function newestDecisions(decisions: readonly RecordedDecision[]): Matter["newestOf"] {
  const newest = new Map<string, RecordedDecision>();
  for (const decision of decisions) {
    const known = newest.get(decision.eventId);
    if (known === undefined || known.at < decision.at) newest.set(decision.eventId, decision);
  }
  return (eventId) => newest.get(eventId) ?? null;
}

export function accepted(matter: Matter): MatchRow[] {
  return matter.matches.filter((match) => match.verdict === "accepted");
}

/** Opens the events of some matches, in their order. */
export async function openMatched(
  portal: Portal,
  matter: Matter,
  matches: readonly MatchRow[],
): Promise<MatchedEvent[]> {
  const custodies = await listCustodies(portal, matter.file.agency.id);
  const nameOf = new Map(custodies.map((custody) => [custody.systemId, custody.system.name]));
  const opened = await openEvents(
    portal,
    matches.map((match) => ({ eventId: match.eventId, at: match.eventAt })),
  );
  return opened.map(({ eventId, systemId, event }) => ({ eventId, systemName: nameOf.get(systemId) ?? "", event }));
}

/**
 * SHA-256 (hex) over what an answer would be made of: which events were found, what was said and decided
 * of each, with which identifiers. Decisions never change, so their ids stand for them, and nothing can be
 * guessed from it. A look-up that was found but that nobody has confirmed counts too: an answer that was
 * proposed without it is not the answer that is approved.
 */
export function digestOf(matter: Matter): string {
  const events = matter.matches
    .map(({ eventId, verdict }) => {
      if (verdict !== "accepted") return [eventId, verdict ?? "unconfirmed"];
      const effective = matter.effectiveOf(eventId);
      const { line, fields } = effective;
      // What has come back makes another answer, although nothing else was decided yet.
      const returned = returnedOf(effective).map((decision) => `returned ${decision.id}`);
      const ids = [...fields.values()].map((decision) => decision.id);
      return [eventId, verdict, line?.id ?? "", ...[...ids, ...returned].sort()];
    })
    .sort((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
  const identifiers = matter.own.map(({ identifierId, from, to }) => [identifierId, from, to]).sort();
  const body = canonical({ case: matter.file.id, edition: matter.road.edition, events, identifiers });
  return createHash("sha256").update(body).digest("hex");
}

/** Holds a case still until the commit: decisions, proposals and releases of one case take turns. */
export async function lockCase(tx: Transaction, caseId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "case" WHERE id = ${caseId}::uuid FOR UPDATE`;
}

export async function addStep(
  portal: Portal,
  tx: Transaction,
  file: CaseFile,
  step: { edition: number; kind: StepKind; by: string | null; note?: string; digest?: string },
): Promise<string> {
  const id = newId();
  const noteSealed = step.note === undefined ? null : await portal.vault.seal(file.keyId, notePlace(id), step.note);
  const newest = await tx.historyStep.findFirst({ where: { caseId: file.id }, orderBy: { at: "desc" } });
  await tx.historyStep.create({
    data: {
      id,
      caseId: file.id,
      edition: step.edition,
      kind: step.kind,
      by: step.by,
      at: after(newest?.at, portal.time.now()),
      keyId: file.keyId,
      noteSealed,
      digest: step.digest ?? null,
    },
  });
  return id;
}

/** The rule that proposed a decision which a clerk took over (proposals/). */
export interface RestsOn {
  readonly rule: string;
  readonly version: number;
}

/** Records one decision for each event, all alike, as part of an act. */
export async function addDecisions(
  portal: Portal,
  tx: Transaction,
  file: CaseFile,
  decided: { eventIds: readonly string[]; asked: Asked; by: string; actNo: number; rests?: RestsOn },
): Promise<void> {
  const { asked, by, actNo, rests } = decided;
  const sealer = await portal.vault.sealerFor(file.keyId);
  await requireNewReason(tx, { caseId: file.id, ...decided, ...asked }, ({ id, reasonSealed }) =>
    sealer.open(reasonPlace(id), reasonSealed).toString("utf8"),
  );
  const { field, outcome, exemption, reason, reviewOn } = asked;
  const rows = decided.eventIds.map((eventId): DecisionRow => {
    return { eventId, field, outcome, exemption, reason, reviewOn, rests: rests ?? null };
  });
  await recordDecisions(portal, tx, file, { rows, by, actNo });
}

/** What is to be recorded of one event and one target. */
export interface DecisionRow {
  readonly eventId: string;
  readonly field: Target;
  readonly outcome: Outcome | typeof REOPENED;
  readonly exemption: string | null;
  readonly reason: string | null;
  readonly reviewOn: LocalDate | null;
  readonly rests: RestsOn | null;
}

/**
 * Records decisions in one statement, however many: they share an instant, and no event has two of one target.
 * @returns their ids, in the order of the rows
 */
export async function recordDecisions(
  portal: Portal,
  tx: Transaction,
  file: CaseFile,
  { rows, by, actNo }: { rows: readonly DecisionRow[]; by: string; actNo: number },
): Promise<string[]> {
  const sealer = await portal.vault.sealerFor(file.keyId);
  const newest = await tx.decision.aggregate({ where: { caseId: file.id }, _max: { at: true } });
  const at = after(newest._max.at ?? undefined, portal.time.now());
  const ids = rows.map(() => newId());
  // An empty text stands for none: an array has one type.
  const reasons = rows.map(({ reason }, i) =>
    reason === null ? "" : Buffer.from(sealer.seal(reasonPlace(ids[i] ?? ""), reason)).toString("hex"),
  );
  await tx.$executeRaw`
    INSERT INTO decision
      (id, case_id, event_id, field, outcome, exemption, key_id, reason_sealed, review_on, "by", at, act_no, rule, rule_version)
    SELECT r.id, ${file.id}::uuid, r.event_id, r.field, r.outcome, NULLIF(r.exemption, ''), ${file.keyId}::uuid,
      decode(NULLIF(r.reason, ''), 'hex'), NULLIF(r.review_on, '')::date, ${by}::uuid, ${at}, ${actNo},
      NULLIF(r.rule, ''), NULLIF(r.rule_version, 0)
    FROM unnest(${ids}::uuid[], ${rows.map((row) => row.eventId)}::uuid[], ${rows.map((row) => row.field)}::text[],
      ${rows.map((row) => row.outcome)}::text[], ${rows.map((row) => row.exemption ?? "")}::text[],
      ${reasons}::text[], ${rows.map((row) => row.reviewOn ?? "")}::text[],
      ${rows.map(({ rests }) => rests?.rule ?? "")}::text[], ${rows.map(({ rests }) => rests?.version ?? 0)}::int[])
      AS r(id, event_id, field, outcome, exemption, reason, review_on, rule, rule_version)`;
  return ids;
}

/** The newest counts, so no two may share an instant: the case is locked, and time goes on by a millisecond. */
function after(newest: Date | undefined, now: Date): Date {
  return newest && newest >= now ? new Date(newest.getTime() + 1) : now;
}

const reasonPlace = (row: string) => ({ table: "decision", column: "reason_sealed", row });
const notePlace = (row: string) => ({ table: "history_step", column: "note_sealed", row });

async function listDecisions(portal: Portal, tx: Transaction, file: CaseFile): Promise<RecordedDecision[]> {
  const rows = await tx.decision.findMany({ where: { caseId: file.id } });
  const returns = await tx.lineReturn.findMany({ where: { caseId: file.id }, select: { decisionId: true } });
  const returned = new Set(returns.map(({ decisionId }) => decisionId));
  const sealer = await portal.vault.sealerFor(file.keyId);
  return rows.flatMap((row) => {
    if (row.field !== LINE && !isField(row.field)) return [];
    const reason = row.reasonSealed && sealer.open(reasonPlace(row.id), row.reasonSealed).toString("utf8");
    return [
      {
        ...row,
        field: row.field,
        outcome: row.outcome as RecordedDecision["outcome"],
        reason,
        reviewOn: row.reviewOn && fromDbDate(row.reviewOn),
        returned: returned.has(row.id),
      },
    ];
  });
}

async function listSteps(portal: Portal, tx: Transaction, file: CaseFile): Promise<Step[]> {
  const rows = await tx.historyStep.findMany({ where: { caseId: file.id }, orderBy: { at: "asc" } });
  const sealer = await portal.vault.sealerFor(file.keyId);
  return rows.flatMap((row) => {
    const kind = STEP_KINDS.find((one) => one === row.kind);
    if (kind === undefined) return [];
    return [{ ...row, kind, note: row.noteSealed && sealer.open(notePlace(row.id), row.noteSealed).toString("utf8") }];
  });
}

function toVerdict(text: string | null): Verdict | null {
  return text === "accepted" || text === "rejected" ? text : null;
}
