import type pg from "pg";

/** SQL in a transaction, whoever holds it: what is written as a template is sent with its values as parameters. */
export interface RawSql {
  /** @returns How many rows it touched. */
  $executeRaw(sql: TemplateStringsArray, ...values: unknown[]): PromiseLike<number>;
  $queryRaw<T>(sql: TemplateStringsArray, ...values: unknown[]): PromiseLike<T>;
}

/** The same over a connection of the pool, for the event store's own transactions. */
export function rawSqlOf(client: pg.ClientBase): RawSql {
  const ask = (sql: TemplateStringsArray, values: unknown[]) =>
    client.query({ text: sql.reduce((text, part, i) => `${text}$${i}${part}`), values });
  return {
    $executeRaw: async (sql, ...values) => (await ask(sql, values)).rowCount ?? 0,
    $queryRaw: async <T>(sql: TemplateStringsArray, ...values: unknown[]) => (await ask(sql, values)).rows as T,
  };
}
