import { type Actor, asLedgerActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { csvFile } from "#app/platform/csv-cell.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { ComplaintSummary } from "./complaint-summary.ts";
import { summarise } from "./complaint-summary.ts";
import { listStoredComplaints, todayAt } from "./stored-complaint.server.ts";

export const EXPORT_FORMATS = ["csv", "json"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const COLUMNS = [
  "number",
  "venue",
  "agency",
  "state",
  "finding",
  "received_on",
  "latest_on",
  "officer_left_on",
  "age_days",
  "next_date",
  "next_date_set_by",
] as const;
/** One complaint without anything about a person. Days are local dates at the agency. */
export type ExportedComplaint = Readonly<Record<(typeof COLUMNS)[number], string | number | null>>;

export interface ComplaintsExport {
  readonly rows: readonly ExportedComplaint[];
  /** The file's text: CSV with formulas made inert, or a JSON list. */
  readonly text: string;
}

/** All complaints, by number, for an operator: where they are and where they stand. @throws NotFound for anyone else */
export async function exportComplaints(portal: Portal, actor: Actor, format: ExportFormat): Promise<ComplaintsExport> {
  authorise(actor, "portal.watch");
  const complaints = await listStoredComplaints(portal, {});
  const rows = complaints.map((complaint) => toRow(summarise(complaint, todayAt(portal, complaint))));
  await inTransaction(portal, (tx) =>
    appendLedger(portal, tx, {
      actor: asLedgerActor(actor, "operator"),
      act: "complaints.exported",
      thing: { type: "export", id: format },
      detail: { rows: rows.length },
    }),
  );
  return { rows, text: format === "csv" ? csvFile(COLUMNS, rows) : `${JSON.stringify(rows, null, 2)}\n` };
}

function toRow(summary: ComplaintSummary): ExportedComplaint {
  return {
    number: summary.number,
    venue: summary.venue,
    agency: summary.agency,
    state: summary.state,
    finding: summary.finding,
    received_on: summary.receivedOn,
    latest_on: summary.latestOn,
    officer_left_on: summary.officerLeftOn,
    age_days: summary.age,
    next_date: summary.next?.on ?? null,
    next_date_set_by: summary.next?.source ?? null,
  };
}
