/** Fails the test in which something planted passes the log, the queue or the subject of a letter. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import type pg from "pg";
import pino from "pino";
import type { Logger } from "#app/platform/log/log.server.ts";
import { findPlantedIn, PLANTED_PATTERN } from "#test/support/planted.ts";

const tripped: string[] = [];

/** What has passed since it was last asked, each with where. */
export function takeTripped(): string[] {
  return tripped.splice(0);
}

function watch(where: string, text: string): void {
  const found = findPlantedIn(text);
  if (found !== null) tripped.push(`"${found}" passed ${where}`);
}

/** A log at its most talkative, which writes nothing and reads everything. */
export function tripLog(): Logger {
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      watch("a log line", String(chunk));
      done();
    },
  });
  return pino({ level: "trace", base: null }, sink);
}

/** In the migrated template: a job that carries anything planted, or leaves it in its error, is refused. */
export async function layTripwire(client: pg.Client): Promise<void> {
  const words = PLANTED_PATTERN.replaceAll("'", "''");
  await client.query(`
    CREATE FUNCTION graphile_worker.tripwire() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF concat_ws(' ', NEW.payload::text, NEW.key, NEW.last_error) ~* '${words}' THEN
        RAISE EXCEPTION 'tripwire: something planted passed the queue';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER tripwire BEFORE INSERT OR UPDATE ON graphile_worker._private_jobs
      FOR EACH ROW EXECUTE FUNCTION graphile_worker.tripwire()`);
}

/** The subjects of what was mailed into a data folder. */
export function watchSubjects(dataFolder: string): void {
  const folder = join(dataFolder, "mail");
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const head = readFileSync(join(folder, name), "utf8").split(/\n\n/, 1)[0] ?? "";
    // A long subject goes on in lines that begin with a blank.
    watch("a letter's subject", /^Subject:.*(?:\n[ \t].*)*/im.exec(head)?.[0] ?? "");
  }
}
