import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PATIENCE_MS = 120_000;

/** The portal as `npm start` runs it: its own process, its own data folder, its own PostgreSQL. */
export interface PortalProcess {
  url: string;
  dataFolder: string;
  /** What it printed at the start. */
  welcome: string;
  /** The demo's ways in, by person: resident, clerk, ... */
  links: Map<string, string>;
  process: ChildProcess;
  /** All that it has written to stderr: the log. */
  log(): string;
  /** SIGTERM, and wait. @returns the exit code */
  stop(): Promise<number | null>;
  /** Stops it if it still runs and removes its folder. */
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startPortalProcess(
  options: { env?: Record<string, string>; args?: string[]; dataFolder?: string } = {},
): Promise<PortalProcess> {
  const port = await freePort();
  const dataFolder = options.dataFolder ?? newFolder();
  const child = spawn(process.execPath, ["app/start.ts", ...(options.args ?? [])], {
    cwd: ROOT,
    env: {
      PATH: process.env["PATH"] ?? "",
      NODE_ENV: "production",
      PORT: String(port),
      WHOLOOKED_DATA: dataFolder,
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  let logged = "";
  child.stderr.on("data", (bytes: Buffer) => {
    logged += bytes.toString("utf8");
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const stop = async () => {
    child.kill("SIGTERM");
    return ended;
  };
  const remove = async () => {
    await stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the portal did not start in time:\n${logged}`)), PATIENCE_MS);
    child.stdout.on("data", (bytes: Buffer) => {
      written += bytes.toString("utf8");
      if (!/WhoLooked (is at|works)/.test(written)) return;
      clearTimeout(late);
      // The rest of the same message may still be on its way.
      setTimeout(resolve, 50);
    });
    void ended.then((code) => {
      clearTimeout(late);
      reject(new Error(`the portal ended with ${code}:\n${logged}`));
    });
  }).catch(async (error) => {
    await remove();
    throw error;
  });
  return {
    url: `http://localhost:${port}`,
    dataFolder,
    welcome: written,
    links: new Map(
      [...written.matchAll(/^ {2}(\w+) +(http\S+\/enter\/\S+)$/gm)].map((match) => [match[1] ?? "", match[2] ?? ""]),
    ),
    process: child,
    log: () => logged,
    stop,
    [Symbol.asyncDispose]: remove,
  };
}

/** PostgreSQL runs as another account when the tests run as root, and must be able to come in. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "wholooked-e2e-"));
  chmodSync(folder, 0o711);
  return folder;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
