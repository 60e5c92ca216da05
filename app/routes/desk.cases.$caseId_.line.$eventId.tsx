import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { decideField, decideLines } from "#app/histories/decide.server.ts";
import { isField, LINE } from "#app/histories/decision.ts";
import { getLine } from "#app/histories/get-desk.server.ts";
import { listRemarks } from "#app/histories/list-remarks.server.ts";
import { noteLine } from "#app/histories/note-line.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { CellView } from "#app/ui/cell-view.tsx";
import { RadioGroup } from "#app/ui/choices.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { TextArea } from "#app/ui/field.tsx";
import { fieldsOf, readForm } from "#app/ui/form.ts";
import { formatInstant } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { OthersHere } from "./desk.cases.$caseId/at-the-desk.tsx";
import { holdForm, orRejected } from "./desk.cases.$caseId/carry-out.server.ts";
import { HoldFields } from "./desk.cases.$caseId/hold-fields.tsx";
import { LineState } from "./desk.cases.$caseId/lines.tsx";
import { LineProposals, ProposalsForm, RestsOn } from "./desk.cases.$caseId/proposals.tsx";
import { RemarkHere } from "./desk.cases.$caseId/remarks.tsx";
import { LineSignals } from "./desk.cases.$caseId/signals.tsx";
import { FIELD_WORDS } from "./desk.words.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "desk.lineTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { caseId = "", eventId = "" } = args.params;
  const { portal, locale } = args.context;
  const view = await answering(() => getLine(portal, actor, { caseId, eventId, locale }));
  const { last, ...line } = view.line;
  return {
    ...view,
    line: { ...line, last: last && { ...last, at: last.at.toISOString() } },
    notes: view.notes.map((note) => ({ ...note, at: note.at.toISOString() })),
    others: view.others.map(({ name, since }) => ({ name, since: since.toISOString() })),
    remarks: await answering(() => listRemarks(portal, actor, { caseId, locale })),
  };
}

type LineData = Awaited<ReturnType<typeof loader>>;

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { portal } = args.context;
  const { caseId = "", eventId = "" } = args.params;
  const form = await args.request.formData();
  if (form.get("intent") === "note") {
    const text = String(form.get("note") ?? "");
    const refused = await answering(() => orRejected(() => noteLine(portal, actor, { caseId, eventId, text }), form));
    if (refused) return { ...refused, issues: { note: { key: "workspace.refusedNote" as const } } };
    return redirect(`/desk/cases/${caseId}/line/${eventId}#notes`);
  }
  const read = readForm(holdForm, form);
  if (!read.ok) return read;
  const { seen } = read.value;
  if (seen === undefined) return { issues: { form: { key: "errors.notUnderstood" as const } }, typed: typedOf(form) };
  const target = String(form.get("target") ?? "");
  const intent = String(form.get("intent") ?? "");
  const shows = intent === "disclose";
  const { ground, reason, reviewOn } = read.value;
  const held = shows
    ? { exemption: null, reason: null, reviewOn: null }
    : { exemption: ground ?? null, reason: reason ?? null, reviewOn: reviewOn ?? null };
  if (isField(target)) {
    if (intent === "defer")
      return { issues: { target: { key: "desk.refusedFieldOutcome" as const } }, typed: typedOf(form) };
    const outcome = shows ? "disclose" : "redact";
    const rejected = await answering(() =>
      orRejected(() => decideField(portal, actor, { caseId, eventId, seen, field: target, outcome, ...held }), form),
    );
    return rejected ?? redirect(`/desk/cases/${caseId}/line/${eventId}`);
  }
  if (target !== LINE) return { issues: { target: { key: "errors.chooseOne" as const } }, typed: typedOf(form) };
  const outcome = shows ? "disclose" : intent === "defer" ? "defer" : "withhold";
  const rejected = await answering(() =>
    orRejected(() => decideLines(portal, actor, { caseId, seen, events: [eventId], outcome, ...held }), form),
  );
  return rejected ?? redirect(`/desk/cases/${caseId}/line/${eventId}`);
}

function typedOf(form: FormData): Record<string, string> {
  return Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
}

