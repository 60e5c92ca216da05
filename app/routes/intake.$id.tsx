import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { complaintMove } from "#app/complaints/complaint-move.ts";
import { getComplaintForIntake } from "#app/complaints/get-complaint.server.ts";
import { moveComplaint } from "#app/complaints/move-complaint.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { RadioGroup } from "#app/ui/choices.tsx";
import { FINDING_WORDS, MOVE_WORDS } from "#app/ui/complaint/complaint-words.ts";
import { DisputeWordsList } from "#app/ui/complaint/dispute-parts.tsx";
import { DisputedLookUp } from "#app/ui/complaint/disputed-look-up.tsx";
import { ComplaintTimeline, LegalNotes, NextDateCard, StateTag } from "#app/ui/complaint/standing.tsx";
import { DateInput } from "#app/ui/date-input.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { TextArea } from "#app/ui/field.tsx";
import { fieldsOf, readForm } from "#app/ui/form.ts";
import { Details, Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { refusable, rejected, shownLine, shownSummary } from "./complaint.shown.server.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "complaint.intakeOneTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const complaint = await answering(() => getComplaintForIntake(portal, actor, args.params["id"] ?? ""));
  return {
    ...complaint,
    summary: shownSummary(complaint.summary, locale),
    lines: complaint.lines.map((pinned) => ({ ...pinned, line: shownLine(pinned.line, locale) })),
    formId: crypto.randomUUID(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const complaintId = args.params["id"] ?? "";
  const formData = await args.request.formData();
  const form = readForm(complaintMove, formData);
  if (!form.ok) return { issues: form.issues, typed: form.typed };
  const { refused } = await answering(() =>
    refusable(locale, () => moveComplaint(portal, actor, { ...form.value, complaintId })),
  );
  if (refused) return rejected(formData, { form: refused });
  return redirect(`/intake/${complaintId}?recorded=1`);
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

/** One complaint as its agency works on it. */
export default function IntakeComplaint() {
  const { t } = useWords();
  const complaint = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  const form = useActionData<typeof action>();
  const { summary } = complaint;
  return (
    <Page
      title={t("complaint.title", { number: summary.number })}
      back={{ to: "/intake", label: t("complaint.intakeTitle") }}
      wide
    >
      <ErrorSummary issues={form?.issues} />
      {search.has("recorded") && !form ? (
        <Alert kind="success" live>
          {t("complaint.moveRecorded")}
        </Alert>
      ) : null}
      <Standing summary={summary} />
      <Section id="evidence" title={t("complaint.evidenceTitle")}>
        <p>{t("complaint.evidenceLead", { edition: complaint.edition })}</p>
        {complaint.lines.map((pinned) => (
          <Evidence key={pinned.sha256} pinned={pinned} />
        ))}
      </Section>
      <Section id="words" title={t("complaint.wordsTitle")}>
        <DisputeWordsList words={complaint.words} />
        <p className="wl-fine">{t("complaint.wordsReply")}</p>
      </Section>
      <Section id="events" title={t("complaint.whatHappened")}>
        <ComplaintTimeline summary={summary} events={complaint.events} />
      </Section>
      <Section id="step" title={t("complaint.movesTitle")}>
        {complaint.moves.length === 0 ? (
          <p>{t("complaint.movesNone")}</p>
        ) : (
          <MoveForm complaint={complaint} form={form} />
        )}
      </Section>
    </Page>
  );
}

function Standing({ summary }: Pick<Loaded, "summary">) {
  const { t } = useWords();
  return (
    <Section id="stands" title={t("complaint.whereItStands")}>
      <SummaryList
        items={[
          { label: t("complaint.columnState"), value: <StateTag state={summary.state} /> },
          { label: t("complaint.columnAgency"), value: summary.agency },
          { label: t("complaint.columnAge"), value: t("complaint.days", { count: summary.age }) },
        ]}
      />
      <NextDateCard summary={summary} forAgency />
      <LegalNotes summary={summary} />
    </Section>
  );
}

function Evidence({ pinned }: { pinned: Loaded["lines"][number] }) {
  const { t } = useWords();
  const status = pinned.intact ? <StatusTag tone="good">{t("complaint.evidenceIntact")}</StatusTag> : null;
  return (
    <>
      {pinned.intact ? null : <Alert kind="error">{t("complaint.evidenceBroken")}</Alert>}
      <DisputedLookUp
        line={pinned.line}
        released={pinned.released}
        status={status}
        foot={
          <Details summary={t("complaint.evidenceHash")}>
            <code className="wl-hash">{pinned.sha256}</code>
          </Details>
        }
      />
    </>
  );
}

function MoveForm({ complaint, form }: { complaint: Loaded; form: ReturnType<typeof useActionData<typeof action>> }) {
  const { t } = useWords();
  const field = fieldsOf(form, { on: complaint.summary.today });
  const findings = complaint.moves.includes("finding") ? Object.entries(FINDING_WORDS) : [];
  return (
    // Keyed, so that what was chosen for one step is not still chosen for the next.
    <Form method="post" noValidate key={complaint.events.at(-1)?.id}>
      <input type="hidden" name="formId" value={complaint.formId} />
      <RadioGroup
        label={t("complaint.moveKind")}
        options={complaint.moves.map((kind) => ({ value: kind, label: t(MOVE_WORDS[kind]) }))}
        {...field("kind")}
      />
      {findings.length === 0 ? null : (
        <RadioGroup
          label={t("complaint.finding")}
          hint={t("complaint.findingHint")}
          options={[
            { value: "", label: t("complaint.findingNo") },
            ...findings.map(([value, word]) => ({ value, label: t(word) })),
          ]}
          {...field("finding")}
        />
      )}
      <DateInput label={t("complaint.moveDay")} {...field("on")} />
      <TextArea label={t("complaint.note")} hint={t("complaint.noteHint")} optional {...field("note")} />
      <SubmitButton>{t("complaint.moveButton")}</SubmitButton>
    </Form>
  );
}
