/**
 * From a row as its format gives it to one text for each field: which column, path or constant a profile takes it
 * from. Compiled once for a file. What it fills is one array for all rows, so it must be used up row by row.
 */
import { createHash } from "node:crypto";
import type { CsvFormat } from "./formats/format.ts";
import { compilePath, type JsonPath, LIST } from "./formats/json-path.ts";
import { IDENTIFIER_KINDS } from "./identifier.ts";
import { FIELDS, type Field, type Profile, type Source } from "./profile.ts";

/** Where a field's text stands in `Texts`. */
export const SLOTS = Object.fromEntries(FIELDS.map((field, slot) => [field, slot])) as Record<Field, number>;

/** One text for each field, by slot; null for what the export does not have. */
export type Texts = (string | null)[];

export function emptyTexts(): Texts {
  return new Array<string | null>(FIELDS.length).fill(null);
}

/**
 * Which columns feed which fields. A field none of whose columns the file has stays null.
 *
 * @param names The file's columns, in the profile's spelling.
 * @returns Fills `texts` from the cells of a row.
 */
export function compileColumns(
  profile: Profile,
  names: readonly string[],
  texts: Texts,
): (cells: readonly string[]) => void {
  const index = (name: string) => names.indexOf(name);
  const slots: number[] = [];
  const columns: number[] = [];
  const others: { slot: number; read: (cells: readonly string[]) => string | null }[] = [];
  for (const field of FIELDS) {
    const slot = SLOTS[field];
    const readers = (profile.fields[field] ?? []).flatMap((source) => columnReader(source, index));
    texts[slot] = null;
    const [first] = readers;
    if (first === undefined) continue;
    if (readers.length === 1 && first.column !== null) {
      slots.push(slot);
      columns.push(first.column);
    } else others.push({ slot, read: (cells) => firstText(readers.map(({ read }) => read(cells))) });
  }
  return (cells) => {
    for (let i = 0; i < slots.length; i++) texts[slots[i] as number] = cells[columns[i] as number] as string;
    for (const { slot, read } of others) texts[slot] = read(cells);
  };
}

interface ColumnReader {
  /** The one column that the text is copied from; null when there is more to it. */
  column: number | null;
  read: (cells: readonly string[]) => string;
}

function columnReader(source: Source, index: (name: string) => number): ColumnReader[] {
  if (typeof source === "string") {
    const column = index(source);
    return column < 0 ? [] : [{ column, read: (cells) => cells[column] ?? "" }];
  }
  if ("constant" in source) return [{ column: null, read: () => source.constant }];
  if ("base64" in source) {
    const column = index(source.base64);
    return column < 0 ? [] : [{ column: null, read: (cells) => fromBase64(cells[column] ?? "") }];
  }
  const columns = source.join.map(index).filter((column) => column >= 0);
  if (columns.length === 0) return [];
  return [
    {
      column: null,
      read: (cells) =>
        joined(
          columns.map((column) => cells[column] ?? ""),
          source.with,
        ),
    },
  ];
}

function fromBase64(text: string): string {
  return Buffer.from(text, "base64").toString("utf8");
}

function joined(texts: readonly string[], between: string): string {
  return texts.filter((text) => text.trim() !== "").join(between);
}

/** The first that says something, else the first that is there. */
function firstText(texts: readonly (string | null)[]): string | null {
  return texts.find((text) => text !== null && text.trim() !== "") ?? texts.find((text) => text !== null) ?? null;
}

/** As `compileColumns`, for rows that are JSON values. */
export function compilePaths(profile: Profile, texts: Texts): (value: unknown, list: string) => void {
  const readers = FIELDS.map((field) => {
    const many = (IDENTIFIER_KINDS as readonly string[]).includes(field) || field === "term";
    return (profile.fields[field] ?? []).map((source) => pathReader(source, many));
  });
  return (value, list) => {
    for (let slot = 0; slot < readers.length; slot++) {
      let found: string | null = null;
      for (const read of readers[slot] as PathReader[]) {
        const text = read(value, list);
        found ??= text;
        if (text === null || text.trim() === "") continue;
        found = text;
        break;
      }
      texts[slot] = found;
    }
  };
}

type PathReader = (value: unknown, list: string) => string | null;

/** @param many Whether all that the path finds are meant, or the first. */
function pathReader(source: Source, many: boolean): PathReader {
  if (typeof source === "string") {
    const path = compilePath(source);
    return (value, list) => pick(path, value, list, many);
  }
  if ("constant" in source) return () => source.constant;
  if ("base64" in source) {
    const path = compilePath(source.base64);
    return (value, list) => {
      const text = pick(path, value, list, false);
      return text === null ? null : fromBase64(text);
    };
  }
  const paths = source.join.map(compilePath);
  return (value, list) => {
    const found = paths.map((path) => pick(path, value, list, false));
    return found.every((text) => text === null)
      ? null
      : joined(
          found.map((text) => text ?? ""),
          source.with,
        );
  };
}

function pick(path: JsonPath, value: unknown, list: string, many: boolean): string | null {
  const found = path(value, list);
  if (found.length < 2 || !many) return found[0] ?? null;
  return found.filter((text) => text !== "").join(LIST);
}

/** Between the texts of an identity. No delimiter that a person types; a cell that has one is quoted. */
const BETWEEN = "\u001f";

/**
 * What makes a row of CSV itself and no other: its columns and the delivered text of each, whatever their order,
 * quoting and line ends.
 *
 * @returns A function of the cells. `simple`: no cell holds a control character but line feeds, begins with a quote,
 *   or has blanks around it, so that each can be taken as it is.
 */
export function compileIdentity(
  format: CsvFormat,
  names: readonly string[],
): (cells: readonly string[], simple: boolean) => string {
  const order = [...format.required, ...format.optional].filter((name) => names.includes(name));
  const columns = order.map((name) => names.indexOf(name));
  const start = createHash("sha256").update(order.join("\n")).digest("hex").slice(0, 12);
  return (cells, simple) => {
    let identity = start;
    for (let i = 0; i < columns.length; i++) {
      const cell = cells[columns[i] as number] as string;
      identity += BETWEEN + (simple ? cell : spelled(cell));
    }
    return identity;
  };
}

function spelled(cell: string): string {
  const text = sameLineEnds(cell);
  return text.startsWith('"') || text.includes(BETWEEN) ? JSON.stringify(text) : text;
}

/** The same for rows without a fixed set of columns: the fields that the row has. */
export function fieldIdentity(texts: Texts): string {
  const present = FIELDS.flatMap((field) => {
    const text = texts[SLOTS[field]];
    return text === null || text === undefined ? [] : [[field, sameLineEnds(text)]];
  });
  return JSON.stringify(present);
}

/** The same export saved with other line ends, or with blanks around a cell, is the same row. */
export function sameLineEnds(text: string): string {
  return (text.includes("\r") ? text.replaceAll("\r\n", "\n") : text).trim();
}
