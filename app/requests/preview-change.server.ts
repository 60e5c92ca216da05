import { createHash } from "node:crypto";
import type { Clock } from "#app/law/clock.ts";
import { type Law, lawWith } from "#app/law/law.ts";
import { LawRefused } from "#app/law/refusal.ts";
import type { Actor } from "#app/people/actor.ts";
import { authorise, may } from "#app/people/authorise.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId } from "#app/platform/database/id.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { canonical } from "#app/platform/ledger/entry.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import type { Agency } from "#app/registry/agency.ts";
import { getLaw, listSwitches } from "#app/registry/law-in-force.server.ts";
import { type NewSwitch, withSwitch } from "#app/registry/law-switches.server.ts";
import { getAgencyById, listAgencies } from "#app/registry/queries.server.ts";
import { computeClock } from "./case-clock.ts";
import { caseFacts, FACTS_OF_CASE } from "./case-facts.server.ts";
import { noteLateness, toStoredEvent, toToldNotice } from "./case-file.server.ts";
import { LATE_KINDS, latenessToNote, wasOverdue } from "./clock-notice.ts";
import { type CaseMove, countMoves, findMove, type MoveCount } from "./date-move.ts";

/** What is about to be changed of what dates are worked out from. */
export type Change =
  | { readonly kind: "close" | "reopen"; readonly agencyId: string; readonly days: readonly LocalDate[] }
  | ({ readonly kind: "law" } & NewSwitch);

/** Every open case whose dates a change would move. */
export interface Preview {
  /** Those that the actor may know by their number, by the day they are due now. */
  readonly moves: readonly CaseMove[];
  /** All that the actor may count. */
  readonly counts: readonly MoveCount[];
  /** The same for the same change with the same effect: what is confirmed is what was looked at. */
  readonly digest: string;
}

/**
 * The open cases that a change would move, with their dates before and after. Nothing is changed.
 * @throws NotFound
 * @throws Refused `changes.refusedContradiction` when something that was recorded would not stand any more
 */
export async function listMoves(portal: Portal, actor: Actor, change: Change): Promise<Preview> {
  const scene = await openScene(portal, actor, change);
  const named: CaseMove[] = [];
  const counted: (CaseMove & { readonly named: boolean })[] = [];
  for await (const row of eachCase(portal, scene.agencyId)) {
    const move = moveOf(portal, row, scene);
    // What is answered moves no more, but must be readable as it was (moveOf).
    if (isAnswered(row)) continue;
    const facts = caseFacts(portal, row);
    const mayName = may(actor, "case.foresee", facts);
    // A number of cases tells of a case too: whoever may not see it does not count it either.
    if (!move || !(mayName || may(actor, "law.switch", facts))) continue;
    counted.push({ ...move, named: mayName });
    if (mayName) named.push(move);
  }
  return {
    moves: named.sort((a, b) => a.before.due.localeCompare(b.before.due) || a.number.localeCompare(b.number)),
    counts: countMoves(counted),
    digest: digestOf(change, counted),
  };
}

/**
 * Keeps the clocks of the open cases as they are until the caller's transaction ends: what was previewed
 * is then what happens. In the order of their ids, so that two who lock them wait and do not clash.
 */
export async function lockOpenCases(tx: Transaction, agencyId: string | null): Promise<void> {
  await tx.$executeRaw`
    SELECT c.id FROM "case" c
    WHERE (${agencyId}::uuid IS NULL OR c.agency_id = ${agencyId}::uuid)
      AND NOT EXISTS (SELECT FROM clock_event e WHERE e.case_id = c.id AND e.kind = 'answered')
    ORDER BY c.id FOR NO KEY UPDATE OF c`;
}

/**
 * Keeps of each open case whose date is passed at this moment that it is, before the caller changes what dates are
 * worked out from: afterwards nothing would show it where no worker has told it yet.
 */
export async function keepLateness(portal: Portal, tx: Transaction, agencyId: string | null): Promise<void> {
  const [law, agencies] = await Promise.all([getLaw(portal), listAgencies(portal)]);
  const byId = new Map(agencies.map((agency) => [agency.id, agency]));
  for await (const row of eachCase(portal, agencyId)) {
    const agency = byId.get(row.agencyId);
    const clock = agency && findClock({ rule: row.rule, agency, law, clock: row.clock.map(toStoredEvent) });
    const event = row.clock.at(-1);
    if (!clock || !event || clock.answeredOn !== null) continue;
    const today = localDate(portal.time.now(), agency.zone);
    const kind = latenessToNote(clock, today, row.notices.map(toToldNotice));
    const late = { caseId: row.id, eventId: event.id, due: clock.due.slice(0, 10) };
    if (kind !== null) await noteLateness(portal, tx, { ...late, kind });
  }
}

