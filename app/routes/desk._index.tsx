import type { LoaderFunctionArgs } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { type CaseReviews, listCaseReviews } from "#app/histories/reviews.server.ts";
import { hasRole } from "#app/people/actor.ts";
import { listQueue, type QueueRow } from "#app/requests/queue.server.ts";
import { EmptyState } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { daysLeftText } from "#app/ui/deadline-card.tsx";
import { formatDate, formatMoment } from "#app/ui/format.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Pagination } from "#app/ui/pagination.tsx";
import { Table } from "#app/ui/table.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { TimeBar } from "#app/ui/time-bar.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { DESK_STAGES } from "./desk.words.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "desk.title" });

const FILTERS = ["open", "week", "late", "promised", "waiting", "proposed", "reviews", "all"] as const;
type Filter = (typeof FILTERS)[number];

const FILTER_WORDS = {
  open: "desk.filterOpen",
  week: "desk.filterWeek",
  late: "desk.filterLate",
  promised: "desk.filterPromised",
  waiting: "desk.filterWaiting",
  proposed: "desk.filterProposed",
  reviews: "reviews.filter",
  all: "desk.filterAll",
} as const;

const EMPTY_WORDS = {
  open: "desk.empty",
  week: "desk.emptyWeek",
  late: "desk.emptyLate",
  promised: "desk.emptyPromised",
  waiting: "desk.emptyWaiting",
  proposed: "desk.emptyProposed",
  reviews: "reviews.empty",
  all: "desk.empty",
} as const;

const WEEK_DAYS = 7;
const PAGE_ROWS = 50;

/** A case as it stands, and what of it is held back until a day. */
type Listed = QueueRow & { readonly reviews: CaseReviews | null };

const HOLDS: Readonly<Record<Filter, (row: Listed) => boolean>> = {
  // A decision answers the law; the case is worked on until the records are out, and again when lines come back.
  open: (row) => row.phase !== "done" || (row.reviews?.waiting ?? 0) > 0,
  week: (row) => (row.status === "running" && isNear(row.daysLeft)) || isNear(row.promisedLeft),
  // Having been overdue is never erased: those answered late stay here, after the open ones.
  late: (row) => row.overdue || (row.promisedLeft !== null && row.promisedLeft < 0),
  promised: (row) => row.promised !== null,
  waiting: (row) => row.status === "waiting" || row.status === "paused",
  proposed: (row) => row.stage === "proposed",
  reviews: (row) => row.reviews !== null,
  all: () => true,
};

function isNear(left: number | null): boolean {
  return left !== null && left >= 0 && left <= WEEK_DAYS;
}

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const asked = new URL(args.request.url).searchParams;
  const filter = FILTERS.find((one) => one === asked.get("show")) ?? "open";
  const listed = await answering(() => listQueue(args.context.portal, actor));
  const reviews = await listCaseReviews(
    args.context.portal,
    listed.map(({ caseId }) => caseId),
  );
  const queue = listed.map((row): Listed => ({ ...row, reviews: reviews.get(row.caseId) ?? null }));
  const approves = (row: Listed) => row.stage === "proposed" && hasRole(actor, "supervisor", row.agencyId);
  const held = queue.filter(HOLDS[filter]);
  // What waits for this very person comes first; the rest keeps the order of its due dates.
  const ordered = [...held.filter(approves), ...held.filter((row) => !approves(row))];
  const pages = Math.max(1, Math.ceil(ordered.length / PAGE_ROWS));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(asked.get("page"))) || 1));
  const rows = ordered.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS);
  return {
    filter,
    page,
    pages,
    counts: FILTERS.map((one) => ({ filter: one, number: queue.filter(HOLDS[one]).length })),
    rows: rows.map((row) => ({ ...row, approves: approves(row) })),
  };
}

type Row = Awaited<ReturnType<typeof loader>>["rows"][number];

/** The cases of a clerk or supervisor, by the day they are due. */
export default function DeskQueue() {
  const { t } = useWords();
  const { filter, page, pages, counts, rows } = useLoaderData<typeof loader>();
  return (
    <Page title={t("desk.title")} lead={t("desk.lead")} wide>
      <nav aria-label={t("desk.filter")}>
        <Buttons>
          {counts.map((one) => (
            <Link
              key={one.filter}
              className={one.filter === filter ? "usa-button" : "usa-button usa-button--outline"}
              to={`/desk?show=${one.filter}`}
              aria-current={one.filter === filter ? "page" : undefined}
            >
              {t(FILTER_WORDS[one.filter])} ({one.number})
            </Link>
          ))}
        </Buttons>
      </nav>
      {rows.length === 0 ? (
        <EmptyState title={t(EMPTY_WORDS[filter])}>{t("desk.emptyText")}</EmptyState>
      ) : (
        <Form method="get" action="/desk/extend">
          <QueueTable caption={t(FILTER_WORDS[filter])} rows={rows} />
          <Pagination page={page} pages={pages} hrefFor={(other) => `/desk?show=${filter}&page=${other}`} />
          {rows.some((row) => row.extendable) ? (
            <>
              <p>{t("desk.extendHelp")}</p>
              <SubmitButton look="outline">{t("desk.extendTicked")}</SubmitButton>
            </>
          ) : null}
        </Form>
      )}
    </Page>
  );
}

