import type pg from "pg";
import { canonical, chain, GENESIS, type LedgerEntry } from "./entry.ts";

/** What an outsider may hold: how long the chain was, and its hash then (hex). */
export interface Checkpoint {
  readonly seq: number;
  readonly hash: string;
}

export interface Verdict {
  readonly ok: boolean;
  readonly entries: number;
  readonly head: Checkpoint | null;
  /** The first place at which the chain does not hold, and what is wrong there. */
  readonly broken: { readonly seq: number; readonly what: string } | null;
}

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

/** Walks the whole chain from its beginning, trusting nothing but the bytes. */
export async function verifyLedger(pool: pg.Pool, checkpoint: Checkpoint | null = null): Promise<Verdict> {
  const { rows: early } = await pool.query("SELECT 1 FROM ledger.entry WHERE seq < 1 LIMIT 1");
  if (early.length > 0) return broken(0, GENESIS, "an entry stands before the chain's beginning");
  let previous: Buffer = GENESIS;
  let seq = 0;
  for (;;) {
    const { rows } = await pool.query<Row>("SELECT * FROM ledger.entry WHERE seq > $1 ORDER BY seq LIMIT $2", [
      seq,
      PAGE,
    ]);
    for (const row of rows) {
      const what = faultOf(row, seq + 1, previous);
      if (what) return { ok: false, entries: seq, head: headOf(seq, previous), broken: { seq: seq + 1, what } };
      seq += 1;
      previous = row.hash;
      if (checkpoint?.seq === seq && checkpoint.hash !== row.hash.toString("hex")) {
        return broken(seq, previous, "the chain is not the one that the checkpoint saw");
      }
    }
    if (rows.length < PAGE) break;
  }
  if (checkpoint && checkpoint.seq > seq) {
    return broken(seq, previous, `entries after this one are missing: the checkpoint saw ${checkpoint.seq}`);
  }
  return { ok: true, entries: seq, head: headOf(seq, previous), broken: null };
}

function broken(seq: number, previous: Buffer, what: string): Verdict {
  return { ok: false, entries: seq, head: headOf(seq, previous), broken: { seq, what } };
}

function headOf(seq: number, hash: Buffer): Checkpoint | null {
  return seq === 0 ? null : { seq, hash: hash.toString("hex") };
}

function faultOf(row: Row, expected: number, previous: Buffer): string | null {
  if (Number(row.seq) !== expected) return `an entry is missing before number ${row.seq}`;
  if (!row.previous.equals(previous)) return "the entry does not follow the one before it";
  if (!row.hash.equals(chain(previous, row.body))) return "the entry was changed after it was written";
  return bodyFault(row);
}

/** The columns exist for look-ups; each must say what the hashed body says. */
function bodyFault(row: Row): string | null {
  const body = findBody(row.body);
  const agrees =
    body !== null &&
    canonical(body) === row.body &&
    body.seq === Number(row.seq) &&
    body.at === row.at.toISOString() &&
    body.act === row.act &&
    (body.resident ?? null) === row.resident_id &&
    (body.request ?? null) === row.request_id &&
    (body.case ?? null) === row.case_id &&
    (body.agency ?? null) === row.agency_id;
  return agrees ? null : "a column of the entry was changed after it was written";
}

/** A forger who makes the hashes anew may write anything there. */
function findBody(text: string): LedgerEntry | null {
  try {
    return JSON.parse(text) as LedgerEntry | null;
  } catch {
    return null;
  }
}
