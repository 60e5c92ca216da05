import { expect, test } from "vitest";
import { findEventsBySubject, listEventsAt, openEvents } from "#app/feeds/find-events.server.ts";
import { listQuarantine } from "#app/feeds/list-quarantine.server.ts";
import { discardRow } from "#app/feeds/quarantine-discard.server.ts";
import { replayRows } from "#app/feeds/replay-rows.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { NotFound } from "#app/platform/failure.ts";
import { verifyLedger } from "#app/platform/ledger/verify-ledger.server.ts";
import { asOwner, openTestPortal, type TestPortal } from "#test/support/database.ts";
import { account, alprFile, alprRow, deliver, type GivenFeed, givenFeed, OPERATOR, ZONE } from "./given-feed.ts";

const slugs = { agencySlug: "oakfield", systemSlug: "alpr" };
/** The portal's clock stands at March 2, 2026: what lies a week ahead of it cannot have happened yet. */
const AHEAD = "03/09/2026, 08:00:00 PM UTC";

async function counts(portal: TestPortal) {
  const batches = await portal.db.batch.findMany({ orderBy: { receivedAt: "asc" } });
  for (const batch of batches) {
    expect(batch.stored + batch.duplicates + batch.quarantined + batch.discarded).toBe(batch.rows);
    expect(await portal.db.quarantine.count({ where: { batchId: batch.id, discardedAt: null } })).toBe(
      batch.quarantined,
    );
  }
  return batches.map(({ rows, stored, duplicates, quarantined, discarded }) => [
    rows,
    stored,
    duplicates,
    quarantined,
    discarded,
  ]);
}

function eventsOn(portal: TestPortal, { agencyId, systemId }: GivenFeed, on: string) {
  return listEventsAt(portal, { agencyId, systemId, on, zone: ZONE });
}

async function ledger(portal: TestPortal, act: string) {
  const { rows } = await portal.pool.query("SELECT body FROM ledger.entry WHERE act = $1 ORDER BY seq", [act]);
  return rows.map(({ body }) => JSON.parse(body));
}

test("a row that can be read now becomes one event, found by its plate, and leaves the quarantine", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  await deliver(
    portal,
    alprFile(
      alprRow({ id: "1" }),
      alprRow({ id: "2", plate: "8XYZ987", time: AHEAD }),
      alprRow({ id: "3", time: "?" }),
    ),
  );
  expect(await counts(portal)).toEqual([[3, 1, 0, 2, 0]]);
  const [line] = await listQuarantine(portal, given.clerk, { ...slugs, reason: "time-range" });
  const which = { quarantineId: line?.id ?? "" };
  expect(await replayRows(portal, given.clerk, { ...slugs, which })).toMatchObject({
    stored: 0,
    duplicates: 0,
    waiting: 1,
  });

  portal.time.advance({ days: 8 });
  expect(await replayRows(portal, given.clerk, { ...slugs, which })).toMatchObject({
    stored: 1,
    duplicates: 0,
    waiting: 0,
  });
  expect(await counts(portal)).toEqual([[3, 2, 0, 1, 0]]);
  const refs = await eventsOn(portal, given, "2026-03-09");
  const [opened] = await openEvents(portal, refs);
  expect(opened).toMatchObject({ row: 3, event: { sourceId: { value: "2" }, timeAsLogged: AHEAD } });
  const tag = (await portal.vault.indexer("plate"))("8XYZ987");
  const found = await findEventsBySubject(portal, {
    agencyId: given.agencyId,
    keys: [{ identifierId: given.agencyId, tag, from: "2026-01-01", to: null }],
    period: { from: "2026-01-01", to: "2026-12-31" },
    zone: ZONE,
  });
  expect(found.map(({ eventId }) => eventId)).toEqual(refs.map(({ eventId }) => eventId));
  // The delivery spans the day of the event now.
  const batch = await portal.db.batch.findFirstOrThrow();
  expect(batch.lastOn?.toISOString().slice(0, 10)).toBe("2026-03-09");
  expect(await ledger(portal, "feed.replayed")).toMatchObject([
    { detail: { stored: 0, waiting: 1 } },
    { actor: { id: given.clerk.accountId, role: "clerk" }, detail: { stored: 1, duplicates: 0, waiting: 0 } },
  ]);
  expect(await verifyLedger(portal.pool)).toMatchObject({ ok: true });
  await expect(replayRows(portal, given.clerk, { ...slugs, which })).rejects.toThrow(NotFound);
});

test("two clerks at once store each row once, and the counts add up", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  const rows = Array.from({ length: 40 }, (_, i) => alprRow({ id: `${i}`, time: i % 4 === 0 ? "?" : AHEAD }));
  await deliver(portal, alprFile(...rows));
  portal.time.advance({ days: 8 });
  const which = { batchId: (await portal.db.batch.findFirstOrThrow()).id };
  const again = () => replayRows(portal, given.clerk, { ...slugs, which });
  const all = await Promise.all([again(), again(), again()]);
  expect(all.reduce((sum, { stored }) => sum + stored, 0)).toBe(30);
  expect(all.every(({ duplicates }) => duplicates === 0)).toBe(true);
  expect(await counts(portal)).toEqual([[40, 30, 0, 10, 0]]);
  expect(await eventsOn(portal, given, "2026-03-09")).toHaveLength(30);
});

