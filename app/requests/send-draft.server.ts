import type { Clock } from "#app/law/clock.ts";
import type { Rule } from "#app/law/rule.ts";
import type { Actor } from "#app/people/actor.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate, toDbDate } from "#app/platform/time/local-date.ts";
import { computeClock, previewEvent } from "./case-clock.ts";
import {
  appendCaseLedger,
  asRefused,
  type CaseFile,
  getCaseFile,
  type NewClockEvent,
  recordClockEvent,
} from "./case-file.server.ts";
import { type ClockAct, EVENT_OF_ACT, type Standing, whyNot } from "./clock-act.ts";
import { digestOfLetter, LETTER_TEMPLATES, type LetterTemplate, type LetterText } from "./letter.ts";
import { type Said, writeCaseLetter } from "./write-letter.server.ts";
import { tellResident } from "./write-to-resident.server.ts";

/** An event that the law allows, with the clock before and after it. */
export interface TriedEvent {
  readonly file: CaseFile;
  readonly event: NewClockEvent;
  readonly before: Clock;
  readonly after: Clock;
}

/** An act on a clock, worked out and put into a letter, and not yet done. */
export interface Draft extends TriedEvent {
  readonly template: LetterTemplate;
  readonly letter: LetterText;
  readonly digest: string;
}

/** What a draft is made from: the case, its clock, and the day. */
export interface OpenClock {
  readonly file: CaseFile;
  readonly rule: Rule;
  readonly clock: Clock;
  readonly today: LocalDate;
}

export function standingOf(portal: Pick<Portal, "time">, file: CaseFile): Standing & OpenClock {
  const clock = computeClock(file);
  return {
    file,
    rule: file.law.getRule(file.rule, file.receivedOn),
    clock,
    events: file.clock,
    today: localDate(portal.time.now(), file.agency.zone),
  };
}

/** @throws Refused with the sentence that says why the act is not possible today */
export function requirePossible(portal: Pick<Portal, "time">, file: CaseFile, act: ClockAct): OpenClock {
  const standing = standingOf(portal, file);
  const why = whyNot(act, standing);
  if (why) throw new Refused(why.key, `This clock allows no “${act}” today.`, why.params);
  return standing;
}

/** The event of an act with the clock before and after it. @throws Refused when the law allows no such event */
export function tryEvent(
  { file }: OpenClock,
  act: ClockAct,
  event: Pick<NewClockEvent, "on" | "length" | "ground" | "promisedFor">,
): TriedEvent {
  const tried: NewClockEvent = { ...event, caseId: file.id, kind: EVENT_OF_ACT[act] };
  try {
    return { file, event: tried, ...previewEvent(file, tried) };
  } catch (error) {
    throw asRefused(error);
  }
}

/** @param said what the letter says, in words of the resident's language */
export async function draftLetter<T extends LetterTemplate>(
  portal: Portal,
  tried: TriedEvent,
  template: T,
  said: Said<T>,
): Promise<Draft> {
  const letter = await writeCaseLetter(portal, tried.file, template, said);
  return { ...tried, template, letter, digest: digestOfLetter(tried.file.id, letter) };
}

/** The file of a case that nobody else moves until the commit. Callers authorise. */
export async function lockCaseFile(portal: Portal, tx: Transaction, caseId: string): Promise<CaseFile> {
  await tx.$executeRaw`SELECT id FROM "case" WHERE id = ${caseId}::uuid FOR UPDATE`;
  return getCaseFile(portal, caseId);
}

/** What was confirmed: exactly these words. */
export interface Confirmed {
  readonly caseId: string;
  /** Of the letter that was read before confirming. */
  readonly digest: string;
}

/**
 * Does what was drafted under the case's lock: event, letter, notice of a new date, mail, ledger.
 * @throws Refused `letters.refusedChanged` when the letter is not, word for word, the one that was confirmed
 */
export async function sendDraft(
  portal: Portal,
  tx: Transaction,
  actor: Actor,
  draft: Draft,
  done: {
    readonly digest: string;
    readonly act: string;
    readonly groupId?: string | undefined;
    readonly detail?: Readonly<Record<string, string>>;
  },
): Promise<{ readonly letterId: string }> {
  const { file, event, template, letter } = draft;
  if (draft.digest !== done.digest) {
    throw new Refused("letters.refusedChanged", "The letter has changed since it was read. Read it again.");
  }
  const by = actor.kind === "account" ? actor.accountId : null;
  const { groupId } = done;
  const { id: eventId, clock } = await recordClockEvent(portal, tx, {
    ...event,
    ...(by !== null && { by }),
    ...(groupId !== undefined && { groupId }),
  });
  const letterId = await storeLetter(portal, tx, file, { template, letter, eventId, by });
  if (clock.due !== draft.before.due) {
    await recordTold(portal, tx, { caseId: file.id, kind: "extended", eventId, due: clock.due });
  }
  await tellResident(
    portal,
    tx,
    file,
    "something-ready",
    { link: `${portal.config.url}/request/${file.requestId}` },
    letterId,
  );
  await appendCaseLedger(portal, tx, actor, file, {
    act: done.act,
    thing: { type: "letter", id: letterId },
    detail: {
      event: event.kind,
      on: event.on,
      due: clock.due,
      ...(event.length !== undefined && { length: event.length }),
      ...(event.ground !== undefined && { ground: event.ground }),
      ...(event.promisedFor !== undefined && { promised: event.promisedFor }),
      ...(groupId !== undefined && { group: groupId }),
      ...done.detail,
    },
  });
  return { letterId };
}

export const letterPlace = (row: string) => ({ table: "letter", column: "body_sealed", row });

/** Keeps a letter as it was sent, sealed. @returns its id */
export async function storeLetter(
  portal: Portal,
  tx: Transaction,
  file: Pick<CaseFile, "id" | "keyId" | "locale">,
  sent: {
    readonly template: LetterTemplate;
    readonly letter: LetterText;
    /** The clock event that it tells of; null: it tells of none. */
    readonly eventId: string | null;
    readonly by: string | null;
  },
): Promise<string> {
  const id = newId();
  const { subject, text } = sent.letter;
  await tx.letter.create({
    data: {
      id,
      caseId: file.id,
      kind: LETTER_TEMPLATES[sent.template].kind,
      locale: file.locale,
      keyId: file.keyId,
      bodySealed: await portal.vault.seal(file.keyId, letterPlace(id), JSON.stringify({ subject, text })),
      eventId: sent.eventId,
      by: sent.by,
      at: portal.time.now(),
    },
  });
  return id;
}

/** The resident has been told this date: whoever tells of dates later tells it no second time. */
export async function recordTold(
  portal: Pick<Portal, "time">,
  tx: Transaction,
  told: {
    readonly caseId: string;
    readonly kind: "acknowledged" | "extended";
    readonly eventId: string;
    readonly due: LocalDate;
  },
): Promise<void> {
  const { caseId, kind, eventId, due } = told;
  await tx.clockNotice.create({
    data: {
      id: newId(),
      caseId,
      kind,
      audience: "resident",
      eventId,
      due: toDbDate(due),
      dueBefore: null,
      at: portal.time.now(),
    },
  });
}
