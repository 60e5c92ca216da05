/** Rows that could not be read: how they are worked. Pure. */
import { Refused } from "#app/platform/failure.ts";

/**
 * Why a row is taken out without having been read. `no-look-up`: it records none, such as a repeated header or
 * a line of totals. `delivered-again`: the same look-up has arrived in a row that can be read. `other`: said in
 * words.
 */
export const DISCARD_REASONS = ["no-look-up", "delivered-again", "other"] as const;
export type DiscardReason = (typeof DISCARD_REASONS)[number];

/** Rows of these kinds are no look-up whoever looks at them: they need not be opened one by one. */
export const BULK_DISCARDED: readonly string[] = ["header-again"];

export const LONGEST_DISCARD_WORDS = 500;

export interface Discarding {
  why: DiscardReason;
  /** Null when nothing was said. */
  words: string | null;
}

/** @throws Refused `feeds.refusedWhy`, `feeds.refusedWhyWords`, `feeds.refusedWhyLong` */
export function readDiscarding(typed: { why: string; words: string }): Discarding {
  const why = DISCARD_REASONS.find((reason) => reason === typed.why);
  if (why === undefined) throw new Refused("feeds.refusedWhy", "Choose why this row is taken out.");
  const words = typed.words.trim();
  if (why === "other" && words === "") {
    throw new Refused("feeds.refusedWhyWords", "Say in a few words why this row is taken out.");
  }
  if (words.length > LONGEST_DISCARD_WORDS) {
    const maximum = LONGEST_DISCARD_WORDS;
    throw new Refused("feeds.refusedWhyLong", `Say it in at most ${maximum} characters.`, { maximum });
  }
  return { why, words: words === "" ? null : words };
}

/** Which of the rows that wait: one, all of one reason, all of one delivery. */
export type WhichRows = { quarantineId: string } | WhichMany;
export type WhichMany = { reason: string; batchId?: string } | { batchId: string; reason?: undefined };

/** What became of the rows that were read again. */
export interface Replayed {
  stored: number;
  /** Their look-ups were in the store already. */
  duplicates: number;
  /** They could still not be read. */
  waiting: number;
}

/** Of many rows, what became of the first; the rest are asked for again, from `next` on. */
export interface ReplayedSome extends Replayed {
  /** Where to go on; null when all were read again. */
  next: string | null;
}
