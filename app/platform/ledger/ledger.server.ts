import type { RawSql } from "../database/raw-sql.server.ts";
import type { Portal } from "../portal.server.ts";
import { markAppended } from "./chain-pending.server.ts";
import { bodyAround, type LedgerActor, type LedgerEntry } from "./entry.ts";

export type { LedgerActor, LedgerEntry } from "./entry.ts";

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

/** Appends one entry, inside the transaction of the change that it records. It is chained right after the commit. */
export async function appendLedger(portal: Pick<Portal, "time">, tx: RawSql, entry: Append): Promise<void> {
  const at = portal.time.now().toISOString();
  const { before, after } = bodyAround({
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
  });
  markAppended(tx);
  await tx.$executeRaw`
    INSERT INTO ledger.pending (at, act, resident_id, request_id, case_id, agency_id, before_seq, after_seq)
    VALUES (${at}::timestamptz, ${entry.act}, ${entry.residentId ?? null}::uuid, ${entry.requestId ?? null}::uuid,
            ${entry.caseId ?? null}::uuid, ${entry.agencyId ?? null}::uuid, ${before}, ${after})`;
}

/** The entries about one resident's data, newest first, those that wait for their number among them. */
export async function listLedgerOfResident(
  portal: Pick<Portal, "db">,
  residentId: string,
  options: { requestId?: string; limit?: number } = {},
): Promise<LedgerEntry[]> {
  const request = options.requestId ?? null;
  const limit = options.limit ?? 500;
  const rows = await portal.db.$queryRaw<{ body: string }[]>`
    SELECT body FROM (
      SELECT 1 AS late, no AS place, before_seq || 'null' || after_seq AS body FROM ledger.pending
      WHERE resident_id = ${residentId}::uuid AND (${request}::uuid IS NULL OR request_id = ${request}::uuid)
      UNION ALL
      (SELECT 0, seq, body FROM ledger.entry
       WHERE resident_id = ${residentId}::uuid AND (${request}::uuid IS NULL OR request_id = ${request}::uuid)
       ORDER BY seq DESC LIMIT ${limit})
    ) AS entries
    ORDER BY late DESC, place DESC LIMIT ${limit}`;
  return rows.map((row) => JSON.parse(row.body) as LedgerEntry);
}

/** The entries about one case, oldest first, those that wait for their number among them. */
export async function listLedgerOfCase(portal: Pick<Portal, "db">, caseId: string): Promise<LedgerEntry[]> {
  const rows = await portal.db.$queryRaw<{ body: string }[]>`
    SELECT body FROM (
      SELECT 0 AS late, seq AS place, body FROM ledger.entry WHERE case_id = ${caseId}::uuid
      UNION ALL
      SELECT 1, no, before_seq || 'null' || after_seq FROM ledger.pending WHERE case_id = ${caseId}::uuid
    ) AS entries
    ORDER BY late, place`;
  return rows.map((row) => JSON.parse(row.body) as LedgerEntry);
}
