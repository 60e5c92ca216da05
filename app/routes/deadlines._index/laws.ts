/** What there is to choose from, always from the law itself: rules by jurisdiction, kinds of events, calendars. */
import type { Calendars } from "#app/law/calendars.ts";
import { listCalendars } from "#app/law/calendars.ts";
import type { EventKind } from "#app/law/event.ts";
import { EVENT_KINDS } from "#app/law/event.ts";
import type { Law } from "#app/law/law.ts";
import type { LocalDate } from "#app/law/local-date.ts";
import type { Jurisdiction, Rule } from "#app/law/rule.ts";
import { JURISDICTIONS, standsOn } from "#app/law/rule.ts";
import type { Locale } from "#app/ui/locale.ts";
import { addressOf } from "./question.ts";

/** Whose date it is where a rule runs; a jurisdiction with several zones by its capital's. */
export const ZONES: Readonly<Record<Jurisdiction, string>> = {
  "us-ca": "America/Los_Angeles",
  us: "America/New_York",
  eu: "Europe/Brussels",
  uk: "Europe/London",
  ee: "Europe/Tallinn",
};

export interface LawChoice {
  readonly id: string;
  readonly label: string;
}

export interface LawGroup {
  readonly jurisdiction: Jurisdiction;
  readonly rules: readonly LawChoice[];
}

/** Each rule once, in its newest version, under its jurisdiction. */
export function listLaws(law: Law, locale: Locale): LawGroup[] {
  const newest = new Map(law.listRules().map((rule) => [rule.id, rule]));
  const byPlace = Map.groupBy(newest.values(), (rule) => rule.jurisdiction);
  return JURISDICTIONS.flatMap((jurisdiction) => {
    const rules = byPlace.get(jurisdiction) ?? [];
    return rules.length === 0 ? [] : [{ jurisdiction, rules: rules.map((rule) => choiceOf(rule, locale)) }];
  });
}

function choiceOf({ id, title, cite }: Rule, locale: Locale): LawChoice {
  return { id, label: `${title[locale]} (${cite})` };
}

export interface Example {
  readonly jurisdiction: Jurisdiction;
  readonly title: string;
  readonly to: string;
}

/** One question for each jurisdiction: its first duty of an agency that stands in the law today, as if it began today. */
export function listExamples(law: Law, locale: Locale, todayIn: (jurisdiction: Jurisdiction) => LocalDate): Example[] {
  return JURISDICTIONS.flatMap((jurisdiction) => {
    const on = todayIn(jurisdiction);
    const rule = law
      .listRules()
      .find(
        (one) =>
          one.jurisdiction === jurisdiction &&
          one.who === "agency" &&
          one.duty === "act-by" &&
          standsOn(one.inForce, on),
      );
    return rule ? [{ jurisdiction, title: rule.title[locale], to: addressOf({ rule: rule.id, on }) }] : [];
  });
}

/** Which fields a rule has a use for. */
export interface Fields {
  /** The time of day matters. */
  readonly hours: boolean;
  /** Days on which the office is closed matter. */
  readonly closed: boolean;
  readonly kinds: readonly EventKind[];
  /** The rule's own calendar first; none when there is nothing to choose. */
  readonly calendars: readonly LawChoice[];
}

/** Before a rule is chosen every kind of event is offered. */
export function fieldsFor(rule: Rule | null, calendars: Calendars, locale: Locale): Fields {
  const kinds = EVENT_KINDS.filter((kind) => kind !== "received" && (rule === null || isOf(rule, kind)));
  if (rule === null) return { hours: false, closed: false, kinds, calendars: [] };
  const { rolling } = rule;
  const ids = rolling && rolling.national.length > 0 ? [rolling.calendar, ...rolling.national] : [];
  return {
    hours: rule.period.unit === "hours",
    closed: rolling !== null,
    kinds,
    calendars: listCalendars()
      .filter(({ id }) => ids.includes(id) && calendars.has(id))
      .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
      .map(({ id, words }) => ({ id, label: words[locale] })),
  };
}

function isOf(rule: Rule, kind: EventKind): boolean {
  if (kind === "extended") return rule.extension !== null;
  if (kind === "paused" || kind === "resumed") return rule.stops.ground.grounds.length > 0;
  return true;
}
