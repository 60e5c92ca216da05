/**
 * What the beginning of an unknown export seems to be: how it is built, which columns it has, and what each
 * may mean. Guesses alone: a person looks at them and decides. Pure.
 */
import { type CsvProblemRow, CsvRow, readCsv } from "./csv-reader.ts";
import type { CsvFormat } from "./formats/format.ts";
import { compilePath, parseJson } from "./formats/json-path.ts";
import { LIMITS } from "./formats/limits.ts";
import { findIdentifier, INDEXED_KINDS } from "./identifier.ts";
import { readLogTime, TIME_FORMATS, type TimeFormat } from "./log-time.ts";
import type { Field } from "./profile.ts";

/** How a sample is built. Of JSON only one object on each line: a document is described by hand. */
export type SampleFormat =
  | { kind: "csv"; delimiter: CsvFormat["delimiter"]; headerRow: boolean }
  | { kind: "json-lines" };

/** One column of a sample, or one path of its objects. */
export interface SampleColumn {
  name: string;
  /** Its texts in the first rows, those that are not empty. */
  values: string[];
}

export interface Sample {
  format: SampleFormat;
  columns: SampleColumn[];
}

const DELIMITERS = [",", ";", "\t", "|"] as const satisfies readonly CsvFormat["delimiter"][];
/** Rows that are looked at, and columns that a form can show. */
const ROWS = 100;
export const MOST_COLUMNS = 100;

/** @returns null when it is neither a table nor a list of JSON objects, or has too many columns for a form. */
export async function readSample(bytes: Uint8Array): Promise<Sample | null> {
  const sample = readJsonSample(bytes) ?? (await readCsvSample(bytes));
  if (sample === null || sample.columns.length === 0 || sample.columns.length > MOST_COLUMNS) return null;
  return sample;
}

function readJsonSample(bytes: Uint8Array): Sample | null {
  const text = Buffer.from(bytes).toString("utf8");
  if (!text.trimStart().startsWith("{")) return null;
  const rows = text
    .split(/\r?\n/)
    .slice(0, ROWS)
    .filter((line) => line.trim() !== "")
    .map(parseJson)
    .filter((value) => typeof value === "object" && value !== null && !Array.isArray(value));
  if (rows.length === 0) return null;
  const paths = [...new Set(rows.flatMap((row) => listPaths(row as object, "")))];
  return {
    format: { kind: "json-lines" },
    columns: paths.map((name) => {
      const find = compilePath(name);
      return { name, values: valuesOf(rows.map((row) => find(row, "").join(", "))) };
    }),
  };
}

/** The paths of an object's texts and numbers; lists are looked through. */
function listPaths(value: object, before: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => (isObject(one) ? listPaths(one, before) : [before]));
  return Object.entries(value).flatMap(([key, inner]) => {
    // What cannot be written in a path between quotes cannot be mapped.
    if (key === "" || key.includes("'")) return [];
    const step = /^[A-Za-z_@$][\w@$:-]*$/.test(key) ? key : `'${key}'`;
    const path = before === "" ? step : `${before}.${step}`;
    if (Array.isArray(inner)) return listPaths(inner, path);
    return isObject(inner) ? listPaths(inner, path) : [path];
  });
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

async function readCsvSample(bytes: Uint8Array): Promise<Sample | null> {
  const read = await Promise.all(
    DELIMITERS.map(async (delimiter) => ({ delimiter, rows: await rowsOf(bytes, delimiter) })),
  );
  // The delimiter that makes the widest table of rows that are alike.
  const [best] = read.sort((a, b) => widthOf(b.rows) - widthOf(a.rows));
  const [first, ...rest] = best?.rows ?? [];
  if (best === undefined || first === undefined || widthOf(best.rows) < 2) return null;
  const headerRow = isHeader(first);
  const names = headerRow ? first.map((cell) => cell.trim()) : first.map((_, i) => `Column ${i + 1}`);
  // A comma too many at the end of each row is no column.
  while (names.at(-1) === "") names.pop();
  if (names.includes("") || new Set(names).size !== names.length) return null;
  const rows = headerRow ? rest : best.rows;
  return {
    format: { kind: "csv", delimiter: best.delimiter, headerRow },
    columns: names.map((name, i) => ({ name, values: valuesOf(rows.map((row) => row[i] ?? "")) })),
  };
}

async function rowsOf(bytes: Uint8Array, delimiter: CsvFormat["delimiter"]): Promise<string[][]> {
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
  return names.every((name) => /\p{L}/u.test(name) && !isTime(name));
}

function isTime(text: string): boolean {
  return TIME_FORMATS.some((format) => typeof readLogTime(text, { formats: [format], zone: "UTC" }) !== "string");
}

function valuesOf(texts: readonly string[]): string[] {
  return texts.map((text) => text.trim()).filter((text) => text !== "");
}

