import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

const BIOME = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
const report = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
});

const TEMPORAL = 'import { Temporal } from "temporal-polyfill";\n\n';
const CLOCK = `${TEMPORAL}export const clocks = [new Date(), Date.now(), Date.now, Temporal.Now.instant()];\n`;
const ENVIRONMENT = "export const port = process.env.PORT;\n";
const PRINTING = 'console.log("done");\n';

const FILES: Record<string, string> = {
  "app/feeds/clock.server.ts": CLOCK,
  "app/feeds/time/clock.ts": CLOCK,
  "app/platform/time/clock.ts": CLOCK,
  "app/feeds/copy.ts": "export const copy = (now: Date) => [new Date(now), new Date(0)];\n",
  "app/feeds/environment.server.ts": ENVIRONMENT,
  "app/platform/config/environment.server.ts": ENVIRONMENT,
  "app/feeds/printing.server.ts": PRINTING,
  "app/cli/printing.ts": PRINTING,
  "app/feeds/floating.server.ts": "const send = async () => 1;\n\nexport const go = () => {\n  send();\n};\n",
};

let root: string;
let found: Record<string, string[]>;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "wholooked-lint-")));
  writeFileSync(join(root, ".gitignore"), ".build/\n");
  for (const config of [".biome.jsonc", ".config/no-clock.grit"]) {
    cpSync(fileURLToPath(new URL(`../${config}`, import.meta.url)), join(root, config));
  }
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  found = lint();
});

afterAll(() => rmSync(root, { recursive: true }));

test("only platform/time reads the clock, in whichever way", () => {
  expect(found["app/feeds/clock.server.ts"]).toEqual(Array(4).fill("plugin"));
  expect(found["app/feeds/time/clock.ts"]).toEqual(Array(4).fill("plugin"));
  expect(found["app/platform/time/clock.ts"]).toBeUndefined();
});

test("an instant that was handed over may be copied anywhere", () => {
  expect(found["app/feeds/copy.ts"]).toBeUndefined();
});

test("only platform/config reads the environment", () => {
  expect(found["app/feeds/environment.server.ts"]).toEqual(["lint/style/noProcessEnv"]);
  expect(found["app/platform/config/environment.server.ts"]).toBeUndefined();
});

test("only the commands print", () => {
  expect(found["app/feeds/printing.server.ts"]).toEqual(["lint/suspicious/noConsole"]);
  expect(found["app/cli/printing.ts"]).toBeUndefined();
});

test("no promise goes unheard", () => {
  expect(found["app/feeds/floating.server.ts"]).toEqual(["lint/nursery/noFloatingPromises"]);
});

/** The categories of what the linter finds, by file. */
function lint(): Record<string, string[]> {
  const { stdout } = spawnSync(process.execPath, [BIOME, "lint", "--reporter=json", "app"], {
    cwd: root,
    encoding: "utf8",
  });
  const result: Record<string, string[]> = {};
  for (const { category, location } of report.parse(JSON.parse(stdout)).diagnostics) {
    result[location.path] = [...(result[location.path] ?? []), category];
  }
  return result;
}
