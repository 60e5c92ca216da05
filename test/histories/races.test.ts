import { expect, test } from "vitest";
import { approveHistory } from "#app/histories/approve-history.server.ts";
import { decideField, decideLines, decideMatches } from "#app/histories/decide.server.ts";
import { findMatches } from "#app/histories/find-matches.server.ts";
import { getDesk, getLine } from "#app/histories/get-desk.server.ts";
import { getProposal } from "#app/histories/get-proposal.server.ts";
import { getReleasePdf } from "#app/histories/queries.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { NotFound } from "#app/platform/failure.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { verifyLedger } from "#app/platform/ledger/verify-ledger.server.ts";
import { openMail } from "#app/platform/mail/send-mail.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { settle } from "#test/complaints/given-dispute.ts";
import {
  approve,
  DISCLOSE,
  type GivenCase,
  givenCase,
  givenMatched,
  lookAtAll,
  PLATE,
  propose,
  REDACT,
  runRelease,
  WITHHOLD,
} from "#test/histories/given-case.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const english = (caseId: string) => ({ caseId, locale: "en" }) as const;

async function actsOf(portal: TestPortal, given: GivenCase, act: string): Promise<number> {
  return (await listLedgerOfCase(portal, given.caseId)).filter((entry) => entry.act === act).length;
}

async function codesOf(outcomes: readonly PromiseSettledResult<unknown>[]): Promise<string[]> {
  const codes = outcomes.map((one) => (one.status === "fulfilled" ? "done" : String(one.reason?.code ?? one.reason)));
  return codes.sort();
}

test("two clerks decide the same line at once: both stand in the record, the later one counts", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first = ""] = await givenMatched(portal, given);
  const { caseId, clerk, both } = given;
  await Promise.all([
    decideLines(portal, clerk, { caseId, events: [first], ...WITHHOLD }),
    decideLines(portal, both, { caseId, events: [first], ...DISCLOSE }),
  ]);
  const rows = await portal.db.decision.findMany({ where: { eventId: first }, orderBy: { at: "asc" } });
  expect(new Set(rows.map((row) => row.at.getTime())).size).toBe(2);
  const { line } = await getLine(portal, clerk, { ...english(caseId), eventId: first });
  expect(line.decision?.outcome).toBe(rows[1]?.outcome);
  expect(await actsOf(portal, given, "line.decided")).toBe(2);
});

test("two supervisors approve at once: one approval, one job, one release, one letter, one ledger entry", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await givenMatched(portal, given);
  await propose(portal, given);
  const second = await settle(portal, "second-supervisor", "supervisor", given.agencyId);
  await lookAtAll(portal, given, given.supervisor);
  const digest = await lookAtAll(portal, given, second);
  const one = (actor: AccountActor) => approveHistory(portal, actor, { caseId: given.caseId, digest });
  const outcomes = await Promise.allSettled([one(given.supervisor), one(second), one(given.supervisor)]);
  expect(await codesOf(outcomes)).toEqual(["desk.refusedNotProposed", "desk.refusedNotProposed", "done"]);
  expect(await portal.db.historyStep.count({ where: { kind: "approved" } })).toBe(1);
  const jobs = await portal.pool.query(
    "select payload from graphile_worker._private_jobs where payload::text like '%edition%'",
  );
  expect(jobs.rows).toEqual([{ payload: { caseId: given.caseId, edition: "1" } }]);

  await Promise.all([runRelease(portal, given), runRelease(portal, given)]);
  expect(await portal.db.release.count()).toBe(1);
  expect(await portal.db.outboxMail.count({ where: { template: "something-ready" } })).toBe(1);
  expect(await actsOf(portal, given, "history.released")).toBe(1);
  expect(await actsOf(portal, given, "history.approved")).toBe(1);
  expect((await verifyLedger(portal.pool)).ok).toBe(true);
});

test("an approval and a decision at once: what is approved is what was proposed, or nothing is", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first = ""] = await givenMatched(portal, given);
  await propose(portal, given);
  const digest = await lookAtAll(portal, given, given.supervisor);
  const change = { caseId: given.caseId, eventId: first, field: "user", ...REDACT } as const;
  const outcomes = await Promise.allSettled([
    approveHistory(portal, given.supervisor, { caseId: given.caseId, digest }),
    decideField(portal, given.clerk, change),
  ]);
  expect([
    ["desk.refusedReleasing", "done"],
    ["desk.refusedChanged", "done"],
  ]).toContainEqual(await codesOf(outcomes));
});

