import type { Portal } from "../portal.server.ts";
import { findRotation } from "./rotate-keys.server.ts";
import type { Rotation } from "./rotation.ts";

export interface KeyStatus {
  readonly rotation: Rotation | null;
  /** Data keys by what they stand for. */
  readonly purposes: readonly { readonly purpose: string; readonly keys: number; readonly inExchange: number }[];
  readonly dataKeys: number;
  /** Those that another key-encryption key than the current one has wrapped. */
  readonly underFormer: number;
}

/** Counts and codes: how many keys there are, and how far an exchange has come. The caller has authorised. */
export async function getKeyStatus(portal: Portal): Promise<KeyStatus> {
  const current = await portal.kek.currentId();
  const { rows } = await portal.pool.query<{ purpose: string; keys: number; inExchange: number; former: number }>(
    `SELECT purpose, count(*)::int AS keys, count(previous_wrapped)::int AS "inExchange",
            count(*) FILTER (WHERE kek_id <> $1)::int AS former
     FROM data_key GROUP BY purpose ORDER BY purpose`,
    [current],
  );
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + of(row), 0);
  return {
    rotation: await findRotation(portal),
    purposes: rows.map(({ purpose, keys, inExchange }) => ({ purpose, keys, inExchange })),
    dataKeys: sum(({ keys }) => keys),
    underFormer: sum(({ former }) => former),
  };
}
