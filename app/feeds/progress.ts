/** How far a delivery has come, from its batch's counters, which are committed with every chunk. */

export interface BatchCounters {
  rows: number;
  /** Delivered bytes read so far. */
  bytes: number;
  /** The file's whole length; null where the way in does not tell it. */
  expectedBytes: number | null;
  receivedAt: Date;
  /** When the counters last moved; null before the first chunk. */
  progressAt: Date | null;
}

export interface Progress {
  rows: number;
  rowsPerSecond: number;
  /** From 0 to 1; null where the whole length is not known. */
  share: number | null;
  /** Until all is read, at this speed; null where it cannot be told. */
  secondsLeft: number | null;
}

export function progressOf({ rows, bytes, expectedBytes, receivedAt, progressAt }: BatchCounters): Progress {
  const seconds = progressAt === null ? 0 : (progressAt.getTime() - receivedAt.getTime()) / 1000;
  const rowsPerSecond = seconds > 0 ? rows / seconds : 0;
  if (expectedBytes === null || expectedBytes <= 0) return { rows, rowsPerSecond, share: null, secondsLeft: null };
  const share = Math.min(1, bytes / expectedBytes);
  const secondsLeft = share > 0 && seconds > 0 ? (seconds * (1 - share)) / share : null;
  return { rows, rowsPerSecond, share, secondsLeft };
}
