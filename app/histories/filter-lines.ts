/**
 * Which look-ups of an answer a reader wants to see. What is chosen stands in an address as a number, a month or a word
 * of ours: addresses are kept by browsers and seen over shoulders, and nobody's name belongs there.
 */
import { toldDay } from "./document/figures.ts";
import type { Cell, Line } from "./history.ts";

type Filtered = Pick<Line, "on" | "cells" | "signals">;

export interface AnswerFilter {
  /** Number of the system among the answer's systems, from 1; 0: those whose system is not shown. Null: any. */
  readonly system: number | null;
  readonly agency: number | null;
  /** YYYY-MM; "undated": those whose date is withheld. */
  readonly month: string | null;
  readonly signals: "with" | "without" | null;
}

export interface LineChoices {
  /** Names in the order of their numbers, from 1. */
  readonly systems: readonly string[];
  readonly agencies: readonly string[];
  /** Some lines do not show theirs. */
  readonly hasHiddenSystem: boolean;
  readonly hasHiddenAgency: boolean;
  /** Newest first. */
  readonly months: readonly string[];
  readonly hasUndated: boolean;
  /** Some lines carry a signal. */
  readonly hasSignals: boolean;
}

/** What there is to choose from, from the released lines alone. */
export function choicesOf(lines: readonly Filtered[]): LineChoices {
  const texts = (field: "system" | "agency") =>
    [...new Set(lines.flatMap(({ cells }) => shownIn(cells[field]) ?? []))].sort(compare);
  const months = lines.flatMap((line) => monthOf(line) ?? []);
  return {
    systems: texts("system"),
    agencies: texts("agency"),
    hasHiddenSystem: lines.some(({ cells }) => shownIn(cells.system) === null),
    hasHiddenAgency: lines.some(({ cells }) => shownIn(cells.agency) === null),
    months: [...new Set(months)].sort(compare).reverse(),
    hasUndated: lines.some((line) => monthOf(line) === null),
    hasSignals: lines.some(hasSignals),
  };
}

/** Reads a filter out of an address. What the answer does not offer counts as not chosen. */
export function readFilter(search: URLSearchParams, choices: LineChoices): AnswerFilter {
  const number = (name: string, names: readonly string[], hasHidden: boolean): number | null => {
    const text = search.get(name) ?? "";
    const value = /^\d{1,6}$/.test(text) ? Number(text) : null;
    return value !== null && value <= names.length && (value > 0 || hasHidden) ? value : null;
  };
  const month = search.get("month");
  const isMonth = month !== null && (choices.months.includes(month) || (month === "undated" && choices.hasUndated));
  const signals = search.get("signals");
  return {
    system: number("system", choices.systems, choices.hasHiddenSystem),
    agency: number("agency", choices.agencies, choices.hasHiddenAgency),
    month: isMonth ? month : null,
    signals: choices.hasSignals && (signals === "with" || signals === "without") ? signals : null,
  };
}

/** The same filter as an address says it; empty for one that lets everything through. */
export function writeFilter({ system, agency, month, signals }: AnswerFilter): string {
  const said = Object.entries({ system, agency, month, signals }).flatMap(([name, value]) =>
    value === null ? [] : [[name, String(value)]],
  );
  return new URLSearchParams(said).toString();
}

export function filterLines<L extends Filtered>(lines: readonly L[], filter: AnswerFilter, choices: LineChoices): L[] {
  const fits = (cell: Cell, number: number | null, names: readonly string[]): boolean =>
    number === null || shownIn(cell) === (number === 0 ? null : names[number - 1]);
  return lines.filter(
    (line) =>
      fits(line.cells.system, filter.system, choices.systems) &&
      fits(line.cells.agency, filter.agency, choices.agencies) &&
      (filter.month === null || (monthOf(line) ?? "undated") === filter.month) &&
      (filter.signals === null || hasSignals(line) === (filter.signals === "with")),
  );
}

function shownIn(cell: Cell): string | null {
  return cell.kind === "shown" ? cell.text.trim() : null;
}

/** The month that may be told: none where the time is withheld, wherever the day could show through. */
function monthOf(line: Filtered): string | null {
  return toldDay(line)?.slice(0, 7) ?? null;
}

function hasSignals({ signals }: Filtered): boolean {
  return signals !== undefined && signals.length > 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
