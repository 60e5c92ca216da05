import { describe, expect, it, vi } from "vitest";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue } from "#app/platform/queue/queue.server.ts";
import { type Job, startWorker } from "#app/platform/queue/worker.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { findLeaks, findPlanted, givenLog } from "./given-scan.ts";

const PLANTED = ["Canary Nameson", "7CNR123"];

const queue = (portal: TestPortal, task: string) => inTransaction(portal, (tx) => enqueue(tx, task, { id: "1" }));

/** Works one queued job of this kind, and waits until it has been seen to. */
async function workOnce(portal: Portal, job: Job, isDone: () => Promise<boolean>): Promise<void> {
  const worker = await startWorker(portal, { "test-job": job });
  try {
    await vi.waitFor(async () => expect(await isDone()).toBe(true), { timeout: 10_000, interval: 50 });
  } finally {
    await worker.stop();
  }
}

async function jobRow(portal: Portal): Promise<{ last_error: string | null; attempts: number } | undefined> {
  const { rows } = await portal.pool.query("SELECT last_error, attempts FROM graphile_worker._private_jobs");
  return rows[0];
}

describe("a job that fails", () => {
  const failures: [string, (portal: Portal) => Promise<unknown>][] = [
    ["an error of its own", () => Promise.reject(new Error(`no such person: ${PLANTED[0]}\n    at ${PLANTED[1]}:1:1`))],
    ["a refused key", (portal) => portal.db.setting.create({ data: { name: PLANTED[0] ?? "", value: "again" } })],
    ["PostgreSQL's own message", (portal) => portal.pool.query("SELECT $1::uuid", [PLANTED[1]])],
    ["a call that Prisma rejects", (portal) => portal.db.account.findFirst({ where: { id: PLANTED[0] ?? "" } })],
    ["text that is no JSON", () => Promise.resolve().then(() => JSON.parse(PLANTED[0] ?? ""))],
  ];

  it.each(failures)("leaves its kind and place, and none of its words: %s", async (what, fail) => {
    await using portal = await openTestPortal();
    const { log, written } = givenLog();
    await queue(portal, "test-job");
    const failing: Job = async (own) => {
      if (what === "a refused key") await own.db.setting.upsert(planted("first"));
      await fail(own);
    };
    await workOnce({ ...portal, log }, failing, async () => ((await jobRow(portal))?.last_error ?? null) !== null);
    expect((await jobRow(portal))?.last_error).toMatch(/^test-job: \w+/);
    expect(written()).toMatch(/"task":"test-job","fault":"\w+"/);
    expect(findPlanted(written(), PLANTED)).toEqual([]);
    if (what !== "a refused key") expect(await findLeaks(portal, PLANTED)).toEqual([]);
  });

  function planted(value: string) {
    const name = PLANTED[0] ?? "";
    return { where: { name }, create: { name, value }, update: { value } };
  }
});

describe("a job of a worker that was killed", () => {
  async function lockedBy(portal: TestPortal, worker: string): Promise<void> {
    await queue(portal, "test-job");
    await portal.pool.query(
      "UPDATE graphile_worker._private_jobs SET locked_by = $1, locked_at = now() - interval '1 minute'",
      [worker],
    );
  }

  it("is done by the next worker at once, not after the queue's four hours", async () => {
    await using portal = await openTestPortal();
    await lockedBy(portal, "pool-dead");
    let done = 0;
    await workOnce(
      portal,
      async () => {
        done += 1;
      },
      async () => (await jobRow(portal)) === undefined,
    );
    expect(done).toBe(1);
  });

  it("is left to a worker that lives", async () => {
    await using portal = await openTestPortal();
    let finish: () => void = () => expect.unreachable();
    let begun = 0;
    const slow: Job = () =>
      new Promise((resolve) => {
        begun += 1;
        finish = resolve;
      });
    const first = await startWorker(portal, { "test-job": slow });
    await queue(portal, "test-job");
    await vi.waitFor(() => expect(begun).toBe(1), { timeout: 10_000 });
    await portal.pool.query("UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 hour'");
    const second = await startWorker(portal, { "test-job": slow });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(begun).toBe(1);
    finish();
    await vi.waitFor(async () => expect(await jobRow(portal)).toBeUndefined(), { timeout: 10_000 });
    await Promise.all([first.stop(), second.stop()]);
  });
});

describe("a job that comes round by itself", () => {
  const NEW_YEAR = { "test-job": "0 0 1 1 *" };

  async function crontabs(portal: TestPortal): Promise<string[]> {
    const { rows } = await portal.pool.query<{ identifier: string }>(
      "SELECT identifier FROM graphile_worker._private_known_crontabs",
    );
    return rows.map(({ identifier }) => identifier);
  }

  it("runs once when a worker begins, and is on the clock of all workers together", async () => {
    await using portal = await openTestPortal();
    let done = 0;
    const job: Job = async () => {
      done += 1;
    };
    const first = await startWorker(portal, { "test-job": job }, { cron: NEW_YEAR });
    await vi.waitFor(() => expect(done).toBe(1), { timeout: 10_000 });
    const second = await startWorker(portal, { "test-job": job }, { cron: NEW_YEAR });
    await vi.waitFor(() => expect(done).toBe(2), { timeout: 10_000 });
    await vi.waitFor(async () => expect(await crontabs(portal)).toEqual(["test-job"]), { timeout: 10_000 });
    await vi.waitFor(async () => expect(await jobRow(portal)).toBeUndefined(), { timeout: 10_000 });
    await Promise.all([first.stop(), second.stop()]);
  });

  it("waits once, however many workers began while nobody could do it", async () => {
    await using portal = await openTestPortal();
    // Workers of other jobs: this one's is not among what they can do.
    const others = [
      await startWorker(portal, {}, { cron: NEW_YEAR }),
      await startWorker(portal, {}, { cron: NEW_YEAR }),
    ];
    const { rows } = await portal.pool.query("SELECT key FROM graphile_worker._private_jobs");
    expect(rows).toEqual([{ key: "test-job" }]);
    await Promise.all(others.map((worker) => worker.stop()));
  });

  it("is missed for good while no worker runs: what comes next looks at how things stand", async () => {
    await using portal = await openTestPortal();
    await portal.pool.query(
      `INSERT INTO graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
       VALUES ('test-job', now() - interval '9 days', now() - interval '3 days')`,
    );
    const worker = await startWorker(portal, {}, { cron: { "test-job": "* * * * *" } });
    const { rows } = await portal.pool.query("SELECT key FROM graphile_worker._private_jobs");
    expect(rows).toHaveLength(1);
    await worker.stop();
  });

  it("cannot be set to a time that is none", async () => {
    await using portal = await openTestPortal();
    await expect(startWorker(portal, {}, { cron: { "test-job": "every hour" } })).rejects.toThrow();
  });
});
