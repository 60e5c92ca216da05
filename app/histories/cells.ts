/**
 * One logged event as the cells that a reader may see: the only columns that ever leave, other
 * people's identifiers already masked. What the log calls moderation, its own entry numbers and the
 * marks that stood in hidden cells have no column here.
 */
import type { AccessEvent, Cell as LoggedCell, SearchTerm } from "#app/feeds/access-event.ts";
import {
  type ClaimKind,
  findIdentifier,
  type IdentifierKind,
  normalisePlate,
  showIdentifier,
} from "#app/feeds/identifier.ts";
import { foldWords } from "#app/feeds/names/person-name.ts";
import { maskPlates, PLATE_MARK } from "#app/feeds/plates-in-text.ts";
import { readPersonClaim } from "#app/feeds/subjects/subject.ts";
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import { type AnswerWords, answerWords } from "./answer-words.ts";
import type { Absence, Cell, Field } from "./history.ts";

/** An identifier that this custodian has verified as the resident's own, with the days on which it was. */
export interface OwnIdentifier {
  readonly identifierId: string;
  readonly kind: ClaimKind;
  readonly value: string;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** A matched event, opened. */
export interface MatchedEvent {
  readonly eventId: string;
  readonly systemName: string;
  readonly event: AccessEvent;
}

/** Who reads: in which language, by which clock, and what is his own. */
export interface Reading {
  readonly locale: "en" | "es";
  readonly zone: string;
  readonly own: readonly OwnIdentifier[];
}

export type Cells = Record<Field, Cell>;

/** The value of a logged cell, or null in any other state. */
export function loggedValue(cell: LoggedCell): string | null {
  return cell.state === "value" ? cell.value : null;
}

/** Every column of an event, none of them withheld. */
export function cellsOf({ event, systemName }: MatchedEvent, reading: Reading): Cells {
  const keep = ownOn(localDate(instantOf(event), reading.zone), reading.own);
  const words = answerWords(reading.locale);
  return {
    at: { kind: "shown", text: sayInstant(instantOf(event), reading) },
    system: { kind: "shown", text: systemName },
    agency: plain(event.org),
    user: plain(event.user),
    searchedBy: searchedBy(event.searchedBy, keep),
    purpose: masked(event.purpose, keep.plates),
    caseNumber: masked(event.caseNumber, keep.plates),
    scope: scope(event, keep.plates, words),
  };
}

/** The custodian's own mark that its subject is not to know of a search yet. For the agency's eyes alone. */
export interface SecretMark {
  /** In the custodian's words, other people's plates masked; null when the log gives none. */
  readonly reason: string | null;
  /** The first local day on which it holds no more; null when the log names none. */
  readonly until: LocalDate | null;
}

/** The log's mark on an event that it keeps from its subject; null for one that it does not. */
export function secretMarkOf({ event }: Pick<MatchedEvent, "event">, reading: Reading): SecretMark | null {
  if (event.sealed !== true) return null;
  const keep = ownOn(localDate(instantOf(event), reading.zone), reading.own);
  const reason = loggedValue(event.hiddenReason);
  const until = loggedValue(event.hiddenUntil);
  return {
    reason: reason === null ? null : maskPlates(reason, keep.plates),
    until: until === null ? null : localDate(new Date(until), reading.zone),
  };
}

export function instantOf(event: AccessEvent): Date {
  return new Date(event.at);
}

/** An instant as the clock on the agency's wall showed it: "June 17, 2025, 5:02 PM PDT". */
export function sayInstant(instant: Date, reading: Pick<Reading, "locale" | "zone">): string {
  // Narrow blanks look the same and are not in every typeface.
  return formatOf(reading)
    .format(instant)
    .replace(/[\u202f\u00a0]/g, " ");
}

/** Making one takes longer than a hundred uses of it, and there are few zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf({ locale, zone }: Pick<Reading, "locale" | "zone">): Intl.DateTimeFormat {
  const known = formats.get(`${locale} ${zone}`);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale === "es" ? "es-US" : "en-US", {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
    timeZone: zone,
  });
  formats.set(`${locale} ${zone}`, made);
  return made;
}

export interface OwnOn {
  readonly plates: ReadonlySet<string>;
  /** As `kind:value`, of every kind but names. */
  readonly all: ReadonlySet<string>;
  /** The words of each of the resident's names, folded, and the birth date that goes with them. */
  readonly people: readonly { readonly words: ReadonlySet<string>; readonly birthDate: string }[];
}