/** The law and the offices as they are, and as they would be. */
interface Scene {
  readonly agencyId: string | null;
  readonly agencies: ReadonlyMap<string, { readonly before: Agency; readonly after: Agency }>;
  readonly law: { readonly before: Law; readonly after: Law };
}

async function openScene(portal: Portal, actor: Actor, change: Change): Promise<Scene> {
  if (change.kind === "law") {
    authorise(actor, "law.switch");
    const [switches, agencies] = await Promise.all([listSwitches(portal), listAgencies(portal)]);
    return {
      agencyId: null,
      agencies: new Map(agencies.map((agency) => [agency.id, { before: agency, after: agency }])),
      law: { before: await getLaw(portal), after: lawWith(withSwitch(switches, change)) },
    };
  }
  const { agencyId } = change;
  if (!isId(agencyId)) throw new NotFound("agency");
  authorise(actor, "agency.close", { agencyId });
  const [before, law] = await Promise.all([getAgencyById(portal, agencyId), getLaw(portal)]);
  const after = { ...before, closures: closuresAfter(before, change) };
  return { agencyId, agencies: new Map([[agencyId, { before, after }]]), law: { before: law, after: law } };
}

function closuresAfter({ closures }: Agency, change: Exclude<Change, { kind: "law" }>): readonly LocalDate[] {
  if (change.kind === "close") return [...closures, ...change.days];
  return closures.filter((on) => !change.days.includes(on));
}

/** So many cases are in memory at once. */
const PAGE = 500;

type OpenCase = Awaited<ReturnType<typeof listPage>>[number];

/** The open cases, and the answered ones of which more is recorded than the law gives to everybody: an extension. */
async function* eachCase(portal: Portal, agencyId: string | null): AsyncGenerator<OpenCase> {
  let page = await listPage(portal, agencyId, null);
  for (let last = page.at(-1); last; last = page.at(-1)) {
    yield* page;
    page = await listPage(portal, agencyId, last.id);
  }
}

function isAnswered({ clock }: OpenCase): boolean {
  return clock.some(({ kind }) => kind === "answered");
}

function listPage(portal: Portal, agencyId: string | null, after: string | null) {
  return portal.db.case.findMany({
    where: {
      ...(agencyId !== null && { agencyId }),
      ...(after !== null && { id: { gt: after } }),
      OR: [{ clock: { none: { kind: "answered" } } }, { clock: { some: { kind: "extended" } } }],
      request: { withdrawnAt: null },
    },
    select: {
      id: true,
      number: true,
      agencyId: true,
      rule: true,
      clock: { orderBy: [{ on: "asc" }, { recordedAt: "asc" }] },
      notices: { where: { kind: { in: [...LATE_KINDS] } }, orderBy: { at: "asc" } },
      ...FACTS_OF_CASE,
    },
    orderBy: { id: "asc" },
    take: PAGE,
  });
}

function moveOf(portal: Portal, row: OpenCase, { agencies, law }: Scene): CaseMove | null {
  const agency = agencies.get(row.agencyId);
  if (!agency) throw new Error(`case ${row.id} is of an agency that is not registered`);
  const clock = row.clock.map(toStoredEvent);
  const before = findClock({ rule: row.rule, agency: agency.before, law: law.before, clock });
  const after = findClock({ rule: row.rule, agency: agency.after, law: law.after, clock });
  // A clock that could not be read before stands in the log of whoever reads all of them (sweep-clocks).
  if (!before) return null;
  if (!after) throw contradiction();
  const today = localDate(portal.time.now(), agency.before.zone);
  const move = findMove(before, after, (one) => wasOverdue(one, today, row.notices));
  return move && { ...move, caseId: row.id, number: row.number, agency: agency.before.name };
}

function findClock(running: Parameters<typeof computeClock>[0]): Clock | null {
  try {
    return computeClock(running);
  } catch (error) {
    if (error instanceof LawRefused) return null;
    throw error;
  }
}

/** Such as an extension told on a day that was in time only because the office had been closed before it. */
function contradiction(): Refused {
  return new Refused(
    "changes.refusedContradiction",
    "Something that was recorded in a case, such as an extension, was in time only because of how this is now. It cannot be changed.",
  );
}

function digestOf(change: Change, moves: readonly CaseMove[]): string {
  const effects = moves
    .map(({ caseId, before, after }) => ({ caseId, before, after }))
    .sort((a, b) => a.caseId.localeCompare(b.caseId));
  return createHash("sha256").update(canonical({ change, effects })).digest("hex");
}
