import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runMigrations as migrateQueue } from "graphile-worker";
import pg from "pg";
import { handToWorkRole } from "./work-role.server.ts";

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

interface Recorded {
  name: string;
  checksum: string;
  finished: boolean;
}

const OUR_MIGRATIONS = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));
const OLDEST_POSTGRES = 15;

// The lock and the table are Prisma's own, to the letter: its command line and this code can take turns.
const PRISMA_LOCK = 72_707_369;
const PRISMA_TABLE = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                  VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"            VARCHAR(64) NOT NULL,
    "finished_at"         TIMESTAMPTZ,
    "migration_name"      VARCHAR(255) NOT NULL,
    "logs"                TEXT,
    "rolled_back_at"      TIMESTAMPTZ,
    "started_at"          TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`;

/**
 * Brings the database at `url` up to date: our migrations in order, each whole or not at all, then the queue's.
 * Many processes may call it at once; one works and the others wait for it.
 * With `workRole` all but the ledger is then handed to that role, as which the portal does its ordinary work.
 * Throws a sentence when PostgreSQL is too old, or when a migration was edited after it was applied.
 */
export async function migrate(
  url: string,
  directory = OUR_MIGRATIONS,
  workRole: string | null = null,
): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await expectSupported(client);
    await client.query("select pg_advisory_lock($1)", [PRISMA_LOCK]);
    await client.query(PRISMA_TABLE);
    const applied: string[] = [];
    for (const migration of pendingOf(readMigrations(directory), await listRecorded(client))) {
      await apply(client, migration);
      applied.push(migration.name);
    }
    await migrateQueue({ connectionString: url, schema: "graphile_worker", maxPoolSize: 1 });
    if (workRole !== null) await handToWorkRole(client, workRole);
    return { applied };
  } finally {
    await client.end();
  }
}

/** Names of our migrations that the database has not had yet; empty when it is ready. */
export async function migrationsPending(db: pg.Pool | pg.Client, directory = OUR_MIGRATIONS): Promise<string[]> {
  const known = await db.query<{ found: boolean }>("select to_regclass('_prisma_migrations') is not null as found");
  const recorded = known.rows[0]?.found ? await listRecorded(db) : [];
  return pendingOf(readMigrations(directory), recorded).map((migration) => migration.name);
}

function readMigrations(directory: string): Migration[] {
  const names = readdirSync(directory).filter((name) => /^\d{14}_/.test(name));
  return names.sort().map((name) => {
    const sql = readFileSync(join(directory, name, "migration.sql"));
    return { name, sql: sql.toString("utf8"), checksum: createHash("sha256").update(sql).digest("hex") };
  });
}

async function listRecorded(db: pg.Pool | pg.Client): Promise<Recorded[]> {
  const { rows } = await db.query<Recorded>(
    `select migration_name as name, checksum, finished_at is not null as finished
       from _prisma_migrations
      where rolled_back_at is null`,
  );
  return rows;
}

function pendingOf(migrations: Migration[], recorded: Recorded[]): Migration[] {
  const byName = new Map(recorded.map((record) => [record.name, record]));
  return migrations.filter(({ name, checksum }) => {
    const record = byName.get(name);
    if (!record) return true;
    if (!record.finished) {
      throw new Error(`Migration ${name} was left half-way by another tool: repair it with "prisma migrate resolve".`);
    }
    if (record.checksum !== checksum) {
      throw new Error(
        `Migration ${name} was edited after it was applied: restore it and write a new migration instead.`,
      );
    }
    return false;
  });
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("commit");
  } catch (cause) {
    await client.query("rollback");
    throw new Error(`Migration ${name} failed and was undone: ${(cause as Error).message}`, { cause });
  }
}

async function expectSupported(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int / 10000 as version",
  );
  const version = rows[0]?.version ?? 0;
  if (version < OLDEST_POSTGRES) {
    throw new Error(
      `WhoLooked needs PostgreSQL ${OLDEST_POSTGRES} or newer; the database at DATABASE_URL is ${version}.`,
    );
  }
}