/** What was the resident's own on a day: a plate that he sold is another's afterwards. */
export function ownOn(day: LocalDate, own: readonly OwnIdentifier[]): OwnOn {
  const then = own.filter(({ from, to }) => from <= day && (to === null || day <= to));
  const plates = then.filter(({ kind }) => kind === "plate").map(({ value }) => normalisePlate(value));
  return {
    plates: new Set(plates),
    all: new Set(
      then.flatMap(({ kind, value }) => (kind === "person" ? [] : [`${kind}:${findIdentifier(kind, value)}`])),
    ),
    people: then
      .filter(({ kind }) => kind === "person")
      .map(({ value }) => {
        const { name, birthDate } = readPersonClaim(value);
        return { words: new Set(foldWords(name)), birthDate };
      }),
  };
}

function plain(cell: LoggedCell): Cell {
  const value = loggedValue(cell);
  return value === null ? absent(cell) : { kind: "shown", text: value };
}

function masked(cell: LoggedCell, keep: ReadonlySet<string>): Cell {
  const value = loggedValue(cell);
  return value === null ? absent(cell) : { kind: "shown", text: maskPlates(value, keep) };
}

function absent(cell: LoggedCell): Cell {
  // The states of the feed and of the answer are the same list; "value" cannot come here.
  return { kind: "absent", why: cell.state === "value" ? "empty" : (cell.state satisfies Absence) };
}

/** Whether a term of a search is the resident's own. */
export function isOwn(term: SearchTerm, keep: OwnOn): boolean {
  if (term.state !== "value") return false;
  if (term.kind === "birth-date") return keep.people.some(({ birthDate }) => birthDate === term.date);
  if (term.kind === "name") return isOwnName(term.value, keep);
  const value = findIdentifier(term.kind, term.value);
  return value !== null && keep.all.has(`${term.kind}:${value}`);
}

/** Whether each word of a name is the resident's own: one in another spelling may be another's, and stays hidden. */
function isOwnName(name: string, { people }: OwnOn): boolean {
  const words = foldWords(name);
  return words.length > 0 && people.some((own) => words.every((word) => own.words.has(word)));
}

/** Stands for what somebody else was searched by, and for kinds that nobody can yet show to be his own. */
const MARKS: Readonly<Record<IdentifierKind, string>> = {
  plate: PLATE_MARK,
  licence: "[licence]",
  vin: "[VIN]",
  "state-id": "[state ID]",
  ssn: "[SSN]",
  name: "[name]",
  "birth-date": "[birth date]",
};

/** One search may name several people: the others stay others. */
function searchedBy(terms: readonly SearchTerm[], keep: OwnOn): Cell {
  const texts = terms.flatMap((term) => {
    if (term.state !== "value") return [];
    if (isOwn(term, keep)) return [showIdentifier(term.kind, term.value)];
    return [MARKS[term.kind]];
  });
  if (texts.length > 0) return { kind: "shown", text: texts.join(", ") };
  const [first] = terms;
  return first === undefined ? { kind: "absent", why: "not-exported" } : absent(first);
}

/** How wide the search was, in labelled parts; parts that the log leaves out are left out. */
function scope(event: AccessEvent, keep: ReadonlySet<string>, words: AnswerWords): Cell {
  const parts: readonly (readonly [string, LoggedCell])[] = [
    [words.scope.networks, event.scope.networks],
    [words.scope.devices, event.scope.devices],
    [words.scope.timeFrame, event.scope.timeFrame],
    [words.scope.searchType, event.scope.searchType],
    [words.scope.filters, event.scope.filters],
    [words.scope.textPrompt, event.textPrompt],
    [words.scope.outcome, event.outcome],
  ];
  const texts = parts.flatMap(([label, cell]) => {
    const value = loggedValue(cell);
    return value === null ? [] : [`${label}: ${maskPlates(oneLine(value), keep)}`];
  });
  if (texts.length > 0) return { kind: "shown", text: texts.join("; ") };
  // All are absent, perhaps for several reasons: say the strongest of them.
  const states = parts.map(([, cell]) => cell.state);
  const strongest = ORDER.find((state) => states.includes(state)) ?? "empty";
  return { kind: "absent", why: strongest };
}

const ORDER = [
  "hidden-by-agency",
  "hidden-by-vendor",
  "placeholder",
  "empty",
  "not-exported",
] as const satisfies readonly Absence[];

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
