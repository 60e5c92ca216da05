import { expect, test } from "vitest";
import { listBatches } from "#app/feeds/list-batches.server.ts";
import { listQuarantine, openQuarantineRow } from "#app/feeds/list-quarantine.server.ts";
import { FILE_PROBLEMS, ROW_PROBLEMS, reasonSentence, refusalSentence } from "#app/feeds/problem.ts";
import { NotFound } from "#app/platform/failure.ts";
import { openTestPortal } from "#test/support/database.ts";
import { alprFile, alprRow, deliver, givenFeed, OPERATOR } from "./given-feed.ts";

const slugs = { agencySlug: "oakfield", systemSlug: "alpr" };

test("a clerk of the custodian reads a waiting row as it was delivered, and each read stands in the ledger", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  const bad = alprRow({ id: "1", plate: "8XYZ987", time: "never" });
  await deliver(portal, alprFile(bad, alprRow({ id: "2" })));
  const [line] = await listQuarantine(portal, given.clerk, slugs);
  expect(line).toMatchObject({ row: 2, reason: "time" });
  const quarantineId = line?.id ?? "";
  const row = await openQuarantineRow(portal, given.clerk, { ...slugs, quarantineId });
  expect(row).toMatchObject({ text: bad, bytes: bad.length, complete: true });
  const { rows } = await portal.pool.query("SELECT body FROM ledger.entry WHERE act = 'feed.quarantine-read'");
  expect(rows.map(({ body }) => JSON.parse(body))).toMatchObject([
    { actor: { id: given.clerk.accountId, role: "clerk" }, thing: { type: "quarantine", id: quarantineId } },
  ]);

  const others = [given.otherClerk, OPERATOR];
  for (const actor of others) {
    await expect(listQuarantine(portal, actor, slugs)).rejects.toThrow(NotFound);
    await expect(openQuarantineRow(portal, actor, { ...slugs, quarantineId })).rejects.toThrow(NotFound);
  }
  const elsewhere = { agencySlug: "elmville", systemSlug: "alpr", quarantineId };
  await expect(openQuarantineRow(portal, given.otherClerk, elsewhere)).rejects.toThrow(NotFound);
  const after = await portal.pool.query("SELECT 1 FROM ledger.entry WHERE act = 'feed.quarantine-read'");
  expect(after.rowCount).toBe(1);
});

test("of a row that is too large the beginning is kept, and it says so", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  const large = alprRow({ id: "1", reason: "x".repeat(2 << 20) });
  await deliver(portal, alprFile(large));
  const [line] = await listQuarantine(portal, given.clerk, slugs);
  const row = await openQuarantineRow(portal, given.clerk, { ...slugs, quarantineId: line?.id ?? "" });
  expect(row).toMatchObject({ bytes: large.length, complete: false, reason: "too-large" });
  expect(row.text).toBe(large.slice(0, 65_536));
});

test("deliveries are listed newest first, with their state and counts, for the custodian's staff alone", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  await deliver(portal, alprFile(alprRow({ id: "1" }), alprRow({ id: "2", time: "?" })));
  portal.time.advance({ hours: 1 });
  await expect(deliver(portal, "nonsense\n")).rejects.toThrow();
  const lines = await listBatches(portal, given.clerk, slugs);
  expect(lines).toMatchObject([
    { state: "refused", refusal: "feed-wrong-header", rows: 0 },
    { state: "finished", rows: 2, stored: 1, quarantined: 1, firstOn: "2025-06-17", lastOn: "2025-06-17" },
  ]);
  await expect(listBatches(portal, given.otherClerk, slugs)).rejects.toThrow(NotFound);
});

test("each reason and refusal has a sentence in both languages", () => {
  for (const problem of ROW_PROBLEMS) {
    const [en, es] = (["en", "es"] as const).map((locale) => reasonSentence(problem, locale));
    expect(en).toMatch(/^[A-Z].*\.$/);
    expect(es).toMatch(/^[A-Z].*\.$/);
    expect(es).not.toBe(en);
  }
  for (const problem of FILE_PROBLEMS) {
    const [en, es] = (["en", "es"] as const).map((locale) => refusalSentence(problem, locale, "a,b"));
    expect(en).toMatch(/^[A-Z].*: a,b$/);
    expect(es).toMatch(/^[A-Z].*: a,b$/);
    expect(es).not.toBe(en);
  }
});
