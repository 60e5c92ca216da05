import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { listLogs } from "#app/feeds/coverage-overview.server.ts";
import { may } from "#app/people/authorise.ts";
import { EmptyState } from "#app/ui/alert.tsx";
import { ButtonLink } from "#app/ui/button.tsx";
import { CoverageBar } from "#app/ui/coverage-bar.tsx";
import { formatDate, formatInstant, formatNumber } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Pagination } from "#app/ui/pagination.tsx";
import { Table } from "#app/ui/table.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { BATCH_STATES, logPath, pageOf } from "./desk.feeds.states.ts";
import { daysWords, latenessWords } from "./desk.feeds.words.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "feeds.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const page = pageOf(new URL(args.request.url).searchParams);
  const { logs, pages } = await answering(() => listLogs(args.context.portal, actor, { page }));
  return {
    page,
    pages,
    mayDeliver: actor.memberships.some(({ role }) => role === "clerk" || role === "supervisor"),
    feeds: logs.map(({ agency, custody, batches, asked, coverage }) => ({
      id: `${agency.slug}-${custody.system.slug}`,
      path: logPath({ agencySlug: agency.slug, systemSlug: custody.system.slug }),
      agency: agency.name,
      zone: agency.zone,
      system: custody.system.name,
      rhythmDays: custody.rhythmDays,
      mayRead: may(actor, "feed.read", { agencyId: agency.id }),
      asked,
      coverage,
      batches: batches.map((batch) => ({ ...batch, receivedAt: batch.receivedAt.toISOString() })),
    })),
  };
}

type FeedView = Awaited<ReturnType<typeof loader>>["feeds"][number];

/** What the agencies have delivered of their logs, what is missing, and what could not be read. */
export default function Feeds() {
  const { t } = useWords();
  const { feeds, page, pages, mayDeliver } = useLoaderData<typeof loader>();
  return (
    <Page title={t("feeds.title")} lead={t("feeds.lead")} wide>
      {feeds.length === 0 ? <EmptyState title={t("feeds.none")}>{t("feeds.noneText")}</EmptyState> : null}
      {feeds.length > 0 && mayDeliver ? (
        <p>
          <ButtonLink to="/desk/feeds/upload">{t("feeds.upload")}</ButtonLink>
        </p>
      ) : null}
      {feeds.map((feed) => (
        <FeedSection key={feed.id} feed={feed} />
      ))}
      <Pagination page={page} pages={pages} hrefFor={(number) => `/desk/feeds?page=${number}`} />
    </Page>
  );
}

function FeedSection({ feed }: { feed: FeedView }) {
  const { t, locale } = useWords();
  const { coverage, batches } = feed;
  const { next, gaps, source } = coverage;
  const isLate = next.lateBy > 0;
  return (
    <Section id={feed.id} title={t("feeds.log", { system: feed.system, agency: feed.agency })}>
      <p>
        <StatusTag tone={isLate ? "bad" : "good"}>{t(isLate ? "feedsLog.late" : "feedsLog.inTime")}</StatusTag>{" "}
        <StatusTag tone={gaps.length > 0 ? "warn" : "good"}>
          {gaps.length > 0 ? t("feedsLog.gaps", { count: gaps.length }) : t("feedsLog.noGap")}
        </StatusTag>
      </p>
      <CoverageBar label={t("feeds.coverage")} asked={feed.asked} held={coverage.held} missing={coverage.missing} />
      <p>
        {coverage.latest === null
          ? t("feeds.latestNever")
          : t("feeds.latest", { date: formatDate(coverage.latest, locale) })}{" "}
        {t("feeds.promise", { count: feed.rhythmDays })}{" "}
        {coverage.unread === 0 ? t("feeds.waitingNone") : t("feeds.waiting", { count: coverage.unread })}
      </p>
      {source?.next ? (
        <p>
          {t("feedsLog.purgeSoon", {
            count: source.next.inDays,
            day: formatDate(source.next.day, locale),
            on: formatDate(source.next.purgedOn, locale),
          })}
        </p>
      ) : null}
      <p>
        <ButtonLink look="outline" to={feed.path}>
          {t("feedsLog.see")}
          <span className="usa-sr-only"> ({t("feeds.log", { system: feed.system, agency: feed.agency })})</span>
        </ButtonLink>
      </p>
      {batches.length === 0 ? <p>{t("feeds.noBatches")}</p> : <BatchTable feed={feed} />}
    </Section>
  );
}

function BatchTable({ feed }: { feed: FeedView }) {
  const words = useWords();
  const { t, locale } = words;
  return (
    <Table
      caption={t("feeds.batches", { system: feed.system })}
      columns={[
        { id: "received", label: t("feeds.received"), rowHeader: true },
        { id: "state", label: t("feeds.state") },
        { id: "days", label: t("feeds.days") },
        { id: "late", label: t("feedsLog.lateness") },
        { id: "rows", label: t("feeds.rows"), numeric: true },
        { id: "stored", label: t("feeds.stored"), numeric: true },
        { id: "quarantined", label: t("feeds.quarantined"), numeric: true },
      ]}
      rows={feed.batches.map((batch) => ({
        id: batch.id,
        strong: batch.state !== "finished",
        cells: {
          received: feed.mayRead ? (
            <Link className="usa-link" to={`/desk/feeds/${batch.id}`}>
              {formatInstant(batch.receivedAt, feed.zone, locale)}
            </Link>
          ) : (
            formatInstant(batch.receivedAt, feed.zone, locale)
          ),
          state: <StatusTag tone={BATCH_STATES[batch.state].tone}>{t(BATCH_STATES[batch.state].words)}</StatusTag>,
          days: daysWords(words, batch),
          late: latenessWords(words, batch),
          rows: formatNumber(batch.rows, locale),
          stored: formatNumber(batch.stored, locale),
          quarantined: formatNumber(batch.quarantined, locale),
        },
      }))}
    />
  );
}
