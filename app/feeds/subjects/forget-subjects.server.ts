/** Retention of people: who stands in no event of an agency any more is forgotten, with all his keys. */
import type pg from "pg";
import { rawSqlOf } from "#app/platform/database/raw-sql.server.ts";
import { chainCommitted } from "#app/platform/database/transaction.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { inStoreTransaction } from "../partitions.server.ts";
import { lockSubjectsAlone } from "./store-subjects.server.ts";

/** In the transaction that lets an agency's events go: its people are to be looked through. */
export async function noteLetGo(client: pg.ClientBase, agencyId: string): Promise<void> {
  await client.query("UPDATE subject_book SET stale = true WHERE agency_id = $1", [agencyId]);
}

const FORGET = `
  WITH gone AS (
    DELETE FROM subject s
    WHERE s.agency_id = $1 AND NOT EXISTS (SELECT 1 FROM events.search_key k WHERE k.tag = s.id)
    RETURNING s.id
  ), keys AS (
    DELETE FROM subject_key k USING gone WHERE k.subject_id = gone.id
  )
  SELECT count(*)::int AS people FROM gone`;

/**
 * Forgets, at every agency that has let events go, whom none of its events names. While rows of a large delivery wait
 * outside the store nobody is forgotten: it is done the next time.
 * @returns how many people
 */
export async function forgetSubjects(portal: Portal): Promise<number> {
  const stale = await portal.db.subjectBook.findMany({ where: { stale: true }, select: { agencyId: true } });
  let forgotten = 0;
  for (const { agencyId } of stale) forgotten += await forgetOf(portal, agencyId);
  if (forgotten > 0) await chainCommitted(portal.db);
  return forgotten;
}

function forgetOf(portal: Portal, agencyId: string): Promise<number> {
  return inStoreTransaction(portal.pool, async (client) => {
    await lockSubjectsAlone(client);
    const waiting = await client.query("SELECT 1 FROM events.staged_part LIMIT 1");
    if (waiting.rows.length > 0) return 0;
    const { rows } = await client.query<{ people: number }>(FORGET, [agencyId]);
    await client.query("UPDATE subject_book SET stale = false WHERE agency_id = $1", [agencyId]);
    const people = rows[0]?.people ?? 0;
    if (people > 0) {
      await appendLedger(portal, rawSqlOf(client), {
        actor: { kind: "system", id: "retention" },
        act: "feed.people-let-go",
        thing: { type: "agency", id: agencyId },
        agencyId,
        detail: { people },
      });
    }
    return people;
  });
}
