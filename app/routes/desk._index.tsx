import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { hasRole } from "#app/people/actor.ts";
import { listQueue, type QueueRow } from "#app/requests/queue.server.ts";
import { EmptyState } from "#app/ui/alert.tsx";
import { Buttons } from "#app/ui/button.tsx";
import { daysLeftText } from "#app/ui/deadline-card.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Table } from "#app/ui/table.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { DESK_STAGES } from "./desk.words.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "desk.title" });

const FILTERS = ["open", "late", "proposed", "all"] as const;
type Filter = (typeof FILTERS)[number];

const FILTER_WORDS = {
  open: "desk.filterOpen",
  late: "desk.filterLate",
  proposed: "desk.filterProposed",
  all: "desk.filterAll",
} as const;

const HOLDS: Readonly<Record<Filter, (row: QueueRow) => boolean>> = {
  open: (row) => row.daysLeft !== null,
  // Having been overdue is never erased: those answered late stay here, after the open ones.
  late: (row) => row.overdue,
  proposed: (row) => row.stage === "proposed",
  all: () => true,
};

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const asked = new URL(args.request.url).searchParams.get("show");
  const filter = FILTERS.find((one) => one === asked) ?? "open";
  const rows = (await answering(() => listQueue(args.context.portal, actor))).filter(HOLDS[filter]);
  const approves = (row: QueueRow) => row.stage === "proposed" && hasRole(actor, "supervisor", row.agencyId);
  // What waits for this very person comes first; the rest keeps the order of its due dates.
  const first = rows.filter(approves);
  const ordered = [...first, ...rows.filter((row) => !approves(row))];
  return { filter, rows: ordered.map((row) => ({ ...row, approves: approves(row) })) };
}

type Row = Awaited<ReturnType<typeof loader>>["rows"][number];

/** The cases of a clerk or supervisor, by the day they are due. */
export default function DeskQueue() {
  const { t, locale } = useWords();
  const { filter, rows } = useLoaderData<typeof loader>();
  return (
    <Page title={t("desk.title")} lead={t("desk.lead")} wide>
      <nav aria-label={t("desk.filter")}>
        <Buttons>
          {FILTERS.map((one) => (
            <Link
              key={one}
              className={one === filter ? "usa-button" : "usa-button usa-button--outline"}
              to={`/desk?show=${one}`}
              aria-current={one === filter ? "page" : undefined}
            >
              {t(FILTER_WORDS[one])}
            </Link>
          ))}
        </Buttons>
      </nav>
      {rows.length === 0 ? (
        <EmptyState title={t("desk.empty")}>{t("desk.emptyText")}</EmptyState>
      ) : (
        <Table
          caption={t(FILTER_WORDS[filter])}
          columns={[
            { id: "number", label: t("desk.caseNumber"), rowHeader: true },
            { id: "due", label: t("desk.due") },
            { id: "left", label: t("desk.left") },
            { id: "stage", label: t("desk.stage") },
            { id: "received", label: t("desk.received") },
          ]}
          rows={rows.map((row) => ({
            id: row.caseId,
            strong: row.overdue && row.daysLeft !== null,
            cells: {
              number: (
                <Link className="usa-link" to={`/desk/cases/${row.caseId}${row.approves ? "/approval" : ""}`}>
                  {row.number}
                </Link>
              ),
              due: formatDate(row.due, locale),
              left: <TimeLeft row={row} />,
              stage: <StatusTag tone={row.approves ? "warn" : "info"}>{t(DESK_STAGES[row.stage])}</StatusTag>,
              received: formatDate(row.receivedOn, locale),
            },
          }))}
        />
      )}
    </Page>
  );
}

function TimeLeft({ row }: { row: Row }) {
  const { t } = useWords();
  if (row.daysLeft === null) {
    return row.overdue ? <StatusTag tone="warn">{t("desk.answeredLate")}</StatusTag> : t("desk.answered");
  }
  return (
    <>
      {daysLeftText(row.daysLeft, t)} {row.overdue ? <StatusTag tone="bad">{t("desk.overdue")}</StatusTag> : null}
    </>
  );
}
