import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseResult, type IForbiddenRuleType } from "dependency-cruiser";
import { afterEach, beforeEach, expect, test } from "vitest";

type Tree = Record<string, string>;

interface Rules {
  forbidden: (IForbiddenRuleType & { name: string })[];
  options: { enhancedResolveOptions: object };
}

const config = createRequire(import.meta.url)("../.config/dependency-cruiser.cjs") as Rules;

// What every tree stands on.
const GROUND: Tree = {
  "package.json": '{ "type": "module", "imports": { "#app/*": "./app/*", "#test/*": "./test/*" } }',
  "node_modules/pg/package.json": '{ "name": "pg", "main": "index.js" }',
  "node_modules/pg/index.js": "",
  "node_modules/zod/package.json": '{ "name": "zod", "main": "index.js" }',
  "node_modules/zod/index.js": "",
  "app/law/law.ts": 'import "zod"; export const rules = [];',
  "app/platform/portal.server.ts": 'import "pg"; import "node:fs"; import "./database/generated/client.ts";',
  "app/platform/database/generated/client.ts": "export class Client {}",
  "app/platform/time/time.ts": "export interface Time {}",
  "app/registry/agency.ts": "export const agency = 1;",
  "app/registry/list-agencies.server.ts": 'import "#app/platform/portal.server.ts";',
  "app/people/actor.ts": 'import "#app/law/law.ts";',
  "app/feeds/import-batch.server.ts": 'import "pg"; import "#app/registry/list-agencies.server.ts";',
  // Named like a floor and like an entry, but inside a floor: the patterns are anchored.
  "app/feeds/read-rows.server.ts": 'import "./routes/rows.ts"; import "./server.ts";',
  "app/feeds/routes/rows.ts": "",
  "app/feeds/server.ts": "",
  "app/requests/request.ts": 'import type { Client } from "#app/platform/database/generated/client.ts";',
  "app/histories/history.ts": 'import "#app/requests/request.ts";',
  "app/complaints/dispute.ts": 'import "#app/histories/history.ts";',
  "app/statistics/figure.ts": 'import "#app/complaints/dispute.ts";',
  "app/ui/page.tsx": 'import "#app/histories/history.ts"; import "#app/platform/time/time.ts";',
  "app/routes/home.tsx": 'import "#app/ui/page.tsx"; import "#app/feeds/import-batch.server.ts";',
  "app/cli/main.ts": 'import "#app/feeds/import-batch.server.ts";',
  "app/server.ts": 'import "#app/cli/main.ts"; import "pg"; import "#app/platform/database/generated/client.ts";',
  "app/start.ts": 'import "./server.ts";',
  "test/law/rules.test.ts": 'import "#app/law/law.ts"; import "pg";',
};

// One breach of every rule: the file that breaks it, and what it imports.
const BREACHES: Record<string, [file: string, imports: string]> = {
  "floor-of-law": ["app/law/breach.ts", 'import "#app/platform/time/time.ts";'],
  "floor-of-platform": ["app/platform/breach.ts", 'import "#app/law/law.ts";'],
  "floor-of-registry": ["app/registry/breach.ts", 'import "#app/people/actor.ts";'],
  "floor-of-people": ["app/people/breach.ts", 'import type {} from "#app/requests/request.ts";'],
  "floor-of-feeds": ["app/feeds/breach.ts", 'import "#app/requests/request.ts";'],
  "floor-of-requests": ["app/requests/breach.ts", 'import "../histories/history.ts";'],
  "floor-of-histories": ["app/histories/breach.ts", 'import "#app/complaints/dispute.ts";'],
  "floor-of-complaints": ["app/complaints/breach.ts", 'import "#app/statistics/figure.ts";'],
  "floor-of-statistics": ["app/statistics/breach.ts", 'import "#app/ui/page.tsx";'],
  "floor-of-ui": ["app/ui/breach.tsx", 'import "#app/routes/home.tsx";'],
  "floor-of-routes": ["app/routes/breach.tsx", 'import "#app/cli/main.ts";'],
  "floor-of-cli": ["app/cli/breach.ts", 'import "#app/routes/home.tsx";'],
  "no-folder-without-a-floor": ["app/routes/breach.tsx", 'import "#app/utils/text.ts";'],
  "no-cycle": ["app/histories/breach.ts", 'import type {} from "./round.ts";'],
  "app-without-test": ["app/registry/breach.ts", 'import "#test/law/rules.test.ts";'],
  "nobody-imports-an-entry": ["app/cli/breach.ts", 'import "../server.ts";'],
  "law-is-pure": ["app/law/breach.ts", 'import "node:crypto";'],
  "noun-without-server": ["app/registry/breach.ts", 'import type {} from "./list-agencies.server.ts";'],
  "noun-without-io": ["app/registry/breach.ts", 'import "node:fs/promises";'],
  "ui-from-nouns-only": ["app/ui/breach.tsx", 'import "#app/registry/list-agencies.server.ts";'],
  "route-without-database": [
    "app/routes/breach.tsx",
    'import type {} from "#app/platform/database/generated/client.ts";',
  ],
  "database-in-platform-and-feeds": ["app/requests/breach.server.ts", 'import type {} from "pg";'],
  "generated-client-as-types": [
    "app/requests/breach.server.ts",
    'import { Client } from "#app/platform/database/generated/client.ts"; new Client();',
  ],
  "only-what-exists": ["app/registry/breach.ts", 'import "./nowhere.ts";'],
};

const BESIDE: Tree = {
  "app/utils/text.ts": "export const text = 1;",
  "app/histories/round.ts": 'import "./breach.ts";',
};

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "wholooked-floors-")));
  build(GROUND);
});

afterEach(() => rmSync(root, { recursive: true }));

test("a sound house has no breach", async () => {
  expect(await listBreaches()).toEqual([]);
});

test("every rule has a breach below", () => {
  expect(Object.keys(BREACHES).sort()).toEqual(config.forbidden.map((rule) => rule.name).sort());
});

test.each(Object.entries(BREACHES))("%s", async (rule, [file, imports]) => {
  build({ ...BESIDE, [file]: imports });
  expect(await listBreaches()).toContainEqual({ rule, file });
});

function build(tree: Tree): void {
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

async function listBreaches(): Promise<{ rule: string; file: string }[]> {
  const { enhancedResolveOptions, ...options } = config.options;
  const { output } = await cruise(
    ["app", "test"],
    { ...options, baseDir: root, validate: true, ruleSet: { forbidden: config.forbidden } },
    enhancedResolveOptions,
  );
  return (output as ICruiseResult).summary.violations.map(({ rule, from }) => ({ rule: rule.name, file: from }));
}
