import { expect, test } from "vitest";
import { listRules } from "#app/law/law.ts";
import { run } from "./deadline-run.ts";

interface Listed {
  readonly rules: readonly Record<string, unknown>[];
  readonly pending: readonly Record<string, unknown>[];
}

test("the list is one object with every version of every rule, and what is coming", async () => {
  const { out } = await run("--list", "--json");
  const { rules, pending } = JSON.parse(out) as Listed;
  expect(out.trimEnd().split("\n")).toHaveLength(1);
  expect(rules.map(({ id }) => id)).toEqual(listRules().map(({ id }) => id));
  for (const rule of rules) {
    const facts = [
      "id",
      "title",
      "cite",
      "jurisdiction",
      "evidence",
      "inForce",
      "period",
      "trigger",
      "extension",
      "stops",
      "act",
      "firstDay",
      "rolling",
      "silence",
      "answerMustSay",
      "mayRefuse",
      "reviews",
      "fee",
      "retention",
      "caveat",
    ];
    expect(Object.keys(rule), String(rule.id)).toEqual(expect.arrayContaining(facts));
  }
  expect(pending.map(({ id }) => id)).toEqual(["ca.ab-1821", "ca.ab-1337", "ca.sb-1013", "ca.ab-2294"]);
});

test("the list tells of a rule what can move its dates", async () => {
  const { rules } = JSON.parse((await run("--list", "--json")).out) as Listed;
  const listed = (id: string) => rules.filter((rule) => rule.id === id);
  expect(listed("us.foia").map(({ inForce }) => inForce)).toEqual([
    { from: null, to: "2008-12-30" },
    { from: "2008-12-31", to: null },
  ]);
  expect(listed("us.foia")[1]).toMatchObject({
    jurisdiction: "us",
    evidence: "V",
    period: { length: 20, unit: "working-days" },
    extension: {
      max: { length: 10, unit: "working-days" },
      grounds: [{ id: "field-facilities" }, { id: "voluminous" }, { id: "consultation" }],
    },
    stops: {
      information: { does: "pauses", ends: "one", times: 1 },
      fee: { times: null },
      ground: { does: "nothing" },
    },
  });
  expect(listed("ca.ipa.access.60")[0]).toMatchObject({
    otherNames: ["ca.ipa.access.dispersed", "ca.ipa.access.inactive"],
  });
  expect(listed("ca.ipa.access")[0]).toMatchObject({
    silence: { cite: "Civ. Code §§ 1798.34(a), 1798.45", evidence: "V" },
    reviews: [
      { id: "ca.ipa.exempt.review", clock: "ca.ipa.exempt.review" },
      { id: "ca.ipa.suit", clock: "ca.ipa.suit" },
    ],
    fee: { cite: "Civ. Code § 1798.33" },
    retention: { cite: "Civ. Code § 1798.77" },
  });
  expect(listed("uk.gdpr.dsar").map(({ inForce }) => inForce)).toEqual([
    { from: "2018-05-25", to: "2026-02-04" },
    { from: "2026-02-05", to: null },
  ]);
});

test("a switched change is in the list, and the list is readable without --json", async () => {
  const { rules } = JSON.parse((await run("--list", "--json", "--law", "ca.ab-1821:2027-01-01")).out) as Listed;
  const periods = rules.filter(({ id }) => id === "ca.cpra.determination").map(({ period }) => period);
  expect(periods).toEqual([
    { length: 10, unit: "days" },
    { length: 10, unit: "working-days" },
  ]);
  const { out } = await run("--list");
  for (const rule of listRules()) expect(out).toContain(`${rule.id} `);
  expect(out).toMatch(/Coming changes.*\nca\.ab-1821 /);
});
