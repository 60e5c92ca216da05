import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Not beside what is built: making the pages empties that folder. */
const STAMPS = join(ROOT, ".cache", "built");

interface Product {
  readonly name: string;
  /** What it is made from. */
  readonly sources: readonly string[];
  /** Is there when the product is. */
  readonly result: string;
  make(): void;
}

const client: Product = {
  name: "database client",
  sources: ["prisma/schema.prisma", ".config/prisma.ts", "package-lock.json"],
  result: "app/platform/database/generated/client.ts",
  make: () => runTool("prisma", "build/index.js", ["generate", "--config", ".config/prisma.ts"]),
};

const pages: Product = {
  name: "pages",
  sources: ["app/**/*.{ts,tsx,scss,svg}", "prisma/schema.prisma", ".config/vite.ts", "package-lock.json"],
  result: ".build/server/index.js",
  make: () => runTool("@remix-run/dev", "dist/cli.js", ["vite:build", "--config", ".config/vite.ts"]),
};

/** Makes the database client, unless it is there and its schema has not changed since. All that a command needs. */
export function buildClient(): void {
  makeIfStale(client);
}

/** Makes the client and the pages: all that the server needs. */
export function buildAll(): void {
  makeIfStale(client);
  makeIfStale(pages);
}

function makeIfStale(product: Product): void {
  const stampFile = join(STAMPS, `${product.name.replace(" ", "-")}.stamp`);
  const stamp = stampOf(product);
  const isFresh =
    existsSync(join(ROOT, product.result)) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
  if (isFresh) return;
  process.stderr.write(`Building the ${product.name}, once ...\n`);
  product.make();
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stampFile, stamp);
}

/** Names, sizes and times of the sources: as quick as a directory listing, which a warm start can afford. */
function stampOf(product: Product): string {
  const hash = createHash("sha256").update(process.version);
  const files = product.sources.flatMap((pattern) => globSync(pattern, { cwd: ROOT }));
  for (const file of files.filter((name) => !name.includes("/generated/")).sort()) {
    const { size, mtimeMs } = statSync(join(ROOT, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

function runTool(name: string, file: string, args: string[]): void {
  const home = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  const ran = spawnSync(process.execPath, [join(home, file), ...args], { cwd: ROOT, encoding: "utf8" });
  if (ran.status !== 0) throw new Error(`${name} could not build:\n${ran.stdout}\n${ran.stderr}`);
}
