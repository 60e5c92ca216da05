/** The letters of a case, as they were sent. */
import type { AccountActor, Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { requireNoFreeze } from "#app/people/freeze.server.ts";
import { hasMailboxAlone, MailboxAlone } from "#app/people/own-browser.ts";
import { isId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { LocalDate } from "#app/platform/time/local-date.ts";
import { getLaw } from "#app/registry/law-in-force.server.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import { listClockSteps } from "./case-clock.ts";
import { appendCaseLedger, type CaseFile, getCaseFile, toStoredEvent } from "./case-file.server.ts";
import { openOwnRequest } from "./draft.server.ts";
import { LETTER_KINDS, type LetterKind, type LetterText } from "./letter.ts";
import { letterPlace } from "./send-draft.server.ts";

/** A letter in a list, with what the clock did when it was sent. */
export interface ListedLetter {
  readonly id: string;
  readonly kind: LetterKind;
  readonly at: Date;
  readonly agencyName: string;
  readonly zone: string;
  /** The event that it tells of, with the safe date before and after; `dueBefore` null: the first date. */
  readonly event: { readonly kind: string; readonly dueBefore: LocalDate | null; readonly due: LocalDate } | null;
}

/** A letter, opened. */
export interface OpenLetter extends LetterText {
  readonly id: string;
  readonly kind: LetterKind;
  readonly locale: "en" | "es";
  readonly at: Date;
}

/**
 * The letters of a resident's own request, newest first. Their words stay sealed: opening one is an act of
 * its own, and the page that lists them is in the ledger already.
 * @throws NotFound for another's request as for none
 */
export async function listLettersForResident(
  portal: Portal,
  actor: AccountActor,
  requestId: string,
): Promise<ListedLetter[]> {
  const request = await openOwnRequest(portal, actor, "request.read", requestId);
  const [agencies, law] = await Promise.all([listAgencies(portal), getLaw(portal)]);
  const cases = await portal.db.case.findMany({
    where: { requestId: request.id },
    include: { clock: { orderBy: [{ on: "asc" }, { recordedAt: "asc" }] }, letters: true },
  });
  const listed = cases.flatMap((row) => {
    const agency = agencies.find(({ id }) => id === row.agencyId);
    if (!agency) throw new Error(`case ${row.id} is of an agency that is not registered`);
    const steps = listClockSteps({ rule: row.rule, agency, law, clock: row.clock.map(toStoredEvent) });
    return row.letters.map(({ id, kind, at, eventId }): ListedLetter => {
      const step = steps.find(({ event }) => event.id === eventId);
      const event = step ? { kind: step.event.kind, dueBefore: step.dueBefore, due: step.due } : null;
      return { id, kind: toKind(kind), at, agencyName: agency.name, zone: agency.zone, event };
    });
  });
  return listed.sort((a, b) => b.at.getTime() - a.at.getTime());
}

/** One letter to a resident, word for word, for the resident; that it was opened goes into the ledger. */
export interface ResidentLetter extends OpenLetter {
  readonly number: string;
  readonly agencyName: string;
  readonly zone: string;
}

const DECISIONS: readonly LetterKind[] = ["determination", "denial"];

/**
 * @throws NotFound for another's letter as for none, and for a letter of another request
 * @throws Refused `release.frozen`
 */
export async function getLetterForResident(
  portal: Portal,
  actor: Actor,
  input: { readonly requestId: string; readonly letterId: string },
): Promise<ResidentLetter> {
  if (!isId(input.letterId) || !isId(input.requestId)) throw new NotFound("letter");
  const row = await portal.db.letter.findFirst({
    where: { id: input.letterId, case: { requestId: input.requestId } },
  });
  if (!row) throw new NotFound("letter");
  const file = await getCaseFile(portal, row.caseId);
  authorise(actor, "request.read", file.facts);
  // What an agency has decided is an answer; what it asks of a resident, to prove who is asking, is none.
  if (DECISIONS.includes(toKind(row.kind))) {
    if (hasMailboxAlone(actor, file.facts)) throw new MailboxAlone();
    await requireNoFreeze(portal, file.residentId, file.agency.zone);
  }
  const letter = await openLetter(portal, row);
  await inTransaction(portal, (tx) =>
    appendCaseLedger(portal, tx, actor, file, { act: "letter.read", thing: { type: "letter", id: row.id } }),
  );
  const { number, agency } = file;
  return { ...letter, number, agencyName: agency.name, zone: agency.zone };
}

/** All letters of a case, opened, newest first. Callers authorise. */
export async function openLetters(portal: Portal, file: Pick<CaseFile, "id">): Promise<OpenLetter[]> {
  const rows = await portal.db.letter.findMany({ where: { caseId: file.id }, orderBy: { at: "desc" } });
  return Promise.all(rows.map((row) => openLetter(portal, row)));
}

async function openLetter(
  portal: Pick<Portal, "vault">,
  row: {
    readonly id: string;
    readonly kind: string;
    readonly locale: string;
    readonly keyId: string;
    readonly bodySealed: Uint8Array;
    readonly at: Date;
  },
): Promise<OpenLetter> {
  const body = await portal.vault.openText(row.keyId, letterPlace(row.id), row.bodySealed);
  const { subject, text } = JSON.parse(body) as LetterText;
  return { id: row.id, kind: toKind(row.kind), locale: row.locale === "es" ? "es" : "en", at: row.at, subject, text };
}

function toKind(text: string): LetterKind {
  const kind = LETTER_KINDS.find((one) => one === text);
  if (!kind) throw new Error("A letter was filed as something that there is not.");
  return kind;
}
