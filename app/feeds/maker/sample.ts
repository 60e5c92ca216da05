/**
 * The beginning of an unknown export: how it is built, and which columns or paths it has. Guessed, and read again by
 * what a person said instead. Pure.
 */
import { z } from "zod";
import { type CsvProblemRow, CsvRow, readCsv } from "../csv-reader.ts";
import { type CsvFormat, type Format, formatSchema } from "../formats/format.ts";
import { parseJson } from "../formats/json-path.ts";
import { LIMITS } from "../formats/limits.ts";
import { isTimeText, type SampleColumn } from "../guess-columns.ts";
import { fixedCells, guessFixed, linesOf } from "./fixed-columns.ts";
import { columnsOf, completeJson, findHead, listPlaces, rowsAt } from "./json-sample.ts";

const [csv, fixedWidth, jsonLines, json] = formatSchema.options;

/** How a sample is built: a profile's format, without the names that only a table's first row gives. */
export const layoutSchema = z.discriminatedUnion("kind", [
  csv.pick({ kind: true, delimiter: true, headerRow: true }),
  fixedWidth,
  jsonLines,
  json,
]);
export type Layout = z.infer<typeof layoutSchema>;

export interface Sample {
  format: Layout;
  columns: SampleColumn[];
}

export const DELIMITERS = [",", ";", "\t", "|"] as const satisfies readonly CsvFormat["delimiter"][];
/** Rows that are looked at, and columns that a form can show. */
const ROWS = 100;
export const MOST_COLUMNS = 100;

/** @returns null when no rows can be seen in it, or it has too many columns for a form. */
export async function readSample(bytes: Uint8Array): Promise<Sample | null> {
  const layout = guessJson(bytes) ?? (await guessTable(bytes));
  return layout === null ? null : readSampleAs(bytes, layout);
}

/** The columns of a sample that is built so; null when it has none, or too many for a form. */
export async function readSampleAs(bytes: Uint8Array, layout: Layout): Promise<Sample | null> {
  const columns = await columnsAs(bytes, layout);
  if (columns === null || columns.length === 0 || columns.length > MOST_COLUMNS) return null;
  return { format: layout, columns: columns.map(({ name, values }) => ({ name, values: filled(values) })) };
}

async function columnsAs(bytes: Uint8Array, layout: Layout): Promise<SampleColumn[] | null> {
  switch (layout.kind) {
    case "csv":
      return csvColumns(await csvRows(bytes, layout.delimiter), layout.headerRow);
    case "fixed-width": {
      const cells = fixedCells(linesOf(bytes), layout);
      return layout.columns.map(({ name }, i) => ({ name, values: cells.map((row) => row[i] ?? "") }));
    }
    case "json-lines": {
      const [first, ...rest] = jsonLinesOf(bytes);
      if (first === undefined) return null;
      const isHead = layout.head !== null && findHead(first)?.name === layout.head;
      return columnsOf((isHead ? rest : [first, ...rest]).map((value) => ({ value, list: "" })));
    }
    case "json":
      return columnsOf(rowsAt(parseJson(textOf(bytes)), layout.items).slice(0, ROWS));
  }
}

/** The format of a profile for files that are built so. */
export function formatOf({ format, columns }: Sample): Format {
  if (format.kind !== "csv") return format;
  return { ...format, required: columns.map(({ name }) => name), optional: [], aliases: {} };
}

export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("utf8")
    .replace(/^\ufeff/, "");
}

/** Whether the text begins as a document does, and not as a list of lines that are objects. */
export function isDocument(text: string): boolean {
  const start = text.trimStart();
  if (start.startsWith("[")) return true;
  if (!start.startsWith("{")) return false;
  const [line = "", next] = start.split(/\r?\n/, 2);
  const first = parseJson(line);
  if (first === undefined || first === null) return true;
  // One line alone is a document when it holds lists of rows.
  return (next ?? "").trim() === "" && listPlaces(first).length > 0;
}

function jsonLinesOf(bytes: Uint8Array): object[] {
  return textOf(bytes)
    .split(/\r?\n/)
    .slice(0, ROWS)
    .filter((line) => line.trim() !== "")
    .map(parseJson)
    .filter((value): value is object => typeof value === "object" && value !== null && !Array.isArray(value));
}

