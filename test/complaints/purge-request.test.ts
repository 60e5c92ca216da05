import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { requestsKeep, requestsPurge } from "#app/cli/requests.ts";
import { getComplaintForIntake } from "#app/complaints/get-complaint.server.ts";
import { listComplaintsForIntake } from "#app/complaints/list-complaints.server.ts";
import { purgeableFrom } from "#app/complaints/purge.ts";
import { getReleaseForResident } from "#app/histories/queries.server.ts";
import { jobs } from "#app/jobs.ts";
import { Refused } from "#app/platform/failure.ts";
import { openKeyFile } from "#app/platform/sealing/key-file.server.ts";
import { openVault } from "#app/platform/sealing/vault.server.ts";
import { getCaseFile } from "#app/requests/case-file.server.ts";
import { listMyRequests } from "#app/requests/my-requests.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { ALDER, givenDispute, WORDS } from "#test/complaints/given-dispute.ts";
import { PLATE } from "#test/histories/given-case.ts";
import { dumpTables, findPlanted } from "#test/platform/given-scan.ts";
import { listSealed } from "#test/platform/given-sealed.ts";
import { commandContext } from "#test/support/command.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";

async function numberOf(portal: TestPortal, requestId: string): Promise<string> {
  return (await portal.db.request.findUniqueOrThrow({ where: { id: requestId } })).number ?? "";
}

describe("a request that is purged", () => {
  it("opens no more, nowhere and by nobody; what happened to it stays, with a commitment", async () => {
    await using portal = await openTestPortal();
    const { given, file, move, alderIntake, releaseId } = await givenDispute(portal);
    const [complaintId = ""] = await file([ALDER]);
    const { requestId } = await getCaseFile(portal, given.caseId);
    const number = await numberOf(portal, requestId);
    const purge = () => requestsPurge([number], commandContext(portal));
    await expect(purge()).rejects.toThrow("has not ended");
    // The other agency's case is answered, and the complaint worked to its end.
    await portal.db.clockEvent.create({
      data: {
        id: crypto.randomUUID(),
        caseId: given.otherCaseId,
        kind: "answered",
        on: portal.time.now(),
        recordedAt: portal.time.now(),
      },
    });
    await expect(purge()).rejects.toThrow("has not ended");
    for (const kind of ["acknowledged", "inquiry-opened"] as const) await move(alderIntake, complaintId, { kind });
    await move(alderIntake, complaintId, { kind: "finding", finding: "unfounded" });
    await move(alderIntake, complaintId, { kind: "closed" });
    portal.time.advance({ days: 4 * 365 });
    const early = await purge().catch((error: unknown) => error);
    expect(early).toBeInstanceOf(Refused);
    expect((early as Refused).message).toMatch(/may be purged from 20\d\d-\d\d-\d\d on/);
    portal.time.advance({ days: 366 });

    const before = await listSealed(portal);
    const { fileId, keyId: releaseKey } = await portal.db.release.findUniqueOrThrow({ where: { id: releaseId } });
    const path = join(portal.config.dataFolder, "files", fileId.slice(0, 2), fileId);
    expect(existsSync(path)).toBe(true);
    const tags = await portal.db.identifier.findMany({ where: { requestId }, select: { tag: true } });
    const answer = await purge();
    expect(answer.ok).toBe(true);
    await drain(portal, { "remove-file": jobs["remove-file"]! });

    expect(existsSync(path)).toBe(false);
    const vault = openVault(portal.db, await openKeyFile(portal.config.keyFile), portal.time);
    const gone = new Set<string>();
    const left = new Set((await portal.db.dataKey.findMany({ select: { id: true } })).map(({ id }) => id));
    for (const { table, column, row, keyId, bytes } of before) {
      const opened = await vault.open(keyId, { table, column, row }, bytes).catch(() => null);
      expect(opened === null, `${table}.${column}`).toBe(!left.has(keyId));
      if (opened === null) gone.add(`${table}.${column}`);
    }
    expect([...gone].sort()).toEqual(
      expect.arrayContaining([
        "dispute.words_sealed",
        "file.bytes",
        "identifier.value_sealed",
        "release.lines_sealed",
        "release.model_sealed",
        "request.answers_sealed",
      ]),
    );
    expect(left.has(releaseKey)).toBe(false);
    const after = await portal.db.identifier.findMany({ where: { requestId }, select: { tag: true } });
    expect(after.filter(({ tag }) => tags.some((one) => one.tag === tag))).toEqual([]);
    const dump = [...(await dumpTables(portal)).values()].join("\n");
    expect(findPlanted(dump, [PLATE, "Canary Quillfeather", "Canary Marrowby", WORDS.wrong])).toEqual([]);

    // Everybody finds nothing, instead of a page that fails.
    await expect(getCaseFile(portal, given.caseId)).rejects.toThrow("not found");
    await expect(getReleaseForResident(portal, given.resident, releaseId)).rejects.toThrow("not found");
    await expect(getComplaintForIntake(portal, alderIntake, complaintId)).rejects.toThrow("not found");
    expect((await listMyRequests(portal, given.resident)).filter(({ id }) => id === requestId)).toEqual([]);
    expect((await listQueue(portal, given.clerk)).filter(({ number: one }) => one.startsWith(number))).toEqual([]);
    expect(await listComplaintsForIntake(portal, alderIntake)).toHaveLength(1);
    await expect(purge()).rejects.toThrow("not found");

    const { rows } = await portal.pool.query("SELECT body FROM ledger.entry WHERE act = 'request.purged'");
    expect(rows).toHaveLength(1);
    const { detail } = JSON.parse(rows[0].body);
    expect(detail).toMatchObject({ commitment: expect.stringMatching(/^[0-9a-f-]{36}$/), files: 1 });
    expect(detail.values).toBe((answer.json as { values: number }).values);
  }, 30_000);
});

describe("the time for which a request is kept", () => {
  it.each([
    ["2026-03-02", 731, [], "2028-03-02"],
    ["2026-03-02", 30, [], "2026-04-01"],
    ["2026-03-02", 30, [{ endedOn: "2026-05-01", sustained: false }], "2031-05-01"],
    ["2026-03-02", 30, [{ endedOn: "2024-02-29", sustained: true }], "2039-02-28"],
    ["2026-03-02", 9000, [{ endedOn: "2026-05-01", sustained: false }], "2050-10-22"],
  ])("ended on %s, kept for %i days, complaints %j: from %s", (endedOn, days, complaints, from) => {
    expect(purgeableFrom(endedOn, days, complaints)).toBe(from);
  });

  it("is two years unless an operator says otherwise, and the ledger says who did", async () => {
    await using portal = await openTestPortal();
    expect((await requestsKeep([], commandContext(portal))).json).toEqual({ days: 731 });
    expect((await requestsKeep(["--days", "1095"], commandContext(portal))).json).toEqual({ days: 1095 });
    await expect(requestsKeep(["--days", "0"], commandContext(portal))).rejects.toThrow("from 1 to 36600");
    await expect(requestsPurge(["WL-2026-99999"], commandContext(portal))).rejects.toThrow("not found");
    const { rows } = await portal.pool.query("SELECT act FROM ledger.entry");
    expect(rows).toEqual([{ act: "requests.retention-set" }]);
  });
});
