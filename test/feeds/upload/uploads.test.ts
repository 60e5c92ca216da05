import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { deliveryJobs } from "#app/feeds/delivery/jobs.server.ts";
import { WrongOffset } from "#app/feeds/delivery/spool.server.ts";
import { sweepDeliveries } from "#app/feeds/delivery/sweep-deliveries.server.ts";
import { paceOf } from "#app/feeds/upload/upload.ts";
import { beginUpload, cancelUpload, continueUpload, getUpload, listUploads } from "#app/feeds/upload/uploads.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { openTestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";
import { account, alprFile, alprRow, givenFeed } from "../given-feed.ts";

const SLUGS = { agencySlug: "oakfield", systemSlug: "alpr" };
const print = () => randomBytes(32).toString("hex");

/** An account that is really there, so that it can be locked. */
async function givenClerk(portal: Portal, agencyId: string, role: "clerk" | "supervisor" = "clerk") {
  const clerk = account(role, agencyId);
  const keyId = await portal.db.$transaction((tx) => portal.vault.createKey(tx, "account"));
  const sealed = { keyId, emailSealed: Buffer.from("x"), nameSealed: Buffer.from("x"), emailTag: clerk.accountId };
  await portal.db.account.create({
    data: { id: clerk.accountId, ...sealed, locale: "en", createdAt: portal.time.now() },
  });
  return clerk;
}

const begin = (portal: Portal, clerk: AccountActor, size: number, fingerprint = print()) =>
  beginUpload(portal, clerk, { ...SLUGS, size, fingerprint });

test("a file in pieces, begun again after a lost connection, is imported whole as its clerk's", async () => {
  await using portal = await openTestPortal();
  const { agencyId } = await givenFeed(portal);
  const clerk = await givenClerk(portal, agencyId);
  const bytes = Buffer.from(alprFile(...Array.from({ length: 40 }, (_, n) => alprRow({ id: String(n) }))));
  const fingerprint = print();
  const first = await begin(portal, clerk, bytes.length, fingerprint);
  expect(first).toMatchObject({ offset: 0, size: bytes.length });
  const { id } = first;
  await continueUpload(portal, clerk, { id, offset: 0, bytes: bytes.subarray(0, 1000) });
  expect(await begin(portal, clerk, bytes.length, fingerprint)).toEqual({ id, offset: 1000, size: bytes.length });
  expect(await listUploads(portal, clerk)).toMatchObject([{ id, offset: 1000 }]);
  expect(await getUpload(portal, clerk, id)).toMatchObject({ state: "receiving", kept: 1000, batchId: null });

  const last = await continueUpload(portal, clerk, { id, offset: 1000, bytes: bytes.subarray(1000) });
  expect(last.offset).toBe(bytes.length);
  // Its answer was lost: the end is said again, and nothing happens twice.
  await continueUpload(portal, clerk, { id, offset: bytes.length, bytes: new Uint8Array() });
  expect(await getUpload(portal, clerk, id)).toMatchObject({ state: "waiting" });
  expect(await listUploads(portal, clerk)).toEqual([]);
  await drain(portal, deliveryJobs);
  expect(await getUpload(portal, clerk, id)).toMatchObject({ state: "finished", rows: 40, stored: 40, batchId: id });
  const batch = await portal.db.batch.findUniqueOrThrow({ where: { id } });
  expect(batch).toMatchObject({ via: "upload", receivedBy: clerk.accountId, bytes: BigInt(bytes.length) });
  const { rows } = await portal.pool.query("SELECT body FROM ledger.entry WHERE act LIKE 'feed.%' ORDER BY seq");
  const actor = { kind: "account", id: clerk.accountId, role: "clerk" };
  expect(rows.map(({ body }) => JSON.parse(body))).toMatchObject([
    { act: "feed.delivered", actor, detail: { via: "upload", bytes: bytes.length } },
    { act: "feed.imported", actor },
  ]);
  expect(await portal.db.deliveryPart.count()).toBe(0);
});

