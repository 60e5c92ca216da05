/** What becomes of a probability. The machine proposes and asks; it never accepts: that is a person's act. Pure. */
export const BANDS = ["propose", "ask", "leave"] as const;
export type Band = (typeof BANDS)[number];

/** From here on the machine proposes a match to the clerk. */
export const PROPOSE = 0.95;
/** From here on it puts the question. Low: what it leaves out, no clerk ever sees. */
export const ASK = 0.1;

export function bandOf(chance: number): Band {
  return chance >= PROPOSE ? "propose" : chance >= ASK ? "ask" : "leave";
}
