/** Look-ups by month, for the page's chart: a month without any log is not a month without look-ups. */
import type { History } from "./history.ts";

export interface MonthOfHistory {
  /** YYYY-MM */
  readonly month: string;
  readonly count: number;
  /** No log covers any day of this month, so its count is not known. */
  readonly unknown: boolean;
}

/** Every month of the period asked about, and of the lines should one lie outside, oldest first. */
export function monthsOf({
  lines,
  period,
  coverage,
}: Pick<History, "lines" | "period" | "coverage">): MonthOfHistory[] {
  const dated = lines.flatMap((line) => (line.on === null ? [] : [line.on.slice(0, 7)]));
  const ends = [period.from.slice(0, 7), period.to.slice(0, 7), ...dated].sort();
  const last = ends.at(-1) ?? "";
  const held = coverage.flatMap((system) => system.held);
  const months: MonthOfHistory[] = [];
  for (let month = ends[0] ?? ""; month !== "" && month <= last; month = nextMonth(month)) {
    const count = dated.filter((one) => one === month).length;
    const covered = held.some(({ from, to }) => from.slice(0, 7) <= month && month <= to.slice(0, 7));
    months.push({ month, count, unknown: count === 0 && !covered });
  }
  return months;
}

function nextMonth(month: string): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}
