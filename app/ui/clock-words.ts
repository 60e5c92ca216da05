/** The words for a clock's days, stretches and refusals, whoever reads them. */
import type { Mark, MarkKind, Stretch } from "#app/law/clock-marks.ts";
import type { ClockView } from "#app/law/clock-view.ts";
import type { EventKind } from "#app/law/event.ts";
import type { RefusalCode } from "#app/law/refusal.ts";
import type { InForce, Stop } from "#app/law/rule.ts";
import type { Evidence } from "#app/law/words.ts";
import { formatMoment } from "./format.ts";
import type { Message, WordKey, Words } from "./words/words.ts";

/** For whom a clock is shown: the one who asked, the agency that must answer, or anyone who works one out. */
export type ClockReader = "resident" | "agency" | "anyone";

const ASKED = {
  identity: "clock.lineAskedIdentity",
  information: "clock.lineAskedInformation",
  fee: "clock.lineAskedFee",
  ground: "clock.lineAskedGround",
} as const satisfies Record<Stop, WordKey>;

const CAME = {
  identity: "clock.lineCameIdentity",
  information: "clock.lineCameInformation",
  fee: "clock.lineCameFee",
  ground: "clock.lineCameGround",
} as const satisfies Record<Stop, WordKey>;

const WAITS = {
  identity: "clock.waitIdentity",
  information: "clock.waitInformation",
  fee: "clock.waitFee",
  ground: "clock.waitGround",
} as const satisfies Record<Stop, WordKey>;

/** Of the days that a picture shows. */
const SHORT = {
  received: "clock.shortReceived",
  stopped: "clock.shortStopped",
  "went-on": "clock.shortWentOn",
  restarted: "clock.shortRestarted",
  extended: "clock.shortExtended",
  "notice-due": "clock.shortNoticeDue",
  target: "clock.shortTarget",
  today: "clock.shortToday",
  due: "clock.shortDue",
  latest: "clock.shortLatest",
  answered: "clock.shortAnswered",
} as const satisfies Record<ShortKind, WordKey>;

/** How sure we are of a fact of the law, in words. */
export const EVIDENCE_WORDS = {
  V: "clock.evidenceV",
  S: "clock.evidenceS",
  B: "clock.evidenceB",
  "B-": "clock.evidenceB",
  "?": "clock.evidenceOpen",
} as const satisfies Record<Evidence, WordKey>;

export const KIND_WORDS = {
  received: "clock.kindReceived",
  extended: "clock.kindExtended",
  "identity-asked": "clock.kindIdentityAsked",
  "identity-received": "clock.kindIdentityReceived",
  "information-asked": "clock.kindInformationAsked",
  "information-received": "clock.kindInformationReceived",
  "fee-asked": "clock.kindFeeAsked",
  "fee-paid": "clock.kindFeePaid",
  paused: "clock.kindPaused",
  resumed: "clock.kindResumed",
  answered: "clock.kindAnswered",
} as const satisfies Record<EventKind, WordKey>;

type ShortKind = Exclude<MarkKind, "asked" | "complain">;

export type ShownMark = Mark & { readonly kind: ShortKind };

/** Whether a picture shows a day: not what left the clock as it was, nor the day after the last one. */
export function isShown(mark: Mark): mark is ShownMark {
  return Object.hasOwn(SHORT, mark.kind);
}

/** The two or three words that a picture has room for. */
export function shortTitle({ kind }: ShownMark, { t }: Words): string {
  return t(SHORT[kind]);
}

type Read = Pick<ClockView, "who" | "duty" | "trigger">;

/** A day of the clock as a line of the list. */
export function lineTitle(mark: Mark, view: Read, reader: ClockReader, { t }: Words): string {
  const { kind, stop = "ground" } = mark;
  switch (kind) {
    case "received":
      return reader === "resident" ? t("clock.lineReceived") : t("clock.lineStarts", { trigger: view.trigger });
    case "asked":
    case "stopped":
      return t(ASKED[stop]);
    case "went-on":
    case "restarted":
      return t(CAME[stop]);
    case "extended":
      return t("clock.lineExtended");
    case "notice-due":
      return t(mark.state === "done" ? "clock.lineNoticeOver" : "clock.lineNoticeDue");
    case "target":
      return t("clock.lineTarget");
    case "today":
      return t("clock.lineToday");
    case "due":
      return t(dueLine(mark, view));
    case "latest":
      return t("clock.lineLatest");
    case "answered":
      return t(view.who === "agency" && view.duty === "act-by" ? "clock.lineAnswered" : "clock.lineDone");
    case "complain":
      return t(reader === "agency" ? "clock.lineComplainAgency" : "clock.lineComplain");
  }
}

