import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import {
  addUpload,
  readUpload,
  removeUploadFile,
  sweepUploads,
  withdrawUpload,
} from "#app/requests/identity/uploads.server.ts";
import { givenActor } from "#test/requests/given-request.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { exif, jpeg, pdf } from "./given-files.ts";
import { type GivenIdentity, givenIdentity, notFound, refusedAs } from "./given-identity.ts";

const add = (portal: TestPortal, { resident, requestId, caseId }: GivenIdentity, changed = {}) =>
  addUpload(portal, resident, {
    ...{ requestId, caseId, purpose: "document", name: "marisol quintanilla licence.jpg" },
    bytes: jpeg({ before: [exif()] }),
    ...changed,
  });

/** Every file below the portal's storage. */
function filesOf(portal: TestPortal): string[] {
  const folder = join(portal.config.dataFolder, "files");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

async function isGone(portal: TestPortal, uploadId: string, why: string): Promise<void> {
  const row = await portal.db.identityUpload.findUniqueOrThrow({ where: { id: uploadId } });
  expect(row).toMatchObject({ keyId: null, removedWhy: why });
  expect(await portal.db.dataKey.count({ where: { purpose: "upload" } })).toBe(0);
  await removeUploadFile(portal, { fileId: row.fileId });
  expect(filesOf(portal)).toEqual([]);
}

describe("an upload", () => {
  it("lies sealed, without its name and its metadata, and a clerk of its case sees the picture", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const { uploadId } = await add(portal, given);
    const [path = ""] = filesOf(portal);
    expect(readFileSync(path).toString("latin1")).not.toMatch(/JFIF|Exif|Secret|\xff\xd8\xff/);
    const row = await portal.db.identityUpload.findUniqueOrThrow({ where: { id: uploadId } });
    expect(JSON.stringify(row)).not.toMatch(/marisol|licence\.jpg/);
    expect(row).toMatchObject({ mediaType: "image/jpeg", turned: 6 });
    const read = await readUpload(portal, given.clerk, { caseId: given.caseId, uploadId });
    expect(read.bytes).toEqual(jpeg());
    const acts = (await listLedgerOfCase(portal, given.caseId)).map(({ act, actor }) => [act, actor.id]);
    expect(acts.slice(-2)).toEqual([
      ["upload.added", given.resident.accountId],
      ["upload.read", given.clerk.accountId],
    ]);
  });

  it("is seen by nobody else: supervisor, other agency, stranger, another case's clerk, the walled", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const { uploadId } = await add(portal, given);
    const about = { caseId: given.caseId, uploadId };
    const stranger = await givenActor(portal, { email: "stranger@example.org" });
    for (const actor of [given.supervisor, given.stateClerk, stranger, given.resident]) {
      await expect(readUpload(portal, actor, about)).rejects.toEqual(notFound);
    }
    await expect(readUpload(portal, given.stateClerk, { ...about, caseId: given.stateCaseId })).rejects.toEqual(
      notFound,
    );
    await expect(readUpload(portal, given.clerk, { ...about, uploadId: given.caseId })).rejects.toEqual(notFound);
    const wall = { requestId: given.requestId, accountId: given.clerk.accountId, at: portal.time.now() };
    await portal.db.wall.create({ data: wall });
    await expect(readUpload(portal, given.clerk, about)).rejects.toEqual(notFound);
    expect((await listLedgerOfCase(portal, given.caseId)).some(({ act }) => act === "upload.read")).toBe(false);
  });

  it("is handed in by the resident alone, for an own case alone", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const stranger = await givenActor(portal, { email: "stranger@example.org" });
    for (const resident of [stranger, given.clerk]) {
      await expect(add(portal, { ...given, resident })).rejects.toEqual(notFound);
    }
    await expect(add(portal, given, { requestId: given.caseId })).rejects.toEqual(notFound);
    expect(filesOf(portal)).toEqual([]);
  });

  it("that cannot be taken is said and leaves nothing; of ten that lie there the eleventh is not taken", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const scripted = pdf({ objects: ["<< /S /JavaScript >>"] });
    await expect(add(portal, given, { name: "a.pdf", bytes: scripted })).rejects.toEqual(
      refusedAs("identity.uploadActive"),
    );
    expect(await portal.db.identityUpload.count()).toBe(0);
    for (let count = 0; count < 10; count++) await add(portal, given);
    await expect(add(portal, given)).rejects.toEqual(refusedAs("identity.uploadTooMany"));
  });
});

describe("the end of an upload", () => {
  it("comes when its resident takes it back", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const { uploadId } = await add(portal, given);
    const about = { requestId: given.requestId, caseId: given.caseId, uploadId };
    for (const actor of [given.clerk, await givenActor(portal, { email: "x@example.org" })]) {
      await expect(withdrawUpload(portal, actor, about)).rejects.toEqual(notFound);
    }
    await withdrawUpload(portal, given.resident, about);
    await isGone(portal, uploadId, "withdrawn");
    await expect(readUpload(portal, given.clerk, { caseId: given.caseId, uploadId })).rejects.toEqual(notFound);
    await expect(withdrawUpload(portal, given.resident, about)).rejects.toEqual(notFound);
  });

  it("comes when the last identifier of its case has a verdict, whichever it is", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const { uploadId } = await add(portal, given);
    await given.check({});
    expect(filesOf(portal)).toHaveLength(1);
    await given.check({ identifierId: given.licenceId, verdict: "refused", reason: "not-proved" });
    await isGone(portal, uploadId, "checked");
  });

  it("comes after thirty days, and no day before", async () => {
    await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
    const given = await givenIdentity(portal);
    const { uploadId } = await add(portal, given);
    portal.time.set("2026-04-01T16:59:59Z");
    await sweepUploads(portal);
    expect(filesOf(portal)).toHaveLength(1);
    portal.time.set("2026-04-01T17:00:00Z");
    await sweepUploads(portal);
    await isGone(portal, uploadId, "expired");
    await sweepUploads(portal);
  });

  it("comes within two hours for one whose writing broke off", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const broken = { ...portal, storage: { ...portal.storage, put: () => Promise.reject(new Error("disk full")) } };
    await expect(add(broken as TestPortal, given)).rejects.toThrow("disk full");
    const { id } = await portal.db.identityUpload.findFirstOrThrow();
    await expect(readUpload(portal, given.clerk, { caseId: given.caseId, uploadId: id })).rejects.toEqual(notFound);
    portal.time.advance({ hours: 2 });
    await sweepUploads(portal);
    await isGone(portal, id, "unfinished");
  });

  it("takes away no file of an upload that is there, whoever asks the job to", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    await add(portal, given);
    const { fileId } = await portal.db.identityUpload.findFirstOrThrow();
    await removeUploadFile(portal, { fileId });
    expect(filesOf(portal)).toHaveLength(1);
  });
});

describe("a statement", () => {
  it("that was uploaded is enough beside what the policy asks for, and goes with the check", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const statement = { purpose: "notarised-statement", name: "statement.pdf", bytes: pdf() };
    await add(portal, given, { ...statement, purpose: "sworn-statement" });
    const noted = { verdict: "noted", basis: "notarised-statement", shown: ["statement-upload"] };
    await expect(given.check(noted)).rejects.toEqual(refusedAs("identity.noStatement"));
    await add(portal, given, statement);
    await given.check(noted);
    await given.check({ basis: "registration-on-file", shown: [] });
    expect(await portal.db.identifierCheck.count({ where: { verdict: "verified" } })).toBe(1);
  });
});
