/** What California's rules have in common: how time is counted, and what asking back does not do. */
import type { InForce, QuestionEffect, Rolling } from "../rule.ts";

export const ALWAYS: InForce = { from: null, to: null };

/**
 * Code Civ. Proc. §§ 12, 12a: the first day is left out, the last counted, unless it is a holiday.
 * Gov. Code § 6800 has another list of holidays: those days make the later, arguable date only.
 */
export const ROLLS: Rolling = {
  calendar: "ca.judicial",
  arguable: ["ca.government", "ca.court-designated"],
  cite: "Code Civ. Proc. §§ 12, 12a, 12b",
  arguableCite: "Gov. Code §§ 6700, 6800",
};

/** No California statute here stops its clock while the agency asks back. */
export function asksChangeNothing(cite: string): Record<"identity" | "information" | "fee", QuestionEffect> {
  return {
    identity: { does: "nothing", cite },
    information: { does: "nothing", cite },
    fee: { does: "nothing", cite },
  };
}
