/** A clerk decides: whether a look-up is about this person, and what of it is disclosed. */
import { listSealedEvents } from "#app/feeds/list-sealed.server.ts";
import type { AccountActor, Actor } from "#app/people/actor.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import { appendCaseLedger, type CaseFile, openCaseFile } from "#app/requests/case-file.server.ts";
import { type Asked, checkDecision, type FieldOutcome, LINE, type LineOutcome } from "./decision.ts";
import { addAct, keepVerdicts, newestActNo } from "./desk-act.server.ts";
import { facetTagger, filterTags, type TagFacet } from "./facets.server.ts";
import { type LineFilter, passes } from "./facets.ts";
import { refuseWhileReleasing } from "./find-matches.server.ts";
import { getGround, listUnweighed } from "./ground.ts";
import type { Field } from "./history.ts";
import type { Band } from "./matching/bands.ts";
import { addDecisions, lockCase, type RestsOn, type Verdict } from "./matter.server.ts";
import { loadStandings, type Standing } from "./standings.server.ts";

/** Which lines a decision is about: those ticked, all that still wait for one, or all that a filter shows. */
export type Chosen = readonly string[] | "undecided" | LineFilter;

interface Choice {
  readonly caseId: string;
  readonly events: Chosen;
  /**
   * The newest act that whoever decides has before his eyes: what was decided after it is not written over. Left out
   * only where nobody looks at a page.
   */
  readonly seen?: number | undefined;
}

/** @throws NotFound, Refused */
export async function decideMatches(
  portal: Portal,
  actor: Actor,
  input: Choice & { readonly verdict: Verdict },
): Promise<{ decided: number }> {
  return deciding(portal, actor, input, async ({ tx, file, by, no, tag }) => {
    const standings = await loadStandings(tx, file.id, listed(input.events));
    const picked = choose(file, tag, input, standings, ({ verdict }) => verdict === null);
    requireUnchanged(picked, input.seen);
    const chosen = await withoutAsked(tx, file, picked, input);
    if (chosen.length === 0) throw new Refused("desk.refusedNothing", "Tick at least one line first.");
    const eventIds = chosen.map(({ eventId }) => eventId);
    await keepVerdicts(tx, file.id, { no, eventIds });
    await tx.$executeRaw`
      UPDATE match SET verdict = ${input.verdict}, decided_by = ${by}::uuid, decided_at = ${portal.time.now()},
        act_no = ${no}
      WHERE case_id = ${file.id}::uuid AND event_id = ANY(${eventIds}::uuid[])`;
    await addAct(portal, tx, file, { no, kind: "verdict", outcome: input.verdict, lines: eventIds.length, by });
    await appendCaseLedger(portal, tx, actor, file, {
      act: "match.decided",
      detail: { lines: eventIds.length, verdict: input.verdict },
    });
    return { decided: eventIds.length };
  });
}

/** The code in a match's evidence of one that may be somebody else's (matching/bands.ts). */
const ASKED = "ask" satisfies Band;

/**
 * A look-up that may be another person's is confirmed by itself, by somebody who has it before his eyes: never because
 * it stood among many.
 */
async function withoutAsked(
  tx: Transaction,
  file: CaseFile,
  picked: readonly Standing[],
  { events, verdict }: Choice & { readonly verdict: Verdict },
): Promise<Standing[]> {
  if (isList(events) && (picked.length === 1 || verdict === "rejected")) return [...picked];
  const rows = await tx.match.findMany({
    where: { caseId: file.id, verdict: null, evidence: { has: ASKED } },
    select: { eventId: true },
  });
  const asked = new Set(rows.map(({ eventId }) => eventId));
  const rest = picked.filter(({ eventId }) => !asked.has(eventId));
  if (rest.length === picked.length) return rest;
  if (isList(events)) {
    throw new Refused("match.refusedAsked", "Look-ups that may be another person's are confirmed one at a time.");
  }
  if (rest.length > 0) return rest;
  throw new Refused(
    "match.refusedAskedLeft",
    "Only look-ups that may be another person's are left; each is confirmed by itself.",
  );
}

