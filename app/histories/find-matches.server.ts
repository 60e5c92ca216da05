import { PLACE_SEARCHED_BY } from "#app/feeds/access-event.ts";
import { type FoundEvent, findEventsBySubject } from "#app/feeds/find-events.server.ts";
import { holdEvents } from "#app/feeds/holds.server.ts";
import type { Actor } from "#app/people/actor.ts";
import { takeTurns } from "#app/people/limits.server.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { appendCaseLedger, type CaseFile, openCaseFile } from "#app/requests/case-file.server.ts";
import { listVerifiedIdentifiers } from "#app/requests/identifiers.server.ts";
import { lockCase } from "./matter.server.ts";
import { mayDecide, roadOf, STEP_KINDS } from "./step.ts";

export interface Found {
  /** Look-ups made by one of the verified identifiers. */
  readonly matched: number;
  /** Of these, seen for the first time. */
  readonly added: number;
  /** Matches that no verified identifier carries any more. */
  readonly dropped: number;
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

/** The look-ups of this case as the logs and the verified identifiers stand now. */
async function listCandidates(portal: Portal, file: CaseFile): Promise<FoundEvent[]> {
  const verified = await listVerifiedIdentifiers(portal, file.id);
  if (verified.length === 0) return [];
  return findEventsBySubject(portal, {
    agencyId: file.agency.id,
    keys: verified.map(({ identifierId, tag, from, to }) => ({ identifierId, tag, from, to })),
    period: file.period,
    zone: file.agency.zone,
  });
}

/** Only these may become matches: a plate that merely stands in somebody's text proves nothing about whom he looked up. */
function searchedFor(candidates: readonly FoundEvent[]): FoundEvent[] {
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
  candidates: readonly FoundEvent[],
): Promise<Found> {
  const verified = new Map((await listVerifiedIdentifiers(portal, file.id)).map((one) => [one.identifierId, one.kind]));
  const events = searchedFor(candidates);
  const { count: added } = await tx.match.createMany({
    skipDuplicates: true,
    data: events.flatMap((event) => {
      const [identifierId] = event.identifierIds;
      if (identifierId === undefined) return [];
      const kinds = event.identifierIds.map((id) => `${verified.get(id) ?? "identifier"}-exact`);
      return {
        id: newId(),
        caseId: file.id,
        eventId: event.eventId,
        eventAt: event.at,
        identifierId,
        evidence: [...new Set([...kinds, "inside-period"])],
        foundAt: portal.time.now(),
      };
    }),
  });
  // What stands behind a look-up is needed as long as it is: its earlier editions, and the rest of its chain.
  const needed = events.flatMap((event) => [event, ...event.earlier, ...event.others]);
  await holdEvents(portal, tx, { type: "case", id: file.id }, needed);
  const stale = await listStale(tx, file, new Set(events.map((event) => event.eventId)));
  await tx.match.deleteMany({ where: { id: { in: stale } } });
  return { matched: events.length, added, dropped: stale.length, named: candidates.length - events.length };
}

/** Matches whose identifier is no longer verified for that day: they must not stay, whoever accepted them. */
async function listStale(tx: Transaction, file: CaseFile, current: ReadonlySet<string>): Promise<string[]> {
  const rows = await tx.match.findMany({ where: { caseId: file.id }, select: { id: true, eventId: true } });
  return rows.filter((row) => !current.has(row.eventId)).map((row) => row.id);
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