test("a row whose look-up has arrived otherwise in the meantime is known already", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  const file = alprFile(alprRow({ id: "1", time: AHEAD }));
  await deliver(portal, file);
  portal.time.advance({ days: 8 });
  await deliver(portal, file);
  expect(await counts(portal)).toEqual([
    [1, 0, 0, 1, 0],
    [1, 1, 0, 0, 0],
  ]);
  const replayed = await replayRows(portal, given.clerk, { ...slugs, which: { reason: "time-range" } });
  expect(replayed).toMatchObject({ stored: 0, duplicates: 1, waiting: 0 });
  expect(await counts(portal)).toEqual([
    [1, 0, 1, 0, 0],
    [1, 1, 0, 0, 0],
  ]);
});

test("more rows than one portion, of several deliveries, by their reason", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  const rows = (from: number) => Array.from({ length: 300 }, (_, i) => alprRow({ id: `${from + i}`, time: AHEAD }));
  await deliver(portal, alprFile(...rows(0)));
  portal.time.advance({ hours: 1 });
  await deliver(portal, alprFile(...rows(300), alprRow({ id: "x", time: "?" })));
  portal.time.advance({ days: 8 });
  const which = { reason: "time-range" };
  // Somebody waits for the page: after so many rows it answers, and says where to go on.
  const first = await replayRows(portal, given.clerk, { ...slugs, which, most: 500 });
  expect(first).toMatchObject({ stored: 500, duplicates: 0, waiting: 0 });
  const rest = await replayRows(portal, given.clerk, { ...slugs, which, after: first.next ?? undefined });
  expect(rest).toEqual({ stored: 100, duplicates: 0, waiting: 0, next: null });
  expect(await counts(portal)).toEqual([
    [300, 300, 0, 0, 0],
    [301, 300, 0, 1, 0],
  ]);
});

test("a row of the other header variant, with a line break in a cell, is read under its own columns", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  const cells = alprRow({ id: "7", reason: "theft,\nagain", time: AHEAD }).replace(",94,", ",94,12,");
  const header = alprFile().replace("Total Networks Searched,", "Total Networks Searched,Total Devices Searched,");
  await deliver(portal, `${header}${cells}\n`);
  portal.time.advance({ days: 8 });
  await replayRows(portal, given.clerk, { ...slugs, which: { reason: "time-range" } });
  const [opened] = await openEvents(portal, await eventsOn(portal, given, "2026-03-09"));
  expect(opened?.event).toMatchObject({
    scope: { devices: { state: "value", value: "12" } },
    purpose: { value: "theft,\nagain" },
  });
});

test("of a row that was too large only the beginning is known, so it is never read as another one", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  await deliver(portal, alprFile(alprRow({ id: "1", reason: "x".repeat(2 << 20) })));
  const replayed = await replayRows(portal, given.clerk, { ...slugs, which: { reason: "too-large" } });
  expect(replayed).toMatchObject({ stored: 0, duplicates: 0, waiting: 1 });
  expect(await counts(portal)).toEqual([[1, 0, 0, 1, 0]]);
});

test("what fails half-way leaves everything as it was", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  await deliver(portal, alprFile(alprRow({ id: "1", time: AHEAD })));
  portal.time.advance({ days: 8 });
  await asOwner(
    portal,
    `CREATE FUNCTION break() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
     CREATE TRIGGER broken BEFORE INSERT ON ledger.pending FOR EACH ROW EXECUTE FUNCTION break()`,
  );
  const which = { reason: "time-range" };
  await expect(replayRows(portal, given.clerk, { ...slugs, which })).rejects.toThrow();
  expect(await counts(portal)).toEqual([[1, 0, 0, 1, 0]]);
  expect(await eventsOn(portal, given, "2026-03-09")).toEqual([]);
  await asOwner(portal, "DROP TRIGGER broken ON ledger.pending");
  expect(await replayRows(portal, given.clerk, { ...slugs, which })).toMatchObject({ stored: 1 });
});

test("what was taken out is not replayed, and nobody else's clerk replays anything", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  await deliver(portal, alprFile(alprRow({ id: "1", time: AHEAD })));
  const [line] = await listQuarantine(portal, given.clerk, slugs);
  const quarantineId = line?.id ?? "";
  portal.time.advance({ days: 8 });
  const others: [typeof slugs, AccountActor | typeof OPERATOR][] = [
    [slugs, given.otherClerk],
    [slugs, OPERATOR],
    [slugs, account("intake", given.agencyId)],
    [{ agencySlug: "elmville", systemSlug: "alpr" }, given.otherClerk],
  ];
  for (const [theirs, actor] of others) {
    await expect(replayRows(portal, actor, { ...theirs, which: { quarantineId } })).rejects.toThrow(NotFound);
  }
  await discardRow(portal, given.clerk, { ...slugs, quarantineId, why: "delivered-again", words: "" });
  const which = { reason: "time-range" };
  expect(await replayRows(portal, given.clerk, { ...slugs, which })).toMatchObject({
    stored: 0,
    duplicates: 0,
    waiting: 0,
  });
  expect(await counts(portal)).toEqual([[1, 0, 0, 0, 1]]);
  expect(await eventsOn(portal, given, "2026-03-09")).toEqual([]);
});
