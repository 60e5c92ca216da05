/** Files large enough to be read by several threads. All invented. */
import type { TestPortal } from "#test/support/database.ts";
import { ALPR_HEADER, alprRow } from "../given-feed.ts";

const two = (n: number) => String(n).padStart(2, "0");

const FILLER = "and so on ".repeat(25).trim();

/** 12 rows a day or so in three months, every row its own, about 400 bytes each: 5,000 of them are a piece. */
export function largeRow(i: number, given: Partial<Parameters<typeof alprRow>[0]> = {}): string {
  const time = `${two(1 + (i % 3))}/${two(1 + (i % 28))}/2025, ${two(1 + (i % 12))}:${two(i % 60)}:${two(i % 59)} PM UTC`;
  return alprRow({ id: `n-${i}`, plate: plateOf(i), reason: `stolen vehicle report ${i} ${FILLER}`, time, ...given });
}

export function plateOf(i: number): string {
  return `7ABC${String(i % 1000).padStart(3, "0")}`;
}

export function largeFile(rows: number, change: (i: number) => string = (i) => largeRow(i)): string {
  return `${[ALPR_HEADER, ...Array.from({ length: rows }, (_, i) => change(i))].join("\n")}\n`;
}

/** The text as a stream that fails after so many bytes. */
export async function* breaking(text: string, after: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text).subarray(0, after);
  for (let i = 0; i < bytes.length; i += 65_536) yield bytes.subarray(i, i + 65_536);
  throw new Error("the line went dead");
}

export interface Stored {
  events: number;
  /** Events that differ in id or time. */
  distinct: number;
  keys: number;
  quarantined: number;
  /** Tables of deliveries that are not put into the store yet. */
  staged: number;
}

export async function countStore({ pool }: Pick<TestPortal, "pool">): Promise<Stored> {
  const { rows } = await pool.query<Stored>(
    `SELECT (SELECT count(*)::int FROM events.access_event) AS events,
            (SELECT count(DISTINCT (id, at))::int FROM events.access_event) AS distinct,
            (SELECT count(*)::int FROM events.search_key) AS keys,
            (SELECT count(*)::int FROM quarantine) AS quarantined,
            (SELECT count(*)::int FROM pg_class WHERE relname LIKE 'staged_event_%' AND relkind = 'r') AS staged`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error("the store cannot be counted");
  return row;
}
