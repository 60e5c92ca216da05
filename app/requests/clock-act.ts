/**
 * What a clerk or a supervisor may do with a case's clock today, and why not. Pure.
 *
 * The law's arithmetic has the last word on every event; what stands here says beforehand, in one
 * sentence, what it would refuse, and keeps out what would rewrite the past.
 */
import type { Clock } from "#app/law/clock.ts";
import { BEGINS, ENDS, type EventKind, isEventKind } from "#app/law/event.ts";
import type { LocalDate } from "#app/law/local-date.ts";
import { listPauseGrounds, type Rule, type Stop } from "#app/law/rule.ts";
import type { Dated } from "./case-clock.ts";

export const CLOCK_ACTS = [
  "extend",
  "ask-identity",
  "ask-information",
  "ask-fee",
  "record-identity",
  "record-information",
  "record-fee",
  "pause",
  "resume",
  "determination",
  "denial",
] as const;
export type ClockAct = (typeof CLOCK_ACTS)[number];

/** What an agency may ask the resident for. */
export const ASKED = ["identity", "information", "fee"] as const;
export type Asked = (typeof ASKED)[number];

/** The event that each act records. */
export const EVENT_OF_ACT = {
  extend: "extended",
  "ask-identity": "identity-asked",
  "ask-information": "information-asked",
  "ask-fee": "fee-asked",
  "record-identity": "identity-received",
  "record-information": "information-received",
  "record-fee": "fee-paid",
  pause: "paused",
  resume: "resumed",
  determination: "answered",
  denial: "answered",
} as const satisfies Record<ClockAct, EventKind>;

/** The clock as it stands. */
export interface Standing {
  /** In the version that binds the case. */
  readonly rule: Rule;
  readonly clock: Clock;
  readonly events: readonly Dated[];
  /** At the agency. */
  readonly today: LocalDate;
}

/** Why an act is not possible: the key of a sentence, and what stands in it. Days are YYYY-MM-DD. */
export interface WhyNot {
  readonly key: `letters.${WhyNotCode}`;
  readonly params: Readonly<Record<string, string>>;
}

type WhyNotCode =
  | "whyAnswered"
  | "whyNoExtension"
  | "whyExtendedOnce"
  | "whyNoticeLate"
  | "whyAsked"
  | "whyNotAsked"
  | "whyNoPause"
  | "whyPaused"
  | "whyPauseLate"
  | "whyNotPaused"
  | "whyNoDetermination"
  | "whyNoDenial";

/** Every act, in the order in which a page offers them; `whyNot` is null for what is possible today. */
export function listClockActs(standing: Standing): { readonly act: ClockAct; readonly whyNot: WhyNot | null }[] {
  return CLOCK_ACTS.map((act) => ({ act, whyNot: whyNot(act, standing) }));
}

/** Why this act is not possible today; null when it is. */
export function whyNot(act: ClockAct, standing: Standing): WhyNot | null {
  const { answeredOn } = standing.clock;
  if (answeredOn !== null) return no("whyAnswered", { date: answeredOn });
  switch (act) {
    case "extend":
      return whyNotExtend(standing);
    case "pause":
      return whyNotPause(standing);
    case "resume":
      return findOpen(standing.events, "ground") ? null : no("whyNotPaused");
    case "determination":
      return isPublicRecords(standing.rule) ? null : no("whyNoDetermination", { cite: standing.clock.cite });
    case "denial":
      return isPublicRecords(standing.rule) || isOwnRecords(standing.rule)
        ? null
        : no("whyNoDenial", { cite: standing.clock.cite });
    default:
      return whyNotAsk(act, standing);
  }
}

function whyNotExtend({ rule, clock, today }: Standing): WhyNot | null {
  if (!rule.extension) return no("whyNoExtension", { cite: clock.cite });
  if (clock.extendedOn !== null) {
    return no("whyExtendedOnce", { cite: rule.extension.cite, date: clock.extendedOn });
  }
  // While the period does not run, its end has not come.
  if (clock.stoppedSince === null && clock.noticeDue !== null && today > clock.noticeDue) {
    return no("whyNoticeLate", { date: clock.noticeDue });
  }
  return null;
}

function whyNotPause({ rule, clock, events, today }: Standing): WhyNot | null {
  if (listPauseGrounds(rule, clock.receivedOn).length === 0) return no("whyNoPause", { cite: clock.cite });
  const since = findOpen(events, "ground");
  if (since) return no("whyPaused", { date: since });
  // A day of the past could be named: it would take back that the agency was late.
  return clock.stoppedSince === null && today > clock.due ? no("whyPauseLate", { date: clock.due }) : null;
}

type Question = Exclude<ClockAct, "extend" | "pause" | "resume" | "determination" | "denial">;

function whyNotAsk(act: Question, { events }: Standing): WhyNot | null {
  const since = findOpen(events, askedBy(act));
  if (act.startsWith("ask-")) return since ? no("whyAsked", { date: since }) : null;
  return since ? null : no("whyNotAsked");
}

/** What an act asks for, or records the arrival of. */
export function askedBy(act: Question): Asked {
  return ASKED.find((asked) => act.endsWith(asked)) ?? "information";
}

/** Since when something that was asked for, or that the law waits for, is open; null when it is not. */
export function findOpen(events: readonly Dated[], stop: Stop): LocalDate | null {
  let open: LocalDate | null = null;
  for (const { kind, on } of events.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
    if (!isEventKind(kind)) continue;
    if (BEGINS[kind] === stop) open = on;
    if (ENDS[kind] === stop) open = null;
  }
  return open;
}

/** Gov. Code § 7922.535(a): the answer is a decision, told with its reasons. */
export function isPublicRecords(rule: Pick<Rule, "id">): boolean {
  return rule.id === "ca.cpra.determination";
}

/** Civ. Code § 1798.34: the answer is the record itself, or the statement of § 1798.41(a). */
export function isOwnRecords(rule: Pick<Rule, "id">): boolean {
  return rule.id === "ca.ipa.access" || rule.id === "ca.ipa.access.60" || rule.id === "ca.ipa.accounting.inspect";
}

function no(code: WhyNotCode, params: Readonly<Record<string, string>> = {}): WhyNot {
  return { key: `letters.${code}`, params };
}
