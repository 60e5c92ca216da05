// Fails when package-lock.json cannot be installed everywhere: `npm install` succeeds on one machine with a lock from
// which the packages of other platforms are missing, and `npm ci` then fails on those.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const versions = z.record(z.string(), z.string()).default({});
const manifest = z.object({ dependencies: versions, devDependencies: versions, optionalDependencies: versions });
const lock = z.object({
  packages: z.record(z.string(), z.object({ resolved: z.string().optional(), optionalDependencies: versions })),
});

const EXACT = /^\d+\.\d+\.\d+(-[\w.-]+)?$/;

/** Every fault of the two files, one sentence each; none when they are sound. */
export function findLockFaults(manifestText: string, lockText: string): string[] {
  const { packages } = lock.parse(JSON.parse(lockText));
  return [...findMissing(packages), ...findHosts(packages), ...findRanges(manifestText)];
}

type Packages = z.infer<typeof lock>["packages"];

function findMissing(packages: Packages): string[] {
  const present = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf("node_modules/") + 13)));
  return Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !present.has(name))
      .map(([name, version]) => `${path || "package.json"} wants ${name} ${version}, which the lock does not have.`),
  );
}

function findHosts(packages: Packages): string[] {
  return Object.entries(packages)
    .filter(([, { resolved }]) => resolved !== undefined && URL.canParse(resolved) && new URL(resolved).host !== "")
    .map(([path]) => `${path} names the host it came from: set omit-lockfile-registry-resolved in .npmrc.`);
}

function findRanges(manifestText: string): string[] {
  const { dependencies, devDependencies, optionalDependencies } = manifest.parse(JSON.parse(manifestText));
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) => `package.json asks for ${name} "${version}": give one exact version.`);
}

if (import.meta.main) {
  const read = (name: string) => readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), "utf8");
  const faults = findLockFaults(read("package.json"), read("package-lock.json"));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else console.log("The lock file is complete and names no host.");
}
