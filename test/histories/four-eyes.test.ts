import { expect, test, vi } from "vitest";
import { approveHistory, sendBack } from "#app/histories/approve-history.server.ts";
import { decideField, decideLines } from "#app/histories/decide.server.ts";
import { findMatches } from "#app/histories/find-matches.server.ts";
import { getDesk } from "#app/histories/get-desk.server.ts";
import { getProposal } from "#app/histories/get-proposal.server.ts";
import { proposeHistory } from "#app/histories/propose-history.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import {
  approve,
  DISCLOSE,
  eventIds,
  givenCase,
  givenMatched,
  PLATE,
  propose,
  REDACT,
  release,
  runRelease,
  WITHHOLD,
} from "#test/histories/given-case.ts";
import { openTestPortal } from "#test/support/database.ts";

const english = (caseId: string) => ({ caseId, locale: "en" }) as const;

test("whoever decided a single line cannot approve, though a supervisor", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first] = await givenMatched(portal, given);
  await decideLines(portal, given.both, { caseId: given.caseId, events: [first!], ...DISCLOSE });
  await propose(portal, given);
  const { digest, mayApprove } = await getProposal(portal, given.both, english(given.caseId));
  expect(mayApprove).toBe(false);
  await expect(approveHistory(portal, given.both, { caseId: given.caseId, digest })).rejects.toThrow(NotFound);
  await expect(approveHistory(portal, given.clerk, { caseId: given.caseId, digest })).rejects.toThrow(NotFound);
  expect(await portal.db.historyStep.count({ where: { kind: "approved" } })).toBe(0);
  await approve(portal, given);
});

test("whoever only ran the search cannot approve; whoever only sent back can", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await givenMatched(portal, given);
  await findMatches(portal, given.both, given.caseId);
  await propose(portal, given);
  const { digest } = await getProposal(portal, given.both, english(given.caseId));
  await expect(approveHistory(portal, given.both, { caseId: given.caseId, digest })).rejects.toThrow(NotFound);
  await sendBack(portal, given.supervisor, { caseId: given.caseId, remark: "Look at line 2 again." });
  await propose(portal, given);
  await approve(portal, given);
});

test("a supervisor of another agency finds no proposal", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await givenMatched(portal, given);
  await propose(portal, given);
  const { digest } = await getProposal(portal, given.supervisor, english(given.caseId));
  const { caseId } = given;
  await expect(getProposal(portal, given.otherSupervisor, english(caseId))).rejects.toThrow(NotFound);
  await expect(approveHistory(portal, given.otherSupervisor, { caseId, digest })).rejects.toThrow(NotFound);
  await expect(sendBack(portal, given.otherSupervisor, { caseId, remark: "no" })).rejects.toThrow(NotFound);
  await expect(sendBack(portal, given.clerk, { caseId, remark: "no" })).rejects.toThrow(NotFound);
});

test("what is decided after the proposal cannot be approved with it", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first] = await givenMatched(portal, given);
  await propose(portal, given);
  const { digest } = await getProposal(portal, given.supervisor, english(given.caseId));
  await decideField(portal, given.clerk, { caseId: given.caseId, eventId: first!, field: "user", ...REDACT });
  const changed = { code: "desk.refusedChanged" };
  await expect(approveHistory(portal, given.supervisor, { caseId: given.caseId, digest })).rejects.toMatchObject(
    changed,
  );
  expect(await getProposal(portal, given.supervisor, english(given.caseId))).toMatchObject({ stale: true, lines: [] });

  await proposeHistory(portal, given.clerk, given.caseId);
  // A supervisor with the old page before him approves nothing that he has not seen.
  await expect(approveHistory(portal, given.supervisor, { caseId: given.caseId, digest })).rejects.toMatchObject(
    changed,
  );
  await approve(portal, given);
});

test("while an approved answer is being made nothing can be decided, and it is released once", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first] = await givenMatched(portal, given);
  await propose(portal, given);
  await approve(portal, given);
  const releasing = { code: "desk.refusedReleasing" };
  await expect(
    decideLines(portal, given.clerk, { caseId: given.caseId, events: [first!], ...WITHHOLD }),
  ).rejects.toMatchObject(releasing);
  await expect(proposeHistory(portal, given.clerk, given.caseId)).rejects.toMatchObject(releasing);
  await runRelease(portal, given);
  expect(await portal.db.release.count()).toBe(1);
});

test("look-ups that arrive after the approval stop the release; nothing leaves and no letter is written", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await givenMatched(portal, given);
  await propose(portal, given);
  await approve(portal, given);
  await given.deliver([{ id: "late", at: "2025-09-09T12:00:00Z", user: "u-9", plate: PLATE }]);
  const log = vi.spyOn(portal.log, "error");
  await runRelease(portal, given);
  expect(await portal.db.release.count()).toBe(0);
  expect(await portal.db.outboxMail.count({ where: { template: "something-ready" } })).toBe(0);
  expect(await portal.db.clockEvent.count({ where: { kind: "answered" } })).toBe(0);
  expect(JSON.stringify(log.mock.calls)).toContain("new-look-ups");
  expect(JSON.stringify(log.mock.calls)).not.toContain(PLATE);
  const desk = await getDesk(portal, given.clerk, { caseId: given.caseId, locale: "en", page: 1, show: "all" });
  expect(desk).toMatchObject({ stage: "gate-failed", note: "new-look-ups", mayDecide: true });
});

test("a text that no embedded typeface can draw stops the release instead of being dropped", async () => {
  await using portal = await openTestPortal();
  const rows = [
    { id: "g", at: "2025-06-18T12:00:00Z", org: "Alder Creek PD", user: "\u{12000}\u{12001}", plate: PLATE },
  ];
  const given = await givenCase(portal, { rows });
  await givenMatched(portal, given);
  await propose(portal, given);
  await approve(portal, given);
  await runRelease(portal, given);
  expect(await portal.db.release.count()).toBe(0);
  expect(await portal.db.outboxMail.count({ where: { template: "something-ready" } })).toBe(0);
  const [step] = await portal.db.historyStep.findMany({ orderBy: { at: "desc" } });
  expect(step?.kind).toBe("gate-failed");
  const [entry] = await portal.db.$queryRaw<
    { act: string; body: string }[]
  >`SELECT act, body FROM ledger.entry ORDER BY seq DESC LIMIT 1`;
  expect(entry?.act).toBe("history.gate-failed");
  expect(entry?.body).not.toContain("\u{12000}");
});

test("a second edition supplements the first: the older file is superseded, the clock is answered once", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first] = await givenMatched(portal, given);
  const deferred = { ...WITHHOLD, outcome: "defer", reviewOn: "2026-04-01" } as const;
  await decideLines(portal, given.clerk, { caseId: given.caseId, events: [first!], ...deferred });
  await release(portal, given);
  portal.time.advance({ days: 31 });
  await decideLines(portal, given.clerk, { caseId: given.caseId, events: [first!], ...DISCLOSE });
  await release(portal, given);
  const releases = await portal.db.release.findMany({ orderBy: { edition: "asc" } });
  expect(releases.map(({ edition, lineCount, withheldCount }) => [edition, lineCount, withheldCount])).toEqual([
    [1, 2, 1],
    [2, 3, 0],
  ]);
  expect(await portal.db.clockEvent.count({ where: { kind: "answered" } })).toBe(1);
  expect(await eventIds(portal, given)).toHaveLength(3);
});
