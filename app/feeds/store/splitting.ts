/** How a file of a known format is cut for several threads, and what each of them must be told to read its piece. */
import { CsvRow, readCsv } from "../csv-reader.ts";
import { findFormat } from "../formats/find-format.ts";
import { type CsvFormat, type Format, findHeader } from "../formats/format.ts";
import { parseJson } from "../formats/json-path.ts";
import { LIMITS } from "../formats/limits.ts";
import type { Profile } from "../profile.ts";
import { findFirstRecord, lengthOfMark, type RecordShape, RecordSplitter } from "./split-records.ts";

/** Formats in which a row can be read without what came before it, but for a header. */
export type SplitFormat = Exclude<Format, { kind: "json" }>;

export interface Splitting {
  readonly format: SplitFormat;
  readonly shape: RecordShape;
  /** Where the rows begin in the file's text, and the number of the first. */
  readonly start: number;
  readonly firstRow: number;
  /** What a piece is read behind. */
  readonly lead: Lead;
}

/** Text that stands before a piece, so that it reads like a file. */
export interface Lead {
  readonly text: Uint8Array;
  /** How many rows the reader counts before the piece's first one. */
  readonly rows: number;
}

/**
 * @param head The beginning of the file's text.
 * @returns null when a file of this format is read by one thread alone, or is not one that can be read at all.
 */
export function findSplitting(profile: Profile, head: Buffer): Splitting | null {
  const format = findFormat(profile.formats, head);
  switch (format?.kind) {
    case "csv":
      return csvSplitting(format, head);
    case "json-lines":
      return linesSplitting(format, head);
    case "fixed-width":
      return fixedSplitting(format, head);
    default:
      return null;
  }
}

function csvSplitting(format: CsvFormat, head: Buffer): Splitting | null {
  const shape = { delimiter: format.delimiter.charCodeAt(0) };
  const first = findFirstRecord(head, shape);
  if (first === null) return null;
  if (!format.headerRow) {
    return { format, shape, start: lengthOfMark(head), firstRow: 1, lead: { text: new Uint8Array(), rows: 0 } };
  }
  const lead = { text: new Uint8Array(head.subarray(first.start, first.end)), rows: 1 };
  return { format, shape, start: first.end, firstRow: first.number + 1, lead };
}

function linesSplitting(format: Extract<Format, { kind: "json-lines" }>, head: Buffer): Splitting | null {
  const shape = { delimiter: null };
  const first = findFirstRecord(head, shape);
  if (first === null) return null;
  if (format.head === null) {
    return { format, shape, start: lengthOfMark(head), firstRow: 1, lead: { text: new Uint8Array(), rows: 0 } };
  }
  // A first line that speaks of the delivery is passed over; every piece gets one of its own, so that no row of the
  // middle is taken for it.
  const isHead = isHeadLine(head.toString("utf8", first.start, first.end), format.head);
  const lead = { text: Buffer.from(`${JSON.stringify({ [format.head]: {} })}\n`), rows: 1 };
  return isHead
    ? { format, shape, start: first.end, firstRow: first.number + 1, lead }
    : { format, shape, start: lengthOfMark(head), firstRow: 1, lead };
}

/** As json-rows.ts has it: an object with nothing but the head member, which is an object. */
function isHeadLine(line: string, member: string): boolean {
  const value = parseJson(line);
  if (typeof value !== "object" || value === null) return false;
  const [entry, ...more] = Object.entries(value);
  return more.length === 0 && entry?.[0] === member && typeof entry[1] === "object" && entry[1] !== null;
}

function fixedSplitting(format: Extract<Format, { kind: "fixed-width" }>, head: Buffer): Splitting | null {
  const shape = { delimiter: null };
  let start = lengthOfMark(head);
  for (let line = 0; line < format.skip; line++) {
    const [stretch] = new RecordSplitter(shape, 1, 1).feed(head.subarray(start));
    if (stretch === undefined || !stretch.ends) return null;
    start += stretch.bytes.length;
  }
  const lead = { text: Buffer.from("\n".repeat(format.skip)), rows: format.skip };
  return { format, shape, start, firstRow: format.skip + 1, lead };
}

/**
 * Looks for a header in the middle of a file: exports of two editions put together have one, and what follows it
 * is read by it.
 */
export function compileHeaderFinder(format: SplitFormat): (piece: Uint8Array) => Promise<Lead | null> {
  if (format.kind !== "csv" || !format.headerRow) return async () => null;
  // Every header has each of these names, and a row of data hardly ever the longest of them.
  const [longest = ""] = [...format.required].sort((a, b) => b.length - a.length);
  const spellings = Object.keys(format.aliases).filter((alias) => format.aliases[alias] === longest);
  const needles = [longest, ...spellings].map((name) => Buffer.from(name));
  return async (piece) => {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    if (!needles.some((needle) => bytes.includes(needle))) return null;
    let found: Lead | null = null;
    for await (const rows of readCsv(once(bytes), LIMITS, format.delimiter)) {
      for (const row of rows) {
        if (!(row instanceof CsvRow) || findHeader(format, row.cells) === null) continue;
        found = { text: Buffer.concat([row.raw, Buffer.from("\n")]), rows: 1 };
      }
    }
    return found;
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
