/** Lines with their columns at fixed places: where the columns may stand, and the ruler to see them by. Pure. */
import type { FixedWidthFormat } from "../formats/format.ts";

export type FixedColumn = FixedWidthFormat["columns"][number];
export type FixedLayout = Pick<FixedWidthFormat, "skip" | "least" | "columns">;

/** Lines that are looked at, and that a page shows. */
const LOOKED_AT = 100;
const SHOWN_LINES = 12;
/** Longer lines are no journal that a person can rule. */
export const LONGEST_LINE = 2_000;

/** The first lines, by characters; blank ones too, since they are counted. */
export function linesOf(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes)
    .toString("utf8")
    .replace(/^\ufeff/, "");
  const lines = text.split(/\r\n|\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines.slice(0, LOOKED_AT);
}

/**
 * Where columns may stand: between runs of places that are blank in every line.
 * @returns null when the lines do not look as if each held a date, or fall into fewer than two columns.
 */
export function guessFixed(lines: readonly string[]): FixedLayout | null {
  const skip = headLines(lines);
  const rows = lines.slice(skip).filter((line) => line.trim() !== "");
  if (rows.length < 2 || rows.some((row) => row.length > LONGEST_LINE || /[\0\ufffd]/.test(row))) return null;
  if (rows.filter((row) => /\d{4}|\d\d[/.:-]\d\d/.test(row)).length * 2 < rows.length) return null;
  const ranges = rangesOf(rows);
  if (ranges.length < 2) return null;
  const names = namesIn(lines.slice(0, skip), ranges);
  const columns = ranges.map(({ from, to }, i) => ({ name: names[i] ?? `Column ${i + 1}`, from, to }));
  return { skip, least: leastOf(rows, columns), columns };
}

/** Lines of names or dashes before the first row: they hold no digit, and the others do. */
function headLines(lines: readonly string[]): number {
  const first = lines.findIndex((line) => /\d/.test(line));
  return first > 0 && first < 10 ? first : 0;
}

/** Each column reaches to where the next begins, so that a longer text than any in the sample has its place. */
function rangesOf(rows: readonly string[]): { from: number; to: number }[] {
  const characters = rows.map((row) => [...row]);
  const width = Math.max(...characters.map((row) => row.length));
  const blank = (at: number) => characters.every((row) => (row[at] ?? " ").trim() === "");
  const starts: number[] = [];
  for (let at = 0; at < width; at++) {
    if (!blank(at) && (at === 0 || blank(at - 1))) starts.push(at + 1);
  }
  return starts.map((from, i) => ({ from, to: (starts[i + 1] ?? width + 1) - 1 }));
}

/** What a head line says above each column. */
function namesIn(head: readonly string[], ranges: readonly { from: number; to: number }[]): (string | undefined)[] {
  const line = head.findLast((one) => /\p{L}/u.test(one));
  if (line === undefined) return [];
  const characters = [...line];
  const names = ranges.map(({ from, to }) =>
    characters
      .slice(from - 1, to)
      .join("")
      .trim(),
  );
  return names.map((name, i) => (name === "" || names.indexOf(name) !== i ? undefined : name));
}

/** Up to the last column that is filled in every line: what follows may have been cut off with its blanks. */
function leastOf(rows: readonly string[], columns: readonly FixedColumn[]): number {
  const shortest = Math.min(...rows.map((row) => [...row.trimEnd()].length));
  return Math.max(1, ...columns.map(({ to }) => to).filter((to) => to <= shortest));
}

/** The texts of each column in the lines. */
export function fixedCells(lines: readonly string[], { skip, columns }: FixedLayout): string[][] {
  const rows = lines.slice(skip).filter((line) => line.trim() !== "");
  return rows.map((row) => {
    const characters = [...row];
    return columns.map(({ from, to }) =>
      characters
        .slice(from - 1, to)
        .join("")
        .trim(),
    );
  });
}