test("pieces that overlap, leave a gap, are too large, or come at the same time change nothing", async () => {
  await using portal = await openTestPortal();
  const { agencyId } = await givenFeed(portal);
  const clerk = await givenClerk(portal, agencyId);
  const { id } = await begin(portal, clerk, 12 << 20);
  const piece = (offset: number, bytes: number) =>
    continueUpload(portal, clerk, { id, offset, bytes: Buffer.alloc(bytes, 10) });
  const both = await Promise.allSettled([piece(0, 2000), piece(0, 2000)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  for (const [offset, bytes] of [
    [0, 2000],
    [1999, 10],
    [2001, 10],
  ] as const) {
    await expect(piece(offset, bytes)).rejects.toThrow(WrongOffset);
  }
  await expect(piece(2000, (8 << 20) + 1)).rejects.toThrow(Refused);
  await piece(2000, 8 << 20);
  await expect(piece(2000 + (8 << 20), (4 << 20) - 1999)).rejects.toThrow(Refused);
  const { kept } = await getUpload(portal, clerk, id);
  expect(kept).toBe(2000 + (8 << 20));
  // Two pieces, and no trace of those that were refused.
  expect(await portal.db.deliveryPart.count()).toBe(2);
});

test("nobody else goes on with it, looks at it, or deletes it: no colleague, no clerk of elsewhere, no operator", async () => {
  await using portal = await openTestPortal();
  const { agencyId, otherAgencyId } = await givenFeed(portal);
  const clerk = await givenClerk(portal, agencyId);
  const { id } = await begin(portal, clerk, 100);
  const moved: AccountActor = { ...clerk, memberships: [{ agencyId: otherAgencyId, role: "clerk" }] };
  const others = [
    await givenClerk(portal, agencyId),
    await givenClerk(portal, agencyId, "supervisor"),
    await givenClerk(portal, otherAgencyId),
    moved,
    { ...clerk, memberships: [] },
    { kind: "operator", name: "root" } as const,
    { kind: "custodian", agencyId, door: "key", doorId: id } as const,
  ];
  for (const other of others) {
    await expect(getUpload(portal, other, id)).rejects.toThrow(NotFound);
    const bytes = Buffer.alloc(10);
    await expect(continueUpload(portal, other, { id, offset: 0, bytes })).rejects.toThrow(NotFound);
    await expect(cancelUpload(portal, other, id)).rejects.toThrow(NotFound);
    if (other.kind === "account") expect(await listUploads(portal, other)).toEqual([]);
  }
  await expect(getUpload(portal, clerk, "no-id")).rejects.toThrow(NotFound);
  await expect(begin(portal, moved, 100)).rejects.toThrow(NotFound);
  // The same file of somebody else is an upload of its own.
  const fingerprint = print();
  const mine = await begin(portal, clerk, 100, fingerprint);
  expect((await begin(portal, others[0] as AccountActor, 100, fingerprint)).id).not.toBe(mine.id);
  expect(await getUpload(portal, clerk, id)).toMatchObject({ kept: 0 });
});

test("what is not ended within a day is deleted, its bytes too; what is gone on with is kept", async () => {
  await using portal = await openTestPortal();
  const { agencyId } = await givenFeed(portal);
  const clerk = await givenClerk(portal, agencyId);
  const [left, gone] = [await begin(portal, clerk, 100), await begin(portal, clerk, 100)];
  for (const { id } of [left, gone]) await continueUpload(portal, clerk, { id, offset: 0, bytes: Buffer.alloc(10) });
  const part = await portal.db.deliveryPart.findFirstOrThrow({ where: { deliveryId: left.id } });
  portal.time.advance({ hours: 20 });
  await continueUpload(portal, clerk, { id: gone.id, offset: 10, bytes: Buffer.alloc(10) });
  portal.time.advance({ hours: 5 });
  await sweepDeliveries(portal);
  await expect(getUpload(portal, clerk, left.id)).rejects.toThrow(NotFound);
  expect(await getUpload(portal, clerk, gone.id)).toMatchObject({ kept: 20 });
  expect(await portal.db.deliveryPart.count({ where: { deliveryId: left.id } })).toBe(0);
  expect(await portal.db.dataKey.count({ where: { purpose: "delivery" } })).toBe(1);
  const files = readdirSync(portal.config.dataFolder, { recursive: true }).map(String);
  expect(files.filter((name) => name.endsWith(part.fileId))).toEqual([]);
  const { rows } = await portal.pool.query("SELECT body FROM ledger.entry WHERE act = 'feed.delivery-dropped'");
  expect(rows.map(({ body }) => JSON.parse(body).thing.id)).toEqual([left.id]);
  // Deleted by the clerk, it takes no more pieces.
  await cancelUpload(portal, clerk, gone.id);
  await expect(continueUpload(portal, clerk, { id: gone.id, offset: 20, bytes: Buffer.alloc(1) })).rejects.toThrow(
    NotFound,
  );
});

test("a file over the limit, or a sixth one while five are open, is refused with a sentence before its first byte", async () => {
  await using portal = await openTestPortal({ env: { UPLOAD_LIMIT_MB: "1" } });
  const { agencyId } = await givenFeed(portal);
  const clerk = await givenClerk(portal, agencyId);
  await expect(begin(portal, clerk, (1 << 20) + 1)).rejects.toMatchObject({ code: "upload.tooLarge" });
  for (let n = 0; n < 5; n++) await begin(portal, clerk, 1 << 20);
  await expect(begin(portal, clerk, 1)).rejects.toMatchObject({ code: "upload.tooMany" });
});

test("an empty file is refused as any file that is no log", async () => {
  await using portal = await openTestPortal();
  const { agencyId } = await givenFeed(portal);
  const clerk = await givenClerk(portal, agencyId);
  const { id } = await begin(portal, clerk, 0);
  await continueUpload(portal, clerk, { id, offset: 0, bytes: new Uint8Array() });
  await drain(portal, deliveryJobs);
  expect(await getUpload(portal, clerk, id)).toMatchObject({ state: "refused", refusal: "feed-empty" });
});

test("a clerk who has left meanwhile: what was acknowledged is imported all the same", async () => {
  await using portal = await openTestPortal();
  const { agencyId } = await givenFeed(portal);
  const clerk = await givenClerk(portal, agencyId);
  const bytes = Buffer.from(alprFile(alprRow({ id: "1" })));
  const { id } = await begin(portal, clerk, bytes.length);
  await continueUpload(portal, clerk, { id, offset: 0, bytes });
  await portal.db.account.update({ where: { id: clerk.accountId }, data: { disabledAt: portal.time.now() } });
  await drain(portal, deliveryJobs);
  expect(await getUpload(portal, clerk, id)).toMatchObject({ state: "finished", stored: 1 });
});

test("the pace is rows by seconds, and the time left follows the bytes", () => {
  const from = new Date("2026-03-02T17:00:00Z");
  const at = (seconds: number) => new Date(from.getTime() + seconds * 1000);
  const half = { rows: 5000, read: 500, size: 1000, importedFrom: from };
  expect(paceOf(half, at(10))).toEqual({ rowsPerSecond: 500, secondsLeft: 10 });
  expect(paceOf({ ...half, read: 0 }, at(10))).toEqual({ rowsPerSecond: 500, secondsLeft: null });
  expect(paceOf(half, from)).toBeNull();
  expect(paceOf({ ...half, importedFrom: null }, at(10))).toBeNull();
});
