import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { readConfig } from "#app/platform/config/config.server.ts";
import { openPortal, type Portal } from "#app/platform/portal.server.ts";
import { createDatabase } from "#test/support/cluster.ts";
import { type SettableTime, settableTime } from "#test/support/time.ts";
import { tripLog, watchSubjects } from "#test/support/tripwire.ts";

export interface TestPortal extends Portal {
  time: SettableTime;
  /** The database for its owner, who may do with the ledger what the portal may not. */
  ownerUrl: string;
  /** Closes it and removes its database and its files. */
  [Symbol.asyncDispose](): Promise<void>;
}

interface Options {
  /** Where its clock stands; a Monday morning in California unless said otherwise. */
  now?: Date | string;
  /** Environment variables to read the configuration from, such as { MAIL_FROM: "..." }. */
  env?: Record<string, string>;
}

/** Runs SQL as the owner of the database: what the portal's own role may not do. @returns the last statement's rows */
export async function asOwner(
  portal: Pick<TestPortal, "ownerUrl">,
  sql: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: portal.ownerUrl });
  // The database may be dropped before its server has noticed that this one is gone.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/**
 * A portal with a database, a data folder and a clock of its own. Use it with `await using`, or dispose of it:
 *
 *     await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
 */
export async function openTestPortal(options: Options = {}): Promise<TestPortal> {
  const folder = mkdtempSync(join(tmpdir(), "wholooked-data-"));
  const database = await createDatabase();
  const config = readConfig({
    LOG_LEVEL: "silent",
    WHOLOOKED_DATA: folder,
    WHOLOOKED_OPERATOR: "tester",
    ...options.env,
    DATABASE_URL: database.url,
  });
  const time = settableTime(options.now ?? "2026-03-02T17:00:00Z");
  const portal = await openPortal({ config, databaseUrl: database.url, time, log: tripLog() });
  return {
    ...portal,
    time,
    ownerUrl: database.ownerUrl,
    [Symbol.asyncDispose]: async () => {
      await portal.close();
      watchSubjects(folder);
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
