/**
 * Which lines of a proposal a supervisor must look at before he approves it. Pure.
 *
 * Every line that holds something back, or that rests on somebody's judgement, and of all the others a sample. It is
 * drawn by the proposal's digest: nobody chooses it, and whoever has the proposal draws the same one again.
 */
import { createHash } from "node:crypto";
import { type Always, answerLines, type ProposedContent } from "./proposed-content.ts";

/** What a clean sample is to prove: with this certainty, fewer than this part of the lines is wrong. */
const CERTAINTY = 0.95;
const PART_WRONG = 0.05;

export interface Sample {
  /** Lines of the answer. */
  readonly lines: number;
  /** Those that are always looked at, with why. */
  readonly always: ReadonlyMap<string, readonly Always[]>;
  /** Those that were drawn from the others. */
  readonly drawn: ReadonlySet<string>;
  /** How many there are to draw from, and how many must be drawn at least. */
  readonly drawnFrom: number;
  readonly least: number;
  readonly seed: string;
}

/**
 * The smallest number of `lines` of which none may be wrong, so that with 95 % certainty fewer than 5 % of them all are:
 * drawn without putting back (hypergeometric). About 59 of very many; nearly all of a few.
 */
export function leastSample(lines: number): number {
  const wrong = Math.max(1, Math.ceil(lines * PART_WRONG));
  let missed = 1;
  for (let drawn = 0; drawn < lines; drawn++) {
    if (missed <= 1 - CERTAINTY) return drawn;
    missed *= Math.max(0, lines - wrong - drawn) / (lines - drawn);
  }
  return lines;
}

/** @param size how many of the lines that are not always looked at; never fewer than the least, never more than there are */
export function drawSample(content: ProposedContent, seed: string, size = 0): Sample {
  const lines = answerLines(content);
  const always = new Map(lines.filter((line) => line.always.length > 0).map((line) => [line.eventId, line.always]));
  const others = lines.filter((line) => line.always.length === 0).map((line) => line.eventId);
  const least = leastSample(others.length);
  const wanted = Math.min(others.length, Math.max(least, Math.trunc(size) || 0));
  const rank = new Map(others.map((eventId) => [eventId, rankOf(seed, eventId)]));
  const inOrder = others.toSorted((a, b) => ((rank.get(a) ?? "") < (rank.get(b) ?? "") ? -1 : 1));
  const drawn = new Set(inOrder.slice(0, wanted));
  return { lines: lines.length, always, drawn, drawnFrom: others.length, least, seed };
}

function rankOf(seed: string, eventId: string): string {
  return createHash("sha256").update(`${seed}:${eventId}`).digest("hex");
}

export function isInSample({ always, drawn }: Sample, eventId: string): boolean {
  return always.has(eventId) || drawn.has(eventId);
}