/** One look-up: every field as the log has it, what is decided of each, and a form to decide. */
export default function DeskLine() {
  const { t } = useWords();
  const view = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  return (
    <Page
      title={t("desk.lineTitle")}
      kicker={t("desk.caseTitle", { number: view.number })}
      back={{ to: `/desk/cases/${view.caseId}`, label: t("desk.backToCase") }}
    >
      <ErrorSummary issues={rejected?.issues} />
      <OthersHere others={view.others} zone={view.zone} />
      <RemarkHere eventId={view.line.eventId} remarks={view.remarks} />
      <Section id="fields" title={t("desk.lineFields")}>
        <Table
          caption={t("desk.lineFields")}
          hideCaption
          columns={[
            { id: "field", label: t("desk.field"), rowHeader: true },
            { id: "value", label: t("desk.value") },
            { id: "decision", label: t("desk.decision") },
          ]}
          rows={view.fields.map(({ field, decision }) => ({
            id: field,
            cells: {
              field: t(FIELD_WORDS[field]),
              value: <CellView cell={view.line.cells[field]} />,
              decision:
                decision?.outcome === "redact" ? `${t("desk.outcomeRedact")}, ${decision.cite}` : t("desk.fieldShown"),
            },
          }))}
        />
        <SummaryList
          items={[
            { label: t("desk.lineDecision"), value: <LineState line={view.line} /> },
            { label: t("desk.reason"), value: <bdi>{reasonsOf(view)}</bdi> },
          ]}
        />
        <RestsOn decision={view.line.decision} />
        {view.mayDecide && view.line.proposals.length > 0 ? <ProposalsForm caseId={view.caseId} /> : null}
        <LineProposals line={view.line} mayDecide={view.mayDecide} />
        <LineSignals line={view.line} />
      </Section>
      {view.mayDecide ? <DecideForm view={view} rejected={rejected} /> : null}
      <Notes view={view} rejected={rejected} />
      {view.line.verdict === null ? <Alert kind="info">{t("desk.lineUnconfirmed")}</Alert> : null}
    </Page>
  );
}

/** What the agency's people wrote down of this look-up, for each other. */
function Notes({ view, rejected }: { view: LineData; rejected: Parameters<typeof fieldsOf>[0] }) {
  const { t, locale } = useWords();
  return (
    <Section id="notes" title={t("workspace.notesTitle")}>
      <p>{t("workspace.notesLead")}</p>
      {view.notes.length === 0 ? (
        <p>{t("workspace.notesNone")}</p>
      ) : (
        <ul className="usa-list">
          {view.notes.map(({ text, by, at }) => {
            const time = formatInstant(at, view.zone, locale);
            return (
              <li key={at}>
                <bdi className="wl-note">{text}</bdi>{" "}
                <span className="wl-fine">
                  {by === null ? t("workspace.noteBySomebody", { time }) : t("workspace.noteBy", { name: by, time })}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {view.mayNote ? (
        <Form method="post" noValidate key={view.notes.length}>
          <TextArea label={t("workspace.noteField")} rows={3} {...fieldsOf(rejected)("note")} />
          <p>
            <SubmitButton name="intent" value="note" look="outline">
              {t("workspace.noteSave")}
            </SubmitButton>
          </p>
        </Form>
      ) : null}
    </Section>
  );
}

function reasonsOf(view: LineData): string {
  const all = [view.line.decision?.reason, ...view.fields.map(({ decision }) => decision?.reason)];
  return [...new Set(all.filter((reason) => reason))].join("; ") || "–";
}

function DecideForm({ view, rejected }: { view: LineData; rejected: Parameters<typeof fieldsOf>[0] }) {
  const { t } = useWords();
  const field = fieldsOf(rejected, { target: LINE });
  return (
    <Section id="decide" title={t("desk.lineForm")}>
      <Form method="post" noValidate key={view.seen}>
        <input type="hidden" name="seen" value={view.seen} />
        <RadioGroup
          label={t("desk.target")}
          options={[
            { value: LINE, label: t("desk.targetLine") },
            ...view.fields.map((one) => ({
              value: one.field,
              label: t("desk.targetField", { field: t(FIELD_WORDS[one.field]) }),
            })),
          ]}
          {...field("target")}
        />
        <HoldFields grounds={view.grounds} field={field} />
        <Buttons>
          <SubmitButton name="intent" value="disclose">
            {t("desk.discloseOne")}
          </SubmitButton>
          <SubmitButton name="intent" value="hold" look="outline">
            {t("desk.holdOne")}
          </SubmitButton>
          <SubmitButton name="intent" value="defer" look="outline">
            {t("desk.deferOne")}
          </SubmitButton>
        </Buttons>
      </Form>
    </Section>
  );
}
