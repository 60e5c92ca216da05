/** Every rule that a clock can run, in every version that was or is in force. One folder, by jurisdiction. */
import type { Rule } from "./rule.ts";
import { CALIFORNIA_BUSINESS_RULES } from "./rules/california-business.ts";
import { CALIFORNIA_CONDUCT_RULES } from "./rules/california-conduct.ts";
import { CALIFORNIA_CORRECTION_RULES } from "./rules/california-correction.ts";
import { CALIFORNIA_INFORMATION_RULES } from "./rules/california-information.ts";
import { CALIFORNIA_LIMITS_RULES } from "./rules/california-limits.ts";
import { CALIFORNIA_POST_RULES } from "./rules/california-post.ts";
import { CALIFORNIA_PUBLIC_RECORDS_RULES } from "./rules/california-public-records.ts";
import { CALIFORNIA_RECORDS_RULES } from "./rules/california-records.ts";
import { ESTONIA_RULES } from "./rules/estonia.ts";
import { EUROPEAN_UNION_RULES } from "./rules/european-union.ts";
import { UNITED_KINGDOM_ACCESS_RULES } from "./rules/united-kingdom.ts";
import { UNITED_KINGDOM_COMPLAINT_RULES } from "./rules/united-kingdom-complaints.ts";
import { UNITED_STATES_RULES } from "./rules/united-states.ts";
import { UNITED_STATES_PRIVACY_RULES } from "./rules/united-states-privacy.ts";

export const RULES: readonly Rule[] = [
  ...CALIFORNIA_PUBLIC_RECORDS_RULES,
  ...CALIFORNIA_INFORMATION_RULES,
  ...CALIFORNIA_CORRECTION_RULES,
  ...CALIFORNIA_RECORDS_RULES,
  ...CALIFORNIA_CONDUCT_RULES,
  ...CALIFORNIA_POST_RULES,
  ...CALIFORNIA_BUSINESS_RULES,
  ...CALIFORNIA_LIMITS_RULES,
  ...UNITED_STATES_RULES,
  ...UNITED_STATES_PRIVACY_RULES,
  ...EUROPEAN_UNION_RULES,
  ...UNITED_KINGDOM_ACCESS_RULES,
  ...UNITED_KINGDOM_COMPLAINT_RULES,
  ...ESTONIA_RULES,
];

/** Other names under which the collected law knows a rule. */
export const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ["ca.ipa.access.dispersed", "ca.ipa.access.60"],
  ["ca.ipa.access.inactive", "ca.ipa.access.60"],
  ["ca.ipa.accounting", "ca.ipa.accounting.inspect"],
  ["ca.cpra.court", "ca.cpra.writ"],
  ["ca.doj.record_review", "ca.doj.record_dispute"],
  ["ca.complaint.procedure", "ca.complaint.retention"],
  ["ca.records.confidential", "ca.records.release"],
  ["ca.post.resigned_officer", "ca.post.limit"],
  ["us.pa.accounting", "us.pa.accounting.retention"],
]);
