import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { feedDoors, feedFolderRemove, feedFolderSet } from "#app/cli/feed-door.ts";
import { pullJobs } from "#app/feeds/pull/look-at-doors.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { verifyLedger } from "#app/platform/ledger/verify-ledger.server.ts";
import { findLeaks, givenLog } from "#test/platform/given-scan.ts";
import { commandContext } from "#test/support/command.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";
import { alprFile, alprRow, givenFeed } from "../given-feed.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const OAK = ["--custodian", "oakfield", "--system", "alpr"];

async function givenFolder(now?: Date) {
  const portal = await openTestPortal(now ? { now } : {});
  await givenFeed(portal);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "wholooked-drop-")));
  await feedFolderSet([folder, ...OAK], commandContext(portal));
  return {
    ...{ portal, folder },
    drop: (name: string, text: string) => writeFileSync(join(folder, name), text),
    async [Symbol.asyncDispose]() {
      chmodSync(folder, 0o755);
      rmSync(folder, { recursive: true, force: true });
      await portal[Symbol.asyncDispose]();
    },
  };
}

/** As the minutes pass: seen once, still there, taken. */
async function look(portal: TestPortal, minutes = 2): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    await pullJobs["look-at-doors"]?.(portal, {});
    await drain(portal, pullJobs);
    portal.time.advance({ minutes: 1 });
  }
}

const namesIn = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort();
const doorsOf = async (portal: TestPortal) =>
  ((await feedDoors([], commandContext(portal))).json as { doors: { fault: string | null }[] }).doors;

test("a file that lies still is imported under the folder's name and put into done, a wrong one into refused with the reason", async () => {
  await using given = await givenFolder();
  const { portal, folder, drop } = given;
  drop("june.csv", alprFile(alprRow({ id: "1" }), alprRow({ id: "2" })));
  drop("wrong.csv", "a,b\n1,2\n");
  drop("empty.csv", "");
  drop("half.csv.part", alprFile(alprRow({ id: "3" })));
  await look(portal);
  expect(namesIn(folder)).toEqual([
    "done",
    "done/june.csv",
    "half.csv.part",
    "refused",
    "refused/empty.csv",
    "refused/empty.csv.reason.txt",
    "refused/wrong.csv",
    "refused/wrong.csv.reason.txt",
  ]);
  const reason = readFileSync(join(folder, "refused/wrong.csv.reason.txt"), "utf8");
  expect(reason).toMatch(/^The first row is not a header of this format\..*\nLa primera fila no es/);
  const batches = await portal.db.batch.findMany({ where: { finishedAt: { not: null } } });
  expect(batches).toMatchObject([{ via: "folder", stored: 2, receivedBy: null }]);
  const door = await portal.db.feedDoor.findFirstOrThrow();
  const { rows } = await portal.pool.query("SELECT body FROM ledger.entry WHERE act = 'feed.imported'");
  expect(JSON.parse(rows[0].body).actor).toEqual({ kind: "custodian", id: door.id, role: "folder" });
  expect(await doorsOf(portal)).toMatchObject([{ fault: null, kind: "folder" }]);
  expect(await verifyLedger(portal.pool)).toMatchObject({ ok: true });
});

test("a file that is still being written is left until it lies still", async () => {
  await using given = await givenFolder();
  const { portal, folder, drop } = given;
  const rows = Array.from({ length: 4 }, (_, n) => alprRow({ id: String(n) }));
  for (let written = 1; written <= 4; written++) {
    drop("growing.csv", alprFile(...rows.slice(0, written)));
    await look(portal, 1);
    expect(await portal.db.batch.count()).toBe(0);
  }
  await look(portal, 1);
  expect(await portal.db.batch.findMany()).toMatchObject([{ rows: 4 }]);
  expect(namesIn(folder)).toEqual(["done", "done/growing.csv", "refused"]);
});

test("the same content again is not imported again; another file of the same name keeps both", async () => {
  await using given = await givenFolder();
  const { portal, folder, drop } = given;
  const first = alprFile(alprRow({ id: "1" }));
  drop("log.csv", first);
  await look(portal);
  drop("log.csv", first);
  drop("copy.csv", first);
  await look(portal);
  expect(await portal.db.batch.count()).toBe(1);
  drop("log.csv", alprFile(alprRow({ id: "2" })));
  await look(portal);
  expect(await portal.db.batch.count()).toBe(2);
  expect(namesIn(join(folder, "done"))).toEqual(["copy.csv", "log.csv", "log.csv.2", "log.csv.3"]);
});

