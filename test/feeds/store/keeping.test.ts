import { describe, expect, test } from "vitest";
import { findEventsBySubject, listEventsAt, openEvents } from "#app/feeds/find-events.server.ts";
import { holdAlike, holdEvents, releaseHold } from "#app/feeds/holds.server.ts";
import { feedJobs } from "#app/feeds/jobs.server.ts";
import { listParts } from "#app/feeds/partitions.server.ts";
import { mergeSealedYears } from "#app/feeds/store/merge-years.server.ts";
import { letEventsGo } from "#app/feeds/store/retention.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { verifyLedger } from "#app/platform/ledger/verify-ledger.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { alprFile, alprRow, deliver, type GivenFeed, givenFeed, ZONE } from "../given-feed.ts";
import { countStore, largeFile, largeRow } from "./given-large.ts";

/** One row in each month of 2024, by the plate 7ABC123. */
function yearFile(): string {
  const months = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, "0"));
  return alprFile(...months.map((month) => alprRow({ id: `m${month}`, time: `${month}/15/2024, 05:00:00 PM UTC` })));
}

async function findAll(portal: TestPortal, given: GivenFeed, agencyId = given.agencyId) {
  const tag = (await portal.vault.indexer("plate"))("7ABC123");
  return findEventsBySubject(portal, {
    agencyId,
    keys: [{ identifierId: given.systemId, tag, from: "2020-01-01", to: null }],
    period: { from: "2020-01-01", to: "2026-12-31" },
    zone: ZONE,
  });
}

async function keepFor(portal: TestPortal, given: GivenFeed, days: number, agencyId = given.agencyId): Promise<void> {
  await portal.db.custody.update({
    where: { agencyId_systemId: { agencyId, systemId: given.systemId } },
    data: { retentionDays: days },
  });
}

async function listActs(portal: TestPortal, act: string) {
  const { rows } = await portal.pool.query<{ body: string }>(
    "SELECT body FROM ledger.entry WHERE act = $1 ORDER BY seq",
    [act],
  );
  return rows.map((row) => JSON.parse(row.body) as { agency: string; thing: unknown; detail: Record<string, unknown> });
}

test("partitions stand before their months begin", async () => {
  await using portal = await openTestPortal({ now: "2026-11-20T12:00:00Z" });
  await feedJobs["keep-event-store"]!(portal, {});
  expect(await listParts(portal.pool)).toEqual(["2026_11", "2026_12", "2027_01"]);
  await feedJobs["keep-event-store"]!(portal, {});
  expect(await listParts(portal.pool)).toHaveLength(3);
});

describe("sealed years", () => {
  test("become one part each; what stood there is found as before, and what comes late finds its place", async () => {
    await using portal = await openTestPortal({ now: "2025-03-31T12:00:00Z" });
    const given = await givenFeed(portal);
    await deliver(portal, yearFile());
    await deliver(portal, largeFile(6_000));
    expect(await mergeSealedYears(portal)).toEqual([]);
    portal.time.set(new Date("2025-04-02T12:00:00Z"));
    const before = await findAll(portal, given);
    expect(await mergeSealedYears(portal)).toEqual(["2024"]);
    expect(await listParts(portal.pool)).toEqual(["2024", "2025_01", "2025_02", "2025_03"]);
    expect(await findAll(portal, given)).toEqual(before);
    expect(await openEvents(portal, before)).toHaveLength(12 + 6);

    portal.time.set(new Date("2026-05-01T12:00:00Z"));
    expect(await mergeSealedYears(portal)).toEqual(["2025"]);
    expect(await listParts(portal.pool)).toEqual(["2024", "2025"]);
    // The same rows once more, a few and many, and one that is new.
    expect(await deliver(portal, yearFile())).toMatchObject({ stored: 0, duplicates: 12 });
    // In another order, or it would be known by its text.
    const turned = largeFile(6_000, (i) => largeRow(5_999 - i));
    expect(await deliver(portal, turned)).toMatchObject({ stored: 0, duplicates: 6_000 });
    const late = await deliver(portal, alprFile(alprRow({ id: "late", time: "02/03/2024, 05:00:00 PM UTC" })));
    expect(late).toMatchObject({ stored: 1 });
    expect(await deliver(portal, largeFile(6_500))).toMatchObject({ stored: 500, duplicates: 6_000 });
    expect(await listParts(portal.pool)).toEqual(["2024", "2025"]);
    expect(await countStore(portal)).toMatchObject({ events: 6_513, distinct: 6_513, keys: 6_513 });
    const at = await listEventsAt(portal, { ...given, on: "2025-02-03", zone: "UTC", limit: 9999 });
    expect((await openEvents(portal, at)).length).toBeGreaterThan(50);
  }, 60_000);

  test("can be read while they are put together", async () => {
    await using portal = await openTestPortal({ now: "2025-05-01T12:00:00Z" });
    const given = await givenFeed(portal);
    await deliver(portal, yearFile());
    let done = false;
    const merging = mergeSealedYears(portal).then(() => {
      done = true;
    });
    let reads = 0;
    do {
      expect(await findAll(portal, given)).toHaveLength(12);
      reads += 1;
    } while (!done);
    await merging;
    expect(reads).toBeGreaterThan(1);
  }, 30_000);
});

