import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { feedJobs } from "#app/feeds/jobs.server.ts";
import { receiveUpload } from "#app/feeds/receive-upload.server.ts";
import { beginUpload, continueUpload } from "#app/feeds/upload/uploads.server.ts";
import { createAccount } from "#app/people/accounts.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { disableAccount } from "#app/people/disable-account.server.ts";
import { endMembership } from "#app/people/end-membership.server.ts";
import { addMembership } from "#app/people/memberships.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";
import { alprFile, alprRow, givenFeed } from "../given-feed.ts";

const SHELL = { kind: "operator", name: "night-shift" } as const;
const SLUGS = { agencySlug: "oakfield", systemSlug: "alpr" };

async function givenClerk(portal: TestPortal, agencyId: string, name: string): Promise<AccountActor> {
  const accountId = await inTransaction(portal, async (tx) => {
    const id = await createAccount(portal, tx, { email: `${name}@example.org`, name, locale: "en" });
    await addMembership(portal, tx, { accountId: id, agencyId, role: "clerk", organisation: null });
    return id;
  });
  return { kind: "account", accountId, name, locale: "en", memberships: [{ role: "clerk", agencyId }] };
}

async function begun(portal: TestPortal, clerk: AccountActor): Promise<string> {
  const { id } = await beginUpload(portal, clerk, {
    ...SLUGS,
    size: 5_000,
    fingerprint: randomBytes(32).toString("hex"),
  });
  await continueUpload(portal, clerk, { id, offset: 0, bytes: Buffer.alloc(1_000, "x") });
  return id;
}

test("what a disabled account had begun to hand in is destroyed, and so is that of one whose role has ended", async () => {
  await using portal = await openTestPortal();
  const { agencyId } = await givenFeed(portal);
  const [gone, ended, stays] = [
    await givenClerk(portal, agencyId, "gone"),
    await givenClerk(portal, agencyId, "ended"),
    await givenClerk(portal, agencyId, "stays"),
  ];
  const uploads = [await begun(portal, gone), await begun(portal, ended), await begun(portal, stays)];
  await disableAccount(portal, SHELL, { accountId: gone.accountId, agencyId: null });
  const { id } = await portal.db.membership.findFirstOrThrow({ where: { accountId: ended.accountId } });
  await endMembership(portal, SHELL, id);
  await drain(portal, feedJobs);
  const left = await portal.db.delivery.findMany({ select: { id: true } });
  expect(left).toEqual([{ id: uploads[2] }]);
  expect(await portal.db.deliveryPart.count({ where: { deliveryId: { in: uploads.slice(0, 2) } } })).toBe(0);
});

test("a file that is on its way is cut off when its account is disabled", async () => {
  await using portal = await openTestPortal();
  const { agencyId } = await givenFeed(portal);
  const clerk = await givenClerk(portal, agencyId, "clerk");
  const piece = Buffer.from(alprFile(...Array.from({ length: 12_000 }, (_, n) => alprRow({ id: String(n) }))));
  expect(piece.length).toBeGreaterThan(1 << 20);
  let sent = 0;
  async function* stream() {
    for (let n = 0; n < 3; n++) {
      if (n === 1) await disableAccount(portal, SHELL, { accountId: clerk.accountId, agencyId: null });
      sent += 1;
      yield piece;
    }
  }
  await expect(receiveUpload(portal, clerk, { ...SLUGS, stream: stream() })).rejects.toThrow(NotFound);
  expect(sent).toBe(2);
  expect(await portal.db.batch.count({ where: { finishedAt: { not: null } } })).toBe(0);
});
