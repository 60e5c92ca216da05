/**
 * From the texts of one row to a canonical access event, by a profile. Compiled once for a file,
 * because this runs for every row: tables and plain checks; the zod schema explains, it does not loop.
 */
import {
  type Cell,
  FLAG_AUTOMATIC,
  FLAG_BULK,
  FLAG_SEALED,
  type SearchTerm,
  type StoredEvent,
} from "./access-event.ts";
import { LIST } from "./formats/json-path.ts";
import {
  findBirthDate,
  findIdentifier,
  IDENTIFIER_KINDS,
  type IdentifierKind,
  INDEXED_KINDS,
  type IndexedKind,
  isName,
  isPartial,
  isPlainPlate,
  LONGEST_IDENTIFIER,
} from "./identifier.ts";
import { isoInstant, readLogTime } from "./log-time.ts";
import type { RowProblem } from "./problem.ts";
import { CODED_FIELDS, type CodedField, type Profile } from "./profile.ts";
import { compileCells, compileMarks } from "./profile-states.ts";
import { SLOTS, type Texts } from "./profile-texts.ts";

/** An identifier that the record was searched by, in its matching form. */
export interface SearchedIdentifier {
  kind: IndexedKind;
  normalised: string;
}

/** The row as its file gives it. */
export interface RowSource {
  number: number;
  /** As delivered. */
  raw: Uint8Array;
  /** The length of `raw`. */
  bytes: number;
}

/** A row that became an event. */
export class GoodRow {
  readonly problem = null;
  readonly event: StoredEvent;
  /** Milliseconds since 1970. */
  readonly instant: number;
  /** Only whole identifiers: a search with a wildcard is kept in the event but matches nobody. */
  readonly identifiers: SearchedIdentifier[];
  /** Bits FLAG_BULK, FLAG_AUTOMATIC and FLAG_SEALED of access-event.ts; what stands in free text is not looked at here. */
  readonly flags: number;
  /** What makes this row itself and no other: the delivered text of every column. */
  readonly identity: string;
  readonly number: number;
  readonly bytes: number;
  readonly #source: RowSource;

  constructor(
    event: StoredEvent,
    instant: number,
    identifiers: SearchedIdentifier[],
    flags: number,
    identity: string,
    source: RowSource,
  ) {
    this.event = event;
    this.instant = instant;
    this.identifiers = identifiers;
    this.flags = flags;
    this.identity = identity;
    this.number = source.number;
    this.bytes = source.bytes;
    this.#source = source;
  }

  /** The row as delivered. Made when asked for: most rows are never asked. */
  get raw(): Uint8Array {
    return this.#source.raw;
  }
}

const EARLIEST = Date.UTC(2000, 0, 1);
/** Clocks differ; a log a day ahead of ours is still believed. */
const AHEAD = 24 * 60 * 60 * 1000;

/** No officer types more; a cell of a megabyte could hold a key for each three bytes. */
const MOST_TERMS = 500;

const COUNT = /^\d{1,3}(?:,?\d{3})*$|^\d{1,12}$/;

/** Whether a text can be a number of networks or devices. */
export function isCount(text: string): boolean {
  if (text.length > 12) return COUNT.test(text);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return COUNT.test(text);
  }
  return text.length > 0;
}

