import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { feedJobs } from "#app/feeds/jobs.server.ts";
import { replayRows } from "#app/feeds/replay-rows.server.ts";
import { runReplay } from "#app/feeds/run-replay.server.ts";
import { findReplay, startReplay } from "#app/feeds/start-replay.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { verifyLedger } from "#app/platform/ledger/verify-ledger.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";
import { account, alprFile, alprRow, deliver, givenFeed, OPERATOR } from "./given-feed.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const slugs = { agencySlug: "oakfield", systemSlug: "alpr" };
/** The portal's clock stands at March 2, 2026. */
const AHEAD = "03/09/2026, 08:00:00 PM UTC";
const which = { reason: "time-range" };

/** So many rows that can be read a week later; one in ten of them never. */
async function givenWaiting(portal: TestPortal, rows: number) {
  const given = await givenFeed(portal);
  const time = (i: number) => (i % 10 === 0 ? "03/09/2036, 08:00:00 PM UTC" : AHEAD);
  await deliver(portal, alprFile(...Array.from({ length: rows }, (_, i) => alprRow({ id: `${i}`, time: time(i) }))));
  portal.time.advance({ days: 8 });
  return given;
}

async function acts(portal: TestPortal): Promise<string[]> {
  const { rows } = await portal.pool.query("SELECT act FROM ledger.entry WHERE act LIKE 'feed.replay-%' ORDER BY seq");
  return rows.map(({ act }) => act);
}

async function standing(portal: TestPortal) {
  const { rows } = await portal.pool.query(
    `SELECT (SELECT count(*) FROM events.access_event)::int AS events, (SELECT count(*) FROM quarantine)::int AS left,
       b.rows, b.stored, b.duplicates, b.quarantined FROM batch b`,
  );
  return rows;
}

test("the press answers at once, a job does it portion by portion, and the page can say how far it is", async () => {
  await using portal = await openTestPortal();
  const { clerk } = await givenWaiting(portal, 1_200);
  expect(await findReplay(portal, clerk, slugs)).toBeNull();
  await startReplay(portal, clerk, { ...slugs, which });
  expect(await findReplay(portal, clerk, slugs)).toMatchObject({
    rows: 1_200,
    stored: 0,
    waiting: 0,
    finishedAt: null,
  });
  expect(await standing(portal)).toMatchObject([{ events: 0, quarantined: 1_200 }]);
  // What comes into quarantine afterwards is left for another time.
  portal.time.advance({ minutes: 1 });
  await deliver(portal, alprFile(alprRow({ id: "late", time: "03/09/2037, 08:00:00 PM UTC" })));
  await drain(portal, feedJobs);
  expect(await findReplay(portal, clerk, slugs)).toMatchObject({
    rows: 1_200,
    stored: 1_080,
    duplicates: 0,
    waiting: 120,
    finishedAt: portal.time.now(),
  });
  expect(await acts(portal)).toEqual(["feed.replay-begun", "feed.replay-finished"]);
  // Asked for once more, the job finds nothing to do.
  const { id = "" } = (await findReplay(portal, clerk, slugs)) ?? {};
  await runReplay(portal, { replayId: id });
  expect(await acts(portal)).toHaveLength(2);
  expect(await verifyLedger(portal.pool)).toMatchObject({ ok: true });
});

test("a second press is refused while one runs, also at the same moment, and not afterwards", async () => {
  await using portal = await openTestPortal();
  const { clerk, agencyId } = await givenWaiting(portal, 20);
  const colleague = account("supervisor", agencyId);
  const both = await Promise.allSettled(
    [clerk, colleague].map((actor) => startReplay(portal, actor, { ...slugs, which })),
  );
  const refused = both.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(refused).toMatchObject([{ code: "feedsQuarantine.refusedRunning" }]);
  await drain(portal, feedJobs);
  expect(await standing(portal)).toMatchObject([{ events: 18, stored: 18, quarantined: 2 }]);
  await startReplay(portal, colleague, { ...slugs, which });
  await drain(portal, feedJobs);
  expect(await findReplay(portal, clerk, slugs)).toMatchObject({ rows: 2, stored: 0, waiting: 2 });
});

