import { type ChildProcess, spawn } from "node:child_process";
import { createSecretKey } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { seedDemo } from "#app/cli/demo.server.ts";
import { keysRotate, keysStatus } from "#app/cli/keys.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { openBytes } from "#app/platform/sealing/aead.ts";
import { openKeyFile } from "#app/platform/sealing/key-file.server.ts";
import type { KeyStatus } from "#app/platform/sealing/key-status.server.ts";
import { resealRows } from "#app/platform/sealing/reseal.server.ts";
import { beginRotation, keyJobs } from "#app/platform/sealing/rotate-keys.server.ts";
import { openVault } from "#app/platform/sealing/vault.server.ts";
import { systemTime } from "#app/platform/time/time.ts";
import { commandContext } from "#test/support/command.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";
import { listSealed, listUnwrapped, openAll } from "./given-sealed.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const OPERATOR = { kind: "operator", id: "tester" } as const;

async function openSettled(): Promise<TestPortal> {
  const portal = await openTestPortal({ now: "2026-11-30T18:00:00Z", env: { WHOLOOKED_DEMO: "on" } });
  await seedDemo(portal);
  return portal;
}

/** Another process's view: nothing in memory. */
async function anotherVault(portal: TestPortal, freshMs?: number) {
  return openVault(portal.db, await openKeyFile(portal.config.keyFile), portal.time, freshMs);
}

describe("after all keys were exchanged", () => {
  let portal: TestPortal;
  let before: Map<string, string>;
  let stolen: { values: Awaited<ReturnType<typeof listSealed>>; keys: Map<string, Buffer>; keyFile: string };
  let answer: Awaited<ReturnType<typeof keysRotate>>;

  beforeAll(async () => {
    portal = await openSettled();
    before = await openAll(portal);
    const keyFile = join(portal.config.dataFolder, "stolen.json");
    copyFileSync(portal.config.keyFile, keyFile);
    stolen = {
      values: await listSealed(portal),
      keys: await listUnwrapped(portal, await openKeyFile(keyFile)),
      keyFile,
    };
    answer = await keysRotate(["--grace", "0"], commandContext(portal));
  }, 120_000);
  afterAll(() => portal[Symbol.asyncDispose]());

  it("everything reads as it did, by the process that served on and by one that begins", async () => {
    expect(answer).toMatchObject({ ok: true });
    expect(before.size).toBeGreaterThan(40);
    expect(await openAll(portal)).toEqual(before);
    expect(await openAll({ ...portal, vault: await anotherVault(portal) })).toEqual(before);
    const { rotation, underFormer, dataKeys } = answer.json as KeyStatus;
    expect(rotation).toMatchObject({
      kind: "all",
      stage: "done",
      fault: null,
      wrapped: dataKeys,
      resealed: before.size,
    });
    expect(underFormer).toBe(0);
  });

  it("the former key-encryption key unwraps nothing, although it did before", async () => {
    expect(stolen.keys.size).toBe(await portal.db.dataKey.count());
    const former = await openKeyFile(stolen.keyFile);
    expect((await listUnwrapped(portal, former)).size).toBe(0);
    expect(readFileSync(portal.config.keyFile, "utf8")).not.toContain("former");
  });

  it("the former data keys open nothing that stands there now, although they did before", async () => {
    const tryAll = (values: typeof stolen.values) =>
      values.filter(({ table, column, row, keyId, bytes }) => {
        const key = stolen.keys.get(keyId);
        if (key === undefined) return false;
        try {
          openBytes(createSecretKey(key), keyId, { table, column, row }, bytes);
          return true;
        } catch {
          return false;
        }
      });
    expect(tryAll(stolen.values)).toHaveLength(stolen.values.length);
    expect(tryAll(await listSealed(portal))).toEqual([]);
  });

  it("what was copied from the database before opens by no key that is left", async () => {
    const vault = await anotherVault(portal);
    for (const { table, column, row, keyId, bytes } of stolen.values) {
      await expect(vault.open(keyId, { table, column, row }, bytes)).rejects.toThrow();
    }
  });

  it("is told by keys status and by the ledger", async () => {
    const { rows } = await portal.pool.query("SELECT act, body FROM ledger.entry WHERE act LIKE 'keys.%' ORDER BY seq");
    expect(rows.map(({ act }) => act)).toEqual(["keys.rotation-begun", "keys.rotated"]);
    expect((await keysStatus([], commandContext(portal))).json).toMatchObject({ rotation: { stage: "done" } });
  });

  it("can be done again", async () => {
    expect(await keysRotate(["--grace", "0"], commandContext(portal))).toMatchObject({ ok: true });
    expect(await openAll(portal)).toEqual(before);
  });
});

