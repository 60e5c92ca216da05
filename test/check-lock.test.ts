import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findLockFaults } from "../.config/check-lock.ts";

const MANIFEST = { dependencies: { paper: "1.2.3" }, devDependencies: { pen: "2.0.0-beta.17" } };
const LOCK = {
  packages: {
    "": { dependencies: { paper: "1.2.3" } },
    "node_modules/paper": { version: "1.2.3", optionalDependencies: { "@paper/linux": "1.2.3" } },
    "node_modules/paper/node_modules/@paper/linux": { version: "1.2.3" },
    "node_modules/pen": { version: "2.0.0-beta.17" },
  },
};

test("our own lock file is sound", () => {
  const read = (name: string) => readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), "utf8");
  expect(findLockFaults(read("package.json"), read("package-lock.json"))).toEqual([]);
});

test("a sound pair of files has no fault", () => {
  expect(faults(MANIFEST, LOCK)).toEqual([]);
});

test("names a package of another platform that the lock has lost", () => {
  const { "node_modules/paper/node_modules/@paper/linux": _lost, ...packages } = LOCK.packages;
  expect(faults(MANIFEST, { packages })).toEqual([
    "node_modules/paper wants @paper/linux 1.2.3, which the lock does not have.",
  ]);
});

test("names a package whose entry says which host it came from", () => {
  const pen = { version: "2.0.0-beta.17", resolved: "https://packages.example.org/pen.tgz" };
  expect(faults(MANIFEST, { packages: { ...LOCK.packages, "node_modules/pen": pen } })).toEqual([
    expect.stringContaining("node_modules/pen names the host it came from"),
  ]);
});

test.each(["^1.2.3", "~1.2.3", "1.2", "*", "latest", ">=1.2.3"])("names a version that is not exact: %s", (version) => {
  expect(faults({ ...MANIFEST, optionalDependencies: { ink: version } }, LOCK)).toEqual([
    `package.json asks for ink "${version}": give one exact version.`,
  ]);
});

function faults(manifest: object, lock: object): string[] {
  return findLockFaults(JSON.stringify(manifest), JSON.stringify(lock));
}
