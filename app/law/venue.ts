/**
 * One body that takes complaints about a look-up, as data that a lawyer can read: what it accepts and on which basis,
 * until when, what to enclose, what it cannot do, and what changes when the officer has left.
 */
import type { Saying } from "./rule.ts";
import type { Evidence, Words } from "./words.ts";

export type SystemKind = "clets" | "alpr" | "dmv" | "records-management";

/** What kind of force employs the person who looked. "other": a body without officers, or one that is not known. */
export const FORCES = ["sheriff", "police", "probation", "highway-patrol", "prisons", "other"] as const;
export type Force = (typeof FORCES)[number];

/** Which look-ups a venue takes; what is left out does not matter to it. */
export interface Covers {
  /** One of these systems was searched. */
  readonly systems?: readonly SystemKind[];
  /** The person who looked works for one of these forces. */
  readonly forces?: readonly Force[];
  /** In this county, as "los-angeles". */
  readonly county?: string;
  /** Of this city, as "sacramento". */
  readonly city?: string;
  /** Not in counties that have a body of their own in this list. */
  readonly elsewhere?: true;
  /** Only once these ways were tried. */
  readonly onlyAfter?: "local-ways";
  readonly unless?: "prosecutor-is-subject" | "not-an-officer";
  /** Only where the custodian that answered is the state's Department of Justice. */
  readonly custodian?: "state-justice";
}

/** A rule whose last day is the resident's, counted from the day of the look-up; in which systems it may apply. */
export interface Limit {
  readonly rule: string;
  readonly systems?: readonly SystemKind[];
}

export interface Venue {
  readonly id: string;
  readonly name: Words;
  readonly accepts: Words;
  readonly cite: string;
  readonly evidence: Evidence;
  readonly covers: Covers;
  /** How long the resident may wait. */
  readonly residentDeadline: Words;
  readonly limits: readonly Limit[];
  /** What the resident sends along. */
  readonly enclose: readonly Words[];
  /** Rule whose clock runs for the body; null where the law sets none. */
  readonly bodyClock: string | null;
  readonly bodyClockWords: Words;
  readonly ifOfficerLeft: Words;
  readonly cannotDo: Words;
  /** What is honest to say against going there; null where nothing is known against it. */
  readonly weak: Saying | null;
  /** It has an inbox in the portal ("here"), takes letters ("mail"), or is a court that needs a filing of one's own. */
  readonly reach: "here" | "mail" | "court";
}

export const NO_TIME_SET: Words = { en: "The law sets no time for it.", es: "La ley no le fija un plazo." };

export const NO_LAST_DAY: Words = { en: "None is stated.", es: "No se indica ninguno." };

export const NO_DIFFERENCE: Words = { en: "It makes no difference.", es: "No cambia nada." };

export const PAGES_OF_THE_ANSWER: Words = {
  en: "The look-ups as they stand in your answer.",
  es: "Las consultas tal como figuran en su respuesta.",
};

export const LOCAL_REPLIES: Words = {
  en: "What the agency wrote to you about it, if anything.",
  es: "Lo que la agencia le escribió al respecto, si hubo algo.",
};
