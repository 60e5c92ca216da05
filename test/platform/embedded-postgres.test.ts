import { spawn } from "node:child_process";
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "#app/platform/database/embedded-postgres.server.ts";

const MODULE = fileURLToPath(new URL("../../app/platform/database/embedded-postgres.server.ts", import.meta.url));

// Every test lays out a database of its own, which takes seconds when the machine is busy.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let running: EmbeddedPostgres[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wholooked-pg-"));
  chmodSync(folder, 0o711);
  running = [];
});

afterEach(async () => {
  for (const one of running) await one.stop({ force: true });
  for (const { home } of running) rmSync(home, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

test("keeps what was stored over a stop and a second start", async () => {
  const first = await start();
  await ask(first.url, "create table kept as select 42 as answer");
  await first.stop();
  expect(await isAnswering(first)).toBe(false);
  const second = await start();
  expect(second.reattached).toBe(false);
  expect(await ask(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
});

test("can be reached through a socket in a private folder only", async () => {
  const postgres = await start();
  expect(await ask(postgres.url, "show listen_addresses")).toEqual([{ listen_addresses: "" }]);
  expect(lstatSync(socketsOf(postgres)).mode & 0o777).toBe(0o700);
});

test("writes nothing of a failed statement into its log", async () => {
  const { url, home } = await start();
  await ask(url, "create table person (name text primary key)");
  const insert = "insert into person values ('Planted Name')";
  await ask(url, insert);
  await expect(ask(url, insert)).rejects.toThrow("duplicate key");
  // Of this one the message itself repeats what was asked.
  await expect(ask(url, "select 'Planted Name'::uuid")).rejects.toThrow("Planted Name");
  const log = readFileSync(join(home, "postgres.log"), "utf8");
  expect(log).toContain("ready to accept connections");
  expect(log).not.toContain("Planted");
});

test("finds the one that a killed process left behind, with its data", async () => {
  const pid = await startInAProcessThatIsKilled();
  const postgres = await start();
  expect(postgres).toMatchObject({ pid, reattached: true });
  expect(await ask(postgres.url, "select 1 as one from left_behind")).toEqual([]);
  await postgres.stop();
  expect(await isAnswering(postgres)).toBe(false);
});

test("starts again at once after PostgreSQL itself was killed", async () => {
  const first = await start();
  process.kill(first.pid, "SIGKILL");
  const second = await start();
  expect(second.reattached).toBe(false);
  expect(await ask(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a process that goes leaves it to another that is still connected", async () => {
  const first = await start();
  const second = await start();
  const client = new pg.Client({ connectionString: second.url });
  await client.connect();
  await first.stop();
  expect(await client.query("select 1 as one")).toMatchObject({ rows: [{ one: 1 }] });
  await client.end();
  await second.stop();
  expect(await isAnswering(first)).toBe(false);
});

test("two processes that start at once share one", async () => {
  const [one, other] = await Promise.all([start(), start()]);
  expect(one?.pid).toBe(other?.pid);
});

test("puts the socket elsewhere when the folder's path is too long for one", async () => {
  const deep = join(folder, "a".repeat(60), "b".repeat(60));
  const postgres = await start(deep);
  expect(dirname(socketsOf(postgres))).toBe(tmpdir());
  expect(await ask(postgres.url, "select 1 as one")).toEqual([{ one: 1 }]);
  rmSync(socketsOf(postgres), { recursive: true, force: true });
});

test("under a folder that others may not enter, keeps the data, and says where when it had to move", async () => {
  const closed = join(folder, "closed", "pg");
  mkdirSync(dirname(closed), { mode: 0o700 });
  const said: string[] = [];
  const { home, url, stop } = await start(closed, said);
  await ask(url, "create table kept ()");
  await stop();
  // Only root has to hand PostgreSQL to an account that may not enter.
  const isRoot = process.getuid?.() === 0;
  expect(said).toEqual(isRoot ? [expect.stringContaining(`the database lives in ${home}`)] : []);
  expect(home === closed).toBe(!isRoot);
  const again = await start(closed);
  expect(again.home).toBe(home);
  expect(await ask(again.url, "select 1 as one from kept")).toEqual([]);
});

async function start(at = join(folder, "pg"), said: string[] = []): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({
    folder: at,
    log: (sentence) => said.push(sentence),
    settings: { fsync: "off" },
  });
  running.push(postgres);
  return postgres;
}

async function startInAProcessThatIsKilled(): Promise<number> {
  const script = `
    import pg from "pg";
    import { startEmbeddedPostgres } from ${JSON.stringify(MODULE)};
    const { url, pid } = await startEmbeddedPostgres({ folder: ${JSON.stringify(join(folder, "pg"))}, settings: { fsync: "off" } });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("create table left_behind ()");
    process.stdout.write(String(pid));
    setInterval(() => undefined, 1000);
  `;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const pid = await new Promise<number>((resolve, reject) => {
    child.stdout.once("data", (text) => resolve(Number(text)));
    child.once("exit", (code) => reject(new Error(`The starting process ended with ${code}.`)));
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
  return pid;
}

function socketsOf({ url }: EmbeddedPostgres): string {
  return new URL(url).searchParams.get("host") ?? "";
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function isAnswering({ url }: EmbeddedPostgres): Promise<boolean> {
  return ask(url, "select 1").then(
    () => true,
    () => false,
  );
}
