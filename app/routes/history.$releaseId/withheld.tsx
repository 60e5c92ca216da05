import { formatDate } from "#app/ui/format.ts";
import { Section } from "#app/ui/page.tsx";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { HISTORY_FIELDS } from "./field-words.ts";
import type { ReleaseData } from "./load-release.server.ts";
import { ReleasedText } from "./released-text.tsx";

interface Row {
  readonly id: string;
  readonly number: number;
  readonly what: string;
  readonly ground: string;
  readonly reviewOn: string | null;
}

/** Line by line what is held back and under which law; the laws in plain words below. */
export function Withheld({ data }: { data: ReleaseData }) {
  const { t, locale } = useWords();
  const { history } = data;
  const rows = useRows(data);
  const citeOf = new Map(history.grounds.map((ground) => [ground.id, ground.cite]));
  if (rows.length === 0) {
    return (
      <Section id="withheld" title={t("history.withheld")}>
        <p>{t("history.withheldNone")}</p>
      </Section>
    );
  }
  return (
    <Section id="withheld" title={t("history.withheld")}>
      <p>{t("history.withheldLead")}</p>
      <Table
        caption={t("history.withheld")}
        hideCaption
        columns={[
          { id: "number", label: t("history.withheldLine"), rowHeader: true },
          { id: "what", label: t("history.withheldWhat") },
          { id: "why", label: t("history.withheldWhy") },
          { id: "review", label: t("history.withheldReview") },
        ]}
        rows={rows.map((row) => ({
          id: row.id,
          cells: {
            number: row.number,
            what: row.what,
            why: <cite className="wl-cite">{citeOf.get(row.ground)}</cite>,
            review: row.reviewOn === null ? t("history.withheldNoDate") : formatDate(row.reviewOn, locale),
          },
        }))}
      />
      <h3>{t("history.grounds")}</h3>
      <SummaryList
        items={history.grounds.map(({ cite, plain }) => ({
          label: cite,
          value: <ReleasedText history={history}>{plain}</ReleasedText>,
        }))}
      />
    </Section>
  );
}

function useRows({ history, redacted }: ReleaseData): Row[] {
  const { t } = useWords();
  const fields = redacted.map(({ number, field, ground, reviewOn }): Row => {
    const what = t("history.withheldFields", { fields: t(HISTORY_FIELDS[field]).toLowerCase() });
    return { id: `${number}-${field}`, number, what, ground, reviewOn };
  });
  const whole = history.withheld.map(({ number, outcome, ground, reviewOn }): Row => {
    const what = t(outcome === "defer" ? "history.withheldDeferred" : "history.withheldWhole");
    return { id: `${number}`, number, what, ground, reviewOn };
  });
  return [...fields, ...whole];
}