function guessJson(bytes: Uint8Array): Layout | null {
  const text = textOf(bytes);
  if (isDocument(text)) {
    const document = parseJson(completeJson(text) ?? "");
    const places = listPlaces(document).filter(({ place }) => place.endsWith("[]"));
    const timed = places.filter(({ place }) => hasTime(columnsOf(rowsAt(document, [place]).slice(0, ROWS))));
    const filledPlaces = places.filter(({ rows }) => rows > 0);
    const items = (timed.length > 0 ? timed : filledPlaces.slice(0, 1)).map(({ place }) => place);
    return items.length === 0 ? null : { kind: "json", items, marks: [], facts: {} };
  }
  if (!text.trimStart().startsWith("{")) return null;
  const rows = jsonLinesOf(bytes);
  const head = rows.length > 1 ? findHead(rows[0]) : null;
  return { kind: "json-lines", head: head?.name ?? null, facts: {} };
}

function hasTime(columns: readonly SampleColumn[]): boolean {
  return columns.some(({ values }) => values.some(isTimeText));
}

async function guessTable(bytes: Uint8Array): Promise<Layout | null> {
  const fixed = guessFixed(linesOf(bytes));
  const table = await guessCsv(bytes);
  if (table === null) return fixed === null ? null : { kind: "fixed-width", ...fixed };
  // A comma in each name makes no table of lines that are ruled.
  const isRuled = fixed !== null && !table.headerRow && table.width < fixed.columns.length;
  if (isRuled) return { kind: "fixed-width", ...fixed };
  return { kind: "csv", delimiter: table.delimiter, headerRow: table.headerRow };
}

interface TableGuess {
  delimiter: CsvFormat["delimiter"];
  headerRow: boolean;
  width: number;
}

async function guessCsv(bytes: Uint8Array): Promise<TableGuess | null> {
  const read = await Promise.all(
    DELIMITERS.map(async (delimiter) => ({ delimiter, rows: await csvRows(bytes, delimiter) })),
  );
  // The delimiter that makes the widest table of rows that are alike.
  const [best] = read.sort((a, b) => widthOf(b.rows) - widthOf(a.rows));
  const [first] = best?.rows ?? [];
  if (best === undefined || first === undefined || widthOf(best.rows) < 2) return null;
  const headerRow = isHeader(first);
  if (csvColumns(best.rows, headerRow) === null) return null;
  return { delimiter: best.delimiter, headerRow, width: widthOf(best.rows) };
}

/** @returns null when its names are not one for each column. */
function csvColumns(rows: readonly string[][], headerRow: boolean): SampleColumn[] | null {
  const [first, ...rest] = rows;
  if (first === undefined) return null;
  const names = headerRow ? first.map((cell) => cell.trim()) : first.map((_, i) => `Column ${i + 1}`);
  // A comma too many at the end of each row is no column.
  while (names.at(-1) === "") names.pop();
  if (names.includes("") || new Set(names).size !== names.length) return null;
  const shown = headerRow ? rest : rows;
  return names.map((name, i) => ({ name, values: shown.map((row) => row[i] ?? "") }));
}

async function csvRows(bytes: Uint8Array, delimiter: CsvFormat["delimiter"]): Promise<string[][]> {
  const rows: (CsvRow | CsvProblemRow)[] = [];
  for await (const group of readCsv(once(bytes), LIMITS, delimiter)) {
    rows.push(...group);
    if (rows.length >= ROWS) break;
  }
  return rows.slice(0, ROWS).flatMap((row) => (row instanceof CsvRow ? [row.cells] : []));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** How many cells the first row has, when at least half of the others have as many. */
function widthOf(rows: readonly string[][]): number {
  const width = rows[0]?.length ?? 0;
  const alike = rows.filter((row) => row.length === width).length;
  return alike * 2 >= rows.length ? width : 0;
}

/** Names, none of which could be a time or a number. */
function isHeader(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cell.trim()).filter((name) => name !== "");
  return names.every((name) => /\p{L}/u.test(name) && !/\d{6}/.test(name) && !isTimeText(name));
}

function filled(texts: readonly string[]): string[] {
  return texts.map((text) => text.trim()).filter((text) => text !== "");
}
