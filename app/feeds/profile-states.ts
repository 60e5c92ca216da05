/** How a profile's cells say "nothing" or "hidden", and which texts mark a row: compiled for one file. */
import type { AbsentState, Cell } from "./access-event.ts";
import { IDENTIFIER_KINDS } from "./identifier.ts";
import { FIELDS, type Field, type Profile } from "./profile.ts";
import { SLOTS, sameLineEnds, type Texts } from "./profile-texts.ts";

// Shared by all events: a cell is never written to.
const NOT_EXPORTED: Cell = { state: "not-exported" };
const EMPTY: Cell = { state: "empty" };

/** Fields in which rows that follow each other say the same: there the last cell is looked at first. */
const REPEATING: readonly Field[] = ["org", "networks", "devices", "timeFrame", "searchType", "filters", "moderation"];

/** Fields in which a cited law means that the agency hid the value. In a reason it is the reason. */
const CITABLE: readonly Field[] = [...IDENTIFIER_KINDS, "term", "user", "userName", "org", "orgCode"];

export interface CellReader {
  /** The cell of a field, by slot. */
  cellOf(slot: number): Cell;
  /** A text without blanks around it. */
  trimmed(text: string): string;
  /** To be called before a row's first cell. @param simple The row is known to hold no carriage return. */
  begin(simple: boolean): void;
  /** Whether some text of the row began or ended with a blank, or held a line end of another system. */
  blankEdges(): boolean;
}

export function compileCells(profile: Profile, texts: Texts): CellReader {
  const { states } = profile;
  const marks = new Map<string, AbsentState>();
  for (const mark of states.placeholder) marks.set(mark, "placeholder");
  for (const mark of states.hiddenByAgency) marks.set(mark, "hidden-by-agency");
  for (const mark of states.hiddenByVendor) marks.set(mark, "hidden-by-vendor");
  const longest = Math.max(0, ...[...marks.keys()].map((mark) => mark.length));
  const beginnings = new Uint8Array(65_536);
  for (const mark of marks.keys()) beginnings[mark.charCodeAt(0)] = 1;
  const empties = FIELDS.map((field) => states.empty[field] ?? null);
  const citation = states.citation === null ? null : new RegExp(states.citation, "i");
  const citations = FIELDS.map((field) => (CITABLE.includes(field) ? citation : null));
  const repeats = FIELDS.map((field) => REPEATING.includes(field));
  const lastTexts: string[] = FIELDS.map(() => "");
  const lastCells: Cell[] = FIELDS.map(() => EMPTY);
  let edges = false;
  let simpleRow = false;

  function trimmed(text: string): string {
    if (text.length === 0) return text;
    const first = text.charCodeAt(0);
    const last = text.charCodeAt(text.length - 1);
    if (first > 32 && last > 32 && first < 128 && last < 128 && (simpleRow || !text.includes("\r"))) return text;
    edges = true;
    return sameLineEnds(text);
  }

  function cellOf(slot: number): Cell {
    const text = texts[slot];
    if (text === null || text === undefined) return NOT_EXPORTED;
    if (text.length === 0) return EMPTY;
    if (repeats[slot] === true && text === lastTexts[slot]) return lastCells[slot] as Cell;
    const cell = readCell(slot, text);
    // Not one that was trimmed: the row must be known to have had blanks at its edges.
    if (!edges) {
      lastTexts[slot] = text;
      lastCells[slot] = cell;
    }
    return cell;
  }

  function readCell(slot: number, text: string): Cell {
    const value = trimmed(text);
    if (value.length === 0) return EMPTY;
    if (value.length <= longest && beginnings[value.charCodeAt(0)] === 1) {
      const state = marks.get(value);
      if (state !== undefined) return { state, mark: value };
    }
    if (empties[slot]?.includes(value)) return { state: "empty", mark: value };
    if (citations[slot]?.test(value)) return { state: "hidden-by-agency", mark: value };
    return { state: "value", value };
  }

  return {
    cellOf,
    trimmed,
    begin: (simple) => {
      edges = false;
      simpleRow = simple;
    },
    blankEdges: () => edges,
  };
}

/** Null where the log does not say. */
export interface Marked {
  bulk: boolean | null;
  automatic: boolean | null;
  sealed: boolean | null;
}

/** What the profile's marks say of the row whose texts stand in `texts`; null when the profile has no marks. */
export function compileMarks(profile: Profile, texts: Texts, trimmed: CellReader["trimmed"]): (() => Marked) | null {
  const { bulk, automatic, sealed } = profile.marks;
  if ([bulk, automatic, sealed].every((marks) => Object.keys(marks).length === 0)) return null;
  const compile = (marks: Marks) => compileMark(marks, texts, trimmed);
  const read = { bulk: compile(bulk), automatic: compile(automatic), sealed: compile(sealed) };
  return () => ({ bulk: read.bulk(), automatic: read.automatic(), sealed: read.sealed() });
}

type Marks = Profile["marks"]["bulk"];

function compileMark(marks: Marks, texts: Texts, trimmed: CellReader["trimmed"]): () => boolean | null {
  const rules = Object.entries(marks).map(([field, words]) => ({
    slot: SLOTS[field as Field],
    words: new Set(words.map((word) => word.toLowerCase())),
  }));
  return () => {
    let told: boolean | null = null;
    for (const { slot, words } of rules) {
      const text = trimmed(texts[slot] ?? "").toLowerCase();
      if (text === "") continue;
      if (words.has(text)) return true;
      told = false;
    }
    return told;
  };
}
