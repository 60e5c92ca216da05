import { expect, test } from "vitest";
import { findMatches } from "#app/histories/find-matches.server.ts";
import { getReleaseForResident } from "#app/histories/queries.server.ts";
import { givenCase, givenMatched, type LogRow, PLATE, release } from "#test/histories/given-case.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const at = (instant: string): LogRow => ({
  id: instant,
  at: instant,
  org: "Alder Creek PD",
  user: "u-1",
  plate: PLATE,
});

async function matchedOf(rows: string[], days: { from: string; to: string | null }): Promise<string[]> {
  await using portal: TestPortal = await openTestPortal();
  const given = await givenCase(portal, { rows: rows.map(at) });
  await given.verify(days);
  await findMatches(portal, given.clerk, given.caseId);
  const found = await portal.db.match.findMany({ orderBy: { eventAt: "asc" } });
  return found.map((match) => match.eventAt.toISOString().replace(":00.000Z", "Z"));
}

test("the first and the last day of an identifier count whole, by the clock of the agency", async () => {
  // In June the day in California begins at 07:00 UTC.
  const rows = ["2025-06-18T06:59Z", "2025-06-18T07:01Z", "2025-06-21T06:59Z", "2025-06-21T07:01Z"];
  const whole = rows.map((row) => row.replace("Z", ":00Z"));
  expect(await matchedOf(whole, { from: "2025-06-18", to: "2025-06-20" })).toEqual([rows[1], rows[2]]);
});

test("a day that has 23 hours ends when the agency's clock says so", async () => {
  // On March 9, 2025 the clocks go forward: it begins at 08:00 UTC and ends at 07:00 UTC.
  const rows = ["2025-03-09T07:59Z", "2025-03-09T08:01Z", "2025-03-10T06:59Z", "2025-03-10T07:01Z"];
  const whole = rows.map((row) => row.replace("Z", ":00Z"));
  expect(await matchedOf(whole, { from: "2025-03-09", to: "2025-03-09" })).toEqual([rows[1], rows[2]]);
});

test("the days that were asked about count whole too, and nothing outside them is found", async () => {
  // The request asks about January 1, 2025 to February 28, 2026.
  const rows = ["2025-01-01T07:59Z", "2025-01-01T08:01Z", "2026-03-01T07:59Z", "2026-03-01T08:01Z"];
  const whole = rows.map((row) => row.replace("Z", ":00Z"));
  expect(await matchedOf(whole, { from: "2020-01-01", to: null })).toEqual([rows[1], rows[2]]);
});

test("a plate is shown as one's own on exactly the days on which it matched", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal, { rows: [at("2025-06-18T07:01:00Z"), at("2025-06-21T06:59:00Z")] });
  await given.verify({ from: "2025-06-18", to: "2025-06-20" });
  await findMatches(portal, given.clerk, given.caseId);
  await portal.db.match.updateMany({ data: { verdict: "accepted", decidedBy: given.clerk.accountId } });
  const { history } = await getReleaseForResident(portal, given.resident, await release(portal, given));
  expect(history.lines.map((line) => [line.on, line.cells.searchedBy])).toEqual([
    ["2025-06-20", { kind: "shown", text: PLATE }],
    ["2025-06-18", { kind: "shown", text: PLATE }],
  ]);
});

test("where nothing could be verified the answer says that nothing was searched for, not that nothing was found", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await given.verify("refused");
  await findMatches(portal, given.clerk, given.caseId);
  const { history } = await getReleaseForResident(portal, given.resident, await release(portal, given));
  expect(history).toMatchObject({ searchedFor: [], lines: [], withheld: [] });
  expect(JSON.stringify(history)).not.toContain(PLATE);
});

test("who had the file open is told by day, role and act with how often, oldest first; names never", async () => {
  await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
  const given = await givenCase(portal, { locale: "es" });
  await givenMatched(portal, given);
  const { history } = await getReleaseForResident(portal, given.resident, await release(portal, given));
  const acts = history.readers.map(({ role, act }) => `${role}: ${act}`);
  expect(acts).toContain("clerk: Comprobó un identificador");
  expect(new Set(acts).size).toBe(acts.length);
  expect(history.readers[0]?.at).toMatch(/^2 mar 2026/);
  expect(JSON.stringify(history.readers)).not.toContain(given.clerk.accountId);
});
