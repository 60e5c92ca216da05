import type { Transaction } from "../database/database.server.ts";
import type { Portal } from "../portal.server.ts";
import { canonical, chain, GENESIS, type LedgerActor, type LedgerEntry } from "./entry.ts";

export type { LedgerActor, LedgerEntry } from "./entry.ts";

/** One chain for the whole portal: its lock, held from the append to the commit, keeps it unforked. */
export const LEDGER_LOCK = 72_707_370;

export interface Append {
  readonly actor: LedgerActor;
  readonly act: string;
  readonly thing: { readonly type: string; readonly id: string };
  readonly residentId?: string;
  readonly requestId?: string;
  readonly caseId?: string;
  readonly agencyId?: string;
  readonly why?: string;
  readonly detail?: LedgerEntry["detail"];
}

/** All that an append needs of a transaction: the event store has its own. */
export type LedgerTransaction = Pick<Transaction, "$executeRaw" | "$queryRaw">;

/** Appends one entry to the chain, last in its transaction. */
export async function appendLedger(portal: Pick<Portal, "time">, tx: LedgerTransaction, entry: Append): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LEDGER_LOCK})`;
  const [head] = await tx.$queryRaw<{ seq: bigint; hash: Uint8Array }[]>`
    SELECT seq, hash FROM ledger.entry ORDER BY seq DESC LIMIT 1`;
  const seq = head ? Number(head.seq) + 1 : 1;
  const previous = head ? Buffer.from(head.hash) : GENESIS;
  const at = portal.time.now().toISOString();
  const body = canonical({
    seq,
    at,
    actor: entry.actor,
    act: entry.act,
    thing: entry.thing,
    resident: entry.residentId,
    request: entry.requestId,
    case: entry.caseId,
    agency: entry.agencyId,
    why: entry.why,
    detail: entry.detail,
  } satisfies Record<keyof LedgerEntry, unknown>);
  await tx.$executeRaw`
    INSERT INTO ledger.entry (seq, at, act, resident_id, request_id, case_id, agency_id, body, previous, hash)
    VALUES (${seq}, ${at}::timestamptz, ${entry.act}, ${entry.residentId ?? null}::uuid, ${entry.requestId ?? null}::uuid,
            ${entry.caseId ?? null}::uuid, ${entry.agencyId ?? null}::uuid, ${body}, ${previous}, ${chain(previous, body)})`;
}

/** The entries about one resident's data, newest first: what that resident is shown. */
export async function listLedgerOfResident(
  portal: Pick<Portal, "db">,
  residentId: string,
  options: { requestId?: string; limit?: number } = {},
): Promise<LedgerEntry[]> {
  const rows = await portal.db.$queryRaw<{ body: string }[]>`
    SELECT body FROM ledger.entry
    WHERE resident_id = ${residentId}::uuid
      AND (${options.requestId ?? null}::uuid IS NULL OR request_id = ${options.requestId ?? null}::uuid)
    ORDER BY seq DESC LIMIT ${options.limit ?? 500}`;
  return rows.map((row) => JSON.parse(row.body) as LedgerEntry);
}

/** The entries about one case, oldest first. */
export async function listLedgerOfCase(portal: Pick<Portal, "db">, caseId: string): Promise<LedgerEntry[]> {
  const rows = await portal.db.$queryRaw<{ body: string }[]>`
    SELECT body FROM ledger.entry WHERE case_id = ${caseId}::uuid ORDER BY seq`;
  return rows.map((row) => JSON.parse(row.body) as LedgerEntry);
}
