import type { Clock } from "#app/law/clock.ts";
import type { EventKind } from "#app/law/event.ts";
import type { Law } from "#app/law/law.ts";
import { LawRefused } from "#app/law/refusal.ts";
import { getAccount } from "#app/people/accounts.server.ts";
import { type Actor, asLedgerActor, hasRole, type Role } from "#app/people/actor.ts";
import type { Facts } from "#app/people/authorise.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import { queueMail } from "#app/platform/mail/outbox.server.ts";
import type { Letter, LetterParams } from "#app/platform/mail/templates.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate, type LocalDate, localDate, toDbDate } from "#app/platform/time/local-date.ts";
import type { Agency } from "#app/registry/agency.ts";
import { getLaw } from "#app/registry/law-in-force.server.ts";
import { getAgencyById } from "#app/registry/queries.server.ts";
import { computeClock, computeNext, ruleOf } from "./case-clock.ts";
import { latenessToNote, type ToldNotice } from "./clock-notice.ts";
import { openAnswers } from "./draft.server.ts";
import { openPromise } from "./promise.ts";
import type { Contact, Period } from "./request.ts";

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
  readonly facts: Facts & {
    readonly agencyId: string;
    readonly residentId: string;
    readonly walledIds: readonly string[];
  };
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
      request: { include: { walls: true } },
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
    contact: { mode: whole.contact.mode },
    clock,
    told: row.notices.map(toToldNotice),
    promised: openPromise(clock, row.steps.length > 0),
    law,
    facts: {
      agencyId: row.agencyId,
      residentId: request.residentId,
      walledIds: request.walls.map((wall) => wall.accountId),
    },
  };
}

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
export function roleOn(actor: Actor, facts: Facts): Role | "resident" | undefined {
  if (actor.kind !== "account") return undefined;
  if (actor.accountId === facts.residentId) return "resident";
  const held = (["supervisor", "clerk", "intake"] as const).find((role) => hasRole(actor, role, facts.agencyId));
  return held ?? (["advocate", "operator"] as const).find((role) => hasRole(actor, role));
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

/** Writes to the resident, in the way chosen when filing: not at all when that was the choice. */
export async function tellResident(
  portal: Portal,
  tx: Transaction,
  file: CaseFile,
  letter: Letter,
  params: LetterParams,
): Promise<void> {
  if (file.contact.mode === "none") return;
  const { email } = await getAccount(portal, file.residentId);
  await queueMail(portal, tx, {
    to: { address: email },
    letter,
    locale: file.locale,
    params,
    about: { type: "case", id: file.id },
  });
}
