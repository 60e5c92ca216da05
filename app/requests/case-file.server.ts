import type { Clock } from "#app/law/clock.ts";
import type { EventKind } from "#app/law/event.ts";
import type { Law } from "#app/law/law.ts";
import { LawRefused } from "#app/law/refusal.ts";
import { type Actor, asLedgerActor, hasRole, type Role } from "#app/people/actor.ts";
import { type Action, authorise, type Facts } from "#app/people/authorise.ts";
import { DUTIES, standsIn } from "#app/people/stand-in.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate, type LocalDate, localDate, toDbDate } from "#app/platform/time/local-date.ts";
import type { Agency } from "#app/registry/agency.ts";
import { getLaw } from "#app/registry/law-in-force.server.ts";
import { getAgencyById } from "#app/registry/queries.server.ts";
import { computeClock, computeNext, ruleOf } from "./case-clock.ts";
import { type CaseFacts, caseFacts, FACTS_OF_CASE } from "./case-facts.server.ts";
import { latenessToNote, type ToldNotice } from "./clock-notice.ts";
import type { Contact } from "./contact.ts";
import { openAnswers } from "./draft.server.ts";
import { openContact } from "./open-contact.server.ts";
import { openPromise } from "./promise.ts";
import type { Period } from "./request.ts";
import { tellResident } from "./write-to-resident.server.ts";

export { computeClock } from "./case-clock.ts";

/** A dated event of a case's clock, as it was recorded. */
export interface StoredClockEvent {
  readonly id: string;
  readonly kind: string;
  readonly on: LocalDate;
  readonly length: number | null;
  readonly ground: string | null;
  /** Of a decision: until when the records are promised, "YYYY-MM-DDTHH:MM" at the agency. */
  readonly promisedFor: string | null;
  readonly recordedAt: Date;
}

/** Everything that those who answer a case need of it. */
export interface CaseFile {
  readonly id: string;
  /** WL-2026-00012-A */
  readonly number: string;
  readonly requestId: string;
  readonly residentId: string;
  readonly residentName: string;
  readonly birthDate: LocalDate;
  readonly agency: Agency;
  /** Id of the rule that binds this case (law/rules). */
  readonly rule: string;
  /** The local day at the agency on which it arrived. */
  readonly receivedOn: LocalDate;
  /** The days that are asked about, both included. */
  readonly period: Period;
  readonly locale: "en" | "es";
  /** The request's data key. */
  readonly keyId: string;
  readonly contact: Contact;
  readonly clock: readonly StoredClockEvent[];
  /** What was told of the clock, oldest first. */
  readonly told: readonly ToldNotice[];
  /** By when records are promised that are not out yet (promise.ts). */
  readonly promised: string | null;
  /** The law with what is switched on here; the case's day of receipt chooses the version. */
  readonly law: Law;
  /** For authorise(): agency, resident and walls. */
  readonly facts: CaseFacts;
}

/**
 * The file of a case, opened. It asks nobody who is asking: callers authorise with `file.facts`
 * before they let anything of it out.
 * @throws NotFound
 */
export async function getCaseFile(portal: Portal, caseId: string): Promise<CaseFile> {
  if (!isId(caseId)) throw new NotFound("case");
  const row = await portal.db.case.findUnique({
    where: { id: caseId },
    include: {
      standIns: FACTS_OF_CASE.standIns,
      request: {
        include: {
          walls: { select: { accountId: true } },
          representations: true,
          ownBrowsers: true,
          contacts: { orderBy: { at: "desc" }, take: 1 },
          stepsAside: { where: { kind: "not-the-same" }, select: { accountId: true } },
        },
      },
      clock: { orderBy: [{ on: "asc" }, { recordedAt: "asc" }] },
      notices: { orderBy: { at: "asc" } },
      steps: { where: { kind: "released" }, select: { id: true }, take: 1 },
    },
  });
  if (!row || row.request.purgedAt !== null) throw new NotFound("case");
  const { request } = row;
  const { whole } = await openAnswers(portal, request);
  const received = row.clock.find((event) => event.kind === "received");
  if (!whole.you || !whole.period || !whole.contact || !received)
    throw new Error(`case ${caseId} was filed without answers`);
  const [agency, law] = await Promise.all([getAgencyById(portal, row.agencyId), getLaw(portal)]);
  const contact = await openContact(portal, request, whole.contact);
  const receivedOn = fromDbDate(received.on);
  const clock = row.clock.map(toStoredEvent);
  return {
    id: row.id,
    number: row.number,
    requestId: request.id,
    residentId: request.residentId,
    residentName: whole.you.name,
    birthDate: whole.you.birthDate,
    agency,
    rule: ruleOf({ rule: row.rule, agency, law }, receivedOn),
    receivedOn,
    period: whole.period,
    locale: request.locale === "es" ? "es" : "en",
    keyId: request.keyId,
    contact,
    clock,
    told: row.notices.map(toToldNotice),
    promised: openPromise(clock, row.steps.length > 0),
    law,
    facts: {
      ...caseFacts(portal, row),
      namesake: {
        caseId: row.id,
        name: whole.you.name,
        address: contact.address ?? null,
        clearedIds: request.stepsAside.map(({ accountId }) => accountId),
      },
    },
  };
}

