import { expect, test } from "vitest";
import { coverage } from "#app/feeds/coverage.server.ts";
import {
  listDiscarded,
  listQuarantine,
  listQuarantineGroups,
  openQuarantineRow,
} from "#app/feeds/list-quarantine.server.ts";
import { discardReason, discardRow, putBackRow } from "#app/feeds/quarantine-discard.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { ALPR_HEADER, account, alprFile, alprRow, deliver, givenFeed, OPERATOR, ZONE } from "./given-feed.ts";

const slugs = { agencySlug: "oakfield", systemSlug: "alpr" };
const file = alprFile(
  alprRow({ id: "1" }),
  ALPR_HEADER,
  alprRow({ id: "2", time: "?" }),
  "TOTAL,Vera Canary,,2",
  `${ALPR_HEADER} `,
);

async function counts(portal: TestPortal) {
  const { rows, stored, duplicates, quarantined, discarded } = await portal.db.batch.findFirstOrThrow({
    orderBy: { receivedAt: "asc" },
  });
  expect(stored + duplicates + quarantined + discarded).toBe(rows);
  return { stored, duplicates, quarantined, discarded };
}

async function ledger(portal: TestPortal) {
  const { rows } = await portal.pool.query(
    "SELECT body FROM ledger.entry WHERE act LIKE 'feed.quarantine-%' ORDER BY seq",
  );
  return rows.map(({ body }) => JSON.parse(body));
}

test("the rows that wait, grouped by why and since when", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  await deliver(portal, file);
  const first = portal.time.now();
  portal.time.advance({ days: 2 });
  await deliver(portal, alprFile(alprRow({ id: "9", time: "!" })));
  expect(await listQuarantineGroups(portal, given.clerk, slugs)).toEqual([
    { reason: "header-again", rows: 2, since: first },
    { reason: "time", rows: 2, since: first },
    { reason: "cell-count", rows: 1, since: first },
  ]);
  for (const actor of [given.otherClerk, OPERATOR]) {
    await expect(listQuarantineGroups(portal, actor, slugs)).rejects.toThrow(NotFound);
    await expect(listDiscarded(portal, actor, slugs)).rejects.toThrow(NotFound);
  }
});

test("a row is taken out with a reason, stays sealed and known, and can be put back", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  await deliver(portal, file);
  const [totals] = await listQuarantine(portal, given.clerk, { ...slugs, reason: "cell-count" });
  const quarantineId = totals?.id ?? "";
  const words = "A line of totals for Vera Canary";
  await discardRow(portal, given.clerk, { ...slugs, quarantineId, why: "no-look-up", words });
  expect(await counts(portal)).toEqual({ stored: 1, duplicates: 0, quarantined: 3, discarded: 1 });
  expect(await listDiscarded(portal, given.clerk, slugs)).toMatchObject([
    { id: quarantineId, row: 5, reason: "cell-count", why: "no-look-up", discardedAt: portal.time.now() },
  ]);
  expect(await listQuarantine(portal, given.clerk, slugs)).toHaveLength(3);
  const asked = { agencyId: given.agencyId, systemId: given.systemId, zone: ZONE };
  const period = { from: "2025-06-01", to: "2025-06-30" };
  expect((await coverage(portal, { ...asked, period })).unread).toBe(3);
  await expect(
    discardRow(portal, given.clerk, { ...slugs, quarantineId, why: "no-look-up", words: "" }),
  ).rejects.toThrow(NotFound);

  // Delivered once more it does not come back to be worked again.
  portal.time.advance({ hours: 1 });
  await deliver(portal, file);
  expect(await listQuarantine(portal, given.clerk, slugs)).toHaveLength(3);

  const opened = await openQuarantineRow(portal, given.clerk, { ...slugs, quarantineId });
  expect(opened).toMatchObject({ text: "TOTAL,Vera Canary,,2", discarded: { why: "no-look-up", words } });
  await putBackRow(portal, given.clerk, { ...slugs, quarantineId });
  await expect(putBackRow(portal, given.clerk, { ...slugs, quarantineId })).rejects.toThrow(NotFound);
  expect(await counts(portal)).toEqual({ stored: 1, duplicates: 0, quarantined: 4, discarded: 0 });
  const entries = await ledger(portal);
  expect(entries.map(({ act, detail }) => [act, detail])).toEqual([
    ["feed.quarantine-discarded", { system: "alpr", why: "no-look-up", reason: "cell-count", rows: 1 }],
    ["feed.quarantine-read", { reason: "cell-count" }],
    ["feed.quarantine-put-back", { system: "alpr", reason: "cell-count" }],
  ]);
  // Not a word of the row, or about it, can be read in the database.
  const { rows } = await portal.pool.query("SELECT q::text AS text FROM quarantine q");
  expect(JSON.stringify([rows, entries])).not.toMatch(/Canary|totals/i);
});

test.each([
  ["feeds.refusedWhy", { why: "", words: "because" }],
  ["feeds.refusedWhy", { why: "because", words: "" }],
  ["feeds.refusedWhyWords", { why: "other", words: "  " }],
  ["feeds.refusedWhyLong", { why: "no-look-up", words: "x".repeat(501) }],
])("nothing is taken out without a reason: %s", async (code, typed) => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  await deliver(portal, file);
  const [line] = await listQuarantine(portal, given.clerk, slugs);
  const discard = discardRow(portal, given.clerk, { ...slugs, quarantineId: line?.id ?? "", ...typed });
  await expect(discard).rejects.toMatchObject({ code });
  expect(await counts(portal)).toMatchObject({ discarded: 0 });
  expect(await ledger(portal)).toEqual([]);
});

test("repeated headers go all at once, and no other rows do", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  await deliver(portal, file);
  const all = (reason: string, actor = given.clerk) => discardReason(portal, actor, { ...slugs, reason });
  await expect(all("time")).rejects.toMatchObject({ code: "feeds.refusedBulk" });
  await expect(all("header-again", given.otherClerk)).rejects.toThrow(NotFound);
  expect(await Promise.all([all("header-again"), all("header-again")])).toEqual(expect.arrayContaining([2, 0]));
  expect(await counts(portal)).toEqual({ stored: 1, duplicates: 0, quarantined: 2, discarded: 2 });
  expect(await ledger(portal)).toMatchObject([{ detail: { why: "no-look-up", reason: "header-again", rows: 2 } }]);
});

test("two clerks take the same row out once; nobody else takes any", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  await deliver(portal, file);
  const [line] = await listQuarantine(portal, given.clerk, slugs);
  const quarantineId = line?.id ?? "";
  const take = (actor = given.clerk, theirs = slugs) =>
    discardRow(portal, actor, { ...theirs, quarantineId, why: "no-look-up", words: "" });
  await expect(take(given.otherClerk)).rejects.toThrow(NotFound);
  await expect(take(given.otherClerk, { ...slugs, agencySlug: "elmville" })).rejects.toThrow(NotFound);
  await expect(take(account("intake", given.agencyId))).rejects.toThrow(NotFound);
  const both = await Promise.allSettled([take(), take(account("supervisor", given.agencyId))]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await counts(portal)).toMatchObject({ quarantined: 3, discarded: 1 });
  await expect(putBackRow(portal, given.otherClerk, { ...slugs, quarantineId })).rejects.toThrow(NotFound);
});
