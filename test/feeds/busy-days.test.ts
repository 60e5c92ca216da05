import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { listBusyDays } from "#app/feeds/busy-days.server.ts";
import { coverage } from "#app/feeds/coverage.server.ts";
import { replayRows } from "#app/feeds/replay-rows.server.ts";
import { letEventsGo } from "#app/feeds/store/retention.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { alprFile, alprRow, deliver, type GivenFeed, givenFeed, ZONE } from "./given-feed.ts";
import { largeRow } from "./store/given-large.ts";

const slugs = { agencySlug: "oakfield", systemSlug: "alpr" };
const always = { from: "2000-01-01", to: "2099-12-31" };

const daysOf = (portal: TestPortal, { agencyId, systemId }: GivenFeed) =>
  listBusyDays(portal, { agencyId, systemId, period: always });

/** What stands in the store, counted. */
async function counted(portal: TestPortal): Promise<string[]> {
  const { rows } = await portal.pool.query(
    "SELECT DISTINCT to_char(at AT TIME ZONE $1, 'YYYY-MM-DD') AS day FROM events.access_event ORDER BY 1",
    [ZONE],
  );
  return rows.map(({ day }) => day);
}

test("a day is the custodian's own, of each log apart, and the same file again adds none", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  const file = alprFile(
    // The last minute of New Year's Eve and the first of the new year in California.
    alprRow({ id: "1", time: "01/01/2026, 07:59:00 AM UTC" }),
    alprRow({ id: "2", time: "01/01/2026, 08:00:00 AM UTC" }),
    alprRow({ id: "3", time: "02/03/2026, 08:00:00 PM UTC" }),
  );
  await deliver(portal, file);
  expect(await daysOf(portal, given)).toEqual(["2025-12-31", "2026-01-01", "2026-02-03"]);
  await deliver(portal, file);
  expect(await daysOf(portal, given)).toEqual(await counted(portal));
  expect(await listBusyDays(portal, { ...given, agencyId: given.otherAgencyId, period: always })).toEqual([]);
  const period = { from: "2026-01-01", to: "2026-01-31" };
  expect(await listBusyDays(portal, { ...given, period })).toEqual(["2026-01-01"]);
});

test("rows that are read again, and rows of a large delivery, are noted like any others", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  await deliver(portal, alprFile(alprRow({ id: "a", time: "03/09/2026, 08:00:00 PM UTC" })));
  expect(await daysOf(portal, given)).toEqual([]);
  portal.time.advance({ days: 8 });
  await replayRows(portal, given.clerk, { ...slugs, which: { reason: "time-range" } });
  expect(await daysOf(portal, given)).toEqual(["2026-03-09"]);
  await deliver(portal, alprFile(...Array.from({ length: 30_000 }, (_, i) => largeRow(i, {}))));
  const days = await daysOf(portal, given);
  expect(days).toEqual(await counted(portal));
  expect(days.length).toBeGreaterThan(2);
});

test("what retention lets go fills no day, and coverage is read from what is noted", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  const { agencyId, systemId } = given;
  const days = ["01/05", "01/31", "02/01", "02/04", "02/08", "02/28"];
  await deliver(
    portal,
    alprFile(...days.map((day, i) => alprRow({ id: `${i}`, time: `${day}/2026, 08:00:00 PM UTC` }))),
  );
  const held = async () =>
    (await coverage(portal, { agencyId, systemId, period: { from: "2026-02-01", to: "2026-02-28" }, zone: ZONE })).held;
  expect(await held()).toEqual([
    { from: "2026-02-01", to: "2026-02-08" },
    { from: "2026-02-28", to: "2026-02-28" },
  ]);
  await portal.db.custody.updateMany({ where: { agencyId }, data: { retentionDays: 29 } });
  expect(await letEventsGo(portal)).toBe(2);
  expect(await daysOf(portal, given)).toEqual(["2026-02-01", "2026-02-04", "2026-02-08", "2026-02-28"]);
  expect(await daysOf(portal, given)).toEqual(await counted(portal));
});

test("events that were there before the table are noted by its migration", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  await deliver(
    portal,
    alprFile(
      alprRow({ id: "1", time: "01/01/2026, 07:59:00 AM UTC" }),
      alprRow({ id: "2", time: "02/03/2026, 08:00:00 PM UTC" }),
    ),
  );
  const before = await daysOf(portal, given);
  const sql = readFileSync("prisma/migrations/20261125151000_busy_days_and_facts/migration.sql", "utf8");
  const backfill = /INSERT INTO "busy_day".*?;/s.exec(sql)?.[0] ?? "";
  await portal.pool.query("DELETE FROM busy_day");
  await portal.pool.query(backfill);
  expect(before).toHaveLength(2);
  expect(await daysOf(portal, given)).toEqual(before);
});
