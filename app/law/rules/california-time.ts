/** What California's rules have in common: how time is counted. */
import type { InForce, Rolling } from "../rule.ts";

export const ALWAYS: InForce = { from: null, to: null };

/**
 * Code Civ. Proc. §§ 12, 12a: the first day is left out, the last counted, unless it is a holiday.
 * Gov. Code § 6800 has another list of holidays: those days make the later, arguable date only.
 */
export const ROLLS: Rolling = {
  calendar: "ca.judicial",
  national: [],
  arguable: ["ca.government", "ca.court-designated"],
  cite: "Code Civ. Proc. §§ 12, 12a, 12b",
  arguableCite: "Gov. Code §§ 6700, 6800",
};
