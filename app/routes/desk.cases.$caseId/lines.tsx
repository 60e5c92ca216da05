import { Form, Link } from "@remix-run/react";
import { Alert, EmptyState } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { CellView } from "#app/ui/cell-view.tsx";
import { fieldsOf, listTyped } from "#app/ui/form.ts";
import { formatDate } from "#app/ui/format.ts";
import { Details, Section } from "#app/ui/page.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { ScrollTable } from "#app/ui/table.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { FIELD_WORDS } from "../desk.words.ts";
import type { Rejected } from "./carry-out.server.ts";
import { HoldFields } from "./hold-fields.tsx";
import type { DeskData } from "./load-desk.server.ts";
import { LineProposals } from "./proposals.tsx";
import { LineSignals } from "./signals.tsx";
import { Why } from "./why.tsx";

type DeskLine = DeskData["lines"][number];

/** The look-ups as one form: pick some, press what becomes of them. Works by keyboard and without scripts. */
export function Lines({ desk, rejected }: { desk: DeskData; rejected: Rejected | undefined }) {
  const { t } = useWords();
  const { counts } = desk;
  const other = desk.show === "all" ? "waiting" : "all";
  const picked = listTyped(rejected?.typed["event"] ?? "");
  return (
    <Section id="lines" title={t("desk.linesTitle")}>
      {counts.found === 0 ? (
        <EmptyState level={3} title={t("desk.linesNone")}>
          {t("desk.linesNoneText")}
        </EmptyState>
      ) : (
        <>
          <p>
            <strong>{t("desk.countsFound", { count: counts.found })}</strong>;{" "}
            {t("desk.countsUnconfirmed", { count: counts.unconfirmed })};{" "}
            {t("desk.countsUndecided", { count: counts.undecided })};{" "}
            {t("desk.countsDisclosed", { count: counts.disclosed })};{" "}
            {t("desk.countsWithheld", { count: counts.withheld })};{" "}
            {t("desk.countsDeferred", { count: counts.deferred })}.{" "}
            <Link className="usa-link" to={`?show=${other}`}>
              {t(other === "all" ? "desk.showAll" : "desk.showWaiting")}
            </Link>
          </p>
          <Form method="post" noValidate>
            {desk.lines.length === 0 ? (
              <Alert kind="success">{t("desk.linesAllDone")}</Alert>
            ) : (
              <LinesTable desk={desk} picked={picked} />
            )}
            <Pagination page={desk.page} pages={desk.pages} hrefFor={(page) => `?show=${desk.show}&page=${page}`} />
            {desk.mayDecide ? <Decide desk={desk} rejected={rejected} /> : null}
          </Form>
        </>
      )}
    </Section>
  );
}

/** After the time and the decision, which must be in sight without scrolling. */
const COLUMNS = ["purpose", "caseNumber", "agency", "searchedBy", "user"] as const;