test("a look-up that was found after the proposal is not left out silently: the proposal no longer holds", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await givenMatched(portal, given);
  await propose(portal, given);
  const { digest } = await getProposal(portal, given.supervisor, english(given.caseId));
  await given.deliver([{ id: "late", at: "2025-09-09T12:00:00Z", user: "u-9", plate: PLATE }]);
  await findMatches(portal, given.clerk, given.caseId);
  await expect(approveHistory(portal, given.supervisor, { caseId: given.caseId, digest })).rejects.toMatchObject({
    code: "desk.refusedChanged",
  });
  // Nor once somebody says that it is another person: that too is part of what is approved.
  await decideMatches(portal, given.clerk, { caseId: given.caseId, events: "undecided", verdict: "rejected" });
  expect(await getProposal(portal, given.supervisor, english(given.caseId))).toMatchObject({ stale: true });
  await propose(portal, given);
  await approve(portal, given);
});

test("a crash after the file is kept and before the commit leaves nothing to be seen, and the job runs again", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await givenMatched(portal, given);
  await propose(portal, given);
  await approve(portal, given);
  const kept: { keyId: string; fileId: string }[] = [];
  const crashing: TestPortal = {
    ...portal,
    storage: {
      ...portal.storage,
      put: async (keyId, bytes) => {
        kept.push({ keyId, fileId: await portal.storage.put(keyId, bytes) });
        throw new Error("the power went");
      },
    },
  };
  await expect(runRelease(crashing, given)).rejects.toThrow("the power went");
  expect(await portal.db.release.count()).toBe(0);
  expect(await portal.db.outboxMail.count({ where: { template: "something-ready" } })).toBe(0);
  expect(await portal.db.clockEvent.count({ where: { kind: "answered" } })).toBe(0);
  expect(await actsOf(portal, given, "history.released")).toBe(0);
  // The key of what lies there was never committed: after a restart nobody can open it.
  expect(kept).toHaveLength(1);
  expect(await portal.db.dataKey.count({ where: { id: kept[0]?.keyId ?? "" } })).toBe(0);

  await runRelease(portal, given);
  const release = await portal.db.release.findFirstOrThrow();
  expect(release.fileId).not.toBe(kept[0]?.fileId);
  const { bytes } = await getReleasePdf(portal, given.resident, release.id);
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect(await portal.db.outboxMail.count({ where: { template: "something-ready" } })).toBe(1);
});

test("a clerk who is walled off half-way finds nothing from then on, and gets no letter", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first = ""] = await givenMatched(portal, given);
  const { caseId, clerk, supervisor } = given;
  const colleague = await settle(portal, "colleague", "clerk", given.agencyId);
  const second = await settle(portal, "second-supervisor", "supervisor", given.agencyId);
  await decideLines(portal, colleague, { caseId, events: "undecided", ...DISCLOSE });
  for (const { accountId } of [clerk, second]) {
    await portal.db.wall.create({ data: { requestId: given.requestId, accountId, at: portal.time.now() } });
  }
  await propose(portal, { ...given, clerk: colleague });
  const { digest } = await getProposal(portal, supervisor, english(caseId));
  for (const walled of [clerk, second]) {
    expect(await listQueue(portal, walled)).toEqual([]);
    await expect(getDesk(portal, walled, { ...english(caseId), page: 1, show: "all" })).rejects.toThrow(NotFound);
    await expect(getLine(portal, walled, { ...english(caseId), eventId: first })).rejects.toThrow(NotFound);
    await expect(findMatches(portal, walled, caseId)).rejects.toThrow(NotFound);
    await expect(decideLines(portal, walled, { caseId, events: [first], ...DISCLOSE })).rejects.toThrow(NotFound);
    await expect(getProposal(portal, walled, english(caseId))).rejects.toThrow(NotFound);
    await expect(approveHistory(portal, walled, { caseId, digest })).rejects.toThrow(NotFound);
  }
  const mails = await portal.db.outboxMail.findMany({ where: { template: "staff-task" } });
  const told = await Promise.all(mails.map(async (mail) => (await openMail(portal, mail)).to.address));
  expect(told).not.toContain("second-supervisor@example.org");
});
