import type pg from "pg";
import { ChainCheck, findBody, type Verdict } from "./chain-check.ts";
import { type Checkpoint, findSignedCheckpoint, type SignedCheckpoint } from "./checkpoint.ts";

export type { Verdict } from "./chain-check.ts";

interface Row {
  seq: string;
  at: Date;
  act: string;
  resident_id: string | null;
  request_id: string | null;
  case_id: string | null;
  agency_id: string | null;
  body: string;
  previous: Buffer;
  hash: Buffer;
}

const PAGE = 5_000;

/**
 * Walks the whole chain in the database, and holds it against the checkpoints that the portal has signed itself and
 * against those that somebody has kept outside.
 *
 * @param key The public key that must have signed those from outside; null: whichever each of them names.
 */
export async function verifyLedger(
  pool: pg.Pool,
  kept: readonly (Checkpoint | SignedCheckpoint)[] = [],
  key: string | null = null,
): Promise<Verdict> {
  const own = await listStored(pool);
  const check = new ChainCheck([...own.flatMap(({ signed }) => signed ?? []), ...kept], key);
  for (const { no, signed } of own) if (signed === null) check.noteSpoiled(no);
  let seq = "-9223372036854775808";
  for (;;) {
    const { rows } = await pool.query<Row>("SELECT * FROM ledger.entry WHERE seq > $1 ORDER BY seq LIMIT $2", [
      seq,
      PAGE,
    ]);
    for (const row of rows) {
      check.add({ seq: Number(row.seq), previous: row.previous, hash: row.hash, body: row.body }, isAgreed(row));
      seq = row.seq;
    }
    if (rows.length < PAGE) return check.end();
  }
}

async function listStored(pool: pg.Pool): Promise<{ no: number; signed: SignedCheckpoint | null }[]> {
  const { rows } = await pool.query<{ no: string; body: string; signature: Buffer }>(
    "SELECT no, body, signature FROM ledger.checkpoint ORDER BY no",
  );
  return rows.map(({ no, body, signature }) => ({ no: Number(no), signed: findSignedCheckpoint(body, signature) }));
}

/** The columns exist for look-ups; each must say what the hashed body says. */
function isAgreed(row: Row): boolean {
  const body = findBody(row.body);
  return (
    body !== null &&
    body.at === row.at.toISOString() &&
    body.act === row.act &&
    (body.resident ?? null) === row.resident_id &&
    (body.request ?? null) === row.request_id &&
    (body.case ?? null) === row.case_id &&
    (body.agency ?? null) === row.agency_id
  );
}
