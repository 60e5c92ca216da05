import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { verifyLedger } from "#app/platform/ledger/verify-ledger.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { alprFile, alprRow, givenFeed } from "./given-feed.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const ROWS = 60_000;
const BAD = 600;
const TWICE = 300;
const KILLS = 5;

/** Distinct rows, every hundredth unreadable, and some of them a second time at the end. */
function largeFile(): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const time = `${two(1 + (i % 3))}/${two(1 + (i % 28))}/2025, ${two(1 + (i % 12))}:${two(i % 60)}:00 PM UTC`;
    return alprRow({ id: String(i), time: i % 100 === 0 ? `lost ${i}` : time });
  });
  return alprFile(...rows, ...rows.slice(1, 1 + TWICE));
}

function startImport(portal: TestPortal, file: string): ChildProcess {
  const args = ["feed", "import", file, "--custodian", "oakfield", "--system", "alpr", "--profile"];
  return spawn(process.execPath, ["app/wholooked.ts", ...args, "alpr-network-audit", "--json"], {
    cwd: ROOT,
    env: {
      NODE_ENV: "production",
      DATABASE_URL: portal.config.databaseUrl,
      WHOLOOKED_DATA: portal.config.dataFolder,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function count(portal: TestPortal) {
  const { rows } = await portal.pool.query<{ events: number; distinct: number; keys: number; bad: number }>(
    `SELECT count(*)::int AS events, count(DISTINCT row_tag)::int AS distinct,
            (SELECT count(*)::int FROM events.search_key) AS keys, (SELECT count(*)::int FROM quarantine) AS bad
     FROM events.access_event`,
  );
  return rows[0] ?? expect.unreachable();
}

/** Kills the import once this many more rows stand in the store than before it began. */
async function killOnTheWay(portal: TestPortal, file: string, more: number): Promise<void> {
  const { events: before } = await count(portal);
  const child = startImport(portal, file);
  const ended = once(child, "exit");
  while (child.exitCode === null && (await count(portal)).events < before + more) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  // Not always at a chunk's end: somewhere in the next one.
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
  child.kill("SIGKILL");
  await ended;
}

test("an import that is killed again and again, and then let be, stores every row exactly once", async () => {
  await using portal = await openTestPortal({ now: new Date() });
  await givenFeed(portal);
  const folder = mkdtempSync(join(tmpdir(), "wholooked-kill-"));
  const file = join(folder, "audit.csv");
  writeFileSync(file, largeFile());
  try {
    for (let n = 0; n < KILLS; n++) await killOnTheWay(portal, file, 1 + Math.floor(Math.random() * 3_000));
    const half = await count(portal);
    expect(half.events).toBeGreaterThan(0);
    expect(half.events).toBeLessThan(ROWS - BAD);
    // What a killed import left says exactly what it stored.
    const cut = await portal.db.batch.findMany();
    expect(cut).toHaveLength(KILLS);
    expect(cut.every((batch) => batch.finishedAt === null && batch.refusal === null)).toBe(true);
    expect(cut.reduce((sum, batch) => sum + batch.stored, 0)).toBe(half.events);
    expect(cut.reduce((sum, batch) => sum + batch.quarantined, 0)).toBe(half.bad);

    const last = startImport(portal, file);
    let answer = "";
    last.stdout?.on("data", (bytes: Buffer) => {
      answer += bytes.toString("utf8");
    });
    await once(last, "close");
    expect(JSON.parse(answer)).toMatchObject({
      rows: ROWS + TWICE,
      stored: ROWS - BAD - half.events,
      duplicates: half.events + half.bad + TWICE,
    });
    const good = ROWS - BAD;
    expect(await count(portal)).toEqual({ events: good, distinct: good, keys: good, bad: BAD });
    expect(await verifyLedger(portal.pool)).toMatchObject({ ok: true, entries: 1 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