test("links, sockets and files with a second name are refused as they are, and what they lead to is not read", async () => {
  await using given = await givenFolder();
  const { portal, folder } = given;
  const socket = createServer();
  const elsewhere = mkdtempSync(join(tmpdir(), "wholooked-elsewhere-"));
  try {
    const secret = join(elsewhere, "secret.csv");
    writeFileSync(secret, alprFile(alprRow({ id: "secret" })));
    symlinkSync(secret, join(folder, "link.csv"));
    symlinkSync(join(elsewhere, "nothing"), join(folder, "nowhere.csv"));
    symlinkSync(elsewhere, join(folder, "way-out"));
    linkSync(secret, join(folder, "second-name.csv"));
    await once(socket.listen(join(folder, "socket.csv")), "listening");
    mkdirSync(join(folder, "below"));
    writeFileSync(join(folder, "below", "deep.csv"), alprFile(alprRow({ id: "deep" })));
    await look(portal, 3);
    expect(await portal.db.batch.count()).toBe(0);
    const refused = readdirSync(join(folder, "refused")).filter((name) => !name.endsWith(".reason.txt"));
    expect(refused.sort()).toEqual(["link.csv", "nowhere.csv", "second-name.csv", "socket.csv", "way-out"]);
    expect(lstatSync(join(folder, "refused/link.csv")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "refused/link.csv.reason.txt"), "utf8")).toMatch(/not followed/);
    expect(namesIn(elsewhere)).toEqual(["secret.csv"]);
    expect(existsSync(join(folder, "below/deep.csv"))).toBe(true);
    const { rows } = await portal.pool.query("SELECT body FROM ledger.entry WHERE act = 'feed.file-refused'");
    expect(rows).toHaveLength(5);
  } finally {
    socket.close();
    rmSync(elsewhere, { recursive: true, force: true });
  }
});

test("a shelf or a reason that leads elsewhere is not followed, and the operator is told", async () => {
  await using given = await givenFolder();
  const { portal, folder, drop } = given;
  const elsewhere = mkdtempSync(join(tmpdir(), "wholooked-elsewhere-"));
  try {
    await look(portal, 1);
    symlinkSync(join(elsewhere, "planted"), join(folder, "refused/wrong.csv.reason.txt"));
    drop("wrong.csv", "a,b\n");
    await look(portal);
    expect(namesIn(join(folder, "refused"))).toEqual(["wrong.csv.2", "wrong.csv.2.reason.txt", "wrong.csv.reason.txt"]);
    rmSync(join(folder, "done"), { recursive: true });
    symlinkSync(elsewhere, join(folder, "done"));
    drop("good.csv", alprFile(alprRow({ id: "1" })));
    await look(portal);
    expect(namesIn(elsewhere)).toEqual([]);
    expect(existsSync(join(folder, "good.csv"))).toBe(true);
    expect(await doorsOf(portal)).toMatchObject([{ fault: "folder-unsafe" }]);
    // Nothing is imported that could not be put away: it would come again each minute.
    expect(await portal.db.batch.count({ where: { refusal: null } })).toBe(0);
    rmSync(join(folder, "done"));
    await look(portal, 1);
    expect(namesIn(join(folder, "done"))).toEqual(["good.csv"]);
    expect(await portal.db.batch.count({ where: { finishedAt: { not: null } } })).toBe(1);
    expect(await doorsOf(portal)).toMatchObject([{ fault: null }]);
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
});

test("a folder that is gone stops no other, and shows as what is wrong", async () => {
  await using given = await givenFolder();
  const { portal, folder } = given;
  const other = realpathSync(mkdtempSync(join(tmpdir(), "wholooked-drop-")));
  try {
    const elm = ["--custodian", "elmville", "--system", "alpr", "--profile", "alpr-network-audit"];
    await feedFolderSet([other, ...elm], commandContext(portal));
    writeFileSync(join(other, "log.csv"), alprFile(alprRow({ id: "1" })));
    rmSync(folder, { recursive: true });
    await look(portal);
    expect(await portal.db.batch.findMany()).toMatchObject([{ stored: 1 }]);
    expect(await doorsOf(portal)).toMatchObject([{ fault: null }, { fault: "folder-gone" }]);
    const answer = await feedDoors([], commandContext(portal));
    expect([answer.ok, answer.lines[1]]).toEqual([false, expect.stringMatching(/not there, or is no folder/)]);
    // A link in its place is not the folder that was set.
    symlinkSync(other, folder);
    await look(portal, 1);
    expect(await doorsOf(portal)).toMatchObject([{ fault: null }, { fault: "folder-unsafe" }]);
    await feedFolderRemove(OAK, commandContext(portal));
    expect(await doorsOf(portal)).toHaveLength(1);
    mkdirSync(`${folder}-kept`);
    rmSync(folder);
    mkdirSync(folder);
    rmSync(`${folder}-kept`, { recursive: true });
  } finally {
    rmSync(other, { recursive: true, force: true });
  }
});

test("a file that cannot be taken now, or has no readable name, keeps out none behind it", async () => {
  await using given = await givenFolder();
  const { portal, folder, drop } = given;
  drop("first.csv", alprFile(alprRow({ id: "1" })));
  drop("second.csv", alprFile(alprRow({ id: "2" })));
  drop(`${"n".repeat(250)}.csv`, "no log\n");
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe]), Buffer.from(".csv")]), "x");
  await look(portal, 1);
  let calls = 0;
  const failing = async (...args: Parameters<typeof portal.vault.createKey>) => {
    if (calls++ === 0) throw new Error("the database was away for a moment");
    return portal.vault.createKey(...args);
  };
  await look({ ...portal, vault: { ...portal.vault, createKey: failing } }, 1);
  expect(namesIn(join(folder, "done"))).toEqual(["second.csv"]);
  expect(await doorsOf(portal)).toMatchObject([{ fault: "file-name" }]);
  await look(portal, 1);
  expect(namesIn(join(folder, "done"))).toEqual(["first.csv", "second.csv"]);
  // Its reason's name is cut to what a file system takes.
  const [reason = "", long = ""] = namesIn(join(folder, "refused")).sort((a, b) =>
    a.endsWith("txt") ? -1 : b.length - a.length,
  );
  expect([long.length, reason.length]).toEqual([254, 255]);
  expect(reason).toMatch(/^n+\.reason\.txt$/);
});

