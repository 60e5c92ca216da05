import type { ClaimKind } from "#app/feeds/identifier.ts";
import { personClaim } from "#app/feeds/subjects/subject.ts";
import type { Law } from "#app/law/law.ts";
import { nameAccount, noteWrittenByMail } from "#app/people/accounts.server.ts";
import { type AccountActor, asLedgerActor } from "#app/people/actor.ts";
import { ownBrowser } from "#app/people/own-browser.server.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { takeNumber } from "#app/platform/database/number.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate, toDbDate } from "#app/platform/time/local-date.ts";
import type { Agency } from "#app/registry/agency.ts";
import { getLaw } from "#app/registry/law-in-force.server.ts";
import { caseNumber, requestNumber } from "./case.ts";
import type { ContactAnswer } from "./contact.ts";
import { circumstancesNow, listOffered, type OpenRequest, openOwnRequest, sealAnswers } from "./draft.server.ts";
import { identifierPlace, tagOfClaim } from "./identifiers.server.ts";
import { findWhole, type WholeAnswers } from "./request.ts";
import { notYet, stale } from "./save-answers.server.ts";
import { sendAcknowledgement } from "./send-acknowledgement.server.ts";
import { type ToResident, writeToResident } from "./write-to-resident.server.ts";

/**
 * Files a request: freezes the answers, gives it a number, opens one case for each agency, starts their
 * clocks and says in a letter of each case by when. Filing the same one again files nothing and gives the same number.
 * @throws NotFound
 * @throws Refused `request.notYet` while an answer is missing, `request.stale` when the answers are
 *   not those that were checked
 */
export async function fileRequest(
  portal: Portal,
  actor: AccountActor,
  input: {
    readonly requestId: string;
    readonly version: number;
    /** What the browser brings along that sends it; undefined where none does. */
    readonly browser?: string | null;
  },
): Promise<{ requestId: string; number: string; browser?: string }> {
  const [offered, law] = await Promise.all([listOffered(portal), getLaw(portal)]);
  const circumstances = await circumstancesNow(portal, offered);
  return inTransaction(portal, async (tx) => {
    const request = await openOwnRequest(portal, actor, "request.edit", input.requestId, tx);
    if (request.number) return { requestId: request.id, number: request.number };
    const answers = findWhole(request.answers, circumstances);
    if (!answers) throw notYet();
    const agencies = offered.filter((agency) => answers.agencies.agencies.includes(agency.id));
    const filed = await freeze(portal, tx, request, input.version, answers);
    if (filed !== null) return { requestId: request.id, number: filed };

    const number = await numberRequest(portal, tx, request.id, agencies);
    await sealIdentifiers(portal, tx, request, answers);
    const cases = await openCases(portal, tx, request.id, number, agencies, law);
    const papers = await acknowledge(portal, tx, request, answers, cases, law);
    if (actor.name === "") await nameAccount(portal, tx, request.residentId, answers.you.name);
    await confirm(portal, tx, request, number, answers.contact, papers);
    await noteWrittenByMail(tx, request.residentId, answers.contact.mode === "mail");
    await recordFiling(portal, tx, actor, request, cases);
    if (input.browser === undefined) return { requestId: request.id, number };
    const about = { accountId: request.residentId, requestId: request.id, browser: input.browser };
    return { requestId: request.id, number, browser: await ownBrowser(portal, tx, about) };
  });
}

/**
 * The one conditional update that files. Of two at once the second waits for the first and then
 * changes nothing: it gets the number that the first was given.
 */
async function freeze(
  portal: Portal,
  tx: Transaction,
  request: OpenRequest,
  version: number,
  whole: WholeAnswers,
): Promise<string | null> {
  const { count } = await tx.request.updateMany({
    where: { id: request.id, version, filedAt: null, withdrawnAt: null },
    data: {
      filedAt: portal.time.now(),
      version: { increment: 1 },
      locale: whole.contact.locale,
      answersSealed: await sealAnswers(portal, request, { whole, unfinished: {} }),
    },
  });
  if (count === 1) return null;
  const now = await tx.request.findUniqueOrThrow({ where: { id: request.id } });
  if (now.number) return now.number;
  throw stale();
}

async function numberRequest(
  portal: Portal,
  tx: Transaction,
  id: string,
  agencies: readonly Agency[],
): Promise<string> {
  const year = Number(localDate(portal.time.now(), agencies[0]?.zone ?? "UTC").slice(0, 4));
  const isTaken = async (taken: number) =>
    (await tx.request.count({ where: { number: requestNumber(year, taken) } })) > 0;
  const number = requestNumber(year, await takeNumber(portal, tx, `request-${year}`, isTaken));
  await tx.request.update({ where: { id }, data: { number } });
  return number;
}

