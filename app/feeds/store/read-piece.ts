import { readCsvRows } from "../formats/csv-rows.ts";
import type { FileRow, ReadContext } from "../formats/file-row.ts";
import { readFixedRows } from "../formats/fixed-rows.ts";
import { readJsonLineRows } from "../formats/json-rows.ts";
import type { SplitFormat } from "./splitting.ts";

/** The rows of one piece, whose lead stands before it. They are numbered from the lead's first row. */
export function readPiece(
  text: AsyncIterable<Uint8Array>,
  format: SplitFormat,
  context: ReadContext,
): AsyncIterable<FileRow[]> {
  switch (format.kind) {
    case "csv":
      return readCsvRows(text, format, context);
    case "json-lines":
      return readJsonLineRows(text, format, context);
    case "fixed-width":
      return readFixedRows(text, format, context);
  }
}