describe("what a log keeps no longer", () => {
  test("goes by whole months, of that log alone, with an entry in the ledger", async () => {
    await using portal = await openTestPortal({ now: "2025-03-10T12:00:00Z" });
    const given = await givenFeed(portal);
    await deliver(portal, yearFile());
    await deliver(portal, yearFile(), { agencySlug: "elmville" });
    expect(await letEventsGo(portal)).toBe(0);
    // 200 days before is 22 August 2024: August is not over.
    await keepFor(portal, given, 200);
    expect(await letEventsGo(portal)).toBe(7);
    expect((await findAll(portal, given)).map(({ at }) => at.getUTCMonth())).toEqual([7, 8, 9, 10, 11]);
    expect(await findAll(portal, given, given.otherAgencyId)).toHaveLength(12);
    expect(await listParts(portal.pool)).toHaveLength(12);
    await keepFor(portal, given, 200, given.otherAgencyId);
    expect(await letEventsGo(portal)).toBe(7);
    expect(await listParts(portal.pool)).toEqual(["2024_08", "2024_09", "2024_10", "2024_11", "2024_12"]);
    expect(await letEventsGo(portal)).toBe(0);
    const gone = await listActs(portal, "feed.let-go");
    expect(gone).toHaveLength(14);
    expect(gone[0]).toMatchObject({
      agency: given.agencyId,
      thing: { type: "part", id: "2024_01" },
      detail: { system: "alpr", before: "2024-08-01T00:00:00.000Z", events: 1 },
    });
    expect(await verifyLedger(portal.pool)).toMatchObject({ ok: true });
    // A month that was dropped is made again for whoever delivers it again.
    expect(await deliver(portal, yearFile())).toMatchObject({ stored: 7, duplicates: 5 });
  }, 30_000);

  test("is stored once more when its file comes again, though the file was known by its text", async () => {
    await using portal = await openTestPortal({ now: "2025-05-10T12:00:00Z" });
    const given = await givenFeed(portal);
    const text = largeFile(6_000);
    await deliver(portal, text);
    expect(await deliver(portal, text)).toMatchObject({ stored: 0, duplicates: 6_000 });
    // 60 days before is 11 March: January and February are over.
    await keepFor(portal, given, 60);
    const gone = await letEventsGo(portal);
    expect(gone).toBe(4_000);
    expect(await deliver(portal, text)).toMatchObject({ stored: gone, duplicates: 6_000 - gone });
    expect(await countStore(portal)).toMatchObject({ events: 6_000, distinct: 6_000, keys: 6_000 });
  }, 60_000);

  test("stays as far as a case or a complaint needs it, apart from what went, and goes when nobody does", async () => {
    await using portal = await openTestPortal({ now: "2025-03-10T12:00:00Z" });
    const given = await givenFeed(portal);
    await deliver(portal, largeFile(6_000));
    await keepFor(portal, given, 30);
    const [held] = await listEventsAt(portal, { ...given, on: "2025-01-02", zone: "UTC", limit: 1 });
    const shared =
      "SELECT count(*)::int AS n FROM events.access_event WHERE block_no = (SELECT block_no FROM events.access_event WHERE id = $1)";
    const { rows: neighbours } = await portal.pool.query(shared, [held?.eventId]);
    expect(neighbours[0].n).toBeGreaterThan(1);
    const aCase = { type: "case", id: newId() } as const;
    const complaint = { type: "complaint", id: newId() } as const;
    await inTransaction(portal, async (tx) => {
      await holdEvents(portal, tx, aCase, [held!]);
      await holdAlike(portal, tx, complaint, aCase);
    });
    const [before] = await openEvents(portal, [held!]);
    expect(await letEventsGo(portal)).toBe(1_999);
    expect(await openEvents(portal, [held!])).toEqual([before]);
    expect(await listActs(portal, "feed.preserved")).toMatchObject([{ detail: { events: 1 } }]);
    // Its payload was sealed anew: the block with its neighbours' is gone.
    const { rows: left } = await portal.pool.query(
      "SELECT count(*)::int AS n FROM events.payload_block WHERE at < '2025-02-01'",
    );
    expect(left[0].n).toBe(0);
    expect(await letEventsGo(portal)).toBe(0);

    await inTransaction(portal, (tx) => releaseHold(tx, aCase));
    expect(await letEventsGo(portal)).toBe(0);
    await inTransaction(portal, (tx) => releaseHold(tx, complaint));
    expect(await letEventsGo(portal)).toBe(1);
    expect(await listParts(portal.pool)).toEqual(["2025_02", "2025_03"]);
    expect(await verifyLedger(portal.pool)).toMatchObject({ ok: true });
  }, 60_000);
});
