/** Reading one waiting row again, as it would be read if it were delivered today. Pure. */
import { Refused } from "#app/platform/failure.ts";
import { type CsvFormat, type Format, findHeader } from "./formats/format.ts";
import { toWay, type Way } from "./formats/json-places.ts";
import type { RowProblem } from "./problem.ts";
import type { Profile } from "./profile.ts";
import { type FileRow, type RowContext, readFeedFile } from "./read-file.ts";
import { GoodRow } from "./read-row.ts";

/** A row of a delivered file, by which it could not be read then. */
export interface WaitingText {
  /** Row of the delivered file. */
  number: number;
  raw: Uint8Array;
  /** What its file said of it elsewhere. */
  context: RowContext | undefined;
  /** Why it waits. */
  reason: string;
}

/** Only the beginning of such a row is known: read by itself it would be another, whole one. */
const NEVER_WHOLE: readonly string[] = ["cut-off", "too-large"] satisfies RowProblem[];

/**
 * The row as the profile reads it now: an event, or why it still waits. Null when none of the profile's formats
 * can hold such a row, or only its beginning is known.
 */
export async function readAgain(profile: Profile, waiting: WaitingText, now: Date): Promise<FileRow | null> {
  if (NEVER_WHOLE.includes(waiting.reason)) return null;
  let why: FileRow | null = null;
  for (const format of profile.formats) {
    // One format at a time, so that each file made for it is read as nothing else.
    const narrowed = { ...profile, formats: [format] };
    for (const file of filesOf(format, waiting)) {
      const row = await readOnly(narrowed, file, now);
      if (row?.problem === null) return numbered(row, waiting);
      why ??= row;
    }
  }
  return why;
}

export function isReadable(row: FileRow | null): row is GoodRow {
  return row !== null && row.problem === null;
}

/** The one row of a file; null when the file is not of the profile's format, or has more or fewer. */
async function readOnly(profile: Profile, file: Uint8Array, now: Date): Promise<FileRow | null> {
  try {
    const rows: FileRow[] = [];
    for await (const group of readFeedFile(once(file), profile, now)) rows.push(...group);
    return rows.length === 1 ? (rows[0] ?? null) : null;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

async function* once(file: Uint8Array): AsyncGenerator<Uint8Array> {
  yield file;
}

/** The row under its number in the file that was delivered. */
function numbered(row: GoodRow, { number, raw }: WaitingText): GoodRow {
  const source = { number, raw, bytes: raw.length };
  return new GoodRow(row.event, row.instant, row.identifiers, row.flags, row.identity, source);
}

/** The smallest files of this format in which the row can stand. */
function filesOf(format: Format, { raw, context: { header, list } = {} }: WaitingText): Uint8Array[] {
  switch (format.kind) {
    case "csv":
      if (!format.headerRow) return header === undefined ? [lines(raw)] : [];
      return header === undefined || findHeader(format, header) === null ? [] : [lines(headerRow(format, header), raw)];
    case "fixed-width":
      return header === undefined ? [lines(...Array<string>(format.skip).fill(""), raw)] : [];
    case "json-lines":
      return header === undefined ? [lines(oneLine(raw))] : [];
    case "json":
      return header === undefined
        ? format.items
            .map(toWay)
            .filter((way) => way.list === list)
            .map((way) => documentOf(way, raw))
        : [];
  }
}

function headerRow({ delimiter }: CsvFormat, names: readonly string[]): string {
  return names.map((name) => `"${name.replaceAll('"', '""')}"`).join(delimiter);
}

function lines(...parts: (string | Uint8Array)[]): Buffer {
  return Buffer.concat(parts.flatMap((part) => [Buffer.from(part as string), Buffer.from("\n")]));
}

/** Line breaks between the members of a JSON text are blanks; inside its strings there are none. */
function oneLine(raw: Uint8Array): Buffer {
  return Buffer.from(raw.map((byte) => (byte === 10 || byte === 13 ? 32 : byte)));
}

/** The row as the only element of a list at this place: "entry[].resource" becomes {"entry":[{"resource":…}]}. */
function documentOf({ steps }: Way, raw: Uint8Array): Buffer {
  const open = steps.map((step) => (step === null ? "[" : `{${JSON.stringify(step.key)}:`));
  const close = steps.map((step) => (step === null ? "]" : "}")).reverse();
  return Buffer.concat([Buffer.from(open.join("")), raw, Buffer.from(`${close.join("")}\n`)]);
}
