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
}

export type FileRow = GoodRow | BadRow;

export interface ReadContext {
  profile: Profile;
  /** The portal's clock. */
  now: Date;
  limits: Limits;
}

export function toBadRow(row: RowSource, problem: RowProblem): BadRow {
  return { number: row.number, problem, raw: row.raw, bytes: row.bytes, digest: null };
}