function LinesTable({ desk, picked }: { desk: DeskData; picked: readonly string[] }) {
  const { t } = useWords();
  return (
    <ScrollTable label={t("desk.linesTitle")}>
      <table className="usa-table">
        <caption className="usa-sr-only">{t("desk.linesTitle")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("desk.pick")}</th>
            <th scope="col">{t("desk.at")}</th>
            <th scope="col">{t("desk.decision")}</th>
            {COLUMNS.map((field) => (
              <th key={field} scope="col">
                {t(FIELD_WORDS[field])}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {desk.lines.map((line) => (
            <LineRow
              key={line.eventId}
              caseId={desk.caseId}
              line={line}
              picked={picked.includes(line.eventId)}
              mayDecide={desk.mayDecide}
            />
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}

function LineRow(props: { caseId: string; line: DeskLine; picked: boolean; mayDecide: boolean }) {
  const { caseId, line, picked, mayDecide } = props;
  const { t } = useWords();
  const at = line.cells.at.kind === "shown" ? line.cells.at.text : "";
  const id = `pick-${line.eventId}`;
  return (
    <tr>
      <td>
        <div className="usa-checkbox">
          <input
            className="usa-checkbox__input"
            id={id}
            type="checkbox"
            name="event[]"
            value={line.eventId}
            defaultChecked={picked}
          />
          <label className="usa-checkbox__label" htmlFor={id}>
            <span className="usa-sr-only">{t("desk.pickLine", { at })}</span>
          </label>
        </div>
      </td>
      <th scope="row">
        <CellView cell={line.cells.at} />
      </th>
      <td>
        <LineState line={line} />{" "}
        <Link className="usa-link" to={`/desk/cases/${caseId}/line/${line.eventId}`}>
          {t("desk.openLine")} <span className="usa-sr-only">{t("desk.openLineOf", { at })}</span>
        </Link>
        <LineProposals line={line} mayDecide={mayDecide} />
        <LineSignals line={line} />
        <Why evidence={line.evidence} explanation={line.explanation} at={at} />
      </td>
      {COLUMNS.map((field) => (
        <td key={field}>
          <CellView cell={line.cells[field]} />
        </td>
      ))}
    </tr>
  );
}

/** What was decided of a look-up so far. */
export function LineState({ line }: { line: Pick<DeskLine, "verdict" | "decision" | "redacted" | "secret"> }) {
  return (
    <>
      <Decided line={line} />
      {line.secret === null ? null : (
        <>
          {" "}
          <Secret mark={line.secret} />
        </>
      )}
    </>
  );
}

/** Words that the agency alone reads: the log says that this person is not to know of it yet. */
function Secret({ mark: { reason, until } }: { mark: NonNullable<DeskLine["secret"]> }) {
  const { t, locale } = useWords();
  return (
    <>
      <StatusTag tone="bad">
        {until === null ? t("desk.secret") : t("desk.secretUntil", { date: formatDate(until, locale) })}
      </StatusTag>{" "}
      {reason === null ? null : <bdi>{reason}</bdi>}
    </>
  );
}

function Decided({ line }: { line: Pick<DeskLine, "verdict" | "decision" | "redacted"> }) {
  const { t, locale } = useWords();
  if (line.verdict === null) return <StatusTag tone="warn">{t("desk.confirmWaiting")}</StatusTag>;
  if (line.verdict === "rejected") return <StatusTag tone="neutral">{t("desk.confirmRejected")}</StatusTag>;
  const fields = line.redacted.map((field) => t(FIELD_WORDS[field]).toLowerCase()).join(", ");
  return (
    <>
      <Outcome decision={line.decision} locale={locale} />
      {fields === "" ? null : <span> {t("desk.redactedFields", { fields })}</span>}
    </>
  );
}

function Outcome({ decision, locale }: { decision: DeskLine["decision"]; locale: "en" | "es" }) {
  const { t } = useWords();
  if (decision === null) return <StatusTag tone="warn">{t("desk.decideWaiting")}</StatusTag>;
  if (decision.returned) {
    return (
      <StatusTag tone="warn">{t("reviews.came", { date: formatDate(decision.reviewOn ?? "", locale) })}</StatusTag>
    );
  }
  switch (decision.outcome) {
    case "disclose":
      return <StatusTag tone="good">{t("desk.outcomeDisclose")}</StatusTag>;
    case "defer":
      return (
        <StatusTag tone="info">
          {t("desk.outcomeDefer", { date: formatDate(decision.reviewOn ?? "", locale) })}
        </StatusTag>
      );
    default:
      return (
        <>
          <StatusTag tone="neutral">{t("desk.outcomeWithhold")}</StatusTag>{" "}
          <span className="wl-cite">{decision.cite}</span>
        </>
      );
  }
}

function Decide({ desk, rejected }: { desk: DeskData; rejected: Rejected | undefined }) {
  const { t } = useWords();
  const own = rejected?.claim === undefined ? rejected : undefined;
  return (
    <>
      {desk.counts.unconfirmed > 0 ? (
        <>
          <h3>{t("desk.confirmTitle")}</h3>
          <p>{t("desk.confirmLead")}</p>
          <Buttons>
            <SubmitButton name="intent" value="accept-all">
              {t("desk.acceptAll")}
            </SubmitButton>
            <SubmitButton name="intent" value="accept-picked" look="outline">
              {t("desk.acceptPicked")}
            </SubmitButton>
            <SubmitButton name="intent" value="reject-picked" look="outline">
              {t("desk.rejectPicked")}
            </SubmitButton>
          </Buttons>
        </>
      ) : null}
      <h3>{t("desk.discloseTitle")}</h3>
      <p>{t("desk.discloseLead")}</p>
      <Buttons>
        <SubmitButton name="intent" value="disclose-picked">
          {t("desk.disclosePicked")}
        </SubmitButton>
        <SubmitButton name="intent" value="disclose-all" look="outline">
          {t("desk.discloseAll")}
        </SubmitButton>
        {desk.counts.unconfirmed === 0 ? (
          <SubmitButton name="intent" value="reject-picked" look="outline">
            {t("desk.rejectPicked")}
          </SubmitButton>
        ) : null}
      </Buttons>
      <Details summary={t("desk.holdTitle")} open={own !== undefined}>
        <HoldFields grounds={desk.grounds.filter((ground) => ground.covers.includes("line"))} field={fieldsOf(own)} />
        <Buttons>
          <SubmitButton name="intent" value="withhold-picked">
            {t("desk.withholdPicked")}
          </SubmitButton>
          <SubmitButton name="intent" value="defer-picked" look="outline">
            {t("desk.deferPicked")}
          </SubmitButton>
        </Buttons>
      </Details>
    </>
  );
}