interface Held {
  readonly exemption: string | null;
  readonly reason: string | null;
  readonly reviewOn: LocalDate | null;
  /** The rule whose proposal is taken over (proposals/accept-proposals.server.ts). */
  readonly rests?: RestsOn;
}

const resting = ({ rests }: Held) => (rests === undefined ? {} : { rests });

export type LineDecision = Choice & Held & { readonly outcome: LineOutcome };

/** Discloses, withholds or defers whole lines; redactions of single fields in them stay. @throws NotFound, Refused */
export async function decideLines(portal: Portal, actor: Actor, input: LineDecision): Promise<{ decided: number }> {
  const { outcome, exemption, reason, reviewOn } = input;
  return deciding(portal, actor, input, async (desk) => {
    const { tx, file, by, no } = desk;
    const asked = check(portal, file, { field: LINE, outcome, exemption, reason, reviewOn });
    const chosen = await listChosen(desk, input);
    await requireWeighed(desk, asked, chosen);
    const eventIds = outcome === "disclose" ? await withoutSealed(portal, chosen, input.events) : idsOf(chosen);
    await addDecisions(portal, tx, file, { eventIds, asked, by, actNo: no, ...resting(input) });
    await addAct(portal, tx, file, { no, kind: "line", outcome, lines: eventIds.length, by });
    await appendCaseLedger(portal, tx, actor, file, {
      act: "line.decided",
      detail: { lines: eventIds.length, outcome, exemption: asked.exemption, ...input.rests },
    });
    return { decided: eventIds.length };
  });
}

export type FieldsDecision = Choice & Held & { readonly field: Field; readonly outcome: FieldOutcome };

/** Redacts or discloses one field of some lines. @throws NotFound, Refused */
export async function decideFields(portal: Portal, actor: Actor, input: FieldsDecision): Promise<{ decided: number }> {
  const { field, outcome, exemption, reason, reviewOn } = input;
  return deciding(portal, actor, input, async (desk) => {
    const { tx, file, by, no } = desk;
    const asked = check(portal, file, { field, outcome, exemption, reason, reviewOn });
    const chosen = await listChosen(desk, input);
    await requireWeighed(desk, asked, chosen);
    const eventIds = idsOf(chosen);
    await addDecisions(portal, tx, file, { eventIds, asked, by, actNo: no, ...resting(input) });
    await addAct(portal, tx, file, { no, kind: "field", outcome, lines: eventIds.length, by });
    await appendCaseLedger(portal, tx, actor, file, {
      act: "field.decided",
      detail: {
        ...{ field, outcome, exemption: asked.exemption, ...input.rests },
        ...(eventIds.length > 1 && { lines: eventIds.length }),
      },
    });
    return { decided: eventIds.length };
  });
}

export type FieldDecision = Omit<FieldsDecision, "events"> & { readonly eventId: string };

/** The same for one line. @throws NotFound, Refused */
export async function decideField(portal: Portal, actor: Actor, input: FieldDecision): Promise<void> {
  const { eventId, ...rest } = input;
  await decideFields(portal, actor, { ...rest, events: [eventId] });
}

/** A case whose decisions stand still, for the one who decides. */
interface HeldDesk {
  readonly tx: Transaction;
  readonly file: CaseFile;
  readonly by: string;
  /** The number of this act. */
  readonly no: number;
  readonly tag: TagFacet;
}

async function deciding<T>(
  portal: Portal,
  actor: Actor,
  { caseId }: Choice,
  work: (desk: HeldDesk) => Promise<T>,
): Promise<T> {
  const file = await openCaseFile(portal, actor, "case.decide", caseId);
  const { accountId: by } = requireAccount(actor);
  const tag = await facetTagger(portal, file.id);
  return inTransaction(portal, async (tx) => {
    await lockCase(tx, file.id);
    await refuseWhileReleasing(tx, file);
    return work({ tx, file, by, no: (await newestActNo(tx, file.id)) + 1, tag });
  });
}

function requireAccount(actor: Actor): AccountActor {
  if (actor.kind !== "account") throw new NotFound();
  return actor;
}

function check(portal: Portal, file: CaseFile, asked: Asked): Asked {
  const today = localDate(portal.time.now(), file.agency.zone);
  return checkDecision(asked, { today, custodian: file.agency.kind, rule: file.rule });
}

