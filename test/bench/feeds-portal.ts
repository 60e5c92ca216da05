/** A portal over a PostgreSQL of its own, as the embedded one runs in production, with one custodian and one log. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { forgetPartitions } from "#app/feeds/partitions.server.ts";
import { readConfig } from "#app/platform/config/config.server.ts";
import { startEmbeddedPostgres } from "#app/platform/database/embedded-postgres.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { migrate } from "#app/platform/database/migrate.server.ts";
import { WORK_ROLE } from "#app/platform/database/work-role.server.ts";
import { openLog } from "#app/platform/log/log.server.ts";
import { openPortal, type Portal } from "#app/platform/portal.server.ts";
import { systemTime } from "#app/platform/time/time.ts";

export interface BenchPortal extends Portal {
  readonly agencyId: string;
  readonly systemId: string;
  readonly folder: string;
  readonly databaseUrl: string;
  /** Empties the store and forgets every delivery. */
  empty(): Promise<void>;
  /** PostgreSQL anew, with nothing in its own memory. */
  restart(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function openBenchPortal(): Promise<BenchPortal> {
  const folder = mkdtempSync(join(tmpdir(), "wholooked-bench-"));
  // PostgreSQL runs as another account when this runs as root, and must be able to come in.
  chmodSync(folder, 0o711);
  let postgres = await startEmbeddedPostgres({ folder: join(folder, "pg") });
  await migrate(postgres.url, undefined, WORK_ROLE);
  const config = readConfig({ LOG_LEVEL: "silent", WHOLOOKED_DATA: folder, DATABASE_URL: postgres.url });
  const parts = { config, databaseUrl: postgres.url, time: systemTime, log: openLog("silent") };
  const portal = await openPortal(parts);
  const ids = await makeFeed(portal);
  return {
    ...portal,
    ...ids,
    folder,
    databaseUrl: postgres.url,
    empty: () => emptyStore(portal),
    restart: async () => {
      await postgres.stop({ force: true });
      postgres = await startEmbeddedPostgres({ folder: join(folder, "pg") });
    },
    [Symbol.asyncDispose]: async () => {
      await portal.close();
      await postgres.stop({ force: true });
      rmSync(postgres.home, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function makeFeed({ db, time }: Portal): Promise<{ agencyId: string; systemId: string }> {
  const [agencyId, systemId] = [newId(), newId()];
  await db.system.create({ data: { id: systemId, slug: "alpr", name: "Plate readers", about: { en: "a", es: "a" } } });
  const office = { unit: "Records", address: ["1 Oak St"], email: "records@example.gov", zone: "UTC", aliases: [] };
  await db.agency.create({
    data: { id: agencyId, slug: "oakfield", name: "Oakfield", kind: "local-agency", ...office, createdAt: time.now() },
  });
  await db.custody.create({ data: { agencyId, systemId, profile: "alpr-network-audit", rhythmDays: 7 } });
  return { agencyId, systemId };
}

async function emptyStore({ pool }: Portal): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT format('events.%I', relname) AS name FROM pg_class
     WHERE relkind = 'r' AND relname ~ '^(access_event|search_key|payload_block|staged_event|staged_key|staged_block)_[0-9a-f]'`,
  );
  if (rows.length > 0) await pool.query(`DROP TABLE ${rows.map((row) => row.name).join(", ")}`);
  await pool.query("DELETE FROM events.staged_chunk; DELETE FROM events.staged_part; DELETE FROM batch");
  forgetPartitions(pool);
  await pool.query("CHECKPOINT");
}
