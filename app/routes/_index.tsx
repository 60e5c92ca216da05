import { ButtonLink, Buttons } from "#app/ui/button.tsx";
import { CellView } from "#app/ui/cell-view.tsx";
import { CoverageBar } from "#app/ui/coverage-bar.tsx";
import { formatInstant } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { WordKey } from "#app/ui/words/words.ts";

export const meta = pageTitle({ key: "home.documentTitle" });

const STEPS = [
  { title: "home.stepAsk", text: "home.stepAskText" },
  { title: "home.stepProve", text: "home.stepProveText" },
  { title: "home.stepAnswer", text: "home.stepAnswerText" },
  { title: "home.stepAct", text: "home.stepActText" },
] as const satisfies readonly { title: WordKey; text: WordKey }[];

/** What this is, what one gets, how it goes, and the way in. */
export default function Home() {
  const { t } = useWords();
  return (
    <Page title={t("home.title")} lead={t("home.lead")} wide>
      <Buttons>
        <ButtonLink to="/request/new" big>
          {t("home.start")}
        </ButtonLink>
        <ButtonLink to="/my" look="outline" big>
          {t("home.resume")}
        </ButtonLink>
      </Buttons>
      <p className="wl-fine">{t("home.startHint")}</p>
      <div className="wl-columns">
        <Section id="get" title={t("home.getTitle")}>
          <p>{t("home.getLead")}</p>
          <ExampleAnswer />
          <ul className="usa-list">
            <li>{t("home.getWho")}</li>
            <li>{t("home.getWhy")}</li>
            <li>{t("home.getGaps")}</li>
          </ul>
        </Section>
        <Section id="steps" title={t("home.stepsTitle")}>
          <ol className="usa-process-list">
            {STEPS.map((step) => (
              <li key={step.title} className="usa-process-list__item">
                <h3 className="usa-process-list__heading">{t(step.title)}</h3>
                <p>{t(step.text)}</p>
              </li>
            ))}
          </ol>
        </Section>
      </div>
      <Section id="safe" title={t("home.safeTitle")}>
        <p>{t("home.safeText")}</p>
        <p>{t("home.safeHistory")}</p>
      </Section>
    </Page>
  );
}

/** A picture of an answer, drawn with the very parts that draw a real one. */
function ExampleAnswer() {
  const { t, locale } = useWords();
  const row = (id: string, at: string, why: string, name: string | null) => ({
    id,
    cells: {
      when: formatInstant(at, "America/Los_Angeles", locale),
      who: (
        <>
          {t("home.exampleAgency")}
          <br />
          {name === null ? (
            <CellView cell={{ kind: "withheld", ground: "name" }} groundLabel={() => t("home.exampleGround")} />
          ) : (
            <CellView cell={{ kind: "shown", text: name }} />
          )}
        </>
      ),
      where: t("home.examplePlates"),
      why,
    },
  });
  return (
    <div className="wl-example">
      <Table
        caption={t("home.exampleCaption")}
        columns={[
          { id: "when", label: t("home.exampleWhen"), rowHeader: true },
          { id: "who", label: t("home.exampleWho") },
          { id: "where", label: t("home.exampleWhere") },
          { id: "why", label: t("home.exampleWhy") },
        ]}
        rows={[
          row("1", "2026-02-03T22:14:00-08:00", t("home.exampleReasonOne"), t("home.exampleUser")),
          row("2", "2026-02-19T02:41:00-08:00", t("home.exampleReasonTwo"), null),
        ]}
      />
      <CoverageBar
        label={t("home.exampleCoverage")}
        asked={{ from: "2026-01-01", to: "2026-03-31" }}
        held={[
          { from: "2026-01-01", to: "2026-02-22" },
          { from: "2026-03-02", to: "2026-03-31" },
        ]}
        missing={[{ from: "2026-02-23", to: "2026-03-01" }]}
      />
    </div>
  );
}
