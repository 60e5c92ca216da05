/** Where each day of a year stands in a calendar of twelve months. Pure. */
import { daysBetween } from "./format.ts";

/** A run of days of one state, both ends included; YYYY-MM-DD. */
export interface ShownRun<S extends string = string> {
  from: string;
  to: string;
  state: S;
}

export interface DayCell<S extends string = string> {
  /** YYYY-MM-DD */
  on: string;
  /** 1 to 31 */
  number: number;
  /** 0 is Sunday: so weeks are printed in the United States, in English and in Spanish. */
  column: number;
  /** From 0. */
  week: number;
  state: S;
}

export interface MonthCells<S extends string = string> {
  /** YYYY-MM */
  month: string;
  weeks: number;
  cells: DayCell<S>[];
}

/** A Sunday. */
const SUNDAY = "1970-01-04";

/** The months that the runs touch, in order, each with its days. The runs follow one another without gaps. */
export function layMonths<S extends string>(runs: readonly ShownRun<S>[]): MonthCells<S>[] {
  const months: MonthCells<S>[] = [];
  for (const { from, to, state } of runs) {
    const length = daysBetween(from, to) + 1;
    for (let n = 0; n < length; n += 1) {
      const on = dayAfter(from, n);
      const month = on.slice(0, 7);
      let last = months.at(-1);
      if (last?.month !== month) {
        last = { month, weeks: 0, cells: [] };
        months.push(last);
      }
      const column = columnOf(on);
      const number = Number(on.slice(8));
      const week = Math.floor((number - 1 + columnOf(`${month}-01`)) / 7);
      last.cells.push({ on, number, column, week, state });
      last.weeks = week + 1;
    }
  }
  return months;
}

/** How many days a run has. */
export function lengthOf({ from, to }: { from: string; to: string }): number {
  return daysBetween(from, to) + 1;
}

function columnOf(on: string): number {
  return ((daysBetween(SUNDAY, on) % 7) + 7) % 7;
}

function dayAfter(day: string, days: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10);
}