function QueueTable({ caption, rows }: { caption: string; rows: readonly Row[] }) {
  const { t, locale } = useWords();
  const pick = rows.some((row) => row.extendable) ? [{ id: "pick", label: t("desk.tick") }] : [];
  const promised = rows.some((row) => row.promised !== null) ? [{ id: "promised", label: t("desk.promised") }] : [];
  return (
    <Table
      caption={caption}
      columns={[
        ...pick,
        { id: "number", label: t("desk.caseNumber"), rowHeader: true },
        { id: "due", label: t("desk.due") },
        { id: "target", label: t("desk.ownTarget") },
        ...promised,
        { id: "left", label: t("desk.left") },
        { id: "stage", label: t("desk.stage") },
        { id: "received", label: t("desk.received") },
      ]}
      rows={rows.map((row) => ({
        id: row.caseId,
        strong: row.lateness === "now" || (row.promisedLeft !== null && row.promisedLeft < 0),
        cells: {
          pick: row.extendable ? <Tick row={row} /> : t("desk.notExtendable"),
          number: (
            <Link className="usa-link" to={`/desk/cases/${row.caseId}${row.approves ? "/approval" : ""}`}>
              {row.number}
            </Link>
          ),
          due: formatDate(row.due, locale),
          target: formatDate(row.target, locale),
          promised: row.promised === null ? t("desk.notPromised") : formatMoment(row.promised, locale),
          left: <TimeLeft row={row} />,
          stage: (
            <>
              <StatusTag tone={row.approves ? "warn" : "info"}>{t(DESK_STAGES[row.stage])}</StatusTag>{" "}
              <ComesBack reviews={row.reviews} />
            </>
          ),
          received: formatDate(row.receivedOn, locale),
        },
      }))}
    />
  );
}

function ComesBack({ reviews }: { reviews: Row["reviews"] }) {
  const { t, locale } = useWords();
  if (reviews === null) return null;
  return (
    <>
      {reviews.waiting > 0 ? (
        <StatusTag tone="warn">{t("reviews.queueWaiting", { count: reviews.waiting })}</StatusTag>
      ) : null}{" "}
      {reviews.next === null ? null : t("reviews.queueNext", { date: formatDate(reviews.next, locale) })}
    </>
  );
}

function Tick({ row }: { row: Row }) {
  const { t } = useWords();
  const id = `tick-${row.caseId}`;
  return (
    <div className="usa-checkbox wl-tick">
      <input className="usa-checkbox__input" id={id} type="checkbox" name="case" value={row.caseId} />
      <label className="usa-checkbox__label" htmlFor={id}>
        <span className="usa-sr-only">{t("desk.tickCase", { number: row.number })}</span>
      </label>
    </div>
  );
}

/** Words first; the bar and the colours only underline them. */
function TimeLeft({ row }: { row: Row }) {
  const { t } = useWords();
  return (
    <>
      <Standing row={row} />
      {row.lateness === "now" ? <StatusTag tone="bad">{t("desk.overdue")}</StatusTag> : null}{" "}
      {row.lateness === "once" ? <StatusTag tone="warn">{t("desk.wasOverdue")}</StatusTag> : null}{" "}
      {row.extendedOn === null ? null : <StatusTag tone="neutral">{t("desk.extended")}</StatusTag>}
    </>
  );
}

/** Decided, and the records are to come. */
function RecordsLeft({ row, left }: { row: Row; left: number }) {
  const { t } = useWords();
  const days = daysLeftText(left, t);
  return (
    <>
      {t("desk.recordsLeft", { days })} {left < 0 ? <StatusTag tone="bad">{t("desk.recordsLate")}</StatusTag> : null}{" "}
      {row.lateness === "answered-late" ? <StatusTag tone="warn">{t("desk.decidedLate")}</StatusTag> : null}
    </>
  );
}

function Standing({ row }: { row: Row }) {
  const { t, locale } = useWords();
  if (row.promisedLeft !== null) return <RecordsLeft row={row} left={row.promisedLeft} />;
  if (row.lateness === "answered-late") return <StatusTag tone="warn">{t("desk.answeredLate")}</StatusTag>;
  if (row.daysLeft === null) return <>{t("desk.answered")} </>;
  if (row.stoppedSince !== null) {
    const date = formatDate(row.stoppedSince, locale);
    return <>{t(row.status === "waiting" ? "desk.waitingSince" : "desk.pausedSince", { date })} </>;
  }
  return (
    <>
      {daysLeftText(row.daysLeft, t)}
      <TimeBar spent={row.spent} daysLeft={row.daysLeft} />
    </>
  );
}
