import { expect, test } from "vitest";
import { newId } from "#app/platform/database/id.ts";
import { migrationsPending } from "#app/platform/database/migrate.server.ts";
import { openTestPortal } from "#test/support/database.ts";

test("each test's portal is migrated, has a database of its own, and a clock that is set", async () => {
  await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
  await using other = await openTestPortal();
  expect(await migrationsPending(portal.pool)).toEqual([]);
  await portal.db.dataKey.create({
    data: { id: newId(), purpose: "a test", wrapped: Buffer.alloc(1), kekId: "none", createdAt: portal.time.now() },
  });
  expect(await portal.db.dataKey.count()).toBe(1);
  expect(await other.db.dataKey.count()).toBe(0);
  portal.time.advance({ days: 1 });
  expect(portal.time.now()).toEqual(new Date("2026-03-03T17:00:00Z"));
});
