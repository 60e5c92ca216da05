import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Alert } from "#app/ui/alert.tsx";
import { formatDate } from "#app/ui/format.ts";
import { MonthChart } from "#app/ui/month-chart.tsx";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { CoverageOfLogs, NothingFound, SearchedFor } from "./coverage.tsx";
import { Editions, News } from "./editions.tsx";
import { Keep } from "./keep.tsx";
import { loadRelease, type ReleaseData } from "./load-release.server.ts";
import { LookUps } from "./look-ups.tsx";
import { ReleasedText } from "./released-text.tsx";
import { Withheld } from "./withheld.tsx";

export const meta = pageTitle({ key: "history.title" });

export const loader = (args: LoaderFunctionArgs) => loadRelease(args);

/** The resident's answer: everything that the released model says, and how to go on from it. */
export default function ReleasedHistory() {
  const { t } = useWords();
  const data = useLoaderData<typeof loader>();
  const { history, release } = data;
  return (
    <Page
      title={t("history.title")}
      kicker={t("history.caseNumber", { number: history.reference, edition: history.edition })}
      lead={t("history.lead", { agency: history.agency.name })}
      back={{ to: `/request/${data.requestId}` }}
    >
      {release.superseded ? <Alert kind="warning">{t("history.superseded")}</Alert> : null}
      <News data={data} />
      <Glance data={data} />
      <Keep release={release} />
      <CoverageOfLogs history={history} />
      <SearchedFor history={history} />
      <LookUps data={data} />
      <Withheld data={data} />
      <Section id="review" title={t("history.review")}>
        <ul className="usa-list">
          {history.reviews.map(({ plain, cite }) => (
            <li key={plain}>
              <ReleasedText history={history}>{plain}</ReleasedText> <cite className="wl-cite">{cite}</cite>
            </li>
          ))}
        </ul>
      </Section>
      <Readers data={data} />
      <Editions data={data} />
      <About data={data} />
    </Page>
  );
}

function Glance({ data }: { data: ReleaseData }) {
  const { t, locale } = useWords();
  const { history, figures, months } = data;
  if (figures.lines + figures.withheld === 0) return <NothingFound history={history} />;
  return (
    <Section id="glance" title={t("history.glance")}>
      <p className="wl-lead">
        {t("history.found", { count: figures.lines })}{" "}
        {figures.withheld > 0 ? t("history.heldBack", { count: figures.withheld }) : null}
      </p>
      {figures.lines > 0 ? (
        <p>
          {t("history.agencies", { count: figures.agencies })} {t("history.users", { count: figures.users })}{" "}
          {figures.first && figures.last
            ? t("history.since", { first: formatDate(figures.first, locale), last: formatDate(figures.last, locale) })
            : null}{" "}
          {figures.undated > 0 ? t("history.undated", { count: figures.undated }) : null}
        </p>
      ) : null}
      <MonthChart title={t("history.chart")} months={months} />
    </Section>
  );
}

const ROLES = { clerk: "history.roleClerk", supervisor: "history.roleSupervisor" } as const;

function Readers({ data }: { data: ReleaseData }) {
  const { t } = useWords();
  const { readers } = data.history;
  return (
    <Section id="readers" title={t("history.readers")}>
      <p>{t("history.readersLead")}</p>
      {readers.length === 0 ? (
        <p>{t("history.readersNone")}</p>
      ) : (
        <Table
          caption={t("history.readers")}
          hideCaption
          columns={[
            { id: "at", label: t("history.readerWhen"), rowHeader: true },
            { id: "role", label: t("history.readerRole") },
            { id: "act", label: t("history.readerAct") },
          ]}
          rows={readers.map(({ at, role, act }, index) => ({
            id: `${index}`,
            cells: {
              at: <ReleasedText history={data.history}>{at}</ReleasedText>,
              role: t(role === "supervisor" ? ROLES.supervisor : ROLES.clerk),
              act: <ReleasedText history={data.history}>{act}</ReleasedText>,
            },
          }))}
        />
      )}
    </Section>
  );
}

function About({ data }: { data: ReleaseData }) {
  const { t, locale } = useWords();
  const { history, release } = data;
  return (
    <Section id="about" title={t("history.facts")}>
      <SummaryList
        items={[
          { label: t("history.factRequested"), value: formatDate(history.requestedOn, locale) },
          { label: t("history.factAnswered"), value: formatDate(history.answeredOn, locale) },
          { label: t("history.factDue"), value: formatDate(history.rule.due, locale) },
          { label: t("history.factRule"), value: <cite className="wl-cite">{history.rule.cite}</cite> },
        ]}
      />
      <h3>{t("history.check")}</h3>
      <p>
        {t("history.checkText")} <code>{release.sha256}</code>
      </p>
    </Section>
  );
}
