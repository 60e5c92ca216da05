import { Form, Link } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { FIELDS } from "#app/histories/history.ts";
import { Alert, EmptyState } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { CellView } from "#app/ui/cell-view.tsx";
import { RadioGroup } from "#app/ui/choices.tsx";
import { Select } from "#app/ui/field.tsx";
import { fieldsOf, listTyped } from "#app/ui/form.ts";
import { formatDate, formatInstant } from "#app/ui/format.ts";
import { Section } from "#app/ui/page.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { ROLE, ScrollTable } from "#app/ui/table.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { FIELD_WORDS } from "../desk.words.ts";
import { LastAct } from "./at-the-desk.tsx";
import type { Rejected } from "./carry-out.server.ts";
import { HoldFields } from "./hold-fields.tsx";
import { Keyboard } from "./keyboard.tsx";
import { ListFilter, listAt } from "./list-filter.tsx";
import type { DeskData } from "./load-desk.server.ts";
import { LineProposals } from "./proposals.tsx";
import { LineSignals } from "./signals.tsx";
import { Why } from "./why.tsx";

type DeskLine = DeskData["lines"][number];

/** What the list's form has before its reader: a rejected one, or nothing yet. */
interface ListForm {
  readonly desk: DeskData;
  readonly rejected: Rejected | undefined;
}

/** The look-ups as one form: pick some, press what becomes of them. Works by keyboard and without scripts. */
export function Lines({ desk, rejected }: ListForm) {
  const { t } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const { counts } = desk;
  const other = desk.show === "all" ? "waiting" : "all";
  const own = rejected?.claim === undefined ? rejected : undefined;
  const done = own === undefined ? desk.seen : null;
  // What was sent and done is picked no more; the keyboard stays where it was.
  useEffect(() => {
    if (done !== null) form.current?.reset();
  }, [done]);
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
            <Link className="usa-link" to={listAt(desk, { show: other, page: null })}>
              {t(other === "all" ? "desk.showAll" : "desk.showWaiting")}
            </Link>
          </p>
          <ListFilter desk={desk} />
          {desk.mayDecide ? <Keyboard form={form} /> : null}
          <LastAct desk={desk} />
          <Form method="post" noValidate ref={form}>
            <input type="hidden" name="seen" value={desk.seen} />
            {desk.lines.length === 0 ? (
              <Alert kind="success">{t("desk.linesAllDone")}</Alert>
            ) : (
              <LinesTable desk={desk} rejected={own} />
            )}
            <Pagination
              page={desk.page}
              pages={desk.pages}
              hrefFor={(page) => listAt(desk, { page: page > 1 ? String(page) : null })}
            />
            {desk.mayDecide ? <Decide desk={desk} rejected={own} /> : null}
          </Form>
        </>
      )}
    </Section>
  );
}

/** After the time and the decision, which must be in sight without scrolling. */
const COLUMNS = ["purpose", "caseNumber", "agency", "searchedBy", "user", "system"] as const;

