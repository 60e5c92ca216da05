import { join } from "node:path";
import type { Config } from "./config/config.server.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./database/embedded-postgres.server.ts";
import { migrate } from "./database/migrate.server.ts";
import { roleOf, urlFor, WORK_ROLE } from "./database/work-role.server.ts";
import type { Logger } from "./log/log.server.ts";
import { openPortal, type Portal } from "./portal.server.ts";
import { systemTime, type Time } from "./time/time.ts";

export interface Installation {
  readonly portal: Portal;
  /** Closes what was opened; the embedded PostgreSQL stops with its last user. */
  close(): Promise<void>;
}

/** Brings up the database (its own, or the one that is configured), migrates it if that is due, and opens the portal. */
export async function openInstallation(config: Config, log: Logger, time: Time = systemTime): Promise<Installation> {
  const embedded =
    config.databaseUrl === undefined
      ? await startEmbeddedPostgres({
          folder: join(config.dataFolder, "postgres"),
          log: (sentence) => log.info(sentence),
        })
      : null;
  try {
    const { databaseUrl, ownerUrl, workRole } = await placesOf(config, embedded);
    const { applied } = await migrate(ownerUrl, undefined, workRole);
    if (applied.length > 0) log.info({ migrations: applied.length }, "the database was migrated");
    const portal = await openPortal({ config, databaseUrl, time, log });
    return {
      portal,
      close: async () => {
        await portal.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

interface Places {
  /** For all ordinary work. */
  readonly databaseUrl: string;
  /** For migrations: the role that owns the ledger. */
  readonly ownerUrl: string;
  /** Null where one role must do both. */
  readonly workRole: string | null;
}

async function placesOf(config: Config, embedded: EmbeddedPostgres | null): Promise<Places> {
  if (embedded) return { databaseUrl: urlFor(embedded.url, WORK_ROLE), ownerUrl: embedded.url, workRole: WORK_ROLE };
  const databaseUrl = config.databaseUrl ?? "";
  const { databaseOwnerUrl } = config;
  if (databaseOwnerUrl === undefined) return { databaseUrl, ownerUrl: databaseUrl, workRole: null };
  return { databaseUrl, ownerUrl: databaseOwnerUrl, workRole: await roleOf(databaseUrl) };
}
