/** One delivery: the way it came in by, what its custodian says of it, and its bytes. */
import type { Period } from "./coverage.ts";

export const WAYS_IN = ["command", "upload", "push", "folder", "sftp"] as const;
/** The way a delivery came in by. */
export type WayIn = (typeof WAYS_IN)[number];

/** What a custodian says of one delivery. */
export interface BatchClaim {
  /** Its own number of the delivery, counted up by one: a number that is missing is a gap. */
  sequenceNo: number | null;
  /** Local days, both included, of which the delivery holds every look-up. */
  period: Period | null;
}

/** A file's bytes, counted and hashed on their way. */
export interface MeasuredFile {
  readonly stream: AsyncGenerator<Uint8Array>;
  bytes(): number;
  /** SHA-256 (hex) of all that has been read. */
  digest(): string;
}

/** Who watches an import. */
export interface ImportWatch {
  /** Told after each stored chunk: rows and bytes so far. */
  onProgress?: (rows: number, bytes: number) => void;
  /** Of a large delivery, told before each of its months is put into the store. */
  onSettling?: (month: number, months: number) => void;
}