export interface Ruler {
  /** Tens, a scale, and one letter for each column where it begins, dashes to its end. */
  scale: string[];
  lines: string[];
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** A column's sign on the ruler: A to Z, and again from A. */
export function columnLetter(index: number): string {
  return LETTERS[index % LETTERS.length] ?? "A";
}

/** The first lines under a ruler of as many characters. */
export function drawRuler(lines: readonly string[], columns: readonly FixedColumn[]): Ruler {
  const shown = lines.slice(0, SHOWN_LINES).map(visible);
  const width = Math.min(
    LONGEST_LINE,
    Math.max(10, ...shown.map((line) => [...line].length), ...columns.map(({ to }) => to)),
  );
  const at = (make: (place: number) => string) => Array.from({ length: width }, (_, i) => make(i + 1)).join("");
  let tens = "";
  for (let ten = 10; ten <= width; ten += 10) tens += String(ten).padStart(10);
  const places = Array.from({ length: width }, () => " ");
  for (const [i, { from, to }] of columns.entries()) {
    for (let place = from; place <= Math.min(to, width); place++)
      places[place - 1] = place === from ? columnLetter(i) : "-";
  }
  const scale = at((place) => (place % 10 === 0 ? "|" : place % 5 === 0 ? "+" : "."));
  return { scale: [tens, scale, places.join("").trimEnd()], lines: shown };
}

/** A sign for each control character: what has no width would move the rest of the line. */
function visible(line: string): string {
  return line.replace(/\p{Cc}/gu, "·");
}

export type LayoutProblem =
  | "feedsLayout.refusedColumns"
  | "feedsLayout.refusedName"
  | "feedsLayout.refusedNumber"
  | "feedsLayout.refusedOrder"
  | "feedsLayout.refusedOverlap"
  | "feedsLayout.refusedTwice";

export interface TypedColumn {
  name: string;
  from: string;
  to: string;
}

/** Where a column that was typed is wrong: its place in the list, and which of its fields. */
export interface ColumnIssue {
  index: number;
  part: keyof TypedColumn;
  why: LayoutProblem;
  params: Record<string, string | number>;
}

/** Reads columns as typed; a wholly blank line is none. They may leave places out, and never overlap. */
export function readColumns(typed: readonly TypedColumn[]): { columns: FixedColumn[]; issues: ColumnIssue[] } {
  const issues: ColumnIssue[] = [];
  const columns: (FixedColumn & { index: number })[] = [];
  for (const [index, { name, from, to }] of typed.entries()) {
    if (name === "" && from === "" && to === "") continue;
    const issue = (part: keyof TypedColumn, why: LayoutProblem, params = {}) =>
      issues.push({ index, part, why, params });
    const start = placeOf(from);
    const end = placeOf(to);
    if (name === "" || name.length > 100) issue("name", "feedsLayout.refusedName");
    if (start === null) issue("from", "feedsLayout.refusedNumber", { most: LONGEST_LINE });
    if (end === null) issue("to", "feedsLayout.refusedNumber", { most: LONGEST_LINE });
    if (start === null || end === null || name === "") continue;
    if (end < start) issue("to", "feedsLayout.refusedOrder");
    else if (columns.some((one) => one.name === name)) issue("name", "feedsLayout.refusedTwice", { name });
    else columns.push({ name, from: start, to: end, index });
  }
  columns.sort((a, b) => a.from - b.from);
  for (const [i, column] of columns.entries()) {
    const before = columns[i - 1];
    if (before === undefined || before.to < column.from) continue;
    const params = { name: before.name, to: before.to };
    issues.push({ index: column.index, part: "from", why: "feedsLayout.refusedOverlap", params });
  }
  return { columns: columns.map(({ name, from, to }) => ({ name, from, to })), issues };
}

function placeOf(text: string): number | null {
  const place = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return place >= 1 && place <= LONGEST_LINE ? place : null;
}
