import { expect, test } from "vitest";
import { compute } from "#app/law/clock.ts";
import { getRule } from "#app/law/law.ts";

/**
 * California's worked examples of the collected law, by their number there. Kind: N a nonprofit's
 * example, C computed by hand. `latest` is left out where the law is not ambiguous.
 */
const EXAMPLES = [
  { no: 25, kind: "N", rule: "ca.cpra.determination", on: "2017-04-10", due: "2017-04-20" },
  { no: 26, kind: "C", rule: "ca.cpra.determination", on: "2026-11-16", due: "2026-11-30" },
  { no: 29, kind: "C", rule: "ca.cpra.determination", on: "2026-10-02", due: "2026-10-12", latest: "2026-10-13" },
  { no: 30, kind: "C", rule: "ca.cpra.determination", on: "2026-05-16", due: "2026-05-26" },
  { no: 31, kind: "C", rule: "ca.ipa.access", on: "2026-03-01", due: "2026-04-01" },
  { no: 33, kind: "C", rule: "ca.ipa.access", on: "2026-08-26", due: "2026-09-28" },
  { no: 34, kind: "C", rule: "ca.ipa.access", on: "2026-06-04", due: "2026-07-06" },
  { no: 36, kind: "C", rule: "ca.ipa.access", on: "2027-05-20", due: "2027-06-21" },
  { no: 38, kind: "C", rule: "ca.ipa.access", on: "2027-11-25", due: "2027-12-27" },
  { no: 40, kind: "C", rule: "ca.ipa.access.60", on: "2027-12-31", due: "2028-02-29" },
  { no: 41, kind: "C", rule: "ca.ipa.amend.review", on: "2026-09-10", due: "2026-10-12", latest: "2026-10-13" },
  { no: 43, kind: "C", rule: "ca.ipa.access", on: "2026-06-01", due: "2026-07-01" },
  { no: 43, kind: "C", rule: "ca.ipa.suit", on: "2026-07-01", due: "2028-07-01" },
  { no: 45, kind: "C", rule: "ca.local.record_dispute", on: "2026-10-15", due: "2026-12-14" },
  { no: 46, kind: "C", rule: "ca.complaint.disposition", on: "2026-11-30", due: "2026-12-30" },
  { no: 47, kind: "C", rule: "ca.records.release", on: "2026-11-11", due: "2026-12-28" },
  { no: 49, kind: "C", rule: "ca.discipline.limit", on: "2028-02-29", due: "2029-02-28" },
  { no: 50, kind: "C", rule: "ca.ipa.accounting.retention", on: "2024-02-29", due: "2027-02-28" },
  { no: 51, kind: "C", rule: "ca.ccpa.ack", on: "2026-12-18", due: "2027-01-05" },
];

test.each(EXAMPLES)("example $no ($kind): $rule from $on is due $due", ({ rule, on, due, latest }) => {
  expect(compute(getRule(rule), [{ kind: "received", on }])).toMatchObject({ due, latest: latest ?? due });
});

/** Worked out by hand for this table, from the same sections. */
const MORE = [
  { why: "Juneteenth 2026 is a Friday", rule: "ca.cpra.determination", on: "2026-06-09", due: "2026-06-22" },
  { why: "Lincoln's Birthday 2026 is a Thursday", rule: "ca.cpra.determination", on: "2026-02-02", due: "2026-02-13" },
  {
    why: "Columbus Day closed the courts until 2021",
    rule: "ca.cpra.determination",
    on: "2021-10-01",
    due: "2021-10-12",
  },
  {
    why: "Native American Day was no judicial holiday before 2022",
    rule: "ca.cpra.determination",
    on: "2021-09-14",
    due: "2021-09-24",
    latest: "2021-09-27",
  },
  {
    why: "Friday before a Saturday 4 July: only the courts close",
    rule: "ca.cpra.determination",
    on: "2026-06-23",
    due: "2026-07-03",
    latest: "2026-07-06",
  },
  {
    why: "Veterans Day on a Saturday is kept on the Friday",
    rule: "ca.cpra.determination",
    on: "2028-10-31",
    due: "2028-11-13",
  },
  {
    why: "1 January on a Sunday is kept on the Monday",
    rule: "ca.cpra.determination",
    on: "2022-12-22",
    due: "2023-01-03",
  },
  { why: "a Saturday 25 December has no Friday", rule: "ca.cpra.determination", on: "2027-12-14", due: "2027-12-24" },
  { why: "ten days to report to POST", rule: "ca.post.report", on: "2026-03-21", due: "2026-04-01" },
  { why: "an accounting rides on access", rule: "ca.ipa.accounting.inspect", on: "2026-06-01", due: "2026-07-01" },
  { why: "a correction has 30 days", rule: "ca.ipa.amend", on: "2026-06-01", due: "2026-07-01" },
  { why: "a review of a refusal has 30 days", rule: "ca.ipa.exempt.review", on: "2026-06-01", due: "2026-07-01" },
];

test.each(MORE)("$why: $rule from $on is due $due", ({ rule, on, due, latest }) => {
  expect(compute(getRule(rule), [{ kind: "received", on }])).toMatchObject({ due, latest: latest ?? due });
});
