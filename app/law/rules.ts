/** Every rule that a clock can run, in every version that was or is in force. One module for each jurisdiction. */
import type { Rule } from "./rule.ts";
import { CALIFORNIA_CONDUCT_RULES } from "./rules/california-conduct.ts";
import { CALIFORNIA_INFORMATION_RULES } from "./rules/california-information.ts";
import { determination } from "./rules/california-public-records.ts";

export const RULES: readonly Rule[] = [determination, ...CALIFORNIA_INFORMATION_RULES, ...CALIFORNIA_CONDUCT_RULES];

/** Other names under which the collected law knows a rule. */
export const OTHER_NAMES: ReadonlyMap<string, string> = new Map([["ca.records.confidential", "ca.records.release"]]);
