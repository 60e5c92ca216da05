import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WrongUsage } from "#app/cli/command.ts";
import { feedDoors, feedFolderSet, feedSftpRemove, feedSftpSet } from "#app/cli/feed-door.ts";
import { deliveryJobs } from "#app/feeds/delivery/jobs.server.ts";
import { pullJobs } from "#app/feeds/pull/look-at-doors.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { findLeaks, givenLog } from "#test/platform/given-scan.ts";
import { commandContext } from "#test/support/command.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";
import { alprFile, alprRow, givenFeed } from "../given-feed.ts";
import { FOLDER, newSshKey, startSftpServer } from "./sftp-server.ts";

const LOG = ["--custodian", "oakfield", "--system", "alpr"];
const USER = "canary-account";
const mine = newSshKey();
let keyFile = "";
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wholooked-sftp-"));
  keyFile = join(folder, "key");
  writeFileSync(keyFile, mine.private);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function givenServer(env: Record<string, string> = {}) {
  const portal = await openTestPortal({ env });
  await givenFeed(portal);
  const server = await startSftpServer(USER, mine.public);
  const set = (...more: string[]) => {
    const place = ["--host", "127.0.0.1", "--port", String(server.port), "--user", USER, "--key", keyFile];
    const rest = ["--host-key", server.hostKey, "--folder", FOLDER, ...more];
    return feedSftpSet([...LOG, ...place, ...rest], commandContext(portal));
  };
  await set();
  const put = (name: string, text: string, more = {}) =>
    server.files.set(name, { bytes: Buffer.from(text), changedAt: 1_750_000_000, ...more });
  return {
    ...{ portal, server, set, put },
    async [Symbol.asyncDispose]() {
      await server.close();
      await portal[Symbol.asyncDispose]();
    },
  };
}

/** As the minutes pass, with a worker that works whatever waits. */
async function pass(portal: TestPortal, minutes: number, as: Portal = portal): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    await pullJobs["look-at-doors"]?.(as, {});
    await drain(as, { ...pullJobs, ...deliveryJobs });
    portal.time.advance({ minutes: 1 });
  }
}

const faultOf = async (portal: TestPortal) =>
  (
    (await feedDoors([], commandContext(portal))).json as { doors: { fault: string | null; kind: string }[] }
  ).doors.find(({ kind }) => kind === "sftp")?.fault;
const storedIn = async (portal: TestPortal) =>
  (await portal.pool.query("SELECT count(*)::int AS n FROM events.access_event")).rows[0].n;

test("new files are fetched once they lie still, each once, under the server's door; links and half files are not", async () => {
  await using given = await givenServer();
  const { portal, server, put } = given;
  put("june.csv", alprFile(alprRow({ id: "1" }), alprRow({ id: "2" })));
  put("july.csv.part", alprFile(alprRow({ id: "3" })));
  put(".hidden", alprFile(alprRow({ id: "4" })));
  put("link.csv", alprFile(alprRow({ id: "5" })), { isLink: true });
  await pass(portal, 2);
  expect(server.opened).toEqual(["june.csv"]);
  expect(await portal.db.batch.findMany()).toMatchObject([{ via: "sftp", stored: 2, receivedBy: null }]);
  const door = await portal.db.feedDoor.findFirstOrThrow();
  const { rows } = await portal.pool.query("SELECT body FROM ledger.entry WHERE act LIKE 'feed.%ed' ORDER BY seq");
  const actor = { kind: "custodian", id: door.id, role: "sftp" };
  expect(rows.map(({ body }) => JSON.parse(body))).toMatchObject([
    { act: "feed.delivered", actor, detail: { via: "sftp" } },
    { act: "feed.imported", actor },
  ]);
  const before = server.logins();
  await pass(portal, 20);
  expect(server.opened).toEqual(["june.csv"]);
  // Every quarter of an hour, not every minute; a login is two or three questions.
  expect(server.logins() - before).toBeLessThanOrEqual(6);
  put("july.csv", alprFile(alprRow({ id: "3" })));
  await pass(portal, 17);
  expect(server.opened).toEqual(["june.csv", "july.csv"]);
  expect(await storedIn(portal)).toBe(3);
  expect(await faultOf(portal)).toBeNull();
  expect(await portal.db.deliveryPart.count()).toBe(0);
}, 60_000);

test("a file that grows is waited for; one that was changed is fetched anew; a copy is known by its content", async () => {
  await using given = await givenServer();
  const { portal, server, put } = given;
  for (let rows = 1; rows <= 3; rows++) {
    put("grows.csv", alprFile(...Array.from({ length: rows }, (_, n) => alprRow({ id: String(n) }))));
    await pass(portal, 1);
  }
  expect(server.opened).toEqual([]);
  await pass(portal, 1);
  expect(await portal.db.batch.findMany()).toMatchObject([{ rows: 3 }]);
  server.files.set("copy.csv", { ...server.files.get("grows.csv")!, changedAt: 1_760_000_000 });
  await pass(portal, 17);
  expect(server.opened).toEqual(["grows.csv", "copy.csv"]);
  expect(await portal.db.batch.count()).toBe(1);
  put("grows.csv", alprFile(alprRow({ id: "9" })), { changedAt: 1_770_000_000 });
  await pass(portal, 17);
  expect(await portal.db.batch.count()).toBe(2);
  expect(await storedIn(portal)).toBe(4);
}, 60_000);

