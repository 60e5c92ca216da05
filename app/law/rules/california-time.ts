/** What California's rules have in common: how time is counted. */
import type { Rolling } from "../rule.ts";
import { KEPT, RESIDENT, USUAL } from "./usual.ts";

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

export const CALIFORNIA = { ...USUAL, jurisdiction: "us-ca", rolling: ROLLS } as const;
export const CALIFORNIA_RESIDENT = { ...RESIDENT, jurisdiction: "us-ca" } as const;
export const CALIFORNIA_KEPT = { ...KEPT, jurisdiction: "us-ca" } as const;