it("--kek-only wraps every data key anew and seals nothing anew", async () => {
  await using portal = await openSettled();
  const values = await listSealed(portal);
  const before = await openAll(portal);
  const stolen = join(portal.config.dataFolder, "stolen.json");
  copyFileSync(portal.config.keyFile, stolen);
  const { ok, json } = await keysRotate(["--kek-only", "--grace", "0"], commandContext(portal));
  const dataKeys = await portal.db.dataKey.count();
  expect({ ok, ...(json as KeyStatus).rotation }).toMatchObject({
    ok: true,
    wrapped: dataKeys,
    renewed: 0,
    resealed: 0,
  });
  expect(await listSealed(portal)).toEqual(values);
  expect(await openAll({ ...portal, vault: await anotherVault(portal) })).toEqual(before);
  expect((await listUnwrapped(portal, await openKeyFile(stolen))).size).toBe(0);
}, 60_000);

it("waits for those who may still use the former keys, and runs one at a time", async () => {
  await using portal = await openSettled();
  await beginRotation(portal, OPERATOR, "all", 3600);
  await expect(beginRotation(portal, OPERATOR, "kek", 0)).rejects.toThrow("exchanged already");
  await expect(keysRotate(["--grace", "soon"], commandContext(portal))).rejects.toThrow("--grace takes whole seconds");
  await drain(portal, keyJobs);
  const stage = async () => (await portal.db.keyRotation.findFirstOrThrow()).stage;
  expect(await stage()).toBe("settle");
  const inExchange = await portal.db.dataKey.count({ where: { previousWrapped: { not: null } } });
  expect(inExchange).toBeGreaterThan(10);
  portal.time.advance({ minutes: 61 });
  await portal.pool.query("UPDATE graphile_worker._private_jobs SET run_at = now() - interval '1 second'");
  await drain(portal, keyJobs);
  expect(await stage()).toBe("grace");
  expect(await portal.db.dataKey.count({ where: { previousWrapped: { not: null } } })).toBe(inExchange);
}, 60_000);

it("loses no value that is written while keys are exchanged, by whatever process", async () => {
  await using given = await openSettled();
  // Real time, and a memory that is short: the grace is a few times as long.
  await given.pool.query("UPDATE data_key SET created_at = '2026-01-01'");
  const vault = await anotherVault(given, 100);
  const portal: TestPortal = { ...given, time: { ...given.time, now: systemTime.now }, vault };
  const other = { ...portal, vault: await anotherVault(given, 100) };
  const accounts = await portal.db.account.findMany({ select: { id: true, keyId: true } });
  const written = new Map<string, string>();
  let stop = false;
  let writes = 0;
  async function write(by: TestPortal, turn: number): Promise<void> {
    for (let n = 0; !stop; n += 1) {
      const account = accounts[(n * 2 + turn) % accounts.length] as { id: string; keyId: string };
      const name = `name ${turn} ${n}`;
      await inTransaction(by, async (tx) => {
        const place = { table: "account", column: "name_sealed", row: account.id };
        const nameSealed = await by.vault.seal(account.keyId, place, name);
        await new Promise((resolve) => setTimeout(resolve, 20));
        await tx.account.update({ where: { id: account.id }, data: { nameSealed } });
      });
      written.set(account.id, name);
      writes += 1;
    }
  }
  // Each account has one writer, or nobody could say what should stand there.
  if (accounts.length % 2 !== 0) accounts.pop();
  const writing = [write(portal, 0), write(other, 1)];
  const answer = await keysRotate(["--grace", "1"], commandContext(portal));
  stop = true;
  await Promise.all(writing);
  expect(answer).toMatchObject({ ok: true });
  expect(writes).toBeGreaterThan(20);
  const after = await openAll({ ...portal, vault: await anotherVault(given) });
  for (const [id, name] of written) {
    expect(Buffer.from(after.get(`account.name_sealed ${id}`) ?? "", "hex").toString("utf8")).toBe(name);
  }
}, 60_000);

