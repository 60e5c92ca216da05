import { Form } from "@remix-run/react";
import { type Cell, FIELDS, type Field, type Line } from "#app/histories/history.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { CellView } from "#app/ui/cell-view.tsx";
import { Details, Section } from "#app/ui/page.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { HISTORY_FIELDS } from "./field-words.ts";
import { LineFilterForm, PrintLink } from "./filter.tsx";
import type { ReleaseData } from "./load-release.server.ts";
import { ReleasedText } from "./released-text.tsx";
import { LookUpSignals } from "./signals.tsx";

/** Every disclosed look-up: a sentence, all its cells folded away, and a box to say that it was unexpected. */
export function LookUps({ data }: { data: ReleaseData }) {
  const { t } = useWords();
  const { history, lookUps } = data;
  if (lookUps.all === 0) return null;
  const citeOf = new Map(history.grounds.map((ground) => [ground.id, ground.cite]));
  return (
    <Section id="look-ups" title={t("history.lines")}>
      <p>{t("history.linesLead")}</p>
      <LineFilterForm data={data} />
      <PrintLink data={data} />
      {lookUps.shown.length === 0 ? null : <DisputeForm data={data} citeOf={(ground) => citeOf.get(ground) ?? ""} />}
    </Section>
  );
}

function DisputeForm({ data, citeOf }: { data: ReleaseData; citeOf: (ground: string) => string }) {
  const { t } = useWords();
  const { history, release, lookUps } = data;
  const more = [lookUps.address, lookUps.isWhole ? "show=all" : ""].filter(Boolean).map((part) => `${part}&`);
  return (
    <Form method="get" action={`/history/${release.id}/dispute`}>
      {lookUps.shown.map(({ line, sentence, purpose }) => (
        <LookUp key={line.number} history={history} line={line} sentence={sentence} purpose={purpose} citeOf={citeOf} />
      ))}
      <Pagination
        page={lookUps.page}
        pages={lookUps.pages}
        hrefFor={(page) => `?${more.join("")}page=${page}#look-ups`}
      />
      <div className="wl-screen">
        <p>{t("history.disputeLead")}</p>
        <SubmitButton look="outline">{t("history.dispute")}</SubmitButton>
      </div>
    </Form>
  );
}

function LookUpCell(props: {
  history: ReleaseData["history"];
  field: Field;
  cell: Cell;
  citeOf: (ground: string) => string;
}) {
  const cell = <CellView cell={props.cell} groundLabel={props.citeOf} groundHref={() => "#withheld"} />;
  if (props.cell.kind !== "shown" || !OUR_WORDS.includes(props.field)) return cell;
  return <ReleasedText history={props.history}>{cell}</ReleasedText>;
}

/** Cells that hold words of ours, and not of the log alone. */
const OUR_WORDS: readonly Field[] = ["at", "scope"];

function LookUp(props: {
  history: ReleaseData["history"];
  line: Line;
  sentence: string;
  purpose: string | null;
  citeOf: (ground: string) => string;
}) {
  const { t } = useWords();
  const { history, line } = props;
  const id = `unexpected-${line.number}`;
  const items = FIELDS.map((field) => ({
    label: t(HISTORY_FIELDS[field]),
    value: <LookUpCell history={history} field={field} cell={line.cells[field]} citeOf={props.citeOf} />,
  }));
  const plain = props.purpose === null ? [] : [{ label: t("history.inPlainWords"), value: props.purpose }];
  return (
    <article className="wl-card" id={`line-${line.number}`}>
      <h3 className="wl-card__title">{t("history.lineNumber", { number: line.number })}</h3>
      <p>
        <bdi>{props.sentence}</bdi>
      </p>
      <LookUpSignals line={line} history={history} />
      <Details summary={t("history.lineDetails", { number: line.number })}>
        <SummaryList items={[...items, ...plain]} />
      </Details>
      <div className="usa-checkbox wl-screen">
        <input className="usa-checkbox__input" id={id} type="checkbox" name="line" value={line.number} />
        <label className="usa-checkbox__label" htmlFor={id}>
          {t("history.unexpected", { number: line.number })}
        </label>
      </div>
    </article>
  );
}
