import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { findMatches } from "#app/histories/find-matches.server.ts";
import { getReleaseForResident, getReleasePdf, listLineOrigins, listReleases } from "#app/histories/queries.server.ts";
import { hashLine } from "#app/histories/released-line.ts";
import { verifyReleaseFile } from "#app/histories/verify-release.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { approve, givenCase, givenMatched, propose, release, runRelease } from "#test/histories/given-case.ts";
import { openTestPortal } from "#test/support/database.ts";

test("a decided, approved answer reaches its resident: page, PDF, clock, ledger and one letter without content", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await givenMatched(portal, given);
  const releaseId = await release(portal, given);

  const { history, release: facts } = await getReleaseForResident(portal, given.resident, releaseId);
  expect(history.lines.map((line) => line.on)).toEqual(["2025-08-19", "2025-07-02", "2025-06-17"]);
  expect(history.lines[2]?.cells.user).toEqual({ kind: "shown", text: "u-1017" });
  expect(history.coverage[0]?.held).toEqual([{ from: "2025-06-17", to: "2025-08-20" }]);

  const { bytes, fileName } = await getReleasePdf(portal, given.resident, releaseId);
  expect(fileName).toMatch(/^WL-\d{4}-\d{5}-A-1\.pdf$/);
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(facts.sha256);
  expect(await listReleases(portal, given.caseId)).toMatchObject([
    { id: releaseId, edition: 1, lineCount: 3, withheldCount: 0 },
  ]);

  const answered = await portal.db.clockEvent.findMany({ where: { caseId: given.caseId, kind: "answered" } });
  expect(answered).toHaveLength(1);
  const entries = await listLedgerOfCase(portal, given.caseId);
  expect(entries.find((entry) => entry.act === "history.released")?.detail).toMatchObject({
    sha256: facts.sha256,
    edition: 1,
  });
  expect(entries.filter((entry) => entry.actor.id === given.resident.accountId).map((entry) => entry.act)).toEqual([
    "release.read",
    "release.file-read",
  ]);
  expect(await portal.db.outboxMail.count({ where: { template: "something-ready" } })).toBe(1);
});

test("the job that runs twice, or twice at once, makes one release and writes one letter", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await givenMatched(portal, given);
  await propose(portal, given);
  await approve(portal, given);
  await Promise.all([runRelease(portal, given), runRelease(portal, given)]);
  await runRelease(portal, given);
  expect(await portal.db.release.count()).toBe(1);
  expect(await portal.db.outboxMail.count({ where: { template: "something-ready" } })).toBe(1);
  expect(await portal.db.historyStep.count({ where: { kind: "released" } })).toBe(1);
});

test("who wants no mail gets none, and the release is there all the same", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal, { contact: "none" });
  await givenMatched(portal, given);
  await release(portal, given);
  expect(await portal.db.outboxMail.count({ where: { template: "something-ready" } })).toBe(0);
});

test("a released answer is nobody's but its resident's", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await givenMatched(portal, given);
  const releaseId = await release(portal, given);
  for (const other of [given.stranger, given.clerk, given.supervisor, given.otherClerk]) {
    await expect(getReleaseForResident(portal, other, releaseId)).rejects.toThrow(NotFound);
    await expect(getReleasePdf(portal, other, releaseId)).rejects.toThrow(NotFound);
  }
  await expect(getReleaseForResident(portal, given.resident, "no-id")).rejects.toThrow(NotFound);
  await expect(getReleasePdf(portal, given.resident, given.caseId)).rejects.toThrow(NotFound);
});

test("no look-ups found: the answer says what the logs cover and what they do not", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal, {
    rows: [{ id: "x", at: "2025-06-18T12:00:00Z", plate: "5KRW903", user: "u-1" }],
  });
  await given.verify();
  expect(await findMatches(portal, given.clerk, given.caseId)).toMatchObject({
    matched: 0,
    added: 0,
    dropped: 0,
    named: 0,
  });
  const releaseId = await release(portal, given);
  const { history } = await getReleaseForResident(portal, given.resident, releaseId);
  expect(history.lines).toEqual([]);
  expect(history.searchedFor).toHaveLength(1);
  expect(history.coverage[0]).toMatchObject({
    held: [{ from: "2025-06-18", to: "2025-06-18" }],
    missing: [
      { from: "2025-01-01", to: "2025-06-17" },
      { from: "2025-06-19", to: "2026-02-28" },
    ],
  });
});

test("a released file is known again, an altered one is not, and nothing is said about the person", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await givenMatched(portal, given);
  const releaseId = await release(portal, given);
  const { bytes } = await getReleasePdf(portal, given.resident, releaseId);
  const found = await verifyReleaseFile(portal, bytes);
  expect(found).toEqual({
    genuine: true,
    edition: 1,
    superseded: false,
    releasedOn: "2026-03-02",
    agency: "Alder Creek Police",
  });
  const altered = Buffer.from(bytes);
  altered[altered.length - 20] = 65;
  expect(await verifyReleaseFile(portal, altered)).toEqual({ genuine: false });
});

test("a line is pinned with its hash, its event and the agency that the log names", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [, second] = await givenMatched(portal, given);
  const releaseId = await release(portal, given);
  const { history } = await getReleaseForResident(portal, given.resident, releaseId);
  const [origin, ...rest] = await listLineOrigins(portal, releaseId, [2, 99]);
  expect(rest).toEqual([]);
  expect(origin).toMatchObject({ line: 2, model: history.lines[1], org: "Marin Hills SO", eventId: second });
  expect(origin?.sha256).toBe(hashLine(history.lines[1]!));
  expect(hashLine({ ...history.lines[1]!, on: "2025-07-03" })).not.toBe(origin?.sha256);
});