/**
 * The file of a case for somebody who wants to do something with it. What he may not do is refused before anything is
 * opened: what a wall hides takes as long as what is not there.
 * @throws NotFound, StepAsideAsked
 */
export async function openCaseFile(portal: Portal, actor: Actor, action: Action, caseId: string): Promise<CaseFile> {
  const row = isId(caseId) ? await portal.db.case.findUnique({ where: { id: caseId }, include: FACTS_OF_CASE }) : null;
  authorise(actor, action, row ? caseFacts(portal, row) : NOBODYS);
  const file = await getCaseFile(portal, caseId);
  authorise(actor, action, file.facts);
  return file;
}

/** Nothing is there: not even the shell may do anything with it. */
const NOBODYS: Facts = {};

export function toStoredEvent(row: {
  readonly id: string;
  readonly kind: string;
  readonly on: Date;
  readonly length: number | null;
  readonly ground: string | null;
  readonly promisedFor: Date | null;
  readonly recordedAt: Date;
}): StoredClockEvent {
  const { id, kind, length, ground, recordedAt } = row;
  const promisedFor = row.promisedFor?.toISOString().slice(0, "YYYY-MM-DDTHH:MM".length) ?? null;
  return { id, kind, on: fromDbDate(row.on), length, ground, promisedFor, recordedAt };
}

export function toToldNotice(row: {
  readonly kind: string;
  readonly audience: string;
  readonly eventId: string;
  readonly due: Date;
  readonly dueBefore: Date | null;
  readonly at: Date;
}): ToldNotice {
  const { kind, audience, eventId, due, dueBefore, at } = row;
  return {
    kind,
    audience: audience === "resident" ? "resident" : "staff",
    eventId,
    due: fromDbDate(due),
    dueBefore: dueBefore && fromDbDate(dueBefore),
    at,
  };
}

export interface NewClockEvent {
  readonly caseId: string;
  readonly kind: EventKind;
  /** Local date at the agency. */
  readonly on: LocalDate;
  readonly length?: number;
  readonly ground?: string;
  /** Of a decision: "YYYY-MM-DDTHH:MM" at the agency. */
  readonly promisedFor?: string;
  /** Extensions confirmed in one go share this. */
  readonly groupId?: string;
  readonly by?: string;
}

/**
 * Adds a dated event to a case's clock, inside the caller's transaction; the caller writes the ledger. Where
 * the date is passed at this moment, that is kept with it: no later closure makes the answer punctual.
 * @returns the event's id, and the clock with it
 * @throws Refused `request.clockRefused` when the law knows no such sequence; its params are the law's, and its code
 */
export async function recordClockEvent(
  portal: Portal,
  tx: Transaction,
  event: NewClockEvent,
): Promise<{ readonly id: string; readonly clock: Clock }> {
  // Two events at once must be judged one after the other.
  await tx.$executeRaw`SELECT id FROM "case" WHERE id = ${event.caseId}::uuid FOR UPDATE`;
  const row = await tx.case.findUniqueOrThrow({
    where: { id: event.caseId },
    include: { clock: { orderBy: [{ on: "asc" }, { recordedAt: "asc" }] }, notices: { orderBy: { at: "asc" } } },
  });
  const agency = await getAgencyById(portal, row.agencyId);
  const law = await getLaw(portal);
  const running = { rule: row.rule, agency, law, clock: row.clock.map(toStoredEvent) };
  const clock = refusing(() => computeNext(running, event));
  const id = newId();
  const { caseId, kind, on, length, ground, groupId, promisedFor, by } = event;
  const recordedAt = portal.time.now();
  await tx.clockEvent.create({
    data: {
      id,
      caseId,
      kind,
      on: toDbDate(on),
      length: length ?? null,
      ground: ground ?? null,
      groupId: groupId ?? null,
      promisedFor: promisedFor === undefined ? null : new Date(`${promisedFor}:00.000Z`),
      by: by ?? null,
      recordedAt,
    },
  });
  const standing = clock.answeredOn === null && running.clock.length > 0 ? computeClock(running) : clock;
  const late = latenessToNote(standing, localDate(recordedAt, agency.zone), row.notices.map(toToldNotice));
  if (late !== null)
    await noteLateness(portal, tx, { caseId, kind: late, eventId: id, due: standing.due.slice(0, 10) });
  return { id, clock };
}

