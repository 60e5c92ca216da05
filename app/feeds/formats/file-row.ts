import type { RowProblem } from "../problem.ts";
import type { Profile } from "../profile.ts";
import type { GoodRow, RowSource } from "../read-row.ts";
import type { Limits } from "./limits.ts";

/** A row that could not be read. */
export interface BadRow {
  number: number;
  problem: RowProblem;
  /** As delivered; of a row that is too large only the beginning. */
  raw: Uint8Array;
  bytes: number;
  /** SHA-256 (hex) of the whole row when `raw` is only its beginning. */
  digest: string | null;
  /** What its file says of it elsewhere: without that it cannot be read again. */
  context?: RowContext;
}

/** What one row of a file depends on besides itself. */
export interface RowContext {
  /** The names over its cells, in order. */
  header?: readonly string[];
  /** The list of a document that it is an element of. */
  list?: string;
}

export type FileRow = GoodRow | BadRow;

export interface ReadContext {
  profile: Profile;
  /** The portal's clock. */
  now: Date;
  limits: Limits;
}

export function toBadRow(row: RowSource, problem: RowProblem, context?: RowContext): BadRow {
  const bad = { number: row.number, problem, raw: row.raw, bytes: row.bytes, digest: null };
  return context === undefined ? bad : { ...bad, context };
}