/** Names that exports have for a field, as letters and digits alone. The first field that fits is taken. */
const NAMES: readonly (readonly [Field, readonly string[]])[] = [
  [
    "at",
    ["at", "time", "timestamp", "datetime", "searchtime", "searchdate", "querytime", "eventtime", "date", "fecha"],
  ],
  ["sourceId", ["id", "searchid", "recordid", "eventid", "entryid", "rowid", "seq", "sequence", "number"]],
  ["orgCode", ["ori", "orgcode", "agencycode", "agencyid"]],
  ["org", ["org", "orgname", "organization", "organisation", "agency", "agencyname", "department", "agencia"]],
  ["userName", ["username", "fullname", "officername", "operatorname"]],
  ["user", ["user", "userid", "officer", "operator", "badge", "login", "account", "usuario"]],
  ["plate", ["plate", "licenseplate", "licenceplate", "plates", "platenumber", "lic", "tag", "placa"]],
  ["licence", ["licence", "license", "driverlicense", "driverslicense", "dl", "oln", "dlnumber", "licencia"]],
  ["vin", ["vin"]],
  ["state-id", ["sid", "stateid", "cii"]],
  ["ssn", ["ssn", "soc", "socialsecurity", "socialsecuritynumber"]],
  ["name", ["name", "nam", "subject", "subjectname", "personname", "nombre"]],
  ["birth-date", ["dob", "birthdate", "dateofbirth", "nacimiento"]],
  ["purposeCode", ["purposecode", "pur", "reasoncode"]],
  ["purpose", ["purpose", "reason", "why", "searchreason", "justification", "motivo"]],
  ["legalBasis", ["legalbasis", "statute", "authority"]],
  ["caseNumber", ["case", "casenumber", "caseno", "incident", "incidentnumber", "caso"]],
  ["queryId", ["queryid", "requestid", "correlationid"]],
  ["groupId", ["groupid", "sessionid"]],
  ["messageKey", ["messagekey", "mke", "msgkey", "transaction", "transactiontype"]],
  ["outcome", ["outcome", "result", "hit", "response", "resultado"]],
  ["networks", ["networks", "totalnetworkssearched", "networkcount"]],
  ["devices", ["devices", "totaldevicessearched", "cameracount", "cameras"]],
  ["timeFrame", ["timeframe", "daterange", "searchrange"]],
  ["searchType", ["searchtype", "type", "querytype", "tipo"]],
  ["filters", ["filters", "filter", "criteria", "filtros"]],
  ["textPrompt", ["textprompt", "prompt", "freetext"]],
  ["moderation", ["moderation"]],
  ["bulk", ["bulk", "isbulk", "batchquery"]],
  ["automatic", ["automatic", "automated", "isautomatic"]],
  ["sealed", ["sealed", "confidential", "restricted"]],
  ["hiddenReason", ["hiddenreason"]],
  ["hiddenUntil", ["hiddenuntil"]],
];

/** What each column may mean, by its name, and where that says nothing by what stands in it. Each field once. */
export function guessFields(columns: readonly SampleColumn[]): Map<string, Field> {
  const guesses = new Map<string, Field>();
  const taken = new Set<Field>();
  const take = (column: SampleColumn, field: Field | undefined) => {
    if (field === undefined || taken.has(field) || guesses.has(column.name)) return;
    taken.add(field);
    guesses.set(column.name, field);
  };
  for (const [field, names] of NAMES) {
    for (const column of columns) {
      if (names.includes(plainName(column.name)) && fits(field, column.values)) take(column, field);
    }
  }
  for (const column of columns) take(column, fieldOfValues(column.values));
  // Without a time nothing can be read: a column of which half are times is better than none.
  const times = columns.find(({ name, values }) => !guesses.has(name) && mostly(values, isTime, 0.5));
  if (times !== undefined) take(times, "at");
  return guesses;
}

/** "License Plate" and "user.plate" end in the same word: only the last part of a path names the column. */
function plainName(name: string): string {
  const last = name.split(".").at(-1) ?? name;
  return last.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** A column called "date" of which no text is a time is not the time. */
function fits(field: Field, values: readonly string[]): boolean {
  return field !== "at" || values.length === 0 || mostly(values, isTime, 0.5);
}

function fieldOfValues(values: readonly string[]): Field | undefined {
  if (values.length < 3) return undefined;
  if (mostly(values, isTime)) return "at";
  if (mostly(values, (text) => text.length === 17 && findIdentifier("vin", text) !== null)) return "vin";
  return mostly(values, isPlateLike) ? "plate" : undefined;
}

/** Letters and digits mixed, as plates are and words and numbers are not. */
function isPlateLike(text: string): boolean {
  return (
    /\d/.test(text) && /[A-Za-z]/.test(text) && text.length <= 8 && findIdentifier(INDEXED_KINDS[0], text) !== null
  );
}

function mostly(values: readonly string[], is: (text: string) => boolean, share = 0.9): boolean {
  return values.length > 0 && values.filter(is).length >= values.length * share;
}

export interface TimeGuess {
  formats: TimeFormat[];
  /** Whether some time does not say its own zone. */
  needsZone: boolean;
}

/** How the times of a column are written. Empty formats: none of the known ways fits most of them. */
export function guessTime(values: readonly string[]): TimeGuess {
  const reads = (format: TimeFormat, zone: string | null) => (text: string) =>
    typeof readLogTime(text, { formats: [format], zone }) !== "string";
  const [best] = TIME_FORMATS.map((format) => ({ format, read: values.filter(reads(format, "UTC")).length })).sort(
    (a, b) => b.read - a.read,
  );
  if (best === undefined || best.read * 2 < values.length || best.read === 0) return { formats: [], needsZone: false };
  return { formats: [best.format], needsZone: values.some((text) => !reads(best.format, null)(text)) };
}
