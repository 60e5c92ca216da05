import type { Transaction } from "./database.server.ts";

/** The next running number of a name such as "request-2026", from 1, without gaps: it is taken in the caller's transaction. */
export async function takeNumber(tx: Transaction, name: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ value: number }[]>`
    INSERT INTO counter (name, value) VALUES (${name}, 1)
    ON CONFLICT (name) DO UPDATE SET value = counter.value + 1
    RETURNING value`;
  if (!row) throw new Error("a counter gave no number");
  return row.value;
}
