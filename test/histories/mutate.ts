/**
 * Takes one branch after the other out of the redaction code, in memory, and runs its tests: each mutant must fail one.
 *
 *     npx node test/histories/mutate.ts
 *
 * It changes no file. A mutant that lives is printed, and the command ends with 1; those that do no harm stand, with the
 * reason, in mutants-allowed.ts.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createVitest } from "vitest/node";
import { type Mutant, mutantsOf } from "./mutants.ts";
import { findAllowed } from "./mutants-allowed.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CODE = ["app/histories/redact.ts", "app/histories/hide-in-text.ts", "app/histories/withheld-values.ts"];
const TESTS = ["test/histories/redact.test.ts", "test/histories/redact-branches.test.ts"];

/** So many at a time: each is a project of its own, with its own view of the source. */
const TOGETHER = 45;

interface Planted extends Mutant {
  readonly name: string;
}

const all = CODE.flatMap((name): Planted[] =>
  mutantsOf(name, readFileSync(`${ROOT}${name}`, "utf8")).map((mutant) => ({ ...mutant, name })),
);
if ((await living([null])).length !== 1) throw new Error("the tests fail without any mutant");
const wrong: string[] = [];
for (let from = 0; from < all.length; from += TOGETHER) {
  const some = all.slice(from, from + TOGETHER);
  const lives = new Set(await living(some));
  for (const mutant of some) {
    const isAllowed = findAllowed(mutant.name, mutant) !== null;
    if (lives.has(mutant) === isAllowed) continue;
    const { name, line, what, original } = mutant;
    wrong.push(`${isAllowed ? "DIES, though it is allowed to live" : "LIVES"}: ${name}:${line} ${what}: ${original}`);
  }
}
for (const line of wrong) process.stdout.write(`${line}\n`);
process.stdout.write(`${all.length} mutants, ${wrong.length} not as they should be\n`);
process.exit(wrong.length === 0 ? 0 : 1);

/** Those under which no test fails; null is the code as it is. */
async function living<M extends Planted | null>(mutants: readonly M[]): Promise<M[]> {
  const projects = mutants.map((mutant, index) => ({
    test: { name: String(index), include: TESTS, fsModuleCache: false, testTimeout: 60_000 },
    plugins: [
      {
        name: "plant-a-mutant",
        enforce: "pre" as const,
        transform: (_: string, id: string) => (mutant && id === `${ROOT}${mutant.name}` ? mutant.source : null),
      },
    ],
  }));
  const vitest = await createVitest("test", {
    root: ROOT,
    config: false,
    watch: false,
    // A mutant must not be kept for the next run, and none of another taken from it.
    fsModuleCache: false,
    // A check of speed says nothing of a branch.
    testNamePattern: /^(?!thousands)/,
    pool: "threads",
    testTimeout: 60_000,
    maxWorkers: 2,
    reporters: [{}],
    projects,
  });
  try {
    const { testModules } = await vitest.runTestSpecifications(await vitest.globTestSpecifications(), false);
    return mutants.filter((_, index) => {
      const own = testModules.filter((module) => module.project.name === String(index));
      return own.length > 0 && own.every((module) => module.ok());
    });
  } finally {
    await vitest.close();
  }
}
