import { describe, expect, test } from "vitest";
import { DUTIES, ruleFor } from "#app/law/duties.ts";
import { findExemption, listExemptions } from "#app/law/exemptions.ts";
import { getRule, LAW, listRules } from "#app/law/law.ts";
import { explainPurpose } from "#app/law/purposes.ts";
import { findReview, listReviews } from "#app/law/reviews.ts";
import { listVenues } from "#app/law/venues.ts";

describe("purposes", () => {
  test.each([
    ["UUV", "unauthorized-vehicle-use"],
    ["uuv ", "unauthorized-vehicle-use"],
    ["Property+Crime", "property-crime"],
    ["FELONY PROPERTY CRIME", "property-crime"],
    ["Person Crime - Felony", "person-crime"],
    ["investigation person crime", "person-crime"],
    ["Suspicious Vehicle plate 8WLK042", "suspicious-vehicle"],
    ["Welfare Check", "welfare-check"],
    ["Missing Person", "missing-person"],
    ["misper", "missing-person"],
    ["HIT & RUN", "hit-and-run"],
    ["Wanted subject", "wanted-person"],
    ["Administrative Test", "system-test"],
    ["purpose code F", "niem.F"],
  ])("“%s” is explained as %s, in both languages", (text, code) => {
    const purpose = explainPurpose(text);
    expect(purpose?.code).toBe(code);
    expect(purpose?.es).not.toBe(purpose?.en);
  });

  test.each([
    "Investigation",
    "inv",
    "INVESTIGATIONS",
    "Criminal investigation",
    "police",
    "ST2",
    "2510494",
    "investigation plate 8WLK042",
    "plate 8WLK042",
    "",
    "   ",
    "***",
    "REDACTED",
    "C",
    "person",
    "felony",
    "not a missing person",
    "Daytime search for best result",
    "constructor",
    "x".repeat(5000),
  ])("“%s” says nothing definite and is not explained", (text) => {
    expect(explainPurpose(text)).toBeNull();
  });

  test("a single letter has a meaning only in the field of a purpose code", () => {
    expect(explainPurpose("C", "purpose-code")?.code).toBe("niem.C");
    expect(explainPurpose("Z", "purpose-code")).toBeNull();
    expect(explainPurpose("toString", "purpose-code")).toBeNull();
  });
});

describe("exemptions", () => {
  test("a local agency decides under the Public Records Act alone", () => {
    const grounds = listExemptions({ custodian: "local-agency", rule: "ca.cpra.determination" });
    expect(grounds.map(({ id }) => id)).toEqual([
      "ca.cpra.investigation",
      "ca.cpra.privacy",
      "ca.cpra.third-party",
      "ca.cpra.other-law",
      "ca.cpra.balance",
    ]);
  });

  test("a state agency answers a person under the Information Practices Act, which binds no local agency", () => {
    const grounds = listExemptions({ custodian: "state-agency", rule: "ca.ipa.access" });
    expect(grounds.length).toBeGreaterThan(4);
    expect(grounds.every(({ id, binds }) => id.startsWith("ca.ipa.") && !binds.includes("local-agency"))).toBe(true);
    expect(listExemptions({ custodian: "local-agency", rule: "ca.ipa.access" })).toEqual([]);
  });

  test("a ground that rests on another law names the usual ones", () => {
    expect(findExemption("ca.cpra.other-law")).toMatchObject({ needsOtherLaw: true });
    expect(findExemption("ca.cpra.other-law")?.through).toContain("Pen. Code § 832.7");
    expect(findExemption("ca.nothing")).toBeNull();
  });
});

describe("duties and reviews", () => {
  test("a state agency is bound by the Information Practices Act, a local one by the Public Records Act", () => {
    expect(ruleFor("state-agency", "copy-of-access-log").rule).toBe("ca.ipa.access");
    expect(ruleFor("local-agency", "copy-of-access-log").rule).toBe("ca.cpra.determination");
  });

  test("nobody is promised a right that the law does not give", () => {
    const { gives } = ruleFor("local-agency", "copy-of-access-log");
    expect(gives.en).toMatch(/no general right.*voluntarily/s);
    expect(gives.es).toMatch(/no le da un derecho general.*voluntariamente/s);
  });

  test("every rule, review, venue and duty points to something that exists", () => {
    for (const rule of listRules()) expect(rule.reviews.map(findReview), rule.id).not.toContain(null);
    for (const review of listRules().flatMap(listReviews))
      if (review.clock) expect(LAW.findRule(review.clock), review.id).not.toBeNull();
    for (const venue of listVenues())
      for (const rule of [venue.bodyClock, ...venue.limits.map((limit) => limit.rule)])
        if (rule) expect(LAW.findRule(rule), venue.id).not.toBeNull();
    for (const duties of Object.values(DUTIES))
      for (const { rule } of Object.values(duties)) expect(LAW.findRule(rule), rule).not.toBeNull();
  });

  test("an answer under each act can be reviewed", () => {
    expect(listReviews(getRule("ca.cpra.determination")).map(({ id }) => id)).toEqual(["ca.cpra.petition"]);
    expect(listReviews(getRule("ca.ipa.access")).map(({ id }) => id)).toEqual(["ca.ipa.exempt.review", "ca.ipa.suit"]);
    expect(listReviews(getRule("ca.ipa.amend")).map(({ id }) => id)).toEqual(["ca.ipa.amend.review"]);
  });
});
