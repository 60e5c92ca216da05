/** What a clerk or supervisor sees of a case: the workspace, and one line of it. Every open is a ledger entry. */
import { type ClockView, viewClock } from "#app/law/clock-view.ts";
import type { AccountActor, Actor } from "#app/people/actor.ts";
import { may } from "#app/people/authorise.ts";
import { findFreeze } from "#app/people/freeze.server.ts";
import { isId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import { targetAt } from "#app/requests/case-dates.ts";
import {
  appendCaseLedger,
  type CaseFile,
  computeClock,
  openCaseFile,
  recordRead,
} from "#app/requests/case-file.server.ts";
import { missedDate } from "#app/requests/clock-notice.ts";
import { type IdentifierClaim, listIdentifierClaims } from "#app/requests/identifiers.server.ts";
import { countWentOn } from "#app/requests/step-aside.server.ts";
import { coverageOf } from "./answer.server.ts";
import { type Cells, cellsOf, type MatchedEvent, type SecretMark, secretMarkOf } from "./cells.ts";
import { type Decision, hidesField, hidesLine, isUndecided } from "./decision.ts";
import { type DeskAct, findLastAct, newestActNo } from "./desk-act.server.ts";
import { type FilterChoices, type ListedRow, listDesk, noteOpening } from "./desk-list.server.ts";
import { deskNotes, type LineNotes, type ProposalGroupView } from "./desk-notes.server.ts";
import { type LineFilter, type Show, UNFILTERED } from "./facets.ts";
import { getGround, listGrounds } from "./ground.ts";
import { type CoverageStatement, FIELDS, type Field } from "./history.ts";
import { accepted, loadMatter, type MatchRow, type Matter, openMatched, type Verdict } from "./matter.server.ts";
import { type LineNote, listLineNotes } from "./note-line.server.ts";
import { meetOthers, namesOfHandlers, type Present } from "./presence.server.ts";
import { findMissing, type Missing } from "./propose-history.server.ts";
import { listReleases, type ReleaseSummary } from "./queries.server.ts";
import { mayDecide, type Road } from "./step.ts";

type Locale = "en" | "es";

/** What was decided, as the agency reads it. */
export interface DecisionView {
  readonly outcome: Decision["outcome"];
  readonly groundId: string | null;
  readonly cite: string | null;
  readonly reason: string | null;
  readonly reviewOn: LocalDate | null;
  /** The rule that it was taken over from; null where none proposed it. */
  readonly rests: { readonly rule: string; readonly version: number } | null;
  /** Its day has come, and it waits for a new decision. */
  readonly returned: boolean;
}

export interface DeskLine extends LineNotes {
  readonly eventId: string;
  readonly verdict: Verdict | null;
  readonly evidence: readonly string[];
  readonly explanation: MatchRow["explanation"];
  /** Other people's identifiers are masked here already. */
  readonly cells: Cells;
  readonly secret: SecretMark | null;
  readonly decision: DecisionView | null;
  readonly redacted: readonly Field[];
  /** Who touched it last, and by which act; names of people whom a wall keeps out are left out. */
  readonly last: { readonly by: string | null; readonly at: Date; readonly act: number } | null;
}

/** A look-up as a row of the list. */
export interface ListedLine extends DeskLine {
  /** How many of this case were made together with it, itself included; from two on they can be taken together. */
  readonly groupSize: number;
  /** The same for all of them; null where it stands alone. */
  readonly group: string | null;
  /** Whether they begin here, on this page. */
  readonly startsGroup: boolean;
  /** The reader has had it open by itself. */
  readonly opened: boolean;
  readonly notes: number;
}

export interface GroundChoice {
  readonly id: string;
  readonly cite: string;
  readonly plain: string;
  readonly covers: readonly ("line" | "field")[];
  readonly needsJudgement: boolean;
}

export interface Counts {
  readonly found: number;
  readonly unconfirmed: number;
  readonly accepted: number;
  readonly undecided: number;
  readonly disclosed: number;
  readonly withheld: number;
  readonly deferred: number;
}

export interface CaseHead {
  /** Until when nothing reaches the resident, whose mail address has changed; null: nothing holds it. */
  readonly frozenUntil: Date | null;
  readonly caseId: string;
  readonly number: string;
  readonly agencyName: string;
  readonly zone: string;
  readonly residentName: string;
  readonly birthDate: LocalDate;
  readonly receivedOn: LocalDate;
  readonly period: { readonly from: LocalDate; readonly to: LocalDate };
  readonly clock: ClockView;
  /** By when records are promised that are not out yet, "YYYY-MM-DDTHH:MM" at the agency. */
  readonly promised: string | null;
  readonly stage: Road["stage"];
  readonly edition: number;
  /** The supervisor's remark, or the gates that closed; null when the last step has none. */
  readonly note: string | null;
}

export interface Desk extends CaseHead {
  readonly claims: readonly IdentifierClaim[];
  readonly coverage: readonly CoverageStatement[];
  readonly counts: Counts;
  readonly lines: readonly ListedLine[];
  /** What rules propose, equal proposals together: of the whole case, not of this page alone. */
  readonly proposed: readonly ProposalGroupView[];
  readonly page: number;
  readonly pages: number;
  readonly show: Show;
  readonly filter: LineFilter;
  readonly choices: FilterChoices;
  /** How many look-ups the filter shows, on all pages. */
  readonly shown: number;
  /** The newest act that this page shows: what is decided from it says so. */
  readonly seen: number;
  /** What this reader did last and can take back. */
  readonly lastAct: DeskAct | null;
  /** Who else is at this case now. */
  readonly others: readonly Present[];
  readonly grounds: readonly GroundChoice[];
  readonly missing: Missing;
  readonly releases: readonly ReleaseSummary[];
  /** What this reader may do now. */
  readonly mayDecide: boolean;
  readonly maySendBack: boolean;
  /** For a supervisor: how many went on although their name is like the resident's; null for everybody else. */
  readonly wentOn: number | null;
}

/** @param input.filter left out: what `show` says, and nothing else. @throws NotFound */
export async function getDesk(
  portal: Portal,
  actor: Actor,
  input: { caseId: string; locale: Locale; page: number; show: Show; filter?: Omit<LineFilter, "show"> },
): Promise<Desk> {
  const file = await openCaseFile(portal, actor, "case.read", input.caseId);
  const reader = requireAccount(actor);
  // Before anything else is read: what is decided meanwhile counts as not seen.
  const seen = await newestActNo(portal.db, file.id);
  const matter = await readerMatter(portal, file, input.locale);
  const filter: LineFilter = { ...UNFILTERED, ...input.filter, show: input.show };
  const list = await listDesk(portal, reader, matter, {
    filter,
    page: input.page,
    waits: (match) => waits(matter, match),
  });
  const names = await namesOfHandlers(portal, file);
  const notes = await deskNotes(portal, matter);
  const desk = {
    ...(await headOf(portal, matter, input.locale)),
    claims: await listIdentifierClaims(portal, file),
    coverage: await coverageOf(portal, file),
    counts: countsOf(matter),
    lines: list.rows.map((listed, index) => ({
      ...lineOf(matter, listed.row, listed.event, names),
      ...notes.of(listed.row.eventId),
      ...inList(listed, list.rows[index - 1]),
    })),
    proposed: notes.groups,
    page: list.page,
    pages: list.pages,
    show: input.show,
    filter,
    choices: list.choices,
    shown: list.shown,
    seen,
    lastAct: await findLastAct(portal, file.id, reader.accountId),
    others: await meetOthers(portal, actor, file),
    grounds: groundsOf(file, input.locale),
    missing: await findMissing(portal, matter),
    releases: await listReleases(portal, file.id),
    mayDecide: may(actor, "case.decide", file.facts) && mayDecide(matter.road),
    maySendBack: may(actor, "case.send-back", file.facts) && matter.road.stage === "proposed",
    wentOn: may(actor, "conflict.review", file.facts) ? await countWentOn(portal, file.requestId) : null,
  };
  await recordRead(portal, actor, file, "case.read");
  return desk;
}

function inList({ row, groupSize, opened, notes }: ListedRow, before: ListedRow | undefined) {
  const startsGroup = groupSize > 1 && before?.row.groupTag !== row.groupTag;
  return { groupSize, opened, notes, startsGroup, group: groupSize > 1 ? row.groupTag : null };
}

function requireAccount(actor: Actor): AccountActor {
  if (actor.kind !== "account") throw new NotFound();
  return actor;
}

export interface LineView {
  readonly caseId: string;
  readonly number: string;
  readonly zone: string;
  readonly line: DeskLine;
  readonly fields: readonly { readonly field: Field; readonly decision: DecisionView | null }[];
  readonly grounds: readonly GroundChoice[];
  readonly mayDecide: boolean;
  readonly mayNote: boolean;
  readonly notes: readonly (Omit<LineNote, "by"> & { readonly by: string | null })[];
  readonly seen: number;
  readonly others: readonly Present[];
}

/** One look-up with the decision on each of its fields. @throws NotFound, also for a look-up of another case */
export async function getLine(
  portal: Portal,
  actor: Actor,
  input: { caseId: string; eventId: string; locale: Locale },
): Promise<LineView> {
  const file = await openCaseFile(portal, actor, "case.read", input.caseId);
  const reader = requireAccount(actor);
  const seen = await newestActNo(portal.db, file.id);
  const matter = await readerMatter(portal, file, input.locale);
  const row = isId(input.eventId) && matter.matches.find((match) => match.eventId === input.eventId);
  if (!row) throw new NotFound("line");
  const [event] = await openMatched(portal, matter, [row]);
  const { fields } = matter.effectiveOf(row.eventId);
  const names = await namesOfHandlers(portal, file);
  const view = {
    caseId: file.id,
    number: file.number,
    zone: file.agency.zone,
    line: { ...lineOf(matter, row, event, names), ...(await deskNotes(portal, matter)).of(row.eventId) },
    fields: FIELDS.map((field) => ({ field, decision: viewOf(fields.get(field) ?? null) })),
    grounds: groundsOf(file, input.locale),
    mayDecide: may(actor, "case.decide", file.facts) && mayDecide(matter.road) && row.verdict === "accepted",
    mayNote: may(actor, "case.decide", file.facts),
    notes: (await listLineNotes(portal, file, row.eventId)).map((note) => ({
      ...note,
      by: names.get(note.by) ?? null,
    })),
    seen,
    others: await meetOthers(portal, actor, file),
  };
  await inTransaction(portal, async (tx) => {
    await noteOpening(portal, tx, file, { accountId: reader.accountId, eventId: row.eventId });
    await appendCaseLedger(portal, tx, actor, file, { act: "line.read" });
  });
  return view;
}

/** The matter as a member of staff reads it: in his language, by the agency's clock. */
export async function readerMatter(portal: Portal, file: CaseFile, locale: Locale): Promise<Matter> {
  const matter = await loadMatter(portal, file);
  return { ...matter, reading: { ...matter.reading, locale } };
}

export async function headOf(portal: Portal, { file, road }: Matter, locale: Locale): Promise<CaseHead> {
  return {
    frozenUntil: (await findFreeze(portal, file.residentId))?.until ?? null,
    caseId: file.id,
    number: file.number,
    agencyName: file.agency.name,
    zone: file.agency.zone,
    residentName: file.residentName,
    birthDate: file.birthDate,
    receivedOn: file.receivedOn,
    period: file.period,
    clock: clockOf(portal, file, locale),
    promised: file.promised,
    stage: road.stage,
    edition: road.edition,
    note: road.last?.note ?? null,
  };
}

export function viewOf(decision: Decision | null): DecisionView | null {
  if (decision === null) return null;
  const { outcome, exemption, reason, reviewOn, rule, ruleVersion } = decision;
  return {
    outcome,
    groundId: exemption,
    cite: exemption === null ? null : getGround(exemption).cite,
    reason,
    reviewOn,
    rests: rule && ruleVersion ? { rule, version: ruleVersion } : null,
    returned: decision.returned ?? false,
  };
}

export function countsOf(matter: Matter): Counts {
  const lines = accepted(matter).map(({ eventId }) => {
    const effective = matter.effectiveOf(eventId);
    return isUndecided(effective) ? null : (effective.line?.outcome ?? null);
  });
  const count = (outcome: string | null) => lines.filter((one) => one === outcome).length;
  return {
    found: matter.matches.length,
    unconfirmed: matter.matches.filter((match) => match.verdict === null).length,
    accepted: lines.length,
    undecided: count(null),
    disclosed: count("disclose"),
    withheld: count("withhold"),
    deferred: count("defer"),
  };
}

function waits(matter: Matter, match: MatchRow): boolean {
  return match.verdict === null || (match.verdict === "accepted" && isUndecided(matter.effectiveOf(match.eventId)));
}

function lineOf(
  matter: Matter,
  row: MatchRow,
  event: MatchedEvent | undefined,
  names: ReadonlyMap<string, string>,
): Omit<DeskLine, keyof LineNotes> {
  if (!event) throw new NotFound("event");
  const effective = matter.effectiveOf(row.eventId);
  const redacted = hidesLine(effective) ? [] : FIELDS.filter((field) => hidesField(effective, field));
  const { eventId, verdict, evidence, explanation } = row;
  return {
    eventId,
    verdict,
    evidence,
    explanation,
    cells: cellsOf(event, matter.reading),
    secret: secretMarkOf(event, matter.reading),
    decision: viewOf(effective.line),
    redacted,
    last: lastTouch(matter, row, names),
  };
}

function lastTouch(matter: Matter, row: MatchRow, names: ReadonlyMap<string, string>): DeskLine["last"] {
  const newest = matter.newestOf(row.eventId);
  const verdict = row.decidedBy !== null && row.decidedAt !== null ? { by: row.decidedBy, at: row.decidedAt } : null;
  const [touched] = [newest, verdict].flatMap((one) => one ?? []).sort((a, b) => b.at.getTime() - a.at.getTime());
  if (touched === undefined) return null;
  const act = Math.max(newest?.actNo ?? 0, row.actNo ?? 0);
  return { by: names.get(touched.by) ?? null, at: touched.at, act };
}

function groundsOf(file: CaseFile, locale: Locale): GroundChoice[] {
  const grounds = listGrounds({ custodian: file.agency.kind, rule: file.rule });
  return grounds.map(({ id, cite, words, covers, needsJudgement }) => ({
    ...{ id, cite, covers, needsJudgement },
    plain: words[locale],
  }));
}

/** The clock as the agency's people read it: with the day that the agency itself aims at. */
function clockOf(portal: Portal, file: CaseFile, locale: Locale): ClockView {
  const clock = computeClock(file);
  const target = targetAt(file.agency, file.law, clock);
  return viewClock(clock, file.law.getRule(clock.rule, clock.receivedOn), {
    today: localDate(portal.time.now(), file.agency.zone),
    locale,
    target: target < clock.due ? target : null,
    missed: missedDate(file.told),
  });
}
