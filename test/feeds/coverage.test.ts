import { expect, test } from "vitest";
import { coverage, coverageCalendar } from "#app/feeds/coverage.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { openTestPortal } from "#test/support/database.ts";
import { alprFile, alprRow, deliver, givenFeed, ZONE } from "./given-feed.ts";

const on = (day: string, id = day) => alprRow({ id, time: `${day}/2025, 08:00:00 PM UTC` });
const march = { from: "2025-03-01", to: "2025-03-31" };

test("what finished batches span is held; a silence beyond the promise, and what never arrived, is missing", async () => {
  await using portal = await openTestPortal();
  const { agencyId, systemId } = await givenFeed(portal, 5);
  const ask = (period = march) => coverage(portal, { agencyId, systemId, period, zone: ZONE });
  expect(await ask()).toMatchObject({
    held: [],
    missing: [march],
    unread: 0,
    unreadSince: null,
    latest: null,
    batches: 0,
    source: null,
  });

  await deliver(
    portal,
    alprFile(on("03/03"), on("03/06"), on("03/20"), on("03/22"), alprRow({ id: "bad", time: "?" })),
  );
  const first = {
    held: [
      { from: "2025-03-03", to: "2025-03-06" },
      { from: "2025-03-20", to: "2025-03-22" },
    ],
    missing: [
      { from: "2025-03-01", to: "2025-03-02" },
      { from: "2025-03-07", to: "2025-03-19" },
      { from: "2025-03-23", to: "2025-03-31" },
    ],
    unread: 1,
    unreadSince: "2026-03-02",
    latest: "2025-03-22",
    batches: 1,
    gaps: [
      { cause: "before", period: { from: "2025-03-01", to: "2025-03-02" }, numbers: null },
      { cause: "silence", period: { from: "2025-03-07", to: "2025-03-19" }, numbers: null },
    ],
    next: { from: "2025-03-23", dueOn: "2026-03-07", lateBy: 0 },
  };
  expect(await ask()).toMatchObject(first);

  async function* breaking() {
    yield Buffer.from(alprFile(on("03/30")));
    throw new Error("cut");
  }
  await expect(deliver(portal, "", { stream: breaking() })).rejects.toThrow("cut");
  await expect(deliver(portal, "not a log\n")).rejects.toThrow();
  expect(await ask()).toMatchObject(first);

  await deliver(portal, alprFile(on("03/07"), on("03/12"), on("03/17")));
  expect((await ask()).held).toEqual([{ from: "2025-03-03", to: "2025-03-22" }]);
});

test("one stray row years before does not claim the years between", async () => {
  await using portal = await openTestPortal();
  const { agencyId, systemId } = await givenFeed(portal, 30);
  await deliver(
    portal,
    alprFile(alprRow({ id: "old", time: "01/01/2005, 08:00:00 PM UTC" }), on("03/03"), on("03/10")),
  );
  const asked = { from: "2015-01-01", to: "2015-12-31" };
  const covered = await coverage(portal, { agencyId, systemId, period: asked, zone: ZONE });
  expect(covered).toMatchObject({ held: [], missing: [asked] });
});

test("the days are the agency's own: a search at 23:30 in California belongs to that evening", async () => {
  await using portal = await openTestPortal();
  const { agencyId, systemId } = await givenFeed(portal);
  await deliver(portal, alprFile(alprRow({ id: "1", time: "03/10/2025, 06:30:00 AM UTC" })));
  const { held, latest } = await coverage(portal, { agencyId, systemId, period: march, zone: ZONE });
  expect({ held, latest }).toEqual({ held: [{ from: "2025-03-09", to: "2025-03-09" }], latest: "2025-03-09" });
});

test("a log that the agency does not keep has no coverage", async () => {
  await using portal = await openTestPortal();
  const { agencyId } = await givenFeed(portal);
  await expect(coverage(portal, { agencyId, systemId: agencyId, period: march, zone: ZONE })).rejects.toThrow(NotFound);
});

test("a delivery holds the days that it claims, and a missing number says which days are missing", async () => {
  await using portal = await openTestPortal();
  const { agencyId, systemId } = await givenFeed(portal, 5);
  await portal.db.custody.updateMany({ where: { agencyId }, data: { keptDays: 354 } });
  const claim = (sequenceNo: number, from: string, to: string) => ({
    claim: { sequenceNo, period: { from: `2025-03-${from}`, to: `2025-03-${to}` } },
  });
  await deliver(portal, alprFile(on("03/02")), claim(1, "01", "10"));
  await deliver(portal, alprFile(on("03/18")), claim(3, "16", "20"));
  const found = await coverage(portal, { agencyId, systemId, period: march, zone: ZONE });
  expect(found).toMatchObject({
    held: [
      { from: "2025-03-01", to: "2025-03-10" },
      { from: "2025-03-16", to: "2025-03-20" },
    ],
    gaps: [{ cause: "number", period: { from: "2025-03-11", to: "2025-03-15" }, numbers: { first: 2, last: 2 } }],
    latest: "2025-03-18",
    // Today, March 2, 2026, the source still has what is younger than 354 days.
    source: {
      keepsFrom: "2025-03-14",
      lost: [{ from: "2025-03-11", to: "2025-03-13" }],
      next: { day: "2025-03-14", purgedOn: "2026-03-03", inDays: 1 },
    },
  });

  const calendar = await coverageCalendar(portal, {
    agencyId,
    systemId,
    period: { from: "2025-03-09", to: "2025-03-22" },
    zone: ZONE,
  });
  expect(calendar).toEqual([
    { from: "2025-03-09", to: "2025-03-10", state: "arrived" },
    { from: "2025-03-11", to: "2025-03-15", state: "missing" },
    { from: "2025-03-16", to: "2025-03-20", state: "arrived" },
    { from: "2025-03-21", to: "2025-03-22", state: "not-due" },
  ]);
});
