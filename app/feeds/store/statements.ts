import type pg from "pg";
import type { LedgerTransaction } from "#app/platform/ledger/ledger.server.ts";

/** A transaction of the event store's own, for those who write plain statements into whatever transaction they are handed. */
export function statementsOver(client: pg.ClientBase): LedgerTransaction {
  const run = (parts: TemplateStringsArray, values: unknown[]) =>
    client.query(
      parts.reduce((text, part, i) => `${text}$${i}${part}`),
      values,
    );
  return {
    $executeRaw: (async (parts: TemplateStringsArray, ...values: unknown[]) =>
      (await run(parts, values)).rowCount ?? 0) as LedgerTransaction["$executeRaw"],
    $queryRaw: (async (parts: TemplateStringsArray, ...values: unknown[]) =>
      (await run(parts, values)).rows) as LedgerTransaction["$queryRaw"],
  };
}
