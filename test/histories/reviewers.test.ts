import { expect, test } from "vitest";
import { listReviewerIds, type Records } from "#app/histories/reviewers.ts";

const NONE: Records = { matches: [], decisions: [], steps: [], ledger: [] };
const entry = (act: string, kind: "account" | "system" = "account") => ({
  seq: 1,
  at: "2026-03-02T17:00:00.000Z",
  actor: { kind, id: "ana" },
  act,
  thing: { type: "case", id: "c" },
});

// Each record counts by itself: a hand that left no trace in one of them is found in another.
test.each<[string, Partial<Records>]>([
  ["confirmed a match", { matches: [{ decidedBy: "ana" }] }],
  ["decided a line", { decisions: [{ by: "ana" }] }],
  ["proposed an edition", { steps: [{ kind: "proposed", by: "ana" }] }],
  ["checked an identifier", { ledger: [entry("identifier.checked")] }],
  ["searched the logs", { ledger: [entry("matches.found")] }],
])("whoever %s took part", (_, records) => {
  expect(listReviewerIds({ ...NONE, ...records })).toEqual(["ana"]);
});

test.each<[string, Partial<Records>]>([
  ["looked at the case", { ledger: [entry("case.read"), entry("proposal.read")] }],
  ["sent a proposal back", { steps: [{ kind: "sent-back", by: "ana" }], ledger: [entry("history.sent-back")] }],
  ["approved an edition before", { steps: [{ kind: "approved", by: "ana" }], ledger: [entry("history.approved")] }],
  ["is the portal's own job", { ledger: [entry("matches.found", "system")] }],
])("whoever only %s did not", (_, records) => {
  expect(listReviewerIds({ ...NONE, ...records })).toEqual([]);
});
