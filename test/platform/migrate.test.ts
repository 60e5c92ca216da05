import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrate, migrationsPending } from "#app/platform/database/migrate.server.ts";
import { createDatabase, type TestDatabase } from "#test/support/cluster.ts";

const FIRST = "20260101000000_first";
const SECOND = "20260102000000_second";

let directory: string;
let database: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "wholooked-migrations-"));
  write(FIRST, "create table letter (id int primary key);");
  database = await createDatabase({ empty: true });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await database.drop();
  rmSync(directory, { recursive: true });
});

test("applies what is pending, in order, and the second time nothing", async () => {
  write(SECOND, "alter table letter add column sent date; create index on letter (sent);");
  expect(await migrationsPending(client, directory)).toEqual([FIRST, SECOND]);
  expect(await migrate(database.url, directory)).toEqual({ applied: [FIRST, SECOND] });
  expect(await migrate(database.url, directory)).toEqual({ applied: [] });
  expect(await migrationsPending(client, directory)).toEqual([]);
});

test("refuses a migration that was edited after it was applied", async () => {
  await migrate(database.url, directory);
  appendFileSync(join(directory, FIRST, "migration.sql"), "\n-- an afterthought");
  await expect(migrate(database.url, directory)).rejects.toThrow(`Migration ${FIRST} was edited after it was applied`);
  await expect(migrationsPending(client, directory)).rejects.toThrow("was edited");
});

test("undoes a failing migration whole and keeps those before it", async () => {
  write(SECOND, "create table half (id int); select * from nowhere;");
  await expect(migrate(database.url, directory)).rejects.toThrow(`Migration ${SECOND} failed and was undone`);
  expect(await tables()).toEqual(["_prisma_migrations", "letter"]);
  expect(await migrationsPending(client, directory)).toEqual([SECOND]);
});

test("a migration that cannot be recorded has not happened", async () => {
  write(
    SECOND,
    "create table half (id int); alter table _prisma_migrations add check (applied_steps_count = 0) not valid;",
  );
  await expect(migrate(database.url, directory)).rejects.toThrow(`Migration ${SECOND} failed and was undone`);
  expect(await tables()).toEqual(["_prisma_migrations", "letter"]);
});

test("two processes that migrate at once apply each migration once", async () => {
  const both = await Promise.all([migrate(database.url, directory), migrate(database.url, directory)]);
  expect(both.flatMap((one) => one.applied)).toEqual([FIRST]);
});

test("brings the queue's own tables along", async () => {
  await migrate(database.url, directory);
  const { rows } = await client.query("select to_regclass('graphile_worker.jobs') is not null as found");
  expect(rows).toEqual([{ found: true }]);
});

function write(name: string, sql: string): void {
  mkdirSync(join(directory, name));
  writeFileSync(join(directory, name, "migration.sql"), sql);
}

async function tables(): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' order by 1",
  );
  return rows.map((row) => row.name);
}
