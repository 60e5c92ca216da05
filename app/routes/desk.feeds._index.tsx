import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { EmptyState } from "#app/ui/alert.tsx";
import { ButtonLink } from "#app/ui/button.tsx";
import { CoverageBar } from "#app/ui/coverage-bar.tsx";
import { formatDate, formatInstant, formatNumber, formatPeriod } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Table } from "#app/ui/table.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { listFeedOverviews } from "./desk.feeds.server.ts";
import { BATCH_STATES } from "./desk.feeds.states.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "feeds.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const feeds = await answering(() => listFeedOverviews(args.context.portal, actor));
  return feeds.map(({ feed, batches, asked, coverage }) => ({
    id: `${feed.agencySlug}-${feed.systemSlug}`,
    agency: feed.agency.name,
    zone: feed.agency.zone,
    system: feed.custody.system.name,
    rhythmDays: feed.custody.rhythmDays,
    asked,
    coverage,
    batches: batches.map((batch) => ({ ...batch, receivedAt: batch.receivedAt.toISOString() })),
  }));
}

type FeedView = Awaited<ReturnType<typeof loader>>[number];

/** What an agency has delivered of its logs, what is missing, and what could not be read. */
export default function Feeds() {
  const { t } = useWords();
  const feeds = useLoaderData<typeof loader>();
  return (
    <Page title={t("feeds.title")} lead={t("feeds.lead")} wide>
      {feeds.length === 0 ? (
        <EmptyState title={t("feeds.none")}>{t("feeds.noneText")}</EmptyState>
      ) : (
        <p>
          <ButtonLink to="/desk/feeds/upload">{t("feeds.upload")}</ButtonLink>
        </p>
      )}
      {feeds.map((feed) => (
        <FeedSection key={feed.id} feed={feed} />
      ))}
    </Page>
  );
}

function FeedSection({ feed }: { feed: FeedView }) {
  const { t, locale } = useWords();
  const { coverage, batches } = feed;
  return (
    <Section id={feed.id} title={t("feeds.log", { system: feed.system, agency: feed.agency })}>
      <CoverageBar label={t("feeds.coverage")} asked={feed.asked} held={coverage.held} missing={coverage.missing} />
      <p>
        {coverage.latest === null
          ? t("feeds.latestNever")
          : t("feeds.latest", { date: formatDate(coverage.latest, locale) })}{" "}
        {t("feeds.promise", { count: feed.rhythmDays })}{" "}
        {coverage.unread === 0 ? t("feeds.waitingNone") : t("feeds.waiting", { count: coverage.unread })}
      </p>
      {batches.length === 0 ? <p>{t("feeds.noBatches")}</p> : <BatchTable feed={feed} />}
    </Section>
  );
}

function BatchTable({ feed }: { feed: FeedView }) {
  const { t, locale } = useWords();
  return (
    <Table
      caption={t("feeds.batches", { system: feed.system })}
      columns={[
        { id: "received", label: t("feeds.received"), rowHeader: true },
        { id: "state", label: t("feeds.state") },
        { id: "days", label: t("feeds.days") },
        { id: "rows", label: t("feeds.rows"), numeric: true },
        { id: "stored", label: t("feeds.stored"), numeric: true },
        { id: "duplicates", label: t("feeds.duplicates"), numeric: true },
        { id: "quarantined", label: t("feeds.quarantined"), numeric: true },
      ]}
      rows={feed.batches.map((batch) => ({
        id: batch.id,
        strong: batch.state !== "finished",
        cells: {
          received: (
            <Link className="usa-link" to={`/desk/feeds/${batch.id}`}>
              {formatInstant(batch.receivedAt, feed.zone, locale)}
            </Link>
          ),
          state: <StatusTag tone={BATCH_STATES[batch.state].tone}>{t(BATCH_STATES[batch.state].words)}</StatusTag>,
          days:
            batch.firstOn && batch.lastOn
              ? formatPeriod({ from: batch.firstOn, to: batch.lastOn }, locale, t("common.to"))
              : "",
          rows: formatNumber(batch.rows, locale),
          stored: formatNumber(batch.stored, locale),
          duplicates: formatNumber(batch.duplicates, locale),
          quarantined: formatNumber(batch.quarantined, locale),
        },
      }))}
    />
  );
}
