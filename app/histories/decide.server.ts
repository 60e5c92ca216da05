/** A clerk decides: whether a look-up is about this person, and what of it is disclosed. */
import { listSealedEvents } from "#app/feeds/list-sealed.server.ts";
import type { Actor } from "#app/people/actor.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import { appendCaseLedger, type CaseFile, openCaseFile } from "#app/requests/case-file.server.ts";
import { type Asked, checkDecision, type FieldOutcome, LINE, type LineOutcome } from "./decision.ts";
import { refuseWhileReleasing } from "./find-matches.server.ts";
import type { Field } from "./history.ts";
import type { Band } from "./matching/bands.ts";
import { addDecisions, lockCase, type RestsOn, type Verdict } from "./matter.server.ts";

/** Which lines a bulk decision is about: those ticked, or all that still wait for one. */
export type Chosen = readonly string[] | "undecided";

/** @throws NotFound, Refused */
export async function decideMatches(
  portal: Portal,
  actor: Actor,
  input: { caseId: string; events: Chosen; verdict: Verdict },
): Promise<{ decided: number }> {
  return deciding(portal, actor, input.caseId, async (tx, file, by) => {
    await requireMatches(tx, file, input.events);
    if (input.verdict === "accepted") await refuseAsked(tx, file, input.events);
    const where =
      input.events === "undecided"
        ? { verdict: null, NOT: { evidence: { has: ASKED } } }
        : { eventId: { in: [...input.events] } };
    const { count } = await tx.match.updateMany({
      where: { caseId: file.id, ...where },
      data: { verdict: input.verdict, decidedBy: by, decidedAt: portal.time.now() },
    });
    if (count === 0) throw new Refused("desk.refusedNothing", "Tick at least one line first.");
    await appendCaseLedger(portal, tx, actor, file, {
      act: "match.decided",
      detail: { lines: count, verdict: input.verdict },
    });
    return { decided: count };
  });
}

/** The code in a match's evidence of one that may be somebody else's (matching/bands.ts). */
const ASKED = "ask" satisfies Band;

/**
 * A look-up that may be another person's is confirmed by itself, by somebody who has it before his eyes: never because
 * it stood among many.
 */
async function refuseAsked(tx: Transaction, file: CaseFile, events: Chosen): Promise<void> {
  if (events !== "undecided" && events.length === 1) return;
  const open = { caseId: file.id, verdict: null };
  if (events !== "undecided") {
    const asked = await tx.match.count({ where: { ...open, eventId: { in: [...events] }, evidence: { has: ASKED } } });
    if (asked === 0) return;
    throw new Refused("match.refusedAsked", "Look-ups that may be another person's are confirmed one at a time.");
  }
  const [all, asked] = await Promise.all([
    tx.match.count({ where: open }),
    tx.match.count({ where: { ...open, evidence: { has: ASKED } } }),
  ]);
  if (all === 0 || asked < all) return;
  throw new Refused(
    "match.refusedAskedLeft",
    "Only look-ups that may be another person's are left; each is confirmed by itself.",
  );
}

export interface LineDecision {
  readonly caseId: string;
  readonly events: Chosen;
  readonly outcome: LineOutcome;
  readonly exemption: string | null;
  readonly reason: string | null;
  readonly reviewOn: LocalDate | null;
  /** The rule whose proposal is taken over (proposals/accept-proposals.server.ts). */
  readonly rests?: RestsOn;
}

/** Discloses, withholds or defers whole lines; redactions of single fields in them stay. @throws NotFound, Refused */
export async function decideLines(portal: Portal, actor: Actor, input: LineDecision): Promise<{ decided: number }> {
  const { outcome, exemption, reason, reviewOn } = input;
  return deciding(portal, actor, input.caseId, async (tx, file, by) => {
    const asked = check(portal, file, { field: LINE, outcome, exemption, reason, reviewOn });
    const chosen = await listChosen(tx, file, input.events);
    const eventIds = outcome === "disclose" ? await withoutSealed(portal, tx, file, chosen, input.events) : chosen;
    await addDecisions(portal, tx, file, { eventIds, asked, by, ...resting(input) });
    await appendCaseLedger(portal, tx, actor, file, {
      act: "line.decided",
      detail: { lines: eventIds.length, outcome, exemption: asked.exemption, ...input.rests },
    });
    return { decided: eventIds.length };
  });
}

