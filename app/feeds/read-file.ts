/**
 * The rows of one delivered file, each read by the profile or with the reason why it could not be.
 * Shared by the import and by the dry run, so that what a check promises is what an import does.
 */
import { type CsvProblemRow, type CsvRow, readCsv } from "./csv-reader.ts";
import { type RowProblem, refusal } from "./problem.ts";
import { findHeader, type Profile } from "./profile.ts";
import { compileRowReader, type ReadRow } from "./read-row.ts";

export type GoodRow = Extract<ReadRow, { problem: null }> & { number: number; raw: Uint8Array };

export interface BadRow {
  number: number;
  problem: RowProblem;
  /** As delivered; of a row that is too large only the beginning. */
  raw: Uint8Array;
  bytes: number;
  /** SHA-256 (hex) of the whole row when `raw` is only its beginning. */
  digest: string | null;
}

export type FileRow = GoodRow | BadRow;

/**
 * Streams the rows after the header, in groups.
 *
 * @param onHeader Told the names of the delivered columns, in order, before the first row.
 * @throws Refused when the file as a whole is not of this format; no row has been handed out then.
 */
export async function* readFeedFile(
  source: AsyncIterable<Uint8Array>,
  profile: Profile,
  now: Date,
  onHeader?: (names: readonly string[]) => void,
): AsyncGenerator<FileRow[]> {
  let read: ((cells: string[]) => ReadRow) | null = null;
  for await (const group of readCsv(source)) {
    const rows: FileRow[] = [];
    for (const row of group) {
      if (read === null) {
        const header = getHeader(profile, row);
        onHeader?.(header);
        read = compileRowReader(profile, header, now);
      } else rows.push(toFileRow(row, read));
    }
    if (rows.length > 0) yield rows;
  }
  if (read === null) throw refusal("feed-empty", profile);
}

function getHeader(profile: Profile, row: CsvRow | CsvProblemRow): readonly string[] {
  if ("problem" in row) {
    const notText = row.problem === "nul-byte" || row.problem === "not-utf8" || row.raw.includes(0);
    throw refusal(notText ? "feed-not-text" : "feed-wrong-header", profile);
  }
  const header = findHeader(profile, row.cells);
  if (header === null) throw refusal("feed-wrong-header", profile);
  return header;
}

function toFileRow(row: CsvRow | CsvProblemRow, read: (cells: string[]) => ReadRow): FileRow {
  if ("problem" in row) return row;
  const result = read(row.cells);
  if (result.problem === null) return { ...result, number: row.number, raw: row.raw };
  return { number: row.number, problem: result.problem, raw: row.raw, bytes: row.raw.length, digest: null };
}
