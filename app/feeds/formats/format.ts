/** How an export's file is built: where one row ends, and where in it a named cell stands. */
import { z } from "zod";

const name = z.string().min(1).max(200);

const csvSchema = z.strictObject({
  kind: z.literal("csv"),
  delimiter: z.enum([",", ";", "\t", "|"]),
  /** Whether the file's first row names the columns. Without one they are `required`, in this order. */
  headerRow: z.boolean(),
  /** Columns that every header has; in any order. */
  required: z.array(name).min(1),
  /** Columns that some headers have besides. */
  optional: z.array(name),
  /** Other spellings of a column's name: alias -> name. */
  aliases: z.record(name, name),
});
export type CsvFormat = z.infer<typeof csvSchema>;

const fixedWidthSchema = z.strictObject({
  kind: z.literal("fixed-width"),
  /** Lines before the first row. */
  skip: z.int().min(0),
  /** Characters, counted from 1, both included. */
  columns: z.array(z.strictObject({ name, from: z.int().positive(), to: z.int().positive() })).min(1),
  /** The shortest whole line: blanks at a line's end may have been cut off. */
  least: z.int().positive(),
});
export type FixedWidthFormat = z.infer<typeof fixedWidthSchema>;

/** Which members say what of the delivery. */
const factNames = z.partialRecord(z.enum(["rows", "sequenceNo", "from", "to"]), name);

const jsonLinesSchema = z.strictObject({
  kind: z.literal("json-lines"),
  /** A first line {"<head>": {...}} speaks of the delivery and is no row; null where there is none. */
  head: name.nullable(),
  facts: factNames,
});
export type JsonLinesFormat = z.infer<typeof jsonLinesSchema>;

/** A place of rows in a document: "[]", "entry[].resource", "dataRequests[]". */
const place = z.string().regex(/^(?:[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)?\[\](?:\.[A-Za-z_][\w-]*)*$/);

const jsonSchema = z.strictObject({
  kind: z.literal("json"),
  /** Where the rows are. */
  items: z.array(place).min(1),
  /** Members that tell the document from another one even when it holds no row: "totalUsages", "resourceType=Bundle". */
  marks: z.array(name),
  /** Members of the document beside its lists. */
  facts: factNames,
});
export type JsonFormat = z.infer<typeof jsonSchema>;

export const formatSchema = z.discriminatedUnion("kind", [csvSchema, fixedWidthSchema, jsonLinesSchema, jsonSchema]);
export type Format = z.infer<typeof formatSchema>;

/** What a profile's formats accept, one sentence part each, in no language. */
export function describeFormat(format: Format): string {
  switch (format.kind) {
    case "csv": {
      const columns = [...format.required, ...format.optional.map((column) => `[${column}]`)];
      return columns.join(format.delimiter === "\t" ? " <TAB> " : format.delimiter);
    }
    case "fixed-width":
      return format.columns.map(({ name: column, from, to }) => `${column} ${from}-${to}`).join(", ");
    case "json-lines":
      return "JSON Lines (NDJSON)";
    case "json":
      return `JSON: ${format.items.join(" | ")}`;
  }
}

/**
 * The column names of a header row in the profile's own spelling, in the row's order; null when it is not such a
 * header. Blanks around names do not matter; names after the last one may be empty (a comma too many).
 */
export function findHeader(format: CsvFormat, cells: readonly string[]): readonly string[] | null {
  const names = cells.map((cell) => cell.trim()).map((cell) => format.aliases[cell] ?? cell);
  while (names.at(-1) === "") names.pop();
  if (new Set(names).size !== names.length) return null;
  if (!format.required.every((column) => names.includes(column))) return null;
  return names.every((column) => format.required.includes(column) || format.optional.includes(column)) ? names : null;
}
