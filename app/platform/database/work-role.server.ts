import pg from "pg";

/** The role of the embedded PostgreSQL as which the portal does its ordinary work. */
export const WORK_ROLE = "wholooked_app";

/** The same database for another role. For addresses without a password, as the embedded PostgreSQL's are. */
export function urlFor(url: string, role: string): string {
  const other = new URL(url);
  other.username = role;
  return other.href;
}

/** The role that an address stands for: it may be named in the address, or in the machine's own settings. */
export async function roleOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ role: string }>("SELECT current_user AS role");
    return rows[0]?.role ?? "";
  } finally {
    await client.end();
  }
}

const SCHEMAS = "('public', 'events', 'graphile_worker')";

/** Statements that give what the role does not own yet to it: schemas first, then what stands in them. */
const NOT_OWNED_YET = `
  SELECT format('ALTER SCHEMA %I OWNER TO %I', n.nspname, $1::text) AS sql, 0 AS turn
  FROM pg_namespace n WHERE n.nspname IN ${SCHEMAS} AND n.nspowner <> $1::regrole
  UNION ALL
  SELECT format('ALTER %s %I.%I OWNER TO %I',
                CASE c.relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END,
                n.nspname, c.relname, $1::text), 1
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ${SCHEMAS} AND c.relkind IN ('r', 'p', 'S', 'v', 'm') AND c.relowner <> $1::regrole
    -- A sequence of a column follows its table.
    AND NOT (c.relkind = 'S' AND EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i')))
  UNION ALL
  SELECT format('ALTER ROUTINE %s OWNER TO %I', p.oid::regprocedure, $1::text), 2
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname IN ${SCHEMAS} AND p.proowner <> $1::regrole
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  ORDER BY turn`;

/** Statements by which the ledger becomes the owner's, where the work role has made it (one role did both before). */
const LEDGER_NOT_OURS = `
  SELECT format('ALTER %s %I.%I OWNER TO CURRENT_USER',
                CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, c.relname) AS sql
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'ledger' AND c.relkind IN ('r', 'p') AND c.relowner <> current_user::regrole
  UNION ALL
  SELECT format('ALTER ROUTINE %s OWNER TO CURRENT_USER', p.oid::regprocedure)
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname = 'ledger' AND p.proowner <> current_user::regrole
  UNION ALL
  SELECT 'ALTER SCHEMA ledger OWNER TO CURRENT_USER' FROM pg_namespace
  WHERE nspname = 'ledger' AND nspowner <> current_user::regrole`;

/**
 * Everything belongs to `role` afterwards but the ledger: that stays the connected role's, and of it the work role may
 * read all, put entries into the waiting list, and ask the database to chain them. It can neither change an entry nor
 * switch a trigger off. Changes nothing where it is so already.
 *
 * @throws a sentence when the connected role may not do it
 */
export async function handToWorkRole(client: pg.Client, role: string): Promise<void> {
  try {
    await client.query("BEGIN");
    await makeRole(client, role);
    await run(client, LEDGER_NOT_OURS, []);
    await run(client, NOT_OWNED_YET, [role]);
    const name = pg.escapeIdentifier(role);
    await client.query(`
      GRANT USAGE ON SCHEMA ledger TO ${name};
      REVOKE ALL ON ALL TABLES IN SCHEMA ledger FROM PUBLIC, ${name};
      GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO ${name};
      GRANT INSERT ON ledger.pending, ledger.checkpoint TO ${name};
      GRANT EXECUTE ON FUNCTION ledger.chain(integer) TO ${name}`);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    const { code } = error as { code?: string };
    if (code !== "42501") throw error;
    throw new Error(
      `The role of DATABASE_OWNER_URL may not hand the tables to ${role}: it must own the database and be a member of ` +
        `that role (GRANT ${role} TO it).`,
      { cause: error },
    );
  }
}

/** Where the connected role may make roles, as in the embedded PostgreSQL; elsewhere the role is there already. */
async function makeRole(client: pg.Client, role: string): Promise<void> {
  const known = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
  const name = pg.escapeIdentifier(role);
  if (known.rowCount === 0) await client.query(`CREATE ROLE ${name} LOGIN`);
  const { rows } = await client.query<{ may: boolean; database: string }>(
    "SELECT has_database_privilege($1, current_database(), 'CREATE') AS may, current_database() AS database",
    [role],
  );
  // A schema's owner needs it, or PostgreSQL does not hand the schema over.
  if (rows[0] && !rows[0].may) {
    await client.query(`GRANT CREATE ON DATABASE ${pg.escapeIdentifier(rows[0].database)} TO ${name}`);
  }
}

async function run(client: pg.Client, question: string, values: unknown[]): Promise<void> {
  const { rows } = await client.query<{ sql: string }>(question, values);
  for (const { sql } of rows) await client.query(sql);
}
