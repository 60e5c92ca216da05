import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { urlFor, WORK_ROLE } from "#app/platform/database/work-role.server.ts";

/** The migrated database that every test database is a copy of. */
export const TEMPLATE = "wholooked_template";

export interface TestDatabase {
  /** As the role with which the portal works. */
  url: string;
  /** As the owner of everything, the ledger too: who migrates, and who could tamper. */
  ownerUrl: string;
  drop(): Promise<void>;
}

/** The cluster's connection string with another database in its path. */
export function urlOf(cluster: string, database: string): string {
  const url = new URL(cluster);
  url.pathname = `/${database}`;
  return url.href;
}

/** A database of its own: a copy of the migrated template, or an empty one. The caller drops it. */
export async function createDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const cluster = inject("clusterUrl");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await ask(cluster, `create database ${name} template ${options.empty ? "template0" : TEMPLATE}`);
  const ownerUrl = urlOf(cluster, name);
  // An empty database is still to be migrated, and belongs to the owner.
  const url = options.empty ? ownerUrl : urlFor(ownerUrl, WORK_ROLE);
  return { url, ownerUrl, drop: () => ask(cluster, `drop database if exists ${name} with (force)`) };
}

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
