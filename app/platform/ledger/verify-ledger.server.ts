import type pg from "pg";
import { ChainCheck, type Verdict } from "./chain-check.ts";
import { type Checkpoint, findSignedCheckpoint, type SignedCheckpoint } from "./checkpoint.ts";
import type { LedgerEntry } from "./entry.ts";

export type { Verdict } from "./chain-check.ts";

/** seq, at (ISO), act, resident, request, case, agency, body, previous, hash: as arrays, a million of them. */
type Row = [string, string, string, string | null, string | null, string | null, string | null, string, Buffer, Buffer];

const COLUMNS = `seq, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), act, resident_id, request_id,
  case_id, agency_id, body, previous, hash`;
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
  let after = "-9223372036854775808";
  let next = readPage(pool, after);
  for (;;) {
    const rows = await next;
    after = rows.at(-1)?.[0] ?? after;
    // The database reads on while this page is walked.
    if (rows.length === PAGE) next = readPage(pool, after);
    for (const row of rows) {
      check.add({ seq: Number(row[0]), previous: row[8], hash: row[9], body: row[7] }, (entry) => isAgreed(row, entry));
    }
    if (rows.length < PAGE) return check.end();
  }
}

async function readPage(pool: pg.Pool, after: string): Promise<Row[]> {
  const { rows } = await pool.query<Row>({
    text: `SELECT ${COLUMNS} FROM ledger.entry WHERE seq > $1 ORDER BY seq LIMIT ${PAGE}`,
    values: [after],
    rowMode: "array",
  });
  return rows;
}

async function listStored(pool: pg.Pool): Promise<{ no: number; signed: SignedCheckpoint | null }[]> {
  const { rows } = await pool.query<{ no: string; body: string; signature: Buffer }>(
    "SELECT no, body, signature FROM ledger.checkpoint ORDER BY no",
  );
  return rows.map(({ no, body, signature }) => ({ no: Number(no), signed: findSignedCheckpoint(body, signature) }));
}

/** The columns exist for look-ups; each must say what the hashed body says. */
function isAgreed([, at, act, resident, request, caseId, agency]: Row, body: LedgerEntry): boolean {
  return (
    body.at === at &&
    body.act === act &&
    (body.resident ?? null) === resident &&
    (body.request ?? null) === request &&
    (body.case ?? null) === caseId &&
    (body.agency ?? null) === agency
  );
}
