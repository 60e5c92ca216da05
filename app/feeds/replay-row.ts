/** Reading one waiting row again, as it would be read if it were delivered today. Pure. */
import { Refused } from "#app/platform/failure.ts";
import type { Profile } from "./profile.ts";
import { type FileRow, type GoodRow, readFeedFile } from "./read-file.ts";

/** A row of a delivered file, by which it could not be read then. */
export interface WaitingText {
  /** Row of the delivered file. */
  number: number;
  raw: Uint8Array;
}

/**
 * The row as the profile reads it now: an event, or why it still waits. Null when the profile does not know
 * the columns of its delivery, or sees more or less than one row in it.
 *
 * @param header The names of the delivery's columns, in order; empty where the format has none.
 */
export async function readAgain(
  profile: Profile,
  header: readonly string[],
  { number, raw }: WaitingText,
  now: Date,
): Promise<FileRow | null> {
  try {
    const rows: FileRow[] = [];
    for await (const group of readFeedFile(fileOf(header, raw), profile, now)) rows.push(...group);
    const [row] = rows;
    return row === undefined || rows.length > 1 ? null : { ...row, number };
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

export function isReadable(row: FileRow | null): row is GoodRow {
  return row !== null && row.problem === null;
}

/** The smallest file that the row can stand in. */
async function* fileOf(header: readonly string[], raw: Uint8Array): AsyncGenerator<Uint8Array> {
  if (header.length > 0) yield Buffer.from(`${header.map(quoted).join(",")}\n`, "utf8");
  yield raw;
  yield Buffer.from("\n");
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
