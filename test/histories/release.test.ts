import { createHash } from "node:crypto";
import { expect, test, vi } from "vitest";
import { findMatches } from "#app/histories/find-matches.server.ts";
import { getReleaseForResident, getReleasePdf, listLineOrigins, listReleases } from "#app/histories/queries.server.ts";
import { hashLine } from "#app/histories/released-line.ts";
import { renderHistory } from "#app/histories/render-history.server.ts";
import { makeKeyPair } from "#app/histories/signature/certificate.server.ts";
import { readSignature } from "#app/histories/signature/read-signature.ts";
import { signPdf } from "#app/histories/signature/sign-pdf.server.ts";
import { getSigningKey, replaceSigningKey } from "#app/histories/signature/signing-key.server.ts";
import { verifyReleaseFile, verifyReleaseHash } from "#app/histories/verify-release.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { historyOf } from "#test/histories/document/histories.ts";
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
    result: "genuine",
    edition: 1,
    superseded: false,
    releasedOn: "2026-03-02",
    agency: "Alder Creek Police",
  });
  const altered = Buffer.from(bytes);
  altered[altered.length - 20] = 65;
  expect(await verifyReleaseFile(portal, altered)).toEqual({ genuine: false, result: "altered" });
  expect(await verifyReleaseFile(portal, Buffer.concat([bytes, Buffer.from("\n")]))).toMatchObject({
    result: "altered",
  });
  // Somebody else's file is not this portal's, whoever has signed it.
  const stranger = await makeKeyPair("127.0.0.1:3000", portal.time.now());
  const foreign = await signPdf(await renderHistory(historyOf(1), portal.time.now()), stranger);
  expect(await verifyReleaseFile(portal, foreign)).toEqual({ genuine: false, result: "unknown" });
  expect(await verifyReleaseFile(portal, Buffer.from("%PDF-1.7"))).toEqual({ genuine: false, result: "unknown" });
  expect(await verifyReleaseHash(portal, createHash("sha256").update(bytes).digest("hex"))).toEqual(found);
  expect(await verifyReleaseHash(portal, "0".repeat(64))).toEqual({ genuine: false, result: "unknown" });
});

test("a release is signed by the portal's key, whoever replaced it; what a former key has signed stays known", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await givenMatched(portal, given);
  const [one, two] = await Promise.all([getSigningKey(portal), getSigningKey(portal)]);
  expect(one.sha256).toBe(two.sha256);
  const releaseId = await release(portal, given);
  const { bytes } = await getReleasePdf(portal, given.resident, releaseId);
  expect(await readSignature(bytes)).toEqual({ certificates: [one.sha256], state: "valid" });
  for (const other of [given.resident, given.clerk, given.supervisor]) {
    await expect(replaceSigningKey(portal, other, null)).rejects.toThrow(NotFound);
  }
  const sha256 = await replaceSigningKey(portal, { kind: "operator", name: "tester" }, null);
  expect((await getSigningKey(portal)).sha256).toBe(sha256);
  expect(await verifyReleaseFile(portal, bytes)).toMatchObject({ result: "genuine" });
  expect(await verifyReleaseFile(portal, bytes.subarray(0, -2))).toMatchObject({ result: "altered" });
  const rows = await portal.db.signingKey.findMany({ orderBy: { createdAt: "asc" } });
  expect(rows.map((row) => [row.sha256, row.privateSealed === null])).toEqual([
    [one.sha256, true],
    [sha256, false],
  ]);
  const brought = { kind: "operator", name: "tester" } as const;
  await expect(replaceSigningKey(portal, brought, one)).rejects.toThrow("has this certificate already");
  // Sealed: what stands in the table is not the key.
  expect(Buffer.from(rows[1]?.privateSealed ?? []).includes((await getSigningKey(portal)).privateKey)).toBe(false);
});

test("a release that leaves unsigned, or signed by a stranger, does not leave", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await givenMatched(portal, given);
  await propose(portal, given);
  await approve(portal, given);
  // The certificate is the portal's; the key that signs is not.
  const { privateKey } = await makeKeyPair("127.0.0.1:3000", portal.time.now());
  const key = await getSigningKey(portal);
  const row = await portal.db.signingKey.findFirstOrThrow();
  const place = { table: "signing_key", column: "private_sealed", row: row.id };
  const privateSealed = await portal.vault.seal(row.keyId, place, privateKey);
  await portal.db.signingKey.update({ where: { sha256: key.sha256 }, data: { privateSealed } });
  const log = vi.spyOn(portal.log, "error").mockImplementation(() => undefined);
  await runRelease(portal, given);
  expect(await portal.db.release.count()).toBe(0);
  expect(await portal.db.outboxMail.count({ where: { template: "something-ready" } })).toBe(0);
  expect(log.mock.calls[0]?.[0]).toMatchObject({ gates: ["signature"] });
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
