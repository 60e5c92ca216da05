/**
 * One statutory duty, as data that a lawyer can read and a clock can run.
 *
 * `compute` in clock.ts is the only reader of the arithmetic; the pages read the words.
 */

import type { LocalDate, Unit } from "./local-date.ts";
import { LawRefused } from "./refusal.ts";
import type { Evidence, Words } from "./words.ts";

export interface Period {
  readonly length: number;
  readonly unit: Unit;
}

/** Days from and to, both included; null is open. */
export interface InForce {
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

/** A reason for which the law lets an agency take longer, or lets a clock stand still. */
export interface Ground {
  readonly id: string;
  readonly words: Words;
  readonly inForce: InForce;
  readonly evidence: Evidence;
}

export interface Extension {
  /** The longest extension; added to the nominal end, months to the months of the period. */
  readonly max: Period;
  /** The whole time may be no longer than this, counted from its start; left out: the period and `max`. */
  readonly upTo?: Period;
  readonly who: Words;
  /** What the notice must say. The notice is due by the end of the period it extends. */
  readonly noticeMustSay: Words;
  /** Empty: the law asks for good cause and names no list. */
  readonly grounds: readonly Ground[];
  readonly cite: string;
  readonly evidence: Evidence;
}

/**
 * What may keep a clock from running: something the agency asks the resident for, or an event that the
 * law itself names ("ground": a criminal case that is pending, a statement of another authority).
 */
export const STOPS = ["identity", "information", "fee", "ground"] as const;
export type Stop = (typeof STOPS)[number];

/**
 * What a stop does to the clock: nothing; the period starts anew on the day it ends; or its days do not
 * count ("both": the two end days included; "one": not the day on which it begins).
 */
export type StopEffect =
  | { readonly does: "nothing" }
  | { readonly does: "starts-clock" }
  /** `noticeToo`: the time for the notice of an extension stands still as well. */
  | { readonly does: "pauses"; readonly ends: "both" | "one"; readonly noticeToo: boolean };

export interface StopRule {
  /** In the safe reading, which binds the agency. */
  readonly effect: StopEffect;
  /** In the later reading; null where the law has one reading only. */
  readonly arguably: StopEffect | null;
  /** How often it may stop the clock; null: as often as it happens. */
  readonly times: number | null;
  /** For "ground": what the law accepts. Empty for what an agency asks. */
  readonly grounds: readonly Ground[];
  readonly cite: string;
  readonly evidence: Evidence;
}

/** Something the law requires, in words, with its source. */
export interface Saying {
  readonly words: Words;
  readonly cite: string;
  readonly evidence: Evidence;
}

/** Which calendar moves the last day forward, and which ones arguably do as well. */
export interface Rolling {
  readonly calendar: string;
  /** Calendars that an agency of another country or nation has in its place; the arguable ones then fall away. */
  readonly national: readonly string[];
  readonly arguable: readonly string[];
  readonly cite: string;
  /** Why the arguable calendars are arguable. */
  readonly arguableCite: string;
}

export const JURISDICTIONS = ["us-ca", "us", "eu", "uk", "ee"] as const;
export type Jurisdiction = (typeof JURISDICTIONS)[number];

export interface Rule {
  /** As in the project's collection of law, such as "ca.cpra.determination". */
  readonly id: string;
  readonly jurisdiction: Jurisdiction;
  readonly title: Words;
  readonly cite: string;
  /** The section's number before it was moved, for a trigger on or before `until`. */
  readonly formerCite: { readonly cite: string; readonly until: LocalDate } | null;
  readonly evidence: Evidence;
  /** Which text was read: a year or a Stats. reference. */
  readonly sourceVersion: string;
  /** A request is governed by the law on the day of its trigger. */
  readonly inForce: InForce;
  /** Who must act: for "resident" the date is the last day for the resident to act. */
  readonly who: "agency" | "resident";
  /** What the date is: act by it, or keep something through it. */
  readonly duty: "act-by" | "keep-through";
  /** The event whose day is day 0 (an event of the kind "received" stands for it). */
  readonly trigger: Words;
  readonly act: Words;
  readonly period: Period;
  /**
   * Is the day of the trigger day 0? "arguably-counted": the text can be read so that it is day 1, which
   * makes the safe date a day earlier.
   */
  readonly firstDay: "not-counted" | "arguably-counted";
  /**
   * From where the period is counted: from the trigger, or from the new year after it (a trigger on 1 January
   * is that new year itself), as with a report about the year that has ended.
   */
  readonly countedFrom: "trigger" | "new-year";
  /** Null: the last day stays where it falls. */
  readonly rolling: Rolling | null;
  readonly extension: Extension | null;
  readonly stops: Readonly<Record<Stop, StopRule>>;
  /** What follows in law when the day passes in silence. */
  readonly silence: Saying | null;
  /** What the answer must contain. */
  readonly answerMustSay: readonly Saying[];
  /** Grounds on which something may be refused, each in its own words; empty: the collected law names none. */
  readonly mayRefuse: readonly Saying[];
  readonly fee: Saying | null;
  /** What has to be kept, and for how long. */
  readonly retention: Saying | null;
  /** What the clock does not model and a reader must know. */
  readonly caveat: Words | null;
  /** Ids of reviews.ts. */
  readonly reviews: readonly string[];
}

/** Does this stand in the law on that day? */
export function standsOn(inForce: InForce, on: LocalDate): boolean {
  return (inForce.from === null || on >= inForce.from) && (inForce.to === null || on <= inForce.to);
}

/** The citation that a request of that day is read under. */
export function citeOn(rule: Rule, on: LocalDate): string {
  return rule.formerCite && on <= rule.formerCite.until ? rule.formerCite.cite : rule.cite;
}

/** Grounds on which the rule may be extended for a request received on that day. */
export function listGrounds(rule: Rule, received: LocalDate): readonly Ground[] {
  return rule.extension?.grounds.filter((ground) => standsOn(ground.inForce, received)) ?? [];
}

/** Grounds on which the law itself stops the clock of a request received on that day. */
export function listPauseGrounds(rule: Rule, received: LocalDate): readonly Ground[] {
  return rule.stops.ground.grounds.filter((ground) => standsOn(ground.inForce, received));
}

/** @throws {LawRefused} `not-in-force` when the law did not stand on the day of the trigger. */
export function requireInForce(rule: Rule, on: LocalDate): void {
  if (standsOn(rule.inForce, on)) return;
  const { from, to } = rule.inForce;
  const period = [from && `≥ ${from}`, to && `≤ ${to}`].filter(Boolean).join(", ");
  throw new LawRefused("not-in-force", { rule: rule.id, on, period });
}
