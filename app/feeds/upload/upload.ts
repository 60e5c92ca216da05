/** A file that a clerk's browser sends in pieces, and goes on with after a lost connection. Pure. */
import { z } from "zod";

/** What one piece may have; a browser sends smaller ones, so that a thin line loses little. */
export const MOST_PART_BYTES = 8 << 20;
/** Files that one person may have begun and not ended. */
export const MOST_UPLOADS = 5;

/** What a browser says of a file before its first byte. */
export const announcedFile = z.object({
  size: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** SHA-256 (hex) of its size, its time of change, its first and its last megabyte. Never its name. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
});
export type AnnouncedFile = z.infer<typeof announcedFile>;

/** Whole and rounded down: a hundred is said when all of it is there. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.floor((100 * part) / whole);
}

/** How fast an import goes. */
export interface Pace {
  readonly rowsPerSecond: number;
  /** Null while nothing can be said yet. */
  readonly secondsLeft: number | null;
}

/** @param read Bytes of `size` that are read. */
export function paceOf(
  { rows, read, size, importedFrom }: { rows: number; read: number; size: number; importedFrom: Date | null },
  now: Date,
): Pace | null {
  const seconds = importedFrom === null ? 0 : (now.getTime() - importedFrom.getTime()) / 1000;
  if (seconds <= 0) return null;
  const secondsLeft = read === 0 ? null : Math.ceil((seconds * Math.max(0, size - read)) / read);
  return { rowsPerSecond: Math.round(rows / seconds), secondsLeft };
}
