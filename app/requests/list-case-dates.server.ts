import type { Actor } from "#app/people/actor.ts";
import { may } from "#app/people/authorise.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { LocalDate } from "#app/platform/time/local-date.ts";
import { type Course, type Revision, replay, revisionOf } from "#app/platform/time/revision.ts";
import { type DateHistory, getDateHistory } from "#app/registry/date-history.server.ts";
import { computeClock } from "./case-clock.ts";
import { DATE_KINDS, type DateKind, findDate, targetAt } from "./case-dates.ts";
import type { ToldNotice } from "./clock-notice.ts";
import { casesHandled, isHandler } from "./handled-cases.server.ts";
import { type ListedClock, listClocks } from "./list-clocks.server.ts";

/** One day to keep for a case. It names nobody. */
export interface CaseDate {
  readonly caseId: string;
  readonly number: string;
  readonly kind: DateKind | "promised";
  readonly on: LocalDate;
  readonly revision: Revision;
  /** Of a target: how many working days before the safe date it lies. */
  readonly targetDays: number;
}

/** The days of the open cases that the actor may open; none for whoever works on no cases. */
export async function listCaseDates(portal: Portal, actor: Actor): Promise<CaseDate[]> {
  if (!(await isHandler(portal, actor))) return [];
  const [clocks, history] = await Promise.all([
    listClocks(portal, { where: casesHandled(actor), atWork: true }),
    getDateHistory(portal),
  ]);
  // The same rule as the page's own: what it would refuse has no day here either.
  return clocks.filter(({ facts }) => may(actor, "case.read", facts)).flatMap((listed) => listDatesOf(listed, history));
}

function listDatesOf(listed: ListedClock, history: DateHistory): CaseDate[] {
  const { caseId, number, clock, target, agency, told, promised } = listed;
  if (promised !== null) return [promisedDate(listed, promised)];
  if (findDate("due", clock, target) === null) return [];
  const past = readPast(listed, history);
  const courseOf = (kind: DateKind) =>
    replay(past.map((then) => ({ at: then.at, date: findDate(kind, then.clock, then.target) })));
  const unseen = findUnseen(courseOf("due"), told);
  return DATE_KINDS.flatMap((kind): CaseDate[] => {
    const on = findDate(kind, clock, target);
    if (on === null) return [];
    return [{ caseId, number, kind, on, revision: revisionOf(courseOf(kind), unseen), targetDays: agency.targetDays }];
  });
}

/** It is named once, in the decision, and stands until the records are out. */
function promisedDate({ caseId, number, agency, events }: ListedClock, promised: string): CaseDate {
  const told = events.find((event) => event.promisedFor === promised);
  if (!told) throw new Error("a promise is made by an event");
  const revision = { sequence: 0, since: told.recordedAt };
  return { caseId, number, kind: "promised", on: promised.slice(0, 10), revision, targetDays: agency.targetDays };
}

type Past = Pick<ListedClock, "clock" | "target"> & { readonly at: Date };

/** The case played through again: its clock at each instant at which something of it, or of its office, became known. */
function readPast({ agency, rule, events }: ListedClock, history: DateHistory): Past[] {
  const begun = events.find((event) => event.kind === "received")?.recordedAt;
  if (!begun) throw new Error("a case begins with its receipt");
  const instants = [...events.map((event) => event.recordedAt), ...history.instantsOf(agency.id)];
  const known = [begun, ...instants.filter((instant) => instant > begun)].map((instant) => instant.getTime());
  return [...new Set(known)].map((instant) => {
    const at = new Date(instant);
    const office = { ...agency, closures: history.closuresAt(agency.id, at) };
    const law = history.lawAt(at);
    const clock = computeClock({ rule, agency: office, law, clock: events.filter((one) => one.recordedAt <= at) });
    return { at, clock, target: targetAt(office, law, clock) };
  });
}

/**
 * Moves of the date that were told, and that nothing recorded shows: a new version of this program may know a
 * holiday better. They count for all days of the case, which move together.
 */
function findUnseen({ moves }: Course, told: readonly ToldNotice[]): ToldNotice[] {
  const left = [...moves];
  return told.filter(({ audience, due, dueBefore, at }) => {
    if (audience !== "staff" || dueBefore === null) return false;
    // What was told at once may have come in several steps.
    const first = left.findIndex((move) => move.from === dueBefore && move.at <= at);
    const last = left.findIndex((move, index) => index >= first && move.to === due && move.at <= at);
    if (first < 0 || last < 0) return true;
    left.splice(first, last - first + 1);
    return false;
  });
}
