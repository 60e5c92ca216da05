import { expect, test } from "vitest";
import { listBatches } from "#app/feeds/list-batches.server.ts";
import { progressOf } from "#app/feeds/progress.ts";
import { openTestPortal } from "#test/support/database.ts";
import { deliver, givenFeed } from "./given-feed.ts";
import { breaking, largeFile } from "./store/given-large.ts";

const receivedAt = new Date("2026-03-02T17:00:00Z");
const at = (second: number) => new Date(receivedAt.getTime() + 1000 * second);

test("rows a second and the time left, as far as they can be told", () => {
  const counters = { rows: 4000, bytes: 1000, expectedBytes: 5000, receivedAt, progressAt: at(20) };
  expect(progressOf(counters)).toEqual({ rows: 4000, rowsPerSecond: 200, share: 0.2, secondsLeft: 80 });
  expect(progressOf({ ...counters, expectedBytes: null })).toMatchObject({ rowsPerSecond: 200, secondsLeft: null });
  expect(progressOf({ ...counters, rows: 0, bytes: 0, progressAt: null })).toMatchObject({
    rowsPerSecond: 0,
    share: 0,
    secondsLeft: null,
  });
});

test("a delivery that is on its way tells how far it has come, and what waits", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  const text = largeFile(8_000);
  const stream = breaking(text, text.length - 100_000);
  await expect(deliver(portal, "", { stream, size: text.length })).rejects.toThrow("went dead");
  const [line] = await listBatches(portal, given.clerk, { agencySlug: "oakfield", systemSlug: "alpr" });
  expect(line).toMatchObject({ state: "unfinished", stored: 0 });
  expect(line?.staged).toBe(line?.rows);
  expect(line?.progress?.share).toBeGreaterThan(0.5);
  await deliver(portal, text);
  const [done] = await listBatches(portal, given.clerk, { agencySlug: "oakfield", systemSlug: "alpr" });
  expect(done).toMatchObject({ state: "finished", staged: 0, progress: null, stored: 8_000 });
});
