/** What acts, events and letters of a clock are called. */
import type { EventKind } from "#app/law/event.ts";
import type { Unit } from "#app/law/local-date.ts";
import type { ClockAct } from "#app/requests/clock-act.ts";
import type { LetterKind } from "#app/requests/letter.ts";
import type { WordKey } from "../words/words.ts";

export const ACT_WORDS = {
  extend: "letters.actExtend",
  "ask-identity": "letters.actAskIdentity",
  "ask-information": "letters.actAskInformation",
  "ask-fee": "letters.actAskFee",
  "record-identity": "letters.actRecordIdentity",
  "record-information": "letters.actRecordInformation",
  "record-fee": "letters.actRecordFee",
  pause: "letters.actPause",
  resume: "letters.actResume",
  determination: "letters.actDetermination",
  denial: "letters.actDenial",
} as const satisfies Readonly<Record<ClockAct, WordKey>>;

export const EVENT_WORDS = {
  received: "letters.eventReceived",
  extended: "letters.eventExtended",
  "identity-asked": "letters.eventIdentityAsked",
  "identity-received": "letters.eventIdentityReceived",
  "information-asked": "letters.eventInformationAsked",
  "information-received": "letters.eventInformationReceived",
  "fee-asked": "letters.eventFeeAsked",
  "fee-paid": "letters.eventFeePaid",
  paused: "letters.eventPaused",
  resumed: "letters.eventResumed",
  answered: "letters.eventAnswered",
} as const satisfies Readonly<Record<EventKind, WordKey>>;

export const LETTER_WORDS = {
  acknowledgement: "letters.kindAcknowledgement",
  extension: "letters.kindExtension",
  question: "letters.kindQuestion",
  pause: "letters.kindPause",
  determination: "letters.kindDetermination",
  denial: "letters.kindDenial",
  identity: "identity.letterKind",
} as const satisfies Readonly<Record<LetterKind, WordKey>>;

export const UNIT_WORDS = {
  days: "letters.unitDays",
  "working-days": "letters.unitWorkingDays",
  months: "letters.unitMonths",
  years: "letters.unitYears",
  hours: "letters.unitHours",
} as const satisfies Readonly<Record<Unit, WordKey>>;
