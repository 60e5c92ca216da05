import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** They compare how long answers take, or kill a server while it works. */
const ALONE = ["enumeration", "limits", "kill"].map((name) => `test/e2e/${name}.test.ts`);

/** What a test with a server and a browser of its own needs. */
const walks = {
  globalSetup: "test/support/global-setup.ts",
  setupFiles: "test/support/silence.ts",
  testTimeout: 180_000,
  hookTimeout: 180_000,
};

// No Remix plugin: tests load the same files that Node loads.
export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    pool: "forks",
    maxWorkers: 2,
    coverage: { provider: "v8", include: ["app/**"], exclude: ["app/platform/database/generated/**"] },
    projects: [
      {
        extends: true,
        test: {
          name: "parts",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**"],
          globalSetup: "test/support/global-setup.ts",
          setupFiles: "test/support/silence.ts",
          testTimeout: 15_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          ...walks,
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          exclude: ALONE,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Last and one after the other: their servers want both processors for themselves.
        extends: true,
        test: { ...walks, name: "alone", include: ALONE, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
