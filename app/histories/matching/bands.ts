import type { Score } from "./model.ts";

/** What becomes of a probability. The machine proposes and asks; it never accepts: that is a person's act. Pure. */
export const BANDS = ["propose", "ask", "leave"] as const;
export type Band = (typeof BANDS)[number];

/** From here on the machine proposes a match to the clerk. */
export const PROPOSE = 0.8;
/** From here on it puts the question. Low: what it leaves out, no clerk ever sees. */
export const ASK = 0.1;

/**
 * Twins and namesakes of one family have all but the given name, or all but the suffix, in common: without a number of
 * their own that agrees, what differs there is asked, however probable the rest makes it.
 */
export function bandOf(chance: number, { parts }: Pick<Score, "parts">): Band {
  if (chance < ASK) return "leave";
  if (chance < PROPOSE) return "ask";
  const levels = new Map(parts.map(({ field, level }) => [field, level]));
  const isOther = levels.get("given") === "other" || levels.get("suffix") === "other";
  return isOther && levels.get("number") !== "same" ? "ask" : "propose";
}
