import type { Portal } from "../portal.server.ts";

/**
 * Whether the role with which the portal works can neither change the ledger nor switch its guards off. False where
 * DATABASE_URL names the role that owns everything: then only checkpoints kept outside show a forgery.
 */
export async function isLedgerApart(portal: Pick<Portal, "pool">): Promise<boolean> {
  const { rows } = await portal.pool.query<{ apart: boolean }>(
    `SELECT bool_and(NOT pg_has_role(current_user, c.relowner, 'MEMBER')
                     AND NOT has_table_privilege(c.oid, 'UPDATE') AND NOT has_table_privilege(c.oid, 'DELETE')
                     AND NOT has_table_privilege(c.oid, 'TRUNCATE') AND NOT has_table_privilege(c.oid, 'TRIGGER')
                     AND (c.relname <> 'entry' OR NOT has_table_privilege(c.oid, 'INSERT'))) AS apart
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'ledger' AND c.relkind = 'r'`,
  );
  return rows[0]?.apart ?? false;
}
