import { PLACE_SEARCHED_BY } from "#app/feeds/access-event.ts";
import { holdEvents } from "#app/feeds/holds.server.ts";
import type { Actor } from "#app/people/actor.ts";
import { takeTurns } from "#app/people/limits.server.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { appendCaseLedger, type CaseFile, openCaseFile } from "#app/requests/case-file.server.ts";
import { type Candidate, listCandidates } from "./find-candidates.server.ts";
import { lockCase, scorePlace } from "./matter.server.ts";
import { mayDecide, roadOf, STEP_KINDS } from "./step.ts";

export interface Found {
  /** Look-ups made by one of the verified identifiers. */
  readonly matched: number;
  /** Of these, seen for the first time. */
  readonly added: number;
  /** Matches that no verified identifier carries any more. */
  readonly dropped: number;
  /** Of the look-ups found, those of which the machine says that they may be somebody else's. */
  readonly asked: number;
  /** Look-ups for something else whose text names one of the identifiers: a hint, never a match. */
  readonly named: number;
}

/**
 * Searches the custodian's logs for a case: by its verified identifiers alone, each inside its own
 * verified period and the period asked for. Run again it adds what is new and drops what no longer
 * holds; what a clerk has decided stays.
 * @throws NotFound, TooOften, Refused while a release is being made
 */
export async function findMatches(portal: Portal, actor: Actor, caseId: string): Promise<Found> {
  const file = await openCaseFile(portal, actor, "case.decide", caseId);
  if (actor.kind === "account") {
    await takeTurns(portal, [
      ["search.account", actor.accountId],
      ["search.agency", file.facts.agencyId],
    ]);
  }
  const candidates = await listCandidates(portal, file);
  return inTransaction(portal, async (tx) => {
    await lockCase(tx, file.id);
    await refuseWhileReleasing(tx, file);
    const found = await storeMatches(portal, tx, file, candidates);
    await appendCaseLedger(portal, tx, actor, file, { act: "matches.found", detail: { ...found } });
    return found;
  });
}

/** Only these may become matches: a plate that merely stands in somebody's text proves nothing about whom he looked up. */
function searchedFor(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter((candidate) => candidate.place === PLACE_SEARCHED_BY);
}

/** How many look-ups the logs hold now that are no match yet, and matches that the logs no longer carry. */
export async function countChanges(
  portal: Portal,
  file: CaseFile,
  matches: readonly { readonly eventId: string }[],
): Promise<number> {
  const current = new Set(searchedFor(await listCandidates(portal, file)).map((event) => event.eventId));
  const known = new Set(matches.map((match) => match.eventId));
  const added = [...current].filter((id) => !known.has(id));
  const gone = [...known].filter((id) => !current.has(id));
  return added.length + gone.length;
}

async function storeMatches(
  portal: Portal,
  tx: Transaction,
  file: CaseFile,
  candidates: readonly Candidate[],
): Promise<Found> {
  const events = searchedFor(candidates);
  const stale = await listStale(tx, file, new Map(events.map((event) => [event.eventId, event])));
  await tx.match.deleteMany({ where: { id: { in: stale.map(({ id }) => id) } } });
  const sealer = await portal.vault.sealerFor(file.keyId);
  const { count: added } = await tx.match.createMany({
    skipDuplicates: true,
    data: events.flatMap((event) => {
      const [identifierId] = event.identifierIds;
      if (identifierId === undefined) return [];
      const id = newId();
      const { explanation } = event;
      return {
        id,
        caseId: file.id,
        eventId: event.eventId,
        eventAt: event.at,
        identifierId,
        evidence: evidenceOf(event),
        scoreSealed: explanation === null ? null : sealer.seal(scorePlace(id), JSON.stringify(explanation)),
        foundAt: portal.time.now(),
      };
    }),
  });
  // What stands behind a look-up is needed as long as it is: its earlier editions, and the rest of its chain.
  const needed = events.flatMap((event) => [event, ...event.earlier, ...event.others]);
  await holdEvents(portal, tx, { type: "case", id: file.id }, needed);
  return {
    matched: events.length,
    added: added - stale.filter(({ isBack }) => isBack).length,
    dropped: stale.filter(({ isBack }) => !isBack).length,
    asked: events.filter(({ explanation }) => explanation?.band === "ask").length,
    named: candidates.length - events.length,
  };
}

/** Codes of what agreed. Of a name it is the band alone; how well it fits is sealed beside it. */
function evidenceOf({ exact, explanation }: Candidate): string[] {
  const found = explanation === null ? exact.map((kind) => `${kind}-exact`) : ["person-scored", explanation.band];
  return [...new Set([...found, "inside-period"])];
}

interface Stale {
  readonly id: string;
  /** It is found anew, by something else, and waits for somebody's decision again. */
  readonly isBack: boolean;
}

/**
 * Matches that must not stay, whoever accepted them: their identifier is no longer verified for that day, or less
 * speaks for them than when they were accepted. One for which more speaks by now, and which nobody has decided, is made
 * anew as well, so that what stands beside it is true.
 */
async function listStale(tx: Transaction, file: CaseFile, current: ReadonlyMap<string, Candidate>): Promise<Stale[]> {
  const rows = await tx.match.findMany({
    where: { caseId: file.id },
    select: { id: true, eventId: true, evidence: true, verdict: true },
  });
  return rows.flatMap(({ id, eventId, evidence, verdict }): Stale[] => {
    const now = current.get(eventId);
    if (now === undefined) return [{ id, isBack: false }];
    const [before, after] = [rankOf(evidence), rankOf(evidenceOf(now))];
    return after < before || (after > before && verdict === null) ? [{ id, isBack: true }] : [];
  });
}

/** An exact identifier before a name that fits, and that before one that may be another's. */
function rankOf(evidence: readonly string[]): number {
  if (!evidence.includes("person-scored")) return 2;
  return evidence.includes("ask") ? 0 : 1;
}

export async function refuseWhileReleasing(tx: Transaction, file: CaseFile): Promise<void> {
  const rows = await tx.historyStep.findMany({ where: { caseId: file.id }, orderBy: { at: "asc" } });
  const steps = rows.flatMap((row) => {
    const kind = STEP_KINDS.find((one) => one === row.kind);
    return kind ? [{ ...row, kind, note: null }] : [];
  });
  if (mayDecide(roadOf(steps))) return;
  throw new Refused(
    "desk.refusedReleasing",
    "The answer is approved and is being made; nothing can be changed until it is out.",
  );
}
