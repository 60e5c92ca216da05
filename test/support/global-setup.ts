// One PostgreSQL for the whole run and one migrated database in it, which every test file copies.
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "#app/platform/database/embedded-postgres.server.ts";
import { migrate } from "#app/platform/database/migrate.server.ts";
import { WORK_ROLE } from "#app/platform/database/work-role.server.ts";
import { TEMPLATE, urlOf } from "#test/support/cluster.ts";
import { layTripwire } from "#test/support/tripwire.ts";

declare module "vitest" {
  interface ProvidedContext {
    clusterUrl: string;
  }
}

const PREFIX = "wholooked-test-";

// Both projects (parts, e2e) call this; they share one cluster, which goes with the last of them.
let cluster: Promise<{ url: string; remove(): Promise<void> }> | undefined;
let users = 0;

export async function setup(project: TestProject): Promise<void> {
  users += 1;
  cluster ??= open();
  project.provide("clusterUrl", (await cluster).url);
}

export async function teardown(): Promise<void> {
  users -= 1;
  if (users > 0) return;
  await (await cluster)?.remove();
  cluster = undefined;
}

async function open(): Promise<{ url: string; remove(): Promise<void> }> {
  sweep();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  // PostgreSQL runs as another account when the tests run as root, and must be able to come in.
  chmodSync(folder, 0o711);
  const postgres = await startEmbeddedPostgres({
    folder: join(folder, "pg"),
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" },
  });
  await prepareTemplate(postgres.url);
  const remove = async () => {
    await postgres.stop({ force: true });
    rmSync(postgres.home, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: postgres.url, remove };
}

async function prepareTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await migrate(urlOf(url, TEMPLATE), undefined, WORK_ROLE);
  const template = new pg.Client({ connectionString: urlOf(url, TEMPLATE) });
  await template.connect();
  await layTripwire(template);
  await template.end();
  await client.query(`alter database ${TEMPLATE} with is_template true allow_connections false`);
  await client.end();
}

/** A run that was killed leaves its cluster; PostgreSQL ends by itself once its folder is gone. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
