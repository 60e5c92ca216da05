import type { Law } from "#app/law/law.ts";
import { getAccount } from "#app/people/accounts.server.ts";
import { type AccountActor, asLedgerActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { hasMailboxAlone } from "#app/people/own-browser.ts";
import { notWalled } from "#app/people/walls.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { LocalDate } from "#app/platform/time/local-date.ts";
import type { Agency } from "#app/registry/agency.ts";
import { getLaw } from "#app/registry/law-in-force.server.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import { getCaseFile, tellOfRepresentative } from "./case-file.server.ts";
import { type CaseState, caseStateOf, STATE_OF_CASE } from "./case-state.server.ts";
import { listResidentNotices, missedDate, type ResidentNotice } from "./clock-notice.ts";
import type { ContactAnswer } from "./contact.ts";
import { getOwnContact } from "./contact-choice.server.ts";
import { circumstancesNow, type OpenRequest, openOwnRequest } from "./draft.server.ts";
import { type Answers, type Circumstances, nextStep, type WholeAnswers } from "./request.ts";
import type { Step } from "./sections.ts";

export interface MyCase extends Omit<CaseState, "told"> {
  readonly id: string;
  readonly number: string;
  readonly agency: Pick<Agency, "id" | "name" | "unit" | "address" | "zone" | "kind">;
  /** What the resident was told of the date, oldest first. */
  readonly notices: readonly ResidentNotice[];
  /** The safe date that was the first to be missed, wherever it has moved since; null when none was. */
  readonly missed: LocalDate | null;
}

/** One of the resident's requests, as the list shows it. */
export interface MyRequest {
  readonly id: string;
  /** Null while it is a draft. */
  readonly number: string | null;
  readonly startedAt: Date;
  readonly savedAt: Date;
  readonly filedAt: Date | null;
  /** For a draft: the page that comes next. */
  readonly next: Step | null;
  readonly cases: readonly MyCase[];
}

/** The requests of the one who asks, newest first: drafts and filed ones. */
export async function listMyRequests(portal: Portal, actor: AccountActor): Promise<MyRequest[]> {
  authorise(actor, "request.start");
  const rows = await portal.db.request.findMany({
    where: { residentId: actor.accountId, withdrawnAt: null, purgedAt: null, ...notWalled(actor) },
    include: { cases: { include: STATE_OF_CASE, orderBy: { number: "asc" } } },
    orderBy: { createdAt: "desc" },
  });
  const [agencies, law] = await Promise.all([agenciesById(portal), getLaw(portal)]);
  const circumstances = await circumstancesNow(portal);
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      number: row.number,
      startedAt: row.createdAt,
      savedAt: row.savedAt,
      filedAt: row.filedAt,
      next: row.filedAt ? null : nextStep((await openDraft(portal, actor, row.id)).answers, circumstances),
      cases: row.cases.map((one) => myCase(portal, one, agencies, law)),
    })),
  );
}

/** A draft, to go on with. */
export interface Draft {
  readonly id: string;
  readonly version: number;
  readonly filed: boolean;
  readonly answers: Answers;
  readonly circumstances: Circumstances;
  readonly next: Step;
  /** The address that the resident signs in with, and the only one that letters go to. */
  readonly email: string;
}

/** @throws NotFound for another's as for none */
export async function getDraft(portal: Portal, actor: AccountActor, requestId: string): Promise<Draft> {
  const { id, version, filedAt, answers } = await openDraft(portal, actor, requestId);
  const circumstances = await circumstancesNow(portal);
  const { email } = await getAccount(portal, actor.accountId);
  return {
    id,
    version,
    filed: filedAt !== null,
    answers,
    circumstances,
    next: nextStep(answers, circumstances),
    email,
  };
}

const openDraft = (portal: Portal, actor: AccountActor, requestId: string) =>
  openOwnRequest(portal, actor, "request.edit", requestId);

