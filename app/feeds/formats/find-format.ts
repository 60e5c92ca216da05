/** Which of a profile's formats a file is built in, by its first bytes. */
import { type CsvFormat, type Format, findHeader, type JsonFormat } from "./format.ts";
import { JsonSplitter } from "./json-splitter.ts";
import { LIMITS } from "./limits.ts";

/** Bytes that are looked at: longer than any header, and than what a document says before its list. */
export const FORMAT_HEAD = 1 << 16;

/** @returns null when the first bytes are blanks alone. What is of none of the formats is given to the first, to refuse. */
export function findFormat(formats: readonly Format[], head: Buffer): Format | null {
  const text = head.toString("utf8").replace(/^\ufeff/, "");
  const [first] = text.trimStart();
  if (first === undefined) return null;
  const json = formats.filter((format) => format.kind === "json" || format.kind === "json-lines");
  if ((first === "{" || first === "[") && json.length > 0) return findJson(json, first, head);
  const others = formats.filter((format) => format.kind === "csv" || format.kind === "fixed-width");
  return (
    others.find((format) => isCsv(format, text)) ??
    others.find(({ kind }) => kind === "fixed-width") ??
    others[0] ??
    formats[0] ??
    null
  );
}

function findJson(formats: readonly Format[], first: string, head: Buffer): Format | null {
  const document = formats.find((format) => format.kind === "json");
  const lines = formats.find((format) => format.kind === "json-lines");
  if (document === undefined || lines === undefined) return document ?? lines ?? null;
  return first === "[" || isDocument(document, head) ? document : lines;
}

/** An object on a line may be a row, or the whole document: the document has the list, or says what it is. */
function isDocument(format: JsonFormat, head: Buffer): boolean {
  const splitter = new JsonSplitter(format, LIMITS);
  splitter.feed(head);
  splitter.take();
  return splitter.recognised;
}

function isCsv(format: Format, text: string): boolean {
  if (format.kind !== "csv") return false;
  const [line = ""] = text.trimStart().split("\n");
  const cells = cellsOfLine(format, line);
  return format.headerRow ? findHeader(format, cells) !== null : cells.length === format.required.length;
}

/** Good enough for names, which hold neither quotes nor line breaks. */
function cellsOfLine(format: CsvFormat, line: string): string[] {
  return line.split(format.delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}
