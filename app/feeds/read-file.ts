/**
 * The rows of one delivered file, each read by the profile or with the reason why it could not be.
 * Shared by the import and by the dry run, so that what a check promises is what an import does.
 */
import { readCsvRows } from "./formats/csv-rows.ts";
import { decodeText, UNPACK_LIMITS, Undecodable, type UnpackLimits } from "./formats/decode.ts";
import type { FileRow, ReadContext } from "./formats/file-row.ts";
import { FORMAT_HEAD, findFormat } from "./formats/find-format.ts";
import { readFixedRows } from "./formats/fixed-rows.ts";
import type { Format } from "./formats/format.ts";
import { type BatchFacts, readJsonLineRows, readJsonRows } from "./formats/json-rows.ts";
import { LIMITS, type Limits } from "./formats/limits.ts";
import { peek } from "./formats/peek.ts";
import { unlessOfAnotherKind } from "./formats/refuse-shape.ts";
import { NotThisDocument } from "./formats/split-json.ts";
import { refusal } from "./problem.ts";
import type { Profile } from "./profile.ts";

export type { BadRow, FileRow, RowContext } from "./formats/file-row.ts";
export type { BatchFacts } from "./formats/json-rows.ts";
export type { GoodRow } from "./read-row.ts";

export interface ReadOptions {
  /** How far a compressed file may unpack. */
  unpack?: UnpackLimits;
  limits?: Limits;
  /** Told what the delivery says of itself, where its format has a place for that and the delivery uses it. */
  onFacts?: (facts: BatchFacts) => void;
}

/**
 * Streams the rows after the header, in groups.
 *
 * @throws Refused when the file as a whole is not of this format, and no row has been handed out then; and, after
 *   the rows up to there were handed out, when a compressed file ends early, is damaged, or unpacks to too much.
 */
export async function* readFeedFile(
  source: AsyncIterable<Uint8Array>,
  profile: Profile,
  now: Date,
  options: ReadOptions = {},
): AsyncGenerator<FileRow[]> {
  const { unpack = UNPACK_LIMITS, limits = LIMITS, onFacts } = options;
  try {
    const { head, all } = await peek(decodeText(source, unpack), FORMAT_HEAD);
    const format = findFormat(profile.formats, head);
    yield* readRows(all, format, { profile, now, limits }, onFacts);
  } catch (error) {
    if (error instanceof Undecodable) throw refusal(error.code, profile);
    if (error instanceof NotThisDocument) throw refusal("feed-wrong-shape", profile);
    throw error;
  }
}

function readRows(
  source: AsyncIterable<Uint8Array>,
  format: Format | null,
  context: ReadContext,
  onFacts: ReadOptions["onFacts"],
): AsyncIterable<FileRow[]> {
  switch (format?.kind) {
    case "csv":
      return readCsvRows(source, format, context);
    case "fixed-width":
      return unlessOfAnotherKind(readFixedRows(source, format, context), ["time", "line-length"]);
    case "json-lines":
      return unlessOfAnotherKind(readJsonLineRows(source, format, context, onFacts), ["not-json", "schema"]);
    case "json":
      return readJsonRows(source, format, context, onFacts);
    case undefined:
      return refuseBlank(source, context.profile);
  }
}

/** A file that begins with nothing but blanks; what else is wrong with it shows only when it is read to its end. */
// biome-ignore lint/correctness/useYield: it stands where the readers of rows stand, and there is no row.
async function* refuseBlank(source: AsyncIterable<Uint8Array>, profile: Profile): AsyncGenerator<FileRow[]> {
  for await (const chunk of source) {
    const isBlank = Buffer.from(chunk).toString("latin1").trim() === "";
    if (!isBlank) throw refusal("feed-wrong-shape", profile);
  }
  throw refusal("feed-empty", profile);
}