test("a server that shows another key gets no login, and the operator is told", async () => {
  await using given = await givenServer();
  const { portal, server, put, set } = given;
  put("june.csv", alprFile(alprRow({ id: "1" })));
  await set("--host-key", `SHA256:${"A".repeat(43)}`);
  await pass(portal, 3);
  expect([server.logins(), server.opened]).toEqual([0, []]);
  expect(await faultOf(portal)).toBe("sftp-other-host");
  await set();
  await pass(portal, 2);
  expect(server.opened).toEqual(["june.csv"]);
});

test("a wrong key, an absent folder, a server that is gone: each says so, and stops no other door", async () => {
  await using given = await givenServer();
  const { portal, server, set } = given;
  const drop = mkdtempSync(join(tmpdir(), "wholooked-drop-"));
  try {
    await feedFolderSet([drop, ...LOG], commandContext(portal));
    writeFileSync(join(drop, "log.csv"), alprFile(alprRow({ id: "1" })));
    const other = join(folder, "other");
    writeFileSync(other, newSshKey().private);
    await set("--key", other);
    await pass(portal, 2);
    expect(await faultOf(portal)).toBe("sftp-not-let-in");
    expect(await storedIn(portal)).toBe(1);
    const broken = join(folder, "broken");
    writeFileSync(broken, "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n");
    await set("--key", broken);
    await pass(portal, 1);
    expect(await faultOf(portal)).toBe("sftp-bad-key");
    await set("--folder", "/nowhere");
    await pass(portal, 1);
    expect(await faultOf(portal)).toBe("sftp-no-folder");
    await set("--port", "9");
    await pass(portal, 1);
    expect(await faultOf(portal)).toBe("sftp-unreachable");
    expect((await feedDoors([], commandContext(portal))).ok).toBe(false);
    await feedSftpRemove(LOG, commandContext(portal));
    const before = server.logins();
    await pass(portal, 20);
    expect(server.logins()).toBe(before);
    expect(await portal.db.dataKey.count({ where: { purpose: "door" } })).toBe(1);
  } finally {
    rmSync(drop, { recursive: true, force: true });
  }
});

test("a line that breaks, a file that is not as long as was said, one that is too large: nothing of them is kept", async () => {
  await using given = await givenServer({ UPLOAD_LIMIT_MB: "1" });
  const { portal, server, put } = given;
  const large = alprFile(alprRow({ id: "1" })).padEnd(900_000, "\n");
  put("breaks.csv", large, { breaksAfter: 400_000 });
  await pass(portal, 2);
  expect(await faultOf(portal)).toBe("sftp-broken-off");
  expect([await portal.db.delivery.count(), await portal.db.deliveryPart.count()]).toEqual([0, 0]);
  put("breaks.csv", large);
  await pass(portal, 17);
  expect(await storedIn(portal)).toBe(1);
  const short = alprFile(alprRow({ id: "2" }));
  put("longer.csv", short, { listedSize: short.length - 20 });
  put("shorter.csv", short, { listedSize: short.length + 20 });
  // Those behind them come in all the same.
  put("well.csv", alprFile(alprRow({ id: "4" })));
  await pass(portal, 17);
  expect(await faultOf(portal)).toBe("sftp-broken-off");
  expect(server.opened.slice(-3)).toEqual(["longer.csv", "shorter.csv", "well.csv"]);
  expect(await storedIn(portal)).toBe(2);
  server.files.delete("longer.csv");
  server.files.delete("shorter.csv");
  put("too-large.csv", "x".repeat((1 << 20) + 1));
  put("fits.csv", alprFile(alprRow({ id: "3" })));
  await pass(portal, 32);
  expect(server.opened).not.toContain("too-large.csv");
  expect(await faultOf(portal)).toBe("file-too-large");
  expect(await storedIn(portal)).toBe(3);
  expect(await portal.db.delivery.count({ where: { endedAt: null } })).toBe(0);
}, 90_000);

test("no account, host, folder, key or file name stands in the database or in the log", async () => {
  await using given = await givenServer();
  const { portal, put, set } = given;
  const { log, written } = givenLog();
  const loud: Portal = { ...portal, log };
  put("canary-file.csv", "canary,1\n");
  await pass(portal, 2, loud);
  await set("--folder", "/canary-folder");
  await pass(portal, 1, loud);
  await set("--host-key", `SHA256:${"A".repeat(43)}`);
  await pass(portal, 1, loud);
  const secret = mine.private.split("\n")[2] ?? "";
  expect(secret.length).toBeGreaterThan(20);
  const planted = ["canary", FOLDER, secret];
  expect(await findLeaks(loud, planted)).toEqual([]);
  expect(written()).toContain("sftp-other-host");
  for (const word of planted) expect(written()).not.toContain(word);
});

test("what the command line cannot use is said by what it takes", async () => {
  await using given = await givenServer();
  const { set } = given;
  await expect(set("--port", "none")).rejects.toThrow(/port number/);
  await expect(set("--host-key", "MD5:aa")).rejects.toThrow(/ssh-keygen/);
  await expect(set("--every", "0")).rejects.toThrow(WrongUsage);
  await expect(set("--profile", "none")).rejects.toThrow(/no such profile/);
  await expect(set("--host", "a host")).rejects.toThrow(/--host takes/);
  const text = join(folder, "text");
  writeFileSync(text, "hello");
  await expect(set("--key", text)).rejects.toThrow(/private key/);
});