class Unreadable extends Error {
  readonly problem: RowProblem;
  constructor(problem: RowProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** The columns that are in no way special: field -> cell of the event. */
const SPARSE = ["orgCode", "userName", "legalBasis", "consent", "queryId", "groupId", "hiddenReason"] as const;

/** What only the reader of the file knows of the row whose texts stand in `texts`. */
export interface RowFacts {
  source: RowSource;
  /** No text holds a carriage return. */
  simple: boolean;
  /** @param edges Some text of the row began or ended with a blank. */
  identity(edges: boolean): string;
}

/**
 * @param texts Filled by the file's reader before each call.
 * @param now The portal's clock: nothing happens in the future.
 */
export function compileEventReader(
  profile: Profile,
  texts: Texts,
  now: Date,
): (facts: RowFacts) => GoodRow | RowProblem {
  const cells = compileCells(profile, texts);
  const { cellOf } = cells;
  const marks = compileMarks(profile, texts, cells.trimmed);
  const latest = now.getTime() + AHEAD;
  const kinds = IDENTIFIER_KINDS.filter((kind) => profile.fields[kind] !== undefined);
  const sparse = SPARSE.filter((field) => profile.fields[field] !== undefined);
  const coded = CODED_FIELDS.filter((field) => profile.fields[field] !== undefined && field !== "searchType");
  const hasTerm = profile.fields.term !== undefined;
  const hasUntil = profile.fields.hiddenUntil !== undefined;
  const hasMarks = marks !== null;
  const atSlot = SLOTS.at;

  function count(slot: number): Cell {
    const cell = cellOf(slot);
    if (cell.state === "value" && !isCount(cell.value)) throw new Unreadable("count");
    return cell;
  }

  function withMeaning(field: CodedField, cell: Cell): Cell {
    if (cell.state !== "value") return cell;
    const table = profile.codes[field];
    // "constructor" is in no table.
    const code = table !== undefined && Object.hasOwn(table, cell.value) ? table[cell.value] : undefined;
    return code === undefined ? cell : { ...cell, meaning: { en: code.en, es: code.es } };
  }

  /** One text of one search, which may name several of a kind. */
  function addTerms(kind: IdentifierKind, text: string, terms: SearchTerm[], identifiers: SearchedIdentifier[]): void {
    if (kind === "plate" && isPlainPlate(text)) {
      identifiers.push({ kind, normalised: text });
      terms.push({ kind, state: "value", value: text });
      return;
    }
    const values = partsOf(kind, text, profile.listSeparator);
    if (values.length > MOST_TERMS) throw new Unreadable("too-many");
    if (values.length === 0) throw new Unreadable(kind);
    for (const value of values) {
      if (kind === "name") {
        if (!isName(value)) throw new Unreadable(kind);
        terms.push({ kind, state: "value", value });
      } else if (kind === "birth-date") {
        const date = findBirthDate(value, profile.dates);
        // A search by year or month alone is one; a text that no date can be is a column that went astray.
        if (date === null && (value.length > 12 || !/\d/.test(value))) throw new Unreadable(kind);
        terms.push(date === null ? { kind, state: "value", value } : { kind, state: "value", value, date });
      } else {
        if (value.length > LONGEST_IDENTIFIER) throw new Unreadable(kind);
        if (!isPartial(value)) {
          const normalised = findIdentifier(kind, value);
          if (normalised === null) throw new Unreadable(kind);
          identifiers.push({ kind, normalised });
        }
        terms.push({ kind, state: "value", value });
      }
    }
  }

  function searchTerms(identifiers: SearchedIdentifier[]): SearchTerm[] {
    const terms: SearchTerm[] = [];
    for (const kind of kinds) {
      const cell = cellOf(SLOTS[kind]);
      if (cell.state === "value") addTerms(kind, cell.value, terms, identifiers);
      else if (cell.state !== "not-exported") terms.push({ kind, ...cell });
    }
    if (hasTerm) addTermOfKey(terms, identifiers);
    return terms;
  }

  /** A term in a column for all kinds: only the table of message keys says what it is. */
  function addTermOfKey(terms: SearchTerm[], identifiers: SearchedIdentifier[]): void {
    const cell = cellOf(SLOTS.term);
    if (cell.state === "not-exported" || cell.state === "empty") return;
    const key = cellOf(SLOTS.messageKey);
    const kind = key.state === "value" ? profile.codes.messageKey?.[key.value]?.searches : undefined;
    if (kind === undefined) throw new Unreadable("unknown-key");
    if (cell.state === "value") addTerms(kind, cell.value, terms, identifiers);
    else terms.push({ kind, ...cell });
  }

  /** Of the fields that few logs have, those that this one has. */
  function addSparse(event: StoredEvent): void {
    for (const field of sparse) {
      const cell = cellOf(SLOTS[field]);
      if (cell.state !== "not-exported") event[field] = cell;
    }
    for (const field of coded) {
      const cell = withMeaning(field, cellOf(SLOTS[field]));
      if (cell.state !== "not-exported") event[field as Exclude<CodedField, "searchType">] = cell;
    }
    if (hasUntil) {
      const until = hiddenUntil();
      if (until.state !== "not-exported") event.hiddenUntil = until;
    }
  }

  /** Guessing wrong here would disclose what is sealed, so an instant that cannot be read stops the row. */
  function hiddenUntil(): Cell {
    const cell = cellOf(SLOTS.hiddenUntil);
    if (cell.state !== "value") return cell;
    const found = readLogTime(cell.value, profile.time);
    if (typeof found === "string") throw new Unreadable("hidden-until");
    return { state: "value", value: isoInstant(found.instant) };
  }

  function addFlags(event: StoredEvent): number {
    let flags = 0;
    const told = hasMarks ? marks() : null;
    if (told?.bulk != null) event.bulk = told.bulk;
    if (told?.automatic != null) event.automatic = told.automatic;
    const hidden = event.hiddenReason?.state === "value" || event.hiddenUntil?.state === "value";
    const sealed = hidden ? true : (told?.sealed ?? null);
    if (sealed !== null) event.sealed = sealed;
    if (event.bulk === true) flags |= FLAG_BULK;
    if (event.automatic === true) flags |= FLAG_AUTOMATIC;
    if (sealed === true) flags |= FLAG_SEALED;
    return flags;
  }

  const isSparse = sparse.length + coded.length > 0 || hasUntil;
  const isFlagged = hasMarks || isSparse;

  function read(facts: RowFacts): GoodRow {
    cells.begin(facts.simple);
    const text = texts[atSlot] ?? "";
    const timeAsLogged = cells.trimmed(text);
    const at = readLogTime(timeAsLogged, profile.time);
    if (typeof at === "string") throw new Unreadable(at);
    if (at.instant < EARLIEST || at.instant > latest) throw new Unreadable("time-range");
    const identifiers: SearchedIdentifier[] = [];
    const event: StoredEvent = {
      sourceId: cellOf(SLOTS.sourceId),
      at: isoInstant(at.instant),
      zone: at.zone,
      timeAsLogged,
      org: cellOf(SLOTS.org),
      user: cellOf(SLOTS.user),
      searchedBy: searchTerms(identifiers),
      purpose: cellOf(SLOTS.purpose),
      caseNumber: cellOf(SLOTS.caseNumber),
      scope: {
        networks: count(SLOTS.networks),
        devices: count(SLOTS.devices),
        timeFrame: cellOf(SLOTS.timeFrame),
        searchType: withMeaning("searchType", cellOf(SLOTS.searchType)),
        filters: cellOf(SLOTS.filters),
      },
      textPrompt: cellOf(SLOTS.textPrompt),
      moderation: cellOf(SLOTS.moderation),
    };
    if (isSparse) addSparse(event);
    const flags = isFlagged ? addFlags(event) : 0;
    const identity = facts.identity(cells.blankEdges());
    return new GoodRow(event, at.instant, identifiers, flags, identity, facts.source);
  }

  return (facts) => {
    try {
      return read(facts);
    } catch (error) {
      if (error instanceof Unreadable) return error.problem;
      throw error;
    }
  };
}

function partsOf(kind: IdentifierKind, text: string, separator: string | null): string[] {
  const splits = separator !== null && text.includes(separator) && isIndexed(kind);
  if (!splits && !text.includes(LIST)) return [text];
  const lists = text.split(LIST);
  const parts = splits ? lists.flatMap((part) => part.split(separator)) : lists;
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

function isIndexed(kind: IdentifierKind): kind is IndexedKind {
  return (INDEXED_KINDS as readonly string[]).includes(kind);
}
