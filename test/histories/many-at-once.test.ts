import { expect, test } from "vitest";
import { approveHistory } from "#app/histories/approve-history.server.ts";
import { decideLines } from "#app/histories/decide.server.ts";
import { proposeHistory } from "#app/histories/propose-history.server.ts";
import { DISCLOSE, givenCase, givenMatched, lookAtAll, runRelease } from "#test/histories/given-case.ts";
import { openTestPortal } from "#test/support/database.ts";

test("more presses at once than the pool has connections wait their turn, and each does its work once", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await givenMatched(portal, given);
  const { caseId, clerk, supervisor } = given;
  await decideLines(portal, clerk, { caseId, events: "undecided", ...DISCLOSE });
  const many = async (work: () => Promise<unknown>) => {
    const outcomes = await Promise.allSettled(Array.from({ length: 25 }, work));
    return outcomes.map((one) => (one.status === "fulfilled" ? "done" : (one.reason as { code?: string }).code)).sort();
  };
  const refused = (code: string) => Array.from({ length: 24 }, () => code);
  expect(await many(() => proposeHistory(portal, clerk, caseId))).toEqual([...refused("desk.refusedSame"), "done"]);
  const digest = await lookAtAll(portal, given, supervisor);
  const approved = await many(() => approveHistory(portal, supervisor, { caseId, digest }));
  expect(approved).toEqual([...refused("desk.refusedNotProposed"), "done"]);
  await Promise.all([runRelease(portal, given), runRelease(portal, given), runRelease(portal, given)]);
  expect(await portal.db.release.count()).toBe(1);
}, 40_000);
