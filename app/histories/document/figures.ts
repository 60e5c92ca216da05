/** What can be counted in a history: pure arithmetic over the redacted model. */
import type { Field, History, Line } from "../history.ts";

export interface Figures {
  lines: number;
  withheld: number;
  users: number;
  agencies: number;
  first: string | null;
  last: string | null;
  undated: number;
}

/** The day of a look-up as the answer may tell it: withheld with its time, wherever it could show through. */
export function toldDay(line: Pick<Line, "on" | "cells">): string | null {
  return line.cells.at.kind === "withheld" ? null : line.on;
}

/** Newest first. Look-ups whose date is withheld come last, so that their place says nothing about it. */
export function newestFirst(lines: readonly Line[]): Line[] {
  return [...lines].sort((a, b) => compareDays(toldDay(a), toldDay(b)));
}

function compareDays(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a > b ? -1 : 1;
}

/** The days that may be told, one for each look-up that has one. */
function toldDays(history: History): string[] {
  return history.lines.flatMap((line) => toldDay(line) ?? []);
}

export function figuresOf(history: History): Figures {
  const dates = toldDays(history);
  return {
    lines: history.lines.length,
    withheld: history.withheld.length,
    users: distinct(history.lines, "user"),
    agencies: distinct(history.lines, "agency"),
    first: dates.reduce<string | null>((least, date) => (least === null || date < least ? date : least), null),
    last: dates.reduce<string | null>((most, date) => (most === null || date > most ? date : most), null),
    undated: history.lines.length - dates.length,
  };
}

function distinct(lines: readonly Line[], field: Field): number {
  const seen = new Set<string>();
  for (const line of lines) {
    const cell = line.cells[field];
    if (cell.kind === "shown") seen.add(cell.text.trim().toLowerCase());
  }
  return seen.size;
}

/** So many agencies have a bar of their own; the others share one. */
const MOST_AGENCIES = 8;

export interface AgencyCounts {
  /** Most look-ups first, then by name. */
  named: { name: string; count: number }[];
  /** What is left when the list is long: so many further agencies, with so many look-ups. */
  others: { agencies: number; count: number };
  /** Look-ups whose agency is withheld or stands in no log. */
  unnamed: number;
}

/** Look-ups by the agency that made them. Names that differ in case alone are one. */
export function byAgency(lines: readonly Line[]): AgencyCounts {
  const found = new Map<string, { name: string; count: number }>();
  let unnamed = 0;
  for (const { cells } of lines) {
    const name = cells.agency.kind === "shown" ? cells.agency.text.trim() : "";
    const entry = found.get(name.toLowerCase()) ?? { name, count: 0 };
    entry.count += 1;
    if (name === "") unnamed += 1;
    else found.set(name.toLowerCase(), entry);
  }
  const ranked = [...found.values()].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  const shown = ranked.length > MOST_AGENCIES ? MOST_AGENCIES - 1 : MOST_AGENCIES;
  const rest = ranked.slice(shown);
  return {
    named: ranked.slice(0, shown),
    others: { agencies: rest.length, count: rest.reduce((sum, { count }) => sum + count, 0) },
    unnamed,
  };
}

export interface Bucket {
  year: number;
  /** 1 to 12, or null when the bucket is a whole year. */
  month: number | null;
  count: number;
}

/** More months than this make bars too thin to read: the chart then counts by year. */
const MOST_MONTHS = 24;

/** Look-ups by month over what the logs cover, or by year when that is long. Months without any count zero. */
export function buckets(history: History): Bucket[] {
  const dated = toldDays(history);
  const { from, to } = span([...coveredDays(history), ...dated]);
  const [firstMonth, lastMonth] = [monthIndex(from), monthIndex(to)];
  const byMonth = lastMonth - firstMonth < MOST_MONTHS;
  const first = byMonth ? firstMonth : Math.floor(firstMonth / 12);
  const last = byMonth ? lastMonth : Math.floor(lastMonth / 12);
  const counts = new Array<number>(last - first + 1).fill(0);
  for (const date of dated) {
    const at = (byMonth ? monthIndex(date) : Math.floor(monthIndex(date) / 12)) - first;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map((count, offset) =>
    byMonth
      ? { year: Math.floor((first + offset) / 12), month: ((first + offset) % 12) + 1, count }
      : { year: first + offset, month: null, count },
  );
}

/** Months that no log covers would stand there as if nobody had looked; the timeline shows them as gaps. */
function coveredDays(history: History): string[] {
  const held = history.coverage.flatMap((one) => one.held);
  return (held.length === 0 ? [history.period] : held).flatMap((period) => [period.from, period.to]);
}

function span(days: readonly string[]): { from: string; to: string } {
  const sorted = [...days].sort();
  return { from: sorted[0] ?? "", to: sorted.at(-1) ?? "" };
}

function monthIndex(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}