/** Keeps for ever that a safe date was passed; it tells nobody. */
export async function noteLateness(
  portal: Pick<Portal, "time">,
  tx: Transaction,
  late: { readonly caseId: string; readonly kind: string; readonly eventId: string; readonly due: LocalDate },
): Promise<void> {
  const { caseId, kind, eventId, due } = late;
  const kept = { caseId, kind, audience: "staff", eventId, due: toDbDate(due), dueBefore: null };
  await tx.clockNotice.createMany({ data: { ...kept, id: newId(), at: portal.time.now() }, skipDuplicates: true });
}

function refusing(working: () => Clock): Clock {
  try {
    return working();
  } catch (error) {
    throw asRefused(error);
  }
}

/** What the law's arithmetic refused, as a use case refuses: a page says it by `sayRefusal`. Anything else as it is. */
export function asRefused(error: unknown): unknown {
  if (!(error instanceof LawRefused)) return error;
  return new Refused("request.clockRefused", error.message, { ...error.params, code: error.code });
}

/** In which role somebody acts on a case; the resident's own acts are the resident's, whatever else he is. */
export function roleOn(actor: Actor, facts: Facts): Role | "resident" | "representative" | undefined {
  if (actor.kind !== "account") return undefined;
  if (isActing(actor, facts)) return "representative";
  if (actor.accountId === facts.residentId) return "resident";
  const held = (["supervisor", "clerk", "intake"] as const).find((role) => hasRole(actor, role, facts.agencyId));
  const standing = DUTIES.find((duty) => standsIn(actor, [duty], facts.standIns ?? []));
  return held ?? standing ?? (["advocate", "operator"] as const).find((role) => hasRole(actor, role));
}

function isActing(actor: Actor, { representatives = [] }: Facts): boolean {
  return actor.kind === "account" && representatives.some(({ accountId }) => accountId === actor.accountId);
}

/**
 * Writes to the resident, in the way chosen, that somebody who acts for them did something. Of reading they are told
 * once a day for each who reads; what was read, and when, stands in the ledger each time. Does nothing for others.
 */
export async function tellOfRepresentative(
  portal: Portal,
  tx: Transaction,
  actor: Actor,
  file: CaseFile,
  act: string,
): Promise<void> {
  if (actor.kind !== "account" || actor.accountId === file.residentId || !isActing(actor, file.facts)) return;
  const day = localDate(portal.time.now(), file.agency.zone);
  const isReading = act.endsWith(".read") || act.endsWith("-read");
  const notice = {
    requestId: file.requestId,
    accountId: actor.accountId,
    on: toDbDate(day),
    act: isReading ? "read" : act,
  };
  const { count } = await tx.representativeNotice.createMany({ data: [notice], skipDuplicates: true });
  if (isReading && count === 0) return;
  // To the resident alone: who acted knows it.
  const alone = { ...file, facts: { ...file.facts, representatives: [] } };
  await tellResident(portal, tx, alone, "something-ready", {
    link: `${portal.config.url}/request/${file.requestId}/representatives`,
  });
}

/** One ledger entry for an act or a read of a case, in the actor's role; `act` is a code such as "case.read". */
export async function recordRead(portal: Portal, actor: Actor, file: CaseFile, act: string): Promise<void> {
  await inTransaction(portal, (tx) => appendCaseLedger(portal, tx, actor, file, { act }));
}

/** The same inside the caller's transaction, last in it. */
export async function appendCaseLedger(
  portal: Portal,
  tx: Transaction,
  actor: Actor,
  file: CaseFile,
  entry: {
    readonly act: string;
    readonly thing?: { readonly type: string; readonly id: string };
    readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
  },
): Promise<void> {
  await tellOfRepresentative(portal, tx, actor, file, entry.act);
  await appendLedger(portal, tx, {
    actor: asLedgerActor(actor, roleOn(actor, file.facts)),
    act: entry.act,
    thing: entry.thing ?? { type: "case", id: file.id },
    residentId: file.residentId,
    requestId: file.requestId,
    caseId: file.id,
    agencyId: file.facts.agencyId,
    ...(entry.detail && { detail: entry.detail }),
  });
}
