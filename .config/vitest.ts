import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

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
        // One after the other and last: a browser and a server want both processors for themselves.
        extends: true,
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: "test/support/global-setup.ts",
          setupFiles: "test/support/silence.ts",
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