test("folders that are none, that are links, that hold the portal's own or another's log cannot be set", async () => {
  await using given = await givenFolder();
  const { portal, folder } = given;
  const set = (path: string, ...log: string[]) => feedFolderSet([path, ...log], commandContext(portal));
  const elm = ["--custodian", "elmville", "--system", "alpr"];
  const link = `${folder}-link`;
  symlinkSync(folder, link);
  mkdirSync(join(folder, "inner"));
  try {
    await expect(set(join(folder, "none"), ...elm)).rejects.toThrow(/no such folder/);
    await expect(set(link, ...OAK)).rejects.toThrow(/symbolic link/);
    for (const path of [folder, join(folder, "inner"), join(folder, ".."), "/", portal.config.dataFolder]) {
      await expect(set(path, ...elm), path).rejects.toThrow(Refused);
    }
    await expect(set(folder, "--custodian", "oakfield", "--system", "dmv")).rejects.toThrow("system not found");
    await expect(set(folder, ...OAK, "--profile", "none")).rejects.toThrow(/no such profile/);
    // Its own again is a change of mind, not a clash.
    await set(folder, ...OAK);
    expect(await portal.db.dataKey.count({ where: { purpose: "door" } })).toBe(1);
  } finally {
    rmSync(link);
  }
});

test("no name of a file or folder, and nothing in it, stands in the database or in the log", async () => {
  await using given = await givenFolder();
  const { portal, folder } = given;
  const { log, written } = givenLog();
  const loud = { ...portal, log };
  writeFileSync(join(folder, "canary-7QQX777.csv"), alprFile(alprRow({ id: "1", plate: "7QQX777" })));
  writeFileSync(join(folder, "canary-wrong.csv"), "canary,7QQX777\n");
  symlinkSync("/canary-target", join(folder, "canary-link.csv"));
  await look(loud);
  rmSync(folder, { recursive: true });
  await look(loud, 1);
  mkdirSync(folder);
  const planted = ["canary", "7QQX777", folder, "wholooked-drop"];
  expect(await findLeaks(loud, planted)).toEqual([]);
  expect(written()).toContain("folder-gone");
  for (const word of planted) expect(written()).not.toContain(word);
});

test("a worker that is killed at any moment neither loses a file nor imports one twice", async () => {
  await using given = await givenFolder(new Date());
  const { portal, folder, drop } = given;
  const FILES = 3;
  const ROWS = 6_000;
  const two = (n: number) => String(n).padStart(2, "0");
  for (let file = 0; file < FILES; file++) {
    const rows = Array.from({ length: ROWS }, (_, n) =>
      alprRow({ id: `${file}-${n}`, time: `01/${two(1 + (n % 28))}/2025, 01:${two(n % 60)}:00 PM UTC` }),
    );
    drop(`log-${file}.csv`, alprFile(...rows));
    utimesSync(join(folder, `log-${file}.csv`), new Date(0), new Date(0));
  }
  // Seen long enough ago.
  await pullJobs["look-at-doors"]?.(portal, {});
  await drain(portal, pullJobs);
  await portal.pool.query("UPDATE seen_file SET seen_at = seen_at - interval '1 minute'");
  const done = () => (existsSync(join(folder, "done")) ? readdirSync(join(folder, "done")) : []);
  let kills = 0;
  for (; done().length < FILES && kills < 40; kills++) {
    const worker = spawn(process.execPath, ["test/feeds/pull/look-for-ever.ts"], {
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
    await new Promise((resolve) => setTimeout(resolve, kills * 150 + Math.random() * 400));
    worker.kill("SIGKILL");
    await ended;
  }
  expect(kills).toBeGreaterThan(2);
  expect(done().sort()).toEqual(["log-0.csv", "log-1.csv", "log-2.csv"]);
  const { rows } = await portal.pool.query(
    "SELECT count(*)::int AS events, count(DISTINCT id)::int AS distinct FROM events.access_event",
  );
  expect(rows[0]).toEqual({ events: FILES * ROWS, distinct: FILES * ROWS });
  // However often it was begun: each file has one batch that ended.
  const { rows: batches } = await portal.pool.query(
    "SELECT digest, count(*)::int AS n FROM batch WHERE finished_at IS NOT NULL GROUP BY digest",
  );
  expect(batches.map(({ n }) => n)).toEqual([1, 1, 1]);
  expect(await verifyLedger(portal.pool)).toMatchObject({ ok: true });
}, 90_000);