export interface FiledRequest {
  readonly id: string;
  readonly number: string;
  readonly filedAt: Date;
  readonly answers: WholeAnswers;
  /** The address that letters go to, if any are wanted; empty for who acts for the resident. */
  readonly email: string;
  /** Whether a mailbox is all that was shown here: what was found does not open. */
  readonly elsewhere: boolean;
  readonly cases: readonly MyCase[];
}

/**
 * The resident's own filed request with its cases and their clocks; null while it is a draft. The read
 * itself goes into the ledger, so that somebody else's use of the resident's session shows.
 * @throws NotFound for another's as for none
 */
export async function getRequestForResident(
  portal: Portal,
  actor: AccountActor,
  requestId: string,
): Promise<FiledRequest | null> {
  const request = await openOwnRequest(portal, actor, "request.read", requestId);
  if (!request.number || !request.filedAt) return null;
  const rows = await portal.db.case.findMany({
    where: { requestId: request.id },
    include: STATE_OF_CASE,
    orderBy: { number: "asc" },
  });
  const [agencies, law] = await Promise.all([agenciesById(portal), getLaw(portal)]);
  const cases = rows.map((row) => myCase(portal, row, agencies, law));
  // Who acts for a resident is not told where the resident gets mail.
  const email = actor.accountId === request.residentId ? (await getAccount(portal, actor.accountId)).email : "";
  await recordOwnRead(portal, actor, request, "request.read");
  return {
    id: request.id,
    number: request.number,
    filedAt: request.filedAt,
    // Filing keeps whole answers only (file-request.server.ts).
    answers: { ...(request.answers.whole as WholeAnswers), contact: await contactFor(portal, actor, request) },
    email,
    elsewhere: hasMailboxAlone(actor, request),
    cases,
  };
}

/** As chosen last. Who acts for the resident, or has shown a mailbox alone, is told neither an address nor whom else the resident trusts. */
async function contactFor(portal: Portal, actor: AccountActor, request: OpenRequest): Promise<ContactAnswer> {
  const isResident = actor.accountId === request.residentId && !hasMailboxAlone(actor, request);
  if (isResident) return getOwnContact(portal, actor, request.id);
  const { mode, locale } = (request.answers.whole as WholeAnswers).contact;
  return { mode, locale };
}

/** A resident's read of the resident's own things, or that of somebody who acts for the resident. */
export async function recordOwnRead(
  portal: Portal,
  actor: AccountActor,
  { id, residentId }: Pick<OpenRequest, "id" | "residentId">,
  act: string,
): Promise<void> {
  const isResident = actor.accountId === residentId;
  const [first] = await portal.db.case.findMany({ where: { requestId: id }, orderBy: { number: "asc" }, take: 1 });
  const file = first && !isResident ? await getCaseFile(portal, first.id) : null;
  await inTransaction(portal, async (tx) => {
    if (file) await tellOfRepresentative(portal, tx, actor, file, act);
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor, isResident ? "resident" : "representative"),
      act,
      thing: { type: "request", id },
      residentId,
      requestId: id,
    });
  });
}

async function agenciesById(portal: Portal): Promise<Map<string, Agency>> {
  return new Map((await listAgencies(portal)).map((agency) => [agency.id, agency]));
}

type CaseRow = Parameters<typeof caseStateOf>[1] & { id: string; number: string; agencyId: string };

function myCase(portal: Portal, row: CaseRow, agencies: ReadonlyMap<string, Agency>, law: Law): MyCase {
  const agency = agencies.get(row.agencyId);
  if (!agency) throw new Error(`case ${row.id} is of an agency that is not registered`);
  const { id, name, unit, address, zone, kind } = agency;
  const { told, ...state } = caseStateOf(portal, row, agency, law);
  return {
    id: row.id,
    number: row.number,
    agency: { id, name, unit, address, zone, kind },
    notices: listResidentNotices(told),
    missed: missedDate(told),
    ...state,
  };
}
