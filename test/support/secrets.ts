// Looks for what must not be anywhere: in every table of every schema, and in every file of the data folder.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "#app/platform/database/embedded-postgres.server.ts";

/** The database of a portal that runs on this data folder. The caller ends it. */
export async function connectTo(dataFolder: string): Promise<pg.Client> {
  const { url } = await startEmbeddedPostgres({ folder: join(dataFolder, "postgres") });
  // Every value as PostgreSQL writes it: a parsed date would hide the day that stands there.
  const client = new pg.Client({ connectionString: url, types: { getTypeParser: () => (value: string) => value } });
  await client.connect();
  return client;
}

/** Where a secret stands: "schema.table column" for each column that has it. */
export async function findInTables(client: pg.Client, secrets: readonly string[]): Promise<string[]> {
  const tables = await client.query<{ schema: string; name: string }>(
    `SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`,
  );
  const places = new Set<string>();
  for (const { schema, name } of tables.rows) {
    const { rows } = await client.query<Record<string, string | null>>(`SELECT * FROM "${schema}"."${name}"`);
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        if (value !== null && holds(asBytes(value), secrets)) places.add(`${schema}.${name} ${column}`);
      }
    }
  }
  return [...places];
}

/** The files under `folder` in whose bytes, or in whose names, a secret stands. */
export function findInFiles(folder: string, secrets: readonly string[], look: "bytes" | "names" = "bytes"): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map((file) => join(file.parentPath, file.name))
    .filter((path) => holds(look === "names" ? Buffer.from(path) : readFileSync(path), secrets));
}

function asBytes(value: string): Buffer {
  return value.startsWith("\\x") ? Buffer.from(value.slice(2), "hex") : Buffer.from(value);
}

/** As written, and as a careless program would change it: in capitals or not, in the characters of a JSON text. */
function holds(bytes: Buffer, secrets: readonly string[]): boolean {
  const text = bytes.toString("latin1").toLowerCase();
  return secrets.some((secret) => {
    const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
    return forms.some((form) => text.includes(Buffer.from(form).toString("latin1").toLowerCase()));
  });
}
