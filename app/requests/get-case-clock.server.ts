import { isOverdue } from "#app/law/clock.ts";
import type { Citation } from "#app/law/exemptions.ts";
import { type Ground, listGrounds, listPauseGrounds } from "#app/law/rule.ts";
import type { Actor } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { LocalDate } from "#app/platform/time/local-date.ts";
import { type ClockStep, listClockSteps } from "./case-clock.ts";
import { targetAt } from "./case-dates.ts";
import { openCaseFile, recordRead, type StoredClockEvent } from "./case-file.server.ts";
import { ASKED, type Asked, findOpen, listClockActs, type Standing } from "./clock-act.ts";
import { missedDate } from "./clock-notice.ts";
import { listCitations } from "./letter-sentences.ts";
import { type OpenLetter, openLetters } from "./letters.server.ts";
import { standingOf } from "./send-draft.server.ts";

/** A case's clock as its agency works with it. */
export interface CaseClock extends Omit<Standing, "events"> {
  readonly caseId: string;
  readonly number: string;
  readonly agencyName: string;
  readonly zone: string;
  readonly overdue: boolean;
  /** By when the agency itself wants to have answered. */
  readonly target: LocalDate;
  /** A date that passed and moved afterwards (clock-notice.ts). */
  readonly missed: ReturnType<typeof missedDate>;
  /** By when records are promised that are not out yet, "YYYY-MM-DDTHH:MM" at the agency. */
  readonly promised: string | null;
  /** What happened, oldest first, each with what it did to the date. */
  readonly steps: readonly ClockStep<StoredClockEvent>[];
  readonly acts: ReturnType<typeof listClockActs>;
  /** The law's grounds for a case of this day of receipt. */
  readonly grounds: readonly Ground[];
  readonly pauseGrounds: readonly Ground[];
  /** On which laws the request, or a part of it, may be refused. */
  readonly citations: readonly Citation[];
  /** Since when each is asked for and has not come. */
  readonly openSince: Readonly<Record<Asked, LocalDate | null>>;
  /** Newest first. */
  readonly letters: readonly OpenLetter[];
}

/** Opening it goes into the ledger. @throws NotFound */
export async function getCaseClock(portal: Portal, actor: Actor, caseId: string): Promise<CaseClock> {
  const file = await openCaseFile(portal, actor, "case.run-clock", caseId);
  const { rule, clock, today, events } = standingOf(portal, file);
  const openSince = ASKED.map((asked) => [asked, findOpen(events, asked)]);
  const view = {
    caseId: file.id,
    number: file.number,
    agencyName: file.agency.name,
    zone: file.agency.zone,
    rule,
    clock,
    today,
    overdue: isOverdue(clock, today),
    target: targetAt(file.agency, file.law, clock),
    missed: missedDate(file.told),
    promised: file.promised,
    steps: listClockSteps(file),
    acts: listClockActs({ rule, clock, today, events }),
    grounds: listGrounds(rule, file.receivedOn),
    pauseGrounds: listPauseGrounds(rule, file.receivedOn),
    citations: listCitations({ file, rule }),
    openSince: Object.fromEntries(openSince) as CaseClock["openSince"],
    letters: await openLetters(portal, file),
  };
  await recordRead(portal, actor, file, "clock.read");
  return view;
}