const idsOf = (chosen: readonly Standing[]): string[] => chosen.map(({ eventId }) => eventId);

/** The ids that were ticked, each once; null where the choice names none. @throws NotFound for what is no id */
function listed(events: Chosen): string[] | null {
  if (!isList(events)) return null;
  if (!events.every(isId)) throw new NotFound("line");
  return [...new Set(events)];
}

const isList = (events: Chosen): events is readonly string[] => Array.isArray(events);

/** @throws NotFound for an event of another case */
function choose(
  file: CaseFile,
  tag: TagFacet,
  { events }: Choice,
  standings: readonly Standing[],
  waits: (standing: Standing) => boolean,
): Standing[] {
  if (events === "undecided") return standings.filter(waits);
  if (isList(events)) {
    if (standings.length !== new Set(events).size) throw new NotFound("line");
    return [...standings];
  }
  const tags = filterTags(tag, events, standings);
  return standings.filter((one) => passes(events, tags, one, file.agency.zone));
}

const isUndecided = ({ verdict, outcome, returned }: Standing) =>
  verdict === "accepted" && outcome === null && !returned;

/** The lines to decide; all of them this person's, by a decision that was made before. */
async function listChosen({ tx, file, tag }: HeldDesk, input: Choice): Promise<Standing[]> {
  const { events } = input;
  const standings = await loadStandings(tx, file.id, listed(events));
  const chosen = choose(file, tag, input, standings, isUndecided);
  // What a filter shows and is not this person's is left as it is.
  const own = isList(events) ? chosen : chosen.filter(({ verdict, returned }) => verdict !== "rejected" && !returned);
  if (own.some(({ verdict }) => verdict !== "accepted")) {
    throw new Refused("desk.refusedUnconfirmed", "First say of each chosen line whether it is about this person.");
  }
  requireUnchanged(own, input.seen);
  if (own.length > 0) return own;
  if (events === "undecided") {
    throw new Refused("desk.refusedNoneLeft", "Every line of this person has a decision already.");
  }
  throw new Refused("desk.refusedNothing", "Tick at least one line first.");
}

/** Nobody writes over what he has not seen. */
function requireUnchanged(chosen: readonly Standing[], seen: number | undefined): void {
  if (seen === undefined) return;
  const count = chosen.filter(({ actNo }) => actNo !== null && actNo > seen).length;
  if (count === 0) return;
  throw new Refused("desk.refusedStale", "Some of these look-ups were decided since this page was shown.", { count });
}

/** @throws Refused when a ground that a person must weigh is given to lines that this person has not had open */
async function requireWeighed({ tx, file, by }: HeldDesk, asked: Asked, chosen: readonly Standing[]): Promise<void> {
  if (asked.exemption === null) return;
  const ground = getGround(asked.exemption);
  if (!ground.needsJudgement || chosen.length <= 1) return;
  const rows = await tx.lineOpening.findMany({ where: { caseId: file.id, accountId: by }, select: { eventId: true } });
  const count = listUnweighed(ground, idsOf(chosen), new Set(rows.map(({ eventId }) => eventId))).length;
  if (count === 0) return;
  throw new Refused("desk.refusedUnweighed", "Open each look-up before this law is applied to several at once.", {
    count,
  });
}

/**
 * What a log marks as kept from its subject (an investigation that runs) is disclosed one by one, by somebody
 * who has it before his eyes: never because it stood among many.
 */
async function withoutSealed(portal: Portal, lines: readonly Standing[], chosen: Chosen): Promise<string[]> {
  const eventIds = idsOf(lines);
  if (isList(chosen) && eventIds.length === 1) return eventIds;
  const sealed = await listSealedEvents(
    portal,
    lines.map(({ eventId, eventAt }) => ({ eventId, at: eventAt })),
  );
  const rest = eventIds.filter((eventId) => !sealed.has(eventId));
  if (sealed.size > 0 && (isList(chosen) || rest.length === 0)) {
    throw new Refused("desk.refusedSealed", "Look-ups that the log marks as secret are disclosed one at a time.");
  }
  return rest;
}