export interface FieldDecision {
  readonly caseId: string;
  readonly eventId: string;
  readonly field: Field;
  readonly outcome: FieldOutcome;
  readonly exemption: string | null;
  readonly reason: string | null;
  readonly reviewOn: LocalDate | null;
  readonly rests?: RestsOn;
}

/** Redacts or discloses one field of one line. @throws NotFound, Refused */
export async function decideField(portal: Portal, actor: Actor, input: FieldDecision): Promise<void> {
  const { field, outcome, exemption, reason, reviewOn } = input;
  await deciding(portal, actor, input.caseId, async (tx, file, by) => {
    const asked = check(portal, file, { field, outcome, exemption, reason, reviewOn });
    await requireMatches(tx, file, [input.eventId], "accepted");
    await addDecisions(portal, tx, file, { eventIds: [input.eventId], asked, by, ...resting(input) });
    await appendCaseLedger(portal, tx, actor, file, {
      act: "field.decided",
      detail: { field, outcome, exemption: asked.exemption, ...input.rests },
    });
  });
}

const resting = ({ rests }: { readonly rests?: RestsOn }) => (rests === undefined ? {} : { rests });

async function deciding<T>(
  portal: Portal,
  actor: Actor,
  caseId: string,
  work: (tx: Transaction, file: CaseFile, by: string) => Promise<T>,
): Promise<T> {
  const file = await openCaseFile(portal, actor, "case.decide", caseId);
  if (actor.kind !== "account") throw new NotFound();
  return inTransaction(portal, async (tx) => {
    await lockCase(tx, file.id);
    await refuseWhileReleasing(tx, file);
    return work(tx, file, actor.accountId);
  });
}

function check(portal: Portal, file: CaseFile, asked: Asked): Asked {
  const today = localDate(portal.time.now(), file.agency.zone);
  return checkDecision(asked, { today, custodian: file.agency.kind, rule: file.rule });
}

/** The lines to decide; all of them this person's, by a decision that was made before. */
async function listChosen(tx: Transaction, file: CaseFile, chosen: Chosen): Promise<string[]> {
  if (chosen !== "undecided") {
    await requireMatches(tx, file, chosen, "accepted");
    if (chosen.length === 0) throw new Refused("desk.refusedNothing", "Tick at least one line first.");
    return [...new Set(chosen)];
  }
  const decided = await tx.decision.findMany({
    where: { caseId: file.id, field: LINE },
    select: { eventId: true },
    distinct: ["eventId"],
  });
  const rows = await tx.match.findMany({
    where: { caseId: file.id, verdict: "accepted", eventId: { notIn: decided.map((row) => row.eventId) } },
    select: { eventId: true },
  });
  if (rows.length === 0) throw new Refused("desk.refusedNoneLeft", "Every line of this person has a decision already.");
  return rows.map((row) => row.eventId);
}

/**
 * What a log marks as kept from its subject (an investigation that runs) is disclosed one by one, by somebody
 * who has it before his eyes: never because it stood among many.
 */
async function withoutSealed(
  portal: Portal,
  tx: Transaction,
  file: CaseFile,
  eventIds: string[],
  chosen: Chosen,
): Promise<string[]> {
  if (chosen !== "undecided" && eventIds.length === 1) return eventIds;
  const rows = await tx.match.findMany({ where: { caseId: file.id, eventId: { in: eventIds } } });
  const sealed = await listSealedEvents(
    portal,
    rows.map((row) => ({ eventId: row.eventId, at: row.eventAt })),
  );
  const rest = eventIds.filter((eventId) => !sealed.has(eventId));
  if (sealed.size > 0 && (chosen !== "undecided" || rest.length === 0)) {
    throw new Refused("desk.refusedSealed", "Look-ups that the log marks as secret are disclosed one at a time.");
  }
  return rest;
}

/** @throws NotFound for an event of another case, Refused for one that nobody has confirmed */
async function requireMatches(tx: Transaction, file: CaseFile, events: Chosen, verdict?: Verdict): Promise<void> {
  if (events === "undecided") return;
  if (!events.every(isId)) throw new NotFound("line");
  const rows = await tx.match.findMany({ where: { caseId: file.id, eventId: { in: [...events] } } });
  if (rows.length !== new Set(events).size) throw new NotFound("line");
  if (verdict === undefined || rows.every((row) => row.verdict === verdict)) return;
  throw new Refused("desk.refusedUnconfirmed", "First say of each chosen line whether it is about this person.");
}
