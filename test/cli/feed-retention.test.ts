import { afterAll, beforeAll, expect, test } from "vitest";
import { feedRetention } from "#app/cli/feed-retention.ts";
import { letEventsGo } from "#app/feeds/store/retention.server.ts";
import { alprFile, alprRow, deliver, givenFeed } from "#test/feeds/given-feed.ts";
import { commandContext } from "#test/support/command.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

let portal: TestPortal;
beforeAll(async () => {
  portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
  await givenFeed(portal);
  const old = alprRow({ id: "old", time: "02/03/2023, 05:00:00 PM UTC" });
  const recent = alprRow({ id: "recent", time: "02/03/2026, 05:00:00 PM UTC" });
  await deliver(portal, alprFile(old, recent));
});
afterAll(() => portal[Symbol.asyncDispose]());

const LOG = ["--custodian", "oakfield", "--system", "alpr"];
const run = (...args: string[]) => feedRetention([...LOG, ...args], commandContext(portal));
const count = async () => (await portal.pool.query("SELECT 1 FROM events.access_event")).rowCount;

test("events stay until an operator says for how many days, and the ledger says who did", async () => {
  expect([await letEventsGo(portal), await count()]).toEqual([0, 2]);
  expect(await run("--days", "1000")).toMatchObject({ ok: true, json: { days: 1000 } });
  expect([await letEventsGo(portal), await count()]).toEqual([1, 1]);
  expect(await run("--keep")).toMatchObject({ json: { days: null } });
  const { rows } = await portal.pool.query(
    "SELECT body FROM ledger.entry WHERE act = 'feed.retention-set' ORDER BY seq",
  );
  expect(rows.map(({ body }) => JSON.parse(body).detail)).toEqual([
    { system: "alpr", days: 1000, daysBefore: null },
    { system: "alpr", days: null, daysBefore: 1000 },
  ]);
});

test.each([
  ["--days", "730"],
  ["--days", "soon"],
  ["--days", "36601"],
])("%s %s is refused with what is accepted", (...args) =>
  expect(run(...args)).rejects.toMatchObject({ code: "feed-retention", message: expect.stringContaining("731") }),
);

test.each([[[]], [["--days", "1000", "--keep"]]])("%j is not understood", (args) =>
  expect(run(...args)).rejects.toThrow("either --days N or --keep"),
);