it("leaves a value that was written between its reading and its sealing anew, and seals that one the next time", async () => {
  await using portal = await openSettled();
  await beginRotation(portal, OPERATOR, "all", 3600);
  await drain(portal, keyJobs);
  const late = new Map<string, string>();
  const vault: TestPortal["vault"] = {
    ...portal.vault,
    reseal: async (keyId, place, sealed) => {
      const anew = await portal.vault.reseal(keyId, place, sealed);
      if (place.table === "account" && place.column === "name_sealed" && !late.has(place.row)) {
        late.set(place.row, `written late ${late.size}`);
        const nameSealed = await portal.vault.seal(keyId, place, late.get(place.row) ?? "");
        await portal.db.account.update({ where: { id: place.row }, data: { nameSealed } });
      }
      return anew;
    },
  };
  await resealRows({ ...portal, vault }, async () => undefined);
  expect(late.size).toBeGreaterThan(5);
  const after = await openAll(portal);
  for (const [id, name] of late) {
    expect(Buffer.from(after.get(`account.name_sealed ${id}`) ?? "", "hex").toString("utf8")).toBe(name);
  }
}, 60_000);

describe("a rotation whose process is killed", () => {
  function startRotation(portal: TestPortal, ...args: string[]): ChildProcess {
    return spawn(process.execPath, ["app/wholooked.ts", "keys", ...args, "--json"], {
      cwd: ROOT,
      env: {
        NODE_ENV: "production",
        DATABASE_URL: portal.config.databaseUrl,
        WHOLOOKED_DATA: portal.config.dataFolder,
        WHOLOOKED_OPERATOR: "tester",
      },
      stdio: "ignore",
    });
  }

  it("is finished by the next one, wherever it was killed, and everything reads", async () => {
    await using portal = await openSettled();
    // Enough values for it to be killed in between.
    const account = await portal.db.account.findFirstOrThrow();
    await portal.db.account.createMany({
      data: await Promise.all(
        Array.from({ length: 1500 }, async () => {
          const id = newId();
          const place = (column: string) => ({ table: "account", column, row: id });
          return {
            ...{ id, emailTag: newId(), keyId: account.keyId, locale: "en", createdAt: portal.time.now() },
            emailSealed: await portal.vault.seal(account.keyId, place("email_sealed"), "x@example.org"),
            nameSealed: await portal.vault.seal(account.keyId, place("name_sealed"), `name of ${id}`),
          };
        }),
      ),
    });
    // The killed ones go by the real clock, and exchange keys that were there before they began.
    await portal.pool.query("UPDATE data_key SET created_at = '2026-01-01'");
    const before = await openAll(portal);
    const rotation = () => portal.db.keyRotation.findFirst();
    const stages = new Set<string>();
    let child = startRotation(portal, "rotate", "--grace", "0");
    onTestFinished(() => void child.kill("SIGKILL"));
    const kill = async () => {
      const closed = once(child, "close");
      child.kill("SIGKILL");
      await closed;
    };
    let seen = 0;
    for (let kills = 0; kills < 3; kills += 1) {
      // Until it has gone on from where the one before was killed.
      for (;;) {
        const row = await rotation();
        const done = (row?.wrapped ?? 0) + (row?.renewed ?? 0) + (row?.resealed ?? 0);
        if (row?.endedAt) throw new Error("it was faster than its killer: give it more to do");
        if (row && done > seen) {
          stages.add(row.stage);
          seen = done;
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      await kill();
      // The killed one's job is freed when its mark is seen to be gone; here nobody waits for that.
      await portal.pool.query("UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL");
      await portal.pool.query("UPDATE graphile_worker._private_job_queues SET locked_at = NULL, locked_by = NULL");
      if (kills < 2) child = startWorking(portal);
    }
    await drain(portal, keyJobs);
    expect(await rotation()).toMatchObject({ stage: "done" });
    expect(stages.has("reseal")).toBe(true);
    expect(await openAll({ ...portal, vault: await anotherVault(portal) })).toEqual(before);
    expect(await portal.db.dataKey.count({ where: { previousWrapped: { not: null } } })).toBe(0);
  }, 120_000);

  /** A process that goes on with what is queued, as the portal's own worker does. */
  function startWorking(portal: TestPortal): ChildProcess {
    return spawn(process.execPath, [join(import.meta.dirname, "rotate-on.ts")], {
      cwd: ROOT,
      env: {
        NODE_ENV: "production",
        DATABASE_URL: portal.config.databaseUrl,
        WHOLOOKED_DATA: portal.config.dataFolder,
      },
      stdio: "ignore",
    });
  }
});