test("a reading whose job was lost does not stand in the way for ever", async () => {
  await using portal = await openTestPortal();
  const { clerk } = await givenWaiting(portal, 20);
  await startReplay(portal, clerk, { ...slugs, which });
  await portal.pool.query("SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs");
  await expect(startReplay(portal, clerk, { ...slugs, which })).rejects.toMatchObject({
    code: "feedsQuarantine.refusedRunning",
  });
  await drain(portal, feedJobs);
  expect(await findReplay(portal, clerk, slugs)).toMatchObject({
    stored: 18,
    waiting: 2,
    finishedAt: portal.time.now(),
  });
});

test("while a job reads them, a clerk who reads one of the rows by hand counts it, and nobody twice", async () => {
  await using portal = await openTestPortal();
  const { clerk } = await givenWaiting(portal, 1_000);
  const id = await startReplay(portal, clerk, { ...slugs, which });
  const [, by] = await Promise.all([
    Promise.all([runReplay(portal, { replayId: id }), runReplay(portal, { replayId: id })]),
    replayRows(portal, clerk, { ...slugs, which }),
  ]);
  const replay = await findReplay(portal, clerk, slugs);
  expect((replay?.stored ?? 0) + by.stored).toBe(900);
  expect(await standing(portal)).toMatchObject([{ events: 900, stored: 900, quarantined: 100, left: 100 }]);
  expect(replay?.waiting).toBe(100);
  expect(await acts(portal)).toEqual(["feed.replay-begun", "feed.replay-finished"]);
});

test("killed again and again, every row is stored once and counted once", async () => {
  await using portal = await openTestPortal();
  const rows = 6_000;
  const { clerk } = await givenWaiting(portal, rows);
  const replayId = await startReplay(portal, clerk, { ...slugs, which });
  let kills = 0;
  for (; kills < 8; kills++) {
    const worker = spawn(process.execPath, ["test/feeds/run-replay.ts", replayId], {
      cwd: ROOT,
      env: {
        NODE_ENV: "production",
        DATABASE_URL: portal.config.databaseUrl,
        WHOLOOKED_DATA: portal.config.dataFolder,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(worker, "exit");
    await once(worker.stdout, "data");
    const timer = setTimeout(() => worker.kill("SIGKILL"), 100 + kills * 20 + Math.random() * 500);
    const [code] = await ended;
    clearTimeout(timer);
    if (code === 0) break;
  }
  expect(kills).toBeGreaterThan(1);
  await runReplay(portal, { replayId });
  expect(await findReplay(portal, clerk, slugs)).toMatchObject({ rows, stored: 5_400, duplicates: 0, waiting: 600 });
  expect(await standing(portal)).toMatchObject([{ events: 5_400, stored: 5_400, quarantined: 600, left: 600, rows }]);
  expect(await acts(portal)).toEqual(["feed.replay-begun", "feed.replay-finished"]);
  expect(await verifyLedger(portal.pool)).toMatchObject({ ok: true });
}, 120_000);

test("nobody else's clerk begins one, and rows that do not wait are none", async () => {
  await using portal = await openTestPortal();
  const { clerk, otherClerk, agencyId } = await givenWaiting(portal, 10);
  for (const actor of [otherClerk, OPERATOR, account("intake", agencyId)]) {
    await expect(startReplay(portal, actor, { ...slugs, which })).rejects.toThrow(NotFound);
    await expect(findReplay(portal, actor, slugs)).rejects.toThrow(NotFound);
  }
  await expect(startReplay(portal, clerk, { ...slugs, which: { reason: "nothing" } })).rejects.toThrow(NotFound);
  await expect(startReplay(portal, clerk, { ...slugs, which: { batchId: "no-id" } })).rejects.toThrow(NotFound);
  expect(await portal.db.replay.count()).toBe(0);
});
