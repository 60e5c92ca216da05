import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { FactsForm } from "./facts-form.tsx";
import type { Example } from "./laws.ts";
import { JURISDICTION_WORDS } from "./laws.words.ts";
import { loadDeadlines } from "./load-deadlines.server.ts";
import { ResultParts } from "./result-parts.tsx";

export const meta = pageTitle({ key: "deadlines.title" });

export const loader = (args: LoaderFunctionArgs) => loadDeadlines(args);

/** The calculator of deadlines: a law and a day in, the last day and how it was worked out. */
export default function Deadlines() {
  const { t } = useWords();
  const data = useLoaderData<typeof loader>();
  const { result, issues } = data;
  // A link on the page asks another question: its form begins anew, instead of keeping what the last one showed.
  const question = JSON.stringify(data.typed);
  return (
    <Page title={t("deadlines.title")} lead={result ? undefined : t("deadlines.lead")} wide>
      <ErrorSummary issues={Object.keys(issues).length > 0 ? issues : undefined} />
      {result ? (
        <div className="wl-columns">
          <ResultParts result={result} />
          <Section id="facts" title={t("deadlines.factsAgain")}>
            <FactsForm key={question} data={data} />
          </Section>
        </div>
      ) : (
        <div className="wl-columns">
          <Section id="facts" title={t("deadlines.facts")}>
            <FactsForm key={question} data={data} />
          </Section>
          <Examples examples={data.examples} />
        </div>
      )}
      <p className="wl-fine">{t("deadlines.notAdvice")}</p>
    </Page>
  );
}

function Examples({ examples }: { examples: readonly Example[] }) {
  const { t } = useWords();
  return (
    <Section id="examples" title={t("deadlines.examples")}>
      <p>{t("deadlines.examplesLead")}</p>
      <ul className="usa-list">
        {examples.map(({ jurisdiction, title, to }) => (
          <li key={jurisdiction}>
            {t(JURISDICTION_WORDS[jurisdiction])}:{" "}
            <Link className="usa-link" to={to}>
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
