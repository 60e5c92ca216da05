/** A rule as people read it, in one language: what it asks, how sure we are of it, and what may change it. */
import type { LawText } from "./clock-view.ts";
import { sayLaw } from "./clock-view.ts";
import type { CustodianKind } from "./duties.ts";
import { DUTIES } from "./duties.ts";
import type { LocalDate } from "./local-date.ts";
import type { PendingChange } from "./pending.ts";
import { PENDING_CHANGES } from "./pending.ts";
import type { InForce, Jurisdiction, Rule } from "./rule.ts";
import { citeOn, listGrounds, listPauseGrounds } from "./rule.ts";
import { sayLength } from "./step.ts";
import type { Evidence, Locale } from "./words.ts";

/** A reason that the law accepts. */
export interface GroundText {
  readonly id: string;
  readonly text: string;
  readonly evidence: Evidence;
}

export interface RuleView {
  readonly id: string;
  readonly jurisdiction: Jurisdiction;
  readonly title: string;
  readonly cite: string;
  readonly evidence: Evidence;
  readonly sourceVersion: string;
  readonly inForce: InForce;
  readonly trigger: string;
  /** Such as "10 days". */
  readonly period: string;
  readonly caveat: string | null;
  readonly fee: LawText | null;
  readonly answerMustSay: readonly LawText[];
  /** What the law lets the agency keep back. */
  readonly mayRefuse: readonly LawText[];
  /** How long what the rule is about is kept. */
  readonly retention: LawText | null;
  readonly extension:
    | (LawText & {
        /** At most so long. The text says what the notice must contain. */
        readonly longest: string;
        /** The whole time with the extension, where the law bounds that; else null. */
        readonly inAll: string | null;
        readonly who: string;
        /** None: the law asks for good cause and names no list. */
        readonly grounds: readonly GroundText[];
      })
    | null;
  /** Events that the law itself names as stopping the clock. */
  readonly pauseGrounds: readonly GroundText[];
  /** Changes seen coming that would touch this rule, its calendar, or whom it binds. */
  readonly changes: readonly ChangeText[];
}

export interface ChangeText {
  readonly id: string;
  readonly title: string;
  readonly effect: string;
  readonly status: string;
  readonly cite: string;
}

/** The version of a rule that binds what was received on that day. */
export function viewRule(rule: Rule, received: LocalDate, locale: Locale): RuleView {
  const { extension } = rule;
  const ground = (one: { id: string; words: LawWords; evidence: Evidence }): GroundText => ({
    id: one.id,
    text: one.words[locale],
    evidence: one.evidence,
  });
  return {
    id: rule.id,
    jurisdiction: rule.jurisdiction,
    title: rule.title[locale],
    cite: citeOn(rule, received),
    evidence: rule.evidence,
    sourceVersion: rule.sourceVersion,
    inForce: rule.inForce,
    trigger: rule.trigger[locale],
    period: sayLength(rule.period.length, rule.period.unit, locale),
    caveat: rule.caveat?.[locale] ?? null,
    fee: rule.fee && sayLaw(rule.fee, locale),
    answerMustSay: rule.answerMustSay.map((saying) => sayLaw(saying, locale)),
    mayRefuse: rule.mayRefuse.map((saying) => sayLaw(saying, locale)),
    retention: rule.retention && sayLaw(rule.retention, locale),
    extension: extension && {
      text: extension.noticeMustSay[locale],
      cite: extension.cite,
      evidence: extension.evidence,
      longest: sayLength(extension.max.length, extension.max.unit, locale),
      inAll: extension.upTo ? sayLength(extension.upTo.length, extension.upTo.unit, locale) : null,
      who: extension.who[locale],
      grounds: listGrounds(rule, received).map(ground),
    },
    pauseGrounds: listPauseGrounds(rule, received).map(ground),
    changes: listChanges(rule).map(({ id, title, effect, status, cite }) => ({
      id,
      title: title[locale],
      effect: effect[locale],
      status: status[locale],
      cite,
    })),
  };
}

type LawWords = Rule["title"];

/** The pending changes that would touch this rule, its calendar, or whom it binds. */
export function listChanges(rule: Pick<Rule, "id" | "rolling">): PendingChange[] {
  const { rolling } = rule;
  const calendars = rolling ? [rolling.calendar, ...rolling.national, ...rolling.arguable] : [];
  return PENDING_CHANGES.filter(
    ({ rules, holiday, duties }) =>
      rules.some(({ id }) => id === rule.id) ||
      (holiday !== null && calendars.includes(holiday.calendar)) ||
      Object.entries(duties).some(
        ([custodian, duty]) => duty.rule === rule.id || todaysRule(custodian as CustodianKind) === rule.id,
      ),
  );
}

function todaysRule(custodian: CustodianKind): string {
  return DUTIES[custodian]["copy-of-access-log"].rule;
}
