/** How each code of a complaint is said. */
import type { EventKind, Finding, State } from "#app/complaints/complaint.ts";
import type { Basis, Want } from "#app/complaints/dispute.ts";
import type { Field } from "#app/histories/history.ts";
import type { WordKey, Words } from "../words/words.ts";

export const STATE_WORDS = {
  received: "complaint.stateReceived",
  acknowledged: "complaint.stateAcknowledged",
  "inquiry-opened": "complaint.stateInquiryOpened",
  finding: "complaint.stateFinding",
  appealed: "complaint.stateAppealed",
  closed: "complaint.stateClosed",
  withdrawn: "complaint.stateWithdrawn",
} as const satisfies Readonly<Record<State, WordKey>>;

export const EVENT_WORDS = {
  received: "complaint.eventReceived",
  acknowledged: "complaint.eventAcknowledged",
  "inquiry-opened": "complaint.eventInquiryOpened",
  finding: "complaint.eventFinding",
  appealed: "complaint.eventAppealed",
  closed: "complaint.eventClosed",
  withdrawn: "complaint.eventWithdrawn",
  "officer-left": "complaint.eventOfficerLeft",
  note: "complaint.eventNote",
} as const satisfies Readonly<Record<EventKind, WordKey>>;

/** What the resident may expect in each state. */
export const NEXT_WORDS = {
  received: "complaint.nextReceived",
  acknowledged: "complaint.nextAcknowledged",
  "inquiry-opened": "complaint.nextInquiryOpened",
  finding: "complaint.nextFinding",
  appealed: "complaint.nextAppealed",
  closed: "complaint.nextClosed",
  withdrawn: "complaint.nextWithdrawn",
} as const satisfies Readonly<Record<State, WordKey>>;

/** As an intake officer chooses it. */
export const MOVE_WORDS = {
  received: "complaint.eventReceived",
  acknowledged: "complaint.moveAcknowledged",
  "inquiry-opened": "complaint.moveInquiryOpened",
  finding: "complaint.moveFinding",
  appealed: "complaint.moveAppealed",
  closed: "complaint.moveClosed",
  withdrawn: "complaint.eventWithdrawn",
  "officer-left": "complaint.moveOfficerLeft",
  note: "complaint.moveNote",
} as const satisfies Readonly<Record<EventKind, WordKey>>;

export const FINDING_WORDS = {
  sustained: "complaint.findingSustained",
  "not-sustained": "complaint.findingNotSustained",
  exonerated: "complaint.findingExonerated",
  unfounded: "complaint.findingUnfounded",
} as const satisfies Readonly<Record<Finding, WordKey>>;

export const WANT_WORDS = {
  explanation: "complaint.wantExplanation",
  correction: "complaint.wantCorrection",
  discipline: "complaint.wantDiscipline",
  safety: "complaint.wantSafety",
} as const satisfies Readonly<Record<Want, WordKey>>;

export const BASIS_WORDS = {
  employer: "complaint.basisEmployer",
  "not-here": "complaint.basisNotHere",
  "not-shown": "complaint.basisNotShown",
} as const satisfies Readonly<Record<Basis, WordKey>>;

/** The columns of a look-up, in reading order. */
export const FIELD_WORDS = {
  at: "complaint.fieldAt",
  system: "complaint.fieldSystem",
  agency: "complaint.fieldAgency",
  user: "complaint.fieldUser",
  searchedBy: "complaint.fieldSearchedBy",
  purpose: "complaint.fieldPurpose",
  caseNumber: "complaint.fieldCaseNumber",
  scope: "complaint.fieldScope",
} as const satisfies Readonly<Record<Field, WordKey>>;

type Codes = Readonly<Record<string, WordKey>>;

/** The parameters of a refused move, which are codes, as words. */
export function sayMoveParams(
  params: Readonly<Record<string, string | number>>,
  { t, say }: Words,
): Record<string, string> {
  const word = (codes: Codes, code: string) => (codes[code] ? say({ key: codes[code] }) : code);
  const next = String(params["next"] ?? "");
  return {
    state: word(STATE_WORDS, String(params["state"])),
    move: word(EVENT_WORDS, String(params["move"])),
    next:
      next === ""
        ? t("complaint.refusedMoveNone")
        : next
            .split(" ")
            .map((code) => word(EVENT_WORDS, code))
            .join("; "),
  };
}
