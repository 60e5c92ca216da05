/**
 * From the cells of one row to a canonical access event, by a profile. Compiled once for a file,
 * because this runs for every row: tables and plain checks; the zod schema explains, it does not loop.
 */
import type { AbsentState, AccessEvent, Cell, SearchTerm } from "./access-event.ts";
import { findIdentifier, IDENTIFIER_KINDS, type IdentifierKind, isPartial } from "./identifier.ts";
import { findLogTime } from "./log-time.ts";
import type { RowProblem } from "./problem.ts";
import { FIELDS, type Field, type Profile } from "./profile.ts";

/** An identifier that the record was searched by, in its matching form. */
export interface SearchedIdentifier {
  kind: IdentifierKind;
  normalised: string;
}

export type ReadRow =
  | {
      problem: null;
      event: AccessEvent;
      /** Milliseconds since 1970. */
      instant: number;
      /** Only whole identifiers: a search with a wildcard is kept in the event but matches nobody. */
      identifiers: SearchedIdentifier[];
      /** What makes this row itself and no other: the delivered text of every field. */
      identity: string;
    }
  | { problem: RowProblem };

const EARLIEST = Date.UTC(2000, 0, 1);
/** Clocks differ; a log a day ahead of ours is still believed. */
const AHEAD = 24 * 60 * 60 * 1000;

/** No officer types more; a cell of a megabyte could hold a key for each three bytes. */
const MOST_TERMS = 500;

const NOT_EXPORTED: Cell = { state: "not-exported" };
/** Columns in which a cited law means that the agency hid the value. In a reason it is the reason. */
const CITABLE: readonly Field[] = [...IDENTIFIER_KINDS, "user", "org"];

class Unreadable extends Error {
  readonly problem: RowProblem;
  constructor(problem: RowProblem) {
    super(problem);
    this.problem = problem;
  }
}

/**
 * @param header The accepted header variant that the file has.
 * @param now The portal's clock: nothing happens in the future.
 */
export function compileRowReader(profile: Profile, header: readonly string[], now: Date): (cells: string[]) => ReadRow {
  const position = new Map<Field, number>();
  for (const [index, name] of header.entries()) {
    const field = profile.columns[name];
    if (field !== undefined) position.set(field, index);
  }
  const toCell = compileCells(profile);
  const latest = now.getTime() + AHEAD;
  const order = FIELDS.map((field) => position.get(field) ?? -1);

  function cellOf(field: Field, cells: readonly string[]): Cell {
    const index = position.get(field);
    return index === undefined ? NOT_EXPORTED : toCell(field, cells[index] ?? "");
  }

  function count(field: "networks" | "devices", cells: readonly string[]): Cell {
    const cell = cellOf(field, cells);
    if (cell.state === "value" && !/^\d{1,3}(?:,?\d{3})*$|^\d{1,12}$/.test(cell.value)) throw new Unreadable("count");
    return cell;
  }

  function time(cells: readonly string[]) {
    const text = (cells[position.get("at") ?? -1] ?? "").trim();
    const found = findLogTime(text, profile.time.format, profile.time.zone);
    if (found === null) throw new Unreadable("time");
    if (found.instant < EARLIEST || found.instant > latest) throw new Unreadable("time-range");
    return { ...found, text };
  }

  function searchTerms(cells: readonly string[], identifiers: SearchedIdentifier[]): SearchTerm[] {
    return IDENTIFIER_KINDS.flatMap((kind): SearchTerm[] => {
      const cell = cellOf(kind, cells);
      if (cell.state === "not-exported") return [];
      if (cell.state !== "value") return [{ kind, ...cell }];
      const parts = profile.listSeparator === null ? [cell.value] : cell.value.split(profile.listSeparator);
      const values = parts.map((part) => part.trim()).filter((part) => part !== "");
      if (values.length > MOST_TERMS) throw new Unreadable("too-many");
      for (const value of values) {
        if (value.length > 40) throw new Unreadable(kind);
        if (isPartial(value)) continue;
        const normalised = findIdentifier(kind, value);
        if (normalised === null) throw new Unreadable(kind);
        identifiers.push({ kind, normalised });
      }
      if (values.length === 0) throw new Unreadable(kind);
      return values.map((value) => ({ kind, state: "value", value }));
    });
  }

  function read(cells: string[]): ReadRow {
    const at = time(cells);
    const identifiers: SearchedIdentifier[] = [];
    const event: AccessEvent = {
      sourceId: cellOf("sourceId", cells),
      at: new Date(at.instant).toISOString(),
      zone: at.zone,
      timeAsLogged: at.text,
      org: cellOf("org", cells),
      user: cellOf("user", cells),
      searchedBy: searchTerms(cells, identifiers),
      purpose: cellOf("purpose", cells),
      caseNumber: cellOf("caseNumber", cells),
      scope: {
        networks: count("networks", cells),
        devices: count("devices", cells),
        timeFrame: cellOf("timeFrame", cells),
        searchType: cellOf("searchType", cells),
        filters: cellOf("filters", cells),
      },
      textPrompt: cellOf("textPrompt", cells),
      moderation: cellOf("moderation", cells),
    };
    const texts = order.map((index) => (index < 0 ? null : sameLineEnds(cells[index] ?? "")));
    return { problem: null, event, instant: at.instant, identifiers, identity: JSON.stringify(texts) };
  }

  return (cells) => {
    if (cells.length !== header.length) return { problem: "cell-count" };
    if (cells.every((cell, i) => cell.trim() === header[i])) return { problem: "header-again" };
    try {
      return read(cells);
    } catch (error) {
      if (error instanceof Unreadable) return { problem: error.problem };
      throw error;
    }
  };
}

/** The same export saved with other line ends, or with blanks around a cell, is the same row. */
function sameLineEnds(text: string): string {
  return (text.includes("\r") ? text.replaceAll("\r\n", "\n") : text).trim();
}

function compileCells(profile: Profile): (field: Field, text: string) => Cell {
  const { states } = profile;
  const shared = new Map<string, AbsentState>();
  for (const mark of states.placeholder) shared.set(mark, "placeholder");
  for (const mark of states.hiddenByAgency) shared.set(mark, "hidden-by-agency");
  for (const mark of states.hiddenByVendor) shared.set(mark, "hidden-by-vendor");
  const empties = new Map<Field, ReadonlySet<string>>();
  for (const field of FIELDS) empties.set(field, new Set(states.empty[field] ?? []));
  const citation = states.citation === null ? null : new RegExp(states.citation, "i");

  return (field, text) => {
    const value = sameLineEnds(text);
    if (value === "") return { state: "empty" };
    const state = shared.get(value);
    if (state !== undefined) return { state, mark: value };
    if (empties.get(field)?.has(value)) return { state: "empty", mark: value };
    if (citation !== null && CITABLE.includes(field) && citation.test(value)) {
      return { state: "hidden-by-agency", mark: value };
    }
    return { state: "value", value };
  };
}
