import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { settleCutShort } from "#app/feeds/store/settle-cut-short.server.ts";
import { verifyLedger } from "#app/platform/ledger/verify-ledger.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { killRounds } from "#test/support/kill-rounds.ts";
import { alprFile, givenFeed } from "./given-feed.ts";
import { countStore, largeRow } from "./store/given-large.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

interface Given {
  rows: number;
  /** Of these, how many cannot be read, and how many stand there a second time at the end. */
  bad: number;
  twice: number;
}

/** Every so many rows one cannot be read. */
function fileOf({ rows, bad, twice }: Given): string {
  const every = rows / bad;
  const row = (i: number) => largeRow(i, i % every === 0 ? { time: `lost ${i}` } : {});
  return alprFile(...Array.from({ length: rows + twice }, (_, i) => row(i < rows ? i : 1 + i - rows)));
}

function startImport(portal: TestPortal, file: string): ChildProcess {
  const args = ["feed", "import", file, "--custodian", "oakfield", "--system", "alpr", "--profile"];
  return spawn(process.execPath, ["app/wholooked.ts", ...args, "alpr-network-audit", "--json"], {
    cwd: ROOT,
    env: {
      NODE_ENV: "production",
      DATABASE_URL: portal.config.databaseUrl,
      WHOLOOKED_DATA: portal.config.dataFolder,
      WHOLOOKED_OPERATOR: "tester",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Lets an import run to its end. @returns its answer, and how long it took from its first sign in the database. */
async function runImport(portal: TestPortal, file: string): Promise<{ answer: Record<string, number>; ms: number }> {
  const child = startImport(portal, file);
  let text = "";
  child.stdout?.on("data", (bytes: Buffer) => {
    text += bytes.toString("utf8");
  });
  const closed = once(child, "close");
  const began = await firstSign(portal, child);
  await closed;
  return { answer: JSON.parse(text), ms: performance.now() - began };
}

/** Waits until the import has begun: a batch that was not there, or one that goes on. */
async function firstSign(portal: TestPortal, child: ChildProcess): Promise<number> {
  const question = "SELECT count(*)::int + coalesce(sum(rows), 0)::int AS n FROM batch";
  const before = (await portal.pool.query<{ n: number }>(question)).rows[0]?.n;
  while (child.exitCode === null) {
    if ((await portal.pool.query<{ n: number }>(question)).rows[0]?.n !== before) break;
    await sleep(5);
  }
  return performance.now();
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills an import at a random instant of the time that a whole one takes. @returns whether it was still at work. */
async function killSomewhere(portal: TestPortal, file: string, ms: number): Promise<boolean> {
  const child = startImport(portal, file);
  const ended = once(child, "exit");
  await firstSign(portal, child);
  await sleep(Math.random() * ms);
  child.kill("SIGKILL");
  const [, signal] = await ended;
  return signal === "SIGKILL";
}

/** Every batch, finished or cut short, says exactly what the store holds of it, and every row of it is accounted for. */
async function expectHonest(portal: TestPortal): Promise<void> {
  const { rows } = await portal.pool.query<{ id: string; rows: number; sum: number; stored: number; held: number }>(
    `SELECT id, rows, stored, stored + duplicates + quarantined + staged AS sum,
       (SELECT count(*)::int FROM events.access_event e WHERE e.batch_id = b.id) AS held
     FROM batch b`,
  );
  for (const batch of rows) expect(batch).toMatchObject({ sum: batch.rows, held: batch.stored });
  const { events, distinct, keys } = await countStore(portal);
  expect({ distinct, keys }).toEqual({ distinct: events, keys: events });
}

describe.each([
  ["a small delivery", { rows: 4_000, bad: 40, twice: 30 }],
  ["a large delivery", { rows: 20_000, bad: 200, twice: 300 }],
])("%s that is killed again and again", (name, given) => {
  test(
    "and then let be, is stored to the last row exactly once",
    async () => {
      await using portal = await openTestPortal({ now: new Date() });
      await givenFeed(portal);
      const folder = mkdtempSync(join(tmpdir(), "wholooked-kill-"));
      const file = join(folder, "audit.csv");
      writeFileSync(file, fileOf(given));
      const good = given.rows - given.bad;
      try {
        const { ms } = await runImport(portal, file);
        let kills = 0;
        let atWork = 0;
        for (const round of killRounds()) {
          // Each round begins with an empty store and kills until an import was left to end.
          await portal.pool.query("DELETE FROM quarantine; DELETE FROM batch");
          await emptyStore(portal);
          for (let kill = 0; kill < round.kills; kill++) {
            kills += 1;
            if (await killSomewhere(portal, file, ms)) atWork += 1;
            await expectHonest(portal);
          }
          const { answer } = await runImport(portal, file);
          const { rows, stored, duplicates, quarantined } = answer;
          expect({ rows, sum: (stored ?? 0) + (duplicates ?? 0) + (quarantined ?? 0) }).toEqual({
            rows: given.rows + given.twice,
            sum: given.rows + given.twice,
          });
          await expectHonest(portal);
          // What a killed one has left that the last did not take up, comes into the store by itself.
          portal.time.set(new Date(portal.time.now().getTime() + 2 * 60 * 60_000));
          await settleCutShort(portal);
          await expectHonest(portal);
          expect(await countStore(portal)).toMatchObject({
            events: good,
            keys: good,
            quarantined: given.bad,
            staged: 0,
          });
        }
        expect(await verifyLedger(portal.pool)).toMatchObject({ ok: true });
        // Of a long loop one wants to know how often it hit.
        if (killRounds().length > 1) process.stdout.write(`${name}: ${kills} kills, ${atWork} at work, nothing lost\n`);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    killRounds.timeout,
  );
});

async function emptyStore(portal: TestPortal): Promise<void> {
  await portal.pool.query(
    "TRUNCATE events.access_event, events.search_key, events.payload_block, events.staged_chunk, events.staged_part",
  );
}
