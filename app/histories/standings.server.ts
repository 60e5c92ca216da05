import type { Transaction } from "#app/platform/database/database.server.ts";
import { REOPENED } from "./decision.ts";
import type { Facets } from "./facets.ts";

/** Where one look-up of a case stands, without anything of it being opened. */
export interface Standing extends Facets {
  readonly verdict: string | null;
  /** Of the whole line, the newest; null while nobody has decided it, or not since its day of the next look came. */
  readonly outcome: string | null;
  /** It is held back until a day that has come: it is decided by itself, never because it stood among many. */
  readonly returned: boolean;
  /** The newest act that touched it; null: none that was counted. */
  readonly actNo: number | null;
}

type Row = Omit<Standing, "waits">;

/** @param eventIds only these; null: all of the case. What is not of the case is left out. */
export async function loadStandings(
  tx: Transaction,
  caseId: string,
  eventIds: readonly string[] | null,
): Promise<Standing[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT m.event_id AS "eventId", m.event_at AS "eventAt", m.system_id AS "systemId", m.org_tag AS "orgTag",
      m.group_tag AS "groupTag", m.verdict, NULLIF(l.outcome, ${REOPENED}) AS outcome, COALESCE(l.returned, false) AS returned,
      GREATEST(m.act_no, d.act_no) AS "actNo"
    FROM match m
    LEFT JOIN (
      SELECT DISTINCT ON (event_id) event_id, CASE WHEN r.decision_id IS NULL THEN outcome END AS outcome,
        r.decision_id IS NOT NULL AS returned
      FROM decision d LEFT JOIN line_return r ON r.decision_id = d.id
      WHERE d.case_id = ${caseId}::uuid AND field = '*' AND (${eventIds}::uuid[] IS NULL OR event_id = ANY(${eventIds}::uuid[]))
      ORDER BY event_id, d.at DESC
    ) l ON l.event_id = m.event_id
    LEFT JOIN (
      SELECT event_id, max(act_no) AS act_no FROM decision
      WHERE case_id = ${caseId}::uuid AND (${eventIds}::uuid[] IS NULL OR event_id = ANY(${eventIds}::uuid[]))
      GROUP BY event_id
    ) d ON d.event_id = m.event_id
    WHERE m.case_id = ${caseId}::uuid AND (${eventIds}::uuid[] IS NULL OR m.event_id = ANY(${eventIds}::uuid[]))`;
  return rows.map((row) => ({
    ...row,
    waits: row.verdict === null || (row.verdict === "accepted" && row.outcome === null),
  }));
}
