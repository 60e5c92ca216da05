import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { getAgencyFigures } from "#app/statistics/agency-figures.server.ts";
import { Alert, EmptyState } from "#app/ui/alert.tsx";
import { FiguresChart } from "#app/ui/figures-chart.tsx";
import { FiguresTable } from "#app/ui/figures-table.tsx";
import { formatMonth } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "figures.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  return answering(() => getAgencyFigures(args.context.portal, actor));
}

type Agency = ReturnType<typeof useLoaderData<typeof loader>>[number];

/** How an agency keeps its dates, for the people who answer its cases. */
export default function DeskFigures() {
  const { t } = useWords();
  const agencies = useLoaderData<typeof loader>();
  return (
    <Page title={t("figures.title")} lead={t("figures.lead")} wide>
      {agencies.map((agency) => (
        <Section key={agency.id} id={`of-${agency.id}`} title={agency.name}>
          <OneAgency agency={agency} />
        </Section>
      ))}
      <p>{t("figures.everHelp")}</p>
      <p>{t("figures.medianHelp")}</p>
    </Page>
  );
}

function OneAgency({ agency }: { agency: Agency }) {
  const { t, locale } = useWords();
  const { total, months } = agency;
  if (total.cases === 0) {
    return (
      <EmptyState title={t("figures.empty")} level={3}>
        {t("figures.emptyText")}
      </EmptyState>
    );
  }
  const { extended, together } = total;
  return (
    <>
      {together === 0 ? (
        <p>{t("figures.togetherNone")}</p>
      ) : (
        <Alert kind="warning">{t("figures.togetherText", { extended, together })}</Alert>
      )}
      <FiguresChart title={t("figures.chart")} months={months} />
      <FiguresTable
        caption={t("figures.table")}
        of={t("figures.month")}
        rows={[
          { id: "all", name: t("figures.allMonths"), figures: total },
          ...months
            .toReversed()
            .map((month) => ({ id: month.month, name: formatMonth(month.month, locale), figures: month })),
        ]}
      />
    </>
  );
}
