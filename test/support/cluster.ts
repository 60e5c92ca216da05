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
  return { url, ownerUrl, drop: () => drop(cluster, name) };
}

/** So long those who have said goodbye have to be gone; who is still there after it is put out. */
const GOODBYE_MS = 2000;

/**
 * A pool that was ended may still have a session on the server for a moment; to put that one out would be an error in
 * a client that nobody listens to any more.
 */
async function drop(cluster: string, name: string): Promise<void> {
  const until = Date.now() + GOODBYE_MS;
  const isThere = `select from pg_stat_activity where datname = '${name}'`;
  while (Date.now() < until && (await ask(cluster, isThere)) > 0) await new Promise((later) => setTimeout(later, 20));
  await ask(cluster, `drop database if exists ${name} with (force)`);
}

/** @returns how many rows there are */
async function ask(url: string, sql: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