async function sealIdentifiers(portal: Portal, tx: Transaction, request: OpenRequest, answers: WholeAnswers) {
  const { plates, licence, vin, stateId, ssn, byName } = answers.identifiers;
  const claims = plates.map((claim) => ({ kind: "plate" as ClaimKind, ...claim }));
  if (vin !== null) claims.push({ kind: "vin", ...vin });
  // These numbers stay with a person for life, so they are claimed for all the days asked about. (Not
  // from the birth date on: this column stands in the clear.)
  const forLife = { licence, "state-id": stateId, ssn } as const;
  for (const [kind, value] of Object.entries(forLife)) {
    if (value !== null) claims.push({ kind: kind as ClaimKind, value, from: answers.period.from, to: null });
  }
  const { name, birthDate } = answers.you;
  for (const one of byName === null ? [] : new Set([name, ...byName.otherNames])) {
    claims.push({ kind: "person", value: personClaim(one, birthDate), from: answers.period.from, to: null });
  }
  for (const [position, { kind, value, from, to }] of claims.entries()) {
    const id = newId();
    await tx.identifier.create({
      data: {
        id,
        requestId: request.id,
        position,
        kind,
        valueSealed: await portal.vault.seal(request.keyId, identifierPlace(id), value),
        tag: await tagOfClaim(portal, kind, value),
        claimedFrom: toDbDate(from),
        claimedTo: to === null ? null : toDbDate(to),
      },
    });
  }
}

interface OpenedCase {
  readonly id: string;
  readonly number: string;
  readonly agency: Agency;
  readonly rule: string;
  readonly receivedOn: LocalDate;
  /** The event that started the clock. */
  readonly eventId: string;
}

/** The clock starts on the day that it is at the agency, whatever the day is elsewhere. */
async function openCases(
  portal: Portal,
  tx: Transaction,
  requestId: string,
  number: string,
  agencies: readonly Agency[],
  law: Law,
): Promise<OpenedCase[]> {
  const now = portal.time.now();
  const cases = agencies.map((agency, index): OpenedCase => {
    const receivedOn = localDate(now, agency.zone);
    const { rule } = law.dutyOf(agency.kind, "copy-of-access-log", receivedOn);
    return { id: newId(), number: caseNumber(number, index), agency, rule, receivedOn, eventId: newId() };
  });
  await tx.case.createMany({
    data: cases.map(({ id, agency, rule, number: own }) => ({
      id,
      requestId,
      agencyId: agency.id,
      number: own,
      rule,
      openedAt: now,
    })),
  });
  await tx.clockEvent.createMany({
    data: cases.map(({ id, eventId, receivedOn }) => ({
      id: eventId,
      caseId: id,
      kind: "received",
      on: toDbDate(receivedOn),
      recordedAt: now,
    })),
  });
  return cases;
}

/** The first letter of each case: when the agency must act, and how that was worked out. */
async function acknowledge(
  portal: Portal,
  tx: Transaction,
  { keyId }: OpenRequest,
  answers: WholeAnswers,
  cases: readonly OpenedCase[],
  law: Law,
): Promise<ToResident["papers"]> {
  const resident = { residentName: answers.you.name, locale: answers.contact.locale };
  const papers: { caseId: string; letterId: string }[] = [];
  for (const one of cases) {
    const letterId = await sendAcknowledgement(portal, tx, { ...one, ...resident, keyId }, law);
    papers.push({ caseId: one.id, letterId });
  }
  return papers;
}

/** A letter that says a number and nothing else; on paper the first letter of each case. */
async function confirm(
  portal: Portal,
  tx: Transaction,
  { id, residentId }: OpenRequest,
  number: string,
  contact: ContactAnswer,
  papers: ToResident["papers"],
): Promise<void> {
  await writeToResident(portal, tx, {
    to: { residentId, contact, locale: contact.locale },
    letter: "request-received",
    params: { number, link: `${portal.config.url}/request/${id}` },
    about: { type: "request", id },
    papers,
  });
}

async function recordFiling(
  portal: Portal,
  tx: Transaction,
  actor: AccountActor,
  request: OpenRequest,
  cases: readonly OpenedCase[],
) {
  const about = { residentId: request.residentId, requestId: request.id };
  for (const { id, agency, rule } of cases) {
    await appendLedger(portal, tx, {
      actor: { kind: "system", id: "file-request" },
      act: "case.created",
      thing: { type: "case", id },
      ...about,
      caseId: id,
      agencyId: agency.id,
      detail: { rule },
    });
  }
  await appendLedger(portal, tx, {
    actor: asLedgerActor(actor, "resident"),
    act: "request.filed",
    thing: { type: "request", id: request.id },
    ...about,
    detail: { cases: cases.length },
  });
}
