/** Whole imports, as a custodian's operator has them: in this process, or by the command in one of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { importBatch } from "#app/feeds/import-batch.server.ts";
import type { BenchPortal } from "./feeds-portal.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LOOK_MS = 50;

/** @returns how many seconds it took. */
export async function importOnce(portal: BenchPortal, file: string): Promise<number> {
  const began = process.hrtime.bigint();
  await importBatch(
    portal,
    { kind: "operator", name: "bench" },
    {
      agencySlug: "oakfield",
      systemSlug: "alpr",
      profile: "alpr-network-audit",
      via: "command",
      stream: createReadStream(file, { highWaterMark: 1 << 18 }),
    },
  );
  return Number(process.hrtime.bigint() - began) / 1e9;
}

/** What `npm run wholooked` starts Node with. */
function commandLine(): string[] {
  const { scripts } = JSON.parse(readFileSync(`${ROOT}/package.json`, "utf8")) as { scripts: Record<string, string> };
  const [, , ...args] = (scripts["wholooked"] ?? "").split(" ");
  return args;
}

/** `wholooked feed import`, started so that it works on the portal's database. */
export function startCommand(portal: BenchPortal, file: string) {
  const args = [
    "feed",
    "import",
    file,
    "--custodian",
    "oakfield",
    "--system",
    "alpr",
    "--profile",
    "alpr-network-audit",
  ];
  return spawn(process.execPath, [...commandLine(), ...args, "--json"], {
    cwd: ROOT,
    env: { NODE_ENV: "production", DATABASE_URL: portal.databaseUrl, WHOLOOKED_DATA: portal.folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

export interface CommandRun {
  seconds: number;
  /** The largest the process was; null where the system does not say. */
  megabytes: number | null;
}

export async function importByCommand(portal: BenchPortal, file: string): Promise<CommandRun> {
  const began = process.hrtime.bigint();
  const child = startCommand(portal, file);
  child.stdout.resume();
  let kilobytes: number | null = null;
  const timer = setInterval(() => {
    kilobytes = mostOf(child.pid) ?? kilobytes;
  }, LOOK_MS);
  const [code] = await once(child, "exit");
  clearInterval(timer);
  if (code !== 0) throw new Error(`the command ended with ${code}`);
  return {
    seconds: Number(process.hrtime.bigint() - began) / 1e9,
    megabytes: kilobytes === null ? null : kilobytes / 1024,
  };
}

/** The largest that Linux has seen a process, in KiB. */
function mostOf(pid: number | undefined): number | null {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return null;
  const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(file, "utf8"));
  return found === null ? null : Number(found[1]);
}
