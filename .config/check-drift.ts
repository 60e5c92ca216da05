// Fails when prisma/schema.prisma and prisma/migrations have come apart, and says what is missing as SQL.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmbeddedPostgres } from "#app/platform/database/embedded-postgres.server.ts";
import { migrate } from "#app/platform/database/migrate.server.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const DRIFTED = 2;
// Prisma ends with 0 even when its engine has crashed: only its own words count.
const IN_STEP = "-- This is an empty migration.";

const folder = mkdtempSync(join(tmpdir(), "wholooked-drift-"));
// PostgreSQL runs as another account when this runs as root, and must be able to come in.
chmodSync(folder, 0o711);
const postgres = await startEmbeddedPostgres({ folder: join(folder, "pg"), settings: { fsync: "off" } });
try {
  await migrate(postgres.url);
  process.exitCode = compare(postgres.url);
} finally {
  await postgres.stop({ force: true });
  rmSync(postgres.home, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Prisma looks at the schema "public" alone. The schemas events, ledger and graphile_worker hold tables in plain SQL
 * that it does not know and must not want to drop.
 */
function compare(url: string): number {
  const question = ["--from-config-datasource", "--to-schema", "prisma/schema.prisma", "--script", "--exit-code"];
  const diff = spawnSync("prisma", ["migrate", "diff", "--config", ".config/prisma.ts", ...question], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, DATABASE_URL: url },
  });
  if (diff.status === 0 && diff.stdout.trim() === IN_STEP) {
    console.log("The migrations make exactly the tables of prisma/schema.prisma.");
    return 0;
  }
  if (diff.status === DRIFTED) {
    console.error(`prisma/schema.prisma wants what no migration makes; write a migration with:\n${diff.stdout}`);
    return 1;
  }
  throw new Error(`Prisma could not compare: ${diff.error?.message ?? diff.stdout + diff.stderr}`);
}