function dueLine({ state }: Mark, { who, duty }: Read) {
  if (duty === "keep-through") return "clock.lineDueKeep";
  if (who === "resident") return "clock.lineDueResident";
  if (state === "late") return "clock.lineDuePassed";
  return state === "done" ? "clock.lineDueKept" : "clock.lineDue";
}

/** A stretch on which the clock stood still, as a line of its own. */
export function stretchLine({ stop, from, to, how, length }: Stretch, { t, locale }: Words): string {
  const what = t(WAITS[stop]);
  const days = { from: formatMoment(from, locale), what };
  if (to === null) return t(how === "paused" ? "clock.stretchPausedOpen" : "clock.stretchWaitingOpen", days);
  const both = { ...days, to: formatMoment(to, locale) };
  if (how === "waiting") return t("clock.stretchWaiting", both);
  return t("clock.stretchPaused", { ...both, length: length ?? "" });
}

/** "from January 1, 2026 on" */
export function periodText({ from, to }: InForce, { t, locale }: Words): string {
  const days = { from: from ? formatMoment(from, locale) : "", to: to ? formatMoment(to, locale) : "" };
  if (from && to) return t("clock.periodBoth", days);
  if (from) return t("clock.periodFrom", days);
  return to ? t("clock.periodTo", days) : t("clock.periodAlways");
}

const REFUSED = {
  "invalid-date": "clock.refusedInvalidDate",
  "invalid-hour": "clock.refusedInvalidHour",
  "invalid-month-day": "clock.refusedOther",
  "out-of-range": "clock.refusedOutOfRange",
  "unknown-rule": "clock.refusedUnknownRule",
  "unknown-change": "clock.refusedOther",
  "not-in-force": "clock.refusedNotInForce",
  "unknown-kind": "clock.refusedUnknownKind",
  "no-trigger": "clock.refusedNoTrigger",
  "second-trigger": "clock.refusedSecondTrigger",
  "before-receipt": "clock.refusedBeforeReceipt",
  "already-answered": "clock.refusedAlreadyAnswered",
  "not-extendable": "clock.refusedNotExtendable",
  "not-pausable": "clock.refusedNotPausable",
  "calendar-not-accepted": "clock.refusedCalendar",
  "extended-late": "clock.refusedExtendedLate",
  "extended-twice": "clock.refusedExtendedTwice",
  "extension-too-long": "clock.refusedTooLong",
  "ground-not-allowed": "clock.refusedGround",
  "not-begun": "clock.refusedNotBegun",
  "already-begun": "clock.refusedAlreadyBegun",
} as const satisfies Record<RefusalCode, WordKey>;

/** What was given, where it is no text as typed. */
const GIVEN: Partial<Record<RefusalCode, (given: string, words: Words) => string>> = {
  "out-of-range": (day, { locale }) => formatMoment(day, locale),
  "invalid-hour": (moment) => moment.split("T")[1] ?? moment,
};

/** Parameters that name a day, and those that name a kind of event. */
const DAYS: readonly string[] = ["on", "first", "by", "answered"];
const KINDS: readonly string[] = ["begins", "ends"];

/**
 * What the law's arithmetic refuses, with days and events named as people name them.
 * @param inForce when the rule applies, for the refusal that says so
 */
export function lawRefusalMessage(
  { code, params }: { readonly code: RefusalCode; readonly params: Readonly<Record<string, string>> },
  words: Words,
  inForce: InForce = { from: null, to: null },
): Message {
  const said = Object.entries(params).map(([name, value]) => [name, sayParam(name, value, words)]);
  const given = GIVEN[code]?.(params["given"] ?? "", words);
  if (given !== undefined) said.push(["given", given]);
  return { key: REFUSED[code], params: { ...Object.fromEntries(said), period: periodText(inForce, words) } };
}

function sayParam(name: string, value: string, { t, locale }: Words): string {
  if (DAYS.includes(name)) return formatMoment(value, locale);
  return KINDS.includes(name) && isKind(value) ? t(KIND_WORDS[value]) : value;
}

function isKind(text: string): text is EventKind {
  return Object.hasOwn(KIND_WORDS, text);
}