function LinesTable({ desk, rejected }: ListForm) {
  const { t } = useWords();
  const picked = listTyped(rejected?.typed["event"] ?? "");
  // What was decided after the page that was sent: whoever sent it has not seen that.
  const before = rejected?.typed["seen"] === undefined ? desk.seen : Number(rejected.typed["seen"]);
  return (
    <ScrollTable label={t("desk.linesTitle")}>
      <table className="usa-table usa-table--stacked wl-lines" {...ROLE.table}>
        <caption className="usa-sr-only">{t("desk.linesTitle")}</caption>
        <thead {...ROLE.group}>
          <tr {...ROLE.row}>
            {[t("desk.pick"), t("desk.at"), t("desk.decision"), ...COLUMNS.map((field) => t(FIELD_WORDS[field]))].map(
              (label) => (
                <th key={label} scope="col" {...ROLE.columnHeader}>
                  {label}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody {...ROLE.group}>
          {desk.lines.map((line) => (
            <LineRow
              key={line.eventId}
              desk={desk}
              line={line}
              picked={picked.includes(line.eventId)}
              isNews={line.last !== null && line.last.act > before}
            />
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}

interface RowProps {
  readonly desk: DeskData;
  readonly line: DeskLine;
  readonly picked: boolean;
  readonly isNews: boolean;
}

function LineRow({ desk, line, picked, isNews }: RowProps) {
  const { t } = useWords();
  const at = line.cells.at.kind === "shown" ? line.cells.at.text : "";
  const id = `pick-${line.eventId}`;
  return (
    <tr className={line.startsGroup ? "wl-lines__first" : undefined} {...ROLE.row}>
      <td data-label={t("desk.pick")} {...ROLE.cell}>
        <div className="usa-checkbox">
          <input
            className="usa-checkbox__input"
            id={id}
            type="checkbox"
            name="event[]"
            value={line.eventId}
            defaultChecked={picked}
            data-group={line.group ?? undefined}
          />
          <label className="usa-checkbox__label" htmlFor={id}>
            <span className="usa-sr-only">{t("desk.pickLine", { at })}</span>
          </label>
        </div>
      </td>
      <th scope="row" data-label={t("desk.at")} {...ROLE.rowHeader}>
        <CellView cell={line.cells.at} />
        <Together desk={desk} line={line} />
      </th>
      <td data-label={t("desk.decision")} {...ROLE.cell}>
        <LineState line={line} /> <News desk={desk} line={line} isNews={isNews} />
        <LineLinks caseId={desk.caseId} line={line} at={at} />
        <LineProposals line={line} mayDecide={desk.mayDecide} />
        <LineSignals line={line} />
        <Why evidence={line.evidence} explanation={line.explanation} at={at} />
      </td>
      {COLUMNS.map((field) => (
        <td key={field} data-label={t(FIELD_WORDS[field])} {...ROLE.cell}>
          <CellView cell={line.cells[field]} />
        </td>
      ))}
    </tr>
  );
}

/** Where others were made together with this one: how many, and the way to them alone. */
function Together({ desk, line }: Pick<RowProps, "desk" | "line">) {
  const { t } = useWords();
  if (!line.startsGroup || desk.filter.groupOf !== null) return null;
  return (
    <div className="wl-lines__group">
      <Link className="usa-link" to={listAt(desk, { group: line.eventId, page: null })}>
        {t("workspace.together", { count: line.groupSize })}
      </Link>
    </div>
  );
}

/** What somebody else decided while this page was open. */
function News({ desk, line, isNews }: Pick<RowProps, "desk" | "line" | "isNews">) {
  const { t, locale } = useWords();
  if (!isNews || line.last === null) return null;
  const time = formatInstant(line.last.at, desk.zone, locale);
  const { by } = line.last;
  return (
    <StatusTag tone="warn">
      {by === null ? t("workspace.newsSomebody", { time }) : t("workspace.news", { name: by, time })}
    </StatusTag>
  );
}

function LineLinks({ caseId, line, at }: { caseId: string; line: DeskLine; at: string }) {
  const { t } = useWords();
  const to = `/desk/cases/${caseId}/line/${line.eventId}`;
  return (
    <div>
      <Link className="usa-link" to={to} data-open>
        {t("desk.openLine")} <span className="usa-sr-only">{t("desk.openLineOf", { at })}</span>
      </Link>{" "}
      <Link className="usa-link" to={`${to}#notes`} data-note>
        {line.notes === 0 ? t("workspace.note") : t("workspace.notes", { count: line.notes })}{" "}
        <span className="usa-sr-only">{t("desk.openLineOf", { at })}</span>
      </Link>{" "}
      {line.opened ? <span className="wl-fine">{t("workspace.opened")}</span> : null}
    </div>
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

function Decide({ desk, rejected }: ListForm) {
  const { t } = useWords();
  const field = fieldsOf(rejected, { choice: "picked" });
  return (
    <>
      {desk.shown > 1 ? (
        <RadioGroup
          label={t("workspace.choice")}
          options={[
            { value: "picked", label: t("workspace.choicePicked") },
            { value: "shown", label: t("workspace.choiceShown", { count: desk.shown }) },
          ]}
          {...field("choice")}
        />
      ) : null}
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
      <Hold desk={desk} rejected={rejected} />
    </>
  );
}

function Hold({ desk, rejected }: ListForm) {
  const { t } = useWords();
  const field = fieldsOf(rejected);
  return (
    <details className="wl-details" id="hold" open={rejected !== undefined}>
      <summary>{t("workspace.holdTitle")}</summary>
      <div className="wl-details__body">
        <p>{t("workspace.holdLead")}</p>
        <HoldFields grounds={desk.grounds} field={field} />
        <Select
          label={t("workspace.field")}
          hint={t("workspace.fieldHint")}
          optional
          placeholder={t("desk.groundChoose")}
          options={FIELDS.map((one) => ({ value: one, label: t(FIELD_WORDS[one]) }))}
          {...field("field")}
        />
        <Buttons>
          <SubmitButton name="intent" value="withhold-picked">
            {t("desk.withholdPicked")}
          </SubmitButton>
          <SubmitButton name="intent" value="defer-picked" look="outline">
            {t("desk.deferPicked")}
          </SubmitButton>
          <SubmitButton name="intent" value="redact-picked" look="outline">
            {t("workspace.redactPicked")}
          </SubmitButton>
        </Buttons>
      </div>
    </details>
  );
}
