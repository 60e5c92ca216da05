/** What the released document must have words for. What the model says is never in here. */
import type { Absence, Field } from "../history.ts";

/** How a field of a look-up can be spoken of in its sentence. */
export type Spoken = { kind: "shown"; text: string } | { kind: "withheld" } | { kind: "missing" } | { kind: "hidden" };

export interface SentenceFacts {
  /** Date in words, or null when it is withheld. */
  on: string | null;
  system: Spoken;
  agency: Spoken;
  user: Spoken;
  searchedBy: Spoken;
  purpose: Spoken;
  caseNumber: Spoken;
}

export interface GlanceFacts {
  lines: number;
  withheld: number;
  users: number;
  agencies: number;
  first: string | null;
  last: string | null;
  /** Disclosed look-ups whose date is withheld. */
  undated: number;
}

export interface CoverageFacts {
  system: string;
  custodian: string;
  asked: string;
  held: readonly string[];
  missing: readonly string[];
  unread: number;
  latest: string | null;
}

export interface SectionWords {
  heading: string;
  intro: string;
}

export interface DocumentWords {
  locale: "en" | "es";
  /** Language tag of the file. */
  language: string;
  title: string;
  fileTitle(reference: string, edition: number): string;
  months: readonly string[];
  shortMonths: readonly string[];
  date(day: number, month: string, year: number): string;
  period(from: string, to: string): string;
  openPeriod(from: string): string;
  count(value: number): string;
  list(items: readonly string[]): string;
  demoLabel: string;
  demoNotice: string;
  runningHead(reference: string, edition: number): string;
  page(page: number, pages: number): string;
  continued: string;
  greeting(name: string): string;
  opening(agency: string, requestedOn: string, period: string): string;
  /** How to reach the agency about this answer. */
  contact(unit: string, email: string, reference: string): string;
  facts: { reference: string; edition: string; requested: string; answered: string; due: string; rule: string };
  glance: {
    heading: string;
    lookUps(count: number): string;
    users(count: number): string;
    agencies(count: number): string;
    since: string;
    summary(facts: GlanceFacts): string;
    nothing(covered: string, uncovered: string): string;
    coversNothing: string;
    coversAll: string;
    covers(system: string, periods: string): string;
    notAnAllClear: string;
  };
  chart: {
    caption(unit: "month" | "year"): string;
    alt(unit: "month" | "year", counts: string): string;
    point(label: string, count: number): string;
  };
  ranking: {
    caption: string;
    alt(counts: string): string;
    others(agencies: number): string;
    unnamed: string;
  };
  coverage: SectionWords & {
    held: string;
    missing: string;
    timelineAlt(rows: string): string;
    systemOf(system: string, custodian: string): string;
    statement(facts: CoverageFacts): string;
  };
  searched: SectionWords & { kind: string; value: string; period: string; nothing: string };
  lookUps: SectionWords & {
    number: string;
    fields: Readonly<Record<Field, string>>;
    nothing: string;
    purposeAndCase: string;
  };
  sentence(facts: SentenceFacts): string;
  /** After a sentence whose stated reason is a code or a short form: what it means. */
  plainly(meaning: string): string;
  mark(letter: string): string;
  absences: Readonly<Record<Absence, string>>;
  withheld: SectionWords & {
    none: string;
    line: string;
    what: string;
    why: string;
    review: string;
    wholeLine: Readonly<Record<"withhold" | "defer", string>>;
    fieldsOf(fields: string): string;
    noReview: string;
    groundsHeading: string;
    ground(letter: string, plain: string, cite: string): string;
    uses(count: number): string;
    responsible: string;
  };
  required: SectionWords;
  reviews: SectionWords & { item(plain: string, cite: string): string; nothing: string };
  dispute: SectionWords & { steps: readonly string[] };
  readers: SectionWords & {
    at: string;
    role: string;
    act: string;
    nothing: string;
    roles: Readonly<Record<string, string>>;
  };
  check: SectionWords & { steps(url: string): readonly string[]; code(url: string): string };
  glossary: SectionWords & { entries: readonly (readonly [string, string])[] };
}
