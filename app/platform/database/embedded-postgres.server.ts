import { spawn, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import {
  type Account,
  moveUnlessThere,
  ownFolder,
  postgresAccount,
  prepareEngine,
  prepareHome,
} from "./postgres-engine.server.ts";

export interface EmbeddedPostgres {
  /** Connection string of the database "postgres"; swap the path for another database. */
  url: string;
  pid: number;
  /** True when it was already running: left behind by a killed process, or shared with a living one. */
  reattached: boolean;
  /** Where the files lie: the asked folder, or the one that folder/elsewhere points to. */
  home: string;
  /**
   * Stops it and waits until it is gone. Leaves it running while another process is connected (the last one out
   * turns off the light), unless `force`.
   */
  stop(options?: { force?: boolean }): Promise<void>;
}

interface Options {
  /** Holds the database and nothing else. Created when missing. */
  folder: string;
  log?: (sentence: string) => void;
  /** PostgreSQL settings beyond the shared ones, such as { fsync: "off" } in tests. */
  settings?: Record<string, string>;
}

interface Cluster {
  engine: string;
  home: string;
  data: string;
  sockets: string;
  account: Account;
}

// The kernel's limit for a socket's whole path, and the name PostgreSQL adds to the folder.
const SOCKET_PATH_BYTES = 107;
const SOCKET_NAME = "/.s.PGSQL.5432";
const LARGE_LOG_BYTES = 1_000_000;
// A large database that was killed replays its log first; a lock that is still held is let go within seconds.
const START_PATIENCE_MS = 120_000;
const LOCK_PATIENCE_MS = 10_000;
const STOP_PATIENCE_MS = 60_000;
const LEAVING_MS = 500;

// Nothing of ours, such as secrets, is handed on. (Remix's types insist on a NODE_ENV; PostgreSQL ignores it.)
const ENVIRONMENT = { TZ: "UTC", NODE_ENV: "production" } as const;

const SETTINGS: Record<string, string> = {
  listen_addresses: "",
  unix_socket_permissions: "0700",
  max_connections: "50",
  shared_buffers: "128MB",
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  // A log of many years touches a partition for each month, and each takes locks.
  max_locks_per_transaction: "256",
  // A failed statement's text, its key values and often its message are people's data: they stay out of the
  // log file. "log" leaves what PostgreSQL says of itself, and why it could not start.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

/**
 * Starts PostgreSQL on `folder`, reachable through a socket in a private folder only, or finds it still running there.
 * Throws a sentence, with PostgreSQL's own last words, when it cannot.
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const account = postgresAccount();
  const engine = prepareEngine(account);
  const home = prepareHome(resolve(options.folder), account, options.log ?? (() => undefined));
  const data = join(home, "data");
  const cluster: Cluster = { engine, home, data, sockets: socketFolder(home, account), account };
  const url = `postgresql://portal@localhost/postgres?host=${encodeURIComponent(cluster.sockets)}`;
  if (!existsSync(join(data, "PG_VERSION"))) initialise(cluster, options.settings?.fsync !== "off");
  const found = await obtain(cluster, url, options.settings ?? {});
  return { url, ...found, home, stop: (how) => stop(cluster, url, how?.force ?? false) };
}

function socketFolder(home: string, account: Account): string {
  const near = join(home, "run");
  if (Buffer.byteLength(near + SOCKET_NAME) <= SOCKET_PATH_BYTES) return ownFolder(near, account);
  const name = createHash("sha256").update(home).digest("hex").slice(0, 16);
  const far = join(tmpdir(), `wholooked-${name}`);
  if (Buffer.byteLength(far + SOCKET_NAME) > SOCKET_PATH_BYTES) {
    throw new Error(
      `A socket's path may have ${SOCKET_PATH_BYTES} bytes; set TMPDIR to a shorter folder than ${tmpdir()}.`,
    );
  }
  return ownFolder(far, account);
}

/** Made beside its place and moved there whole, so that a killed or rival start leaves no half database. */
function initialise({ engine, home, data, account }: Cluster, isDurable: boolean): void {
  const draft = join(home, `data.${randomBytes(6).toString("hex")}`);
  const how = [
    "--auth=trust",
    "--username=portal",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--locale=C.UTF-8",
    "--no-instructions",
  ];
  if (!isDurable) how.push("--no-sync");
  const made = spawnSync(join(engine, "bin/initdb"), ["-D", draft, ...how], {
    ...account,
    cwd: home,
    encoding: "utf8",
    env: ENVIRONMENT,
  });
  if (made.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not lay out its files in ${home}: ${made.error?.message ?? made.stderr}`);
  }
  writeFileSync(join(draft, "pg_hba.conf"), "local all all trust\n");
  moveUnlessThere(draft, data);
}

/** Attaches to the running one or starts it; tries again while a killed predecessor is still letting go of its lock. */
async function obtain(
  cluster: Cluster,
  url: string,
  settings: Record<string, string>,
): Promise<{ pid: number; reattached: boolean }> {
  const began = performance.now();
  for (;;) {
    if (await isAnswering(url)) return { pid: runningPid(cluster.data), reattached: true };
    const attempt = await start(cluster, url, settings, began + START_PATIENCE_MS);
    if (attempt.pid) return { pid: attempt.pid, reattached: false };
    const isLocked = /postmaster\.pid|shared memory block|lock file|in use/.test(attempt.lastWords);
    if (!isLocked || performance.now() > began + LOCK_PATIENCE_MS) {
      throw new Error(`PostgreSQL did not start in ${cluster.home}: ${attempt.lastWords || "it said nothing"}`);
    }
    await sleep(100);
  }
}

async function start(
  { engine, home, data, sockets, account }: Cluster,
  url: string,
  settings: Record<string, string>,
  deadline: number,
): Promise<{ pid?: number; lastWords: string }> {
  const log = openLog(join(home, "postgres.log"));
  const all = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  // Detached: Ctrl-C in a terminal would otherwise reach PostgreSQL before the portal has finished with it.
  const child = spawn(join(engine, "bin/postgres"), ["-D", data, "-k", sockets, ...all], {
    ...account,
    cwd: home,
    detached: true,
    stdio: ["ignore", log.file, log.file],
    env: ENVIRONMENT,
  });
  closeSync(log.file);
  let gone = false;
  let failure: string | undefined;
  child.once("exit", () => {
    gone = true;
  });
  child.once("error", (error) => {
    gone = true;
    failure = error.message;
  });
  child.unref();
  while (!gone && performance.now() < deadline) {
    if (child.pid && isReady(data, child.pid) && (await isAnswering(url))) return { pid: child.pid, lastWords: "" };
    await sleep(10);
  }
  return { lastWords: failure ?? log.written() };
}

/** The log goes on from start to start, and begins anew when it has grown large. */
function openLog(path: string): { file: number; written(): string } {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const isLarge = size > LARGE_LOG_BYTES;
  const file = openSync(path, isLarge ? "w" : "a", 0o600);
  return {
    file,
    written: () =>
      readFileSync(path)
        .subarray(isLarge ? 0 : size)
        .toString("utf8")
        .trim(),
  };
}

async function stop({ data }: Cluster, url: string, force: boolean): Promise<void> {
  const client = await connect(url);
  if (!client) return;
  try {
    if (!force && (await isUsedByOthers(client))) return;
  } finally {
    await client.end();
  }
  const pid = runningPid(data);
  process.kill(pid, "SIGINT");
  const deadline = performance.now() + STOP_PATIENCE_MS;
  while (existsSync(join(data, "postmaster.pid")) && isRunning(pid)) {
    if (performance.now() > deadline) throw new Error(`PostgreSQL (process ${pid}) did not stop within a minute.`);
    await sleep(10);
  }
}

/** A session that was closed a moment ago is still listed for some milliseconds. */
async function isUsedByOthers(client: pg.Client): Promise<boolean> {
  const question =
    "select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1";
  const deadline = performance.now() + LEAVING_MS;
  for (;;) {
    if ((await client.query(question)).rowCount === 0) return false;
    if (performance.now() > deadline) return true;
    await sleep(20);
  }
}

async function isAnswering(url: string): Promise<boolean> {
  const client = await connect(url);
  await client?.end();
  return client !== undefined;
}

async function connect(url: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  // Without a listener a lost connection would end the process; whoever awaits a query hears of it anyway.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch {
    return undefined;
  }
}

/** PostgreSQL keeps its process id in the first line of this file and its state in the eighth. */
function runningPid(data: string): number {
  return Number(pidFile(data)[0]);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function isReady(data: string, pid: number): boolean {
  const lines = pidFile(data);
  return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
}

function pidFile(data: string): string[] {
  const file = join(data, "postmaster.pid");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
}
