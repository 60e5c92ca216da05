/** The rules a clock can run. One module for each jurisdiction. */
import { LawRefused } from "./refusal.ts";
import type { Rule } from "./rule.ts";
import { CALIFORNIA_CONDUCT_RULES } from "./rules/california-conduct.ts";
import { CALIFORNIA_INFORMATION_RULES } from "./rules/california-information.ts";
import { determination } from "./rules/california-public-records.ts";

const RULES: ReadonlyMap<string, Rule> = new Map(
  [determination, ...CALIFORNIA_INFORMATION_RULES, ...CALIFORNIA_CONDUCT_RULES].map((rule) => [rule.id, rule]),
);

export function listRules(): readonly Rule[] {
  return [...RULES.values()];
}

export function findRule(id: string): Rule | null {
  return RULES.get(id) ?? null;
}

/** @throws {LawRefused} `unknown-rule`. */
export function getRule(id: string): Rule {
  const rule = RULES.get(id);
  if (!rule) throw new LawRefused("unknown-rule", { given: id.slice(0, 80) });
  return rule;
}
