import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { type DisputeForm, disputeForm, type Want } from "#app/complaints/dispute.ts";
import { type DisputeDraft, getDisputeDraft } from "#app/complaints/disputed-lines.server.ts";
import { fileDispute } from "#app/complaints/file-dispute.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { Checkboxes, RadioGroup } from "#app/ui/choices.tsx";
import { WANT_WORDS } from "#app/ui/complaint/complaint-words.ts";
import { DisputeWordsList, RouteList, VenueList } from "#app/ui/complaint/dispute-parts.tsx";
import { DisputedLookUp } from "#app/ui/complaint/disputed-look-up.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { TextArea } from "#app/ui/field.tsx";
import { fieldsOf, listTyped, type RejectedForm, readForm } from "#app/ui/form.ts";
import { Details, Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Message } from "#app/ui/words/words.ts";
import { linesAsked, refusable, rejected, shownLine, shownVenues } from "./complaint.shown.server.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "complaint.disputeTitle" });

const HERE = "ca.internal-affairs";
const WANTS = Object.keys(WANT_WORDS) as Want[];

interface Shown extends Omit<DisputeDraft, "venues"> {
  venues: ReturnType<typeof shownVenues>;
}

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const releaseId = args.params["releaseId"] ?? "";
  const lines = linesAsked(args.request.url);
  const page = { releaseId, formId: crypto.randomUUID() };
  const draft = await answering(() => refusable(locale, () => getDisputeDraft(portal, actor, { releaseId, lines })));
  if (draft.refused) return { ...page, draft: null, refused: draft.refused };
  const shown: Shown = {
    ...draft.value,
    lines: draft.value.lines.map((line) => shownLine(line, locale)),
    venues: shownVenues(draft.value.venues, locale),
  };
  return { ...page, draft: shown, refused: null };
}

type Outcome =
  | ({ stage: "form" } & RejectedForm)
  | { stage: "check"; typed: Record<string, string>; value: DisputeForm };

export async function action(args: ActionFunctionArgs): Promise<Outcome | Response> {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const releaseId = args.params["releaseId"] ?? "";
  const formData = await args.request.formData();
  const form = readForm(disputeForm, formData);
  if (!form.ok) return { stage: "form", issues: form.issues, typed: form.typed };
  const intent = formData.get("intent");
  const { typed } = rejected(formData, {});
  if (intent === "change") return { stage: "form", issues: {}, typed };
  if (intent !== "send") return { stage: "check", typed, value: form.value };
  const { formId, lines, wrong, known, want, advocate } = form.value;
  const input = {
    formId,
    releaseId,
    lines,
    words: { wrong, want, ...(known !== undefined && { known }) },
    advocateId: advocate === "none" ? null : advocate,
  };
  const filed = await answering(() => refusable(locale, () => fileDispute(portal, actor, input)));
  if (filed.refused) return { stage: "form", issues: { form: filed.refused }, typed };
  const { complaintIds } = filed.value;
  const [only, ...others] = complaintIds;
  return redirect(others.length === 0 ? `/complaint/${only}?sent=1` : "/complaint?sent=1");
}

/** Disputing released look-ups: what was chosen, the form, where it goes; then a check, then sent. */
export default function Dispute() {
  const { t } = useWords();
  const { releaseId, formId, draft, refused } = useLoaderData<typeof loader>();
  const outcome = useActionData<typeof action>() as Outcome | undefined;
  const back = { to: `/history/${releaseId}`, label: t("complaint.chooseOthers") };
  if (!draft) return <NothingChosen back={back} refused={refused} />;
  if (outcome?.stage === "check") return <Check draft={draft} back={back} outcome={outcome} />;
  return (
    <Page
      title={t("complaint.disputeTitle")}
      kicker={t("complaint.disputeKicker", { reference: draft.reference })}
      lead={t("complaint.disputeLead")}
      back={back}
    >
      <ErrorSummary issues={outcome?.issues} />
      <Chosen draft={draft} />
      <Section id="where" title={t("complaint.routeTitle")}>
        <RouteList routes={draft.routes} />
      </Section>
      <DisputeFields draft={draft} formId={formId} rejection={outcome} />
      <Details summary={t("complaint.venuesTitle")}>
        <VenueList venues={draft.venues} hereId={HERE} />
      </Details>
    </Page>
  );
}

function NothingChosen(props: { back: { to: string; label: string }; refused: Message | null }) {
  const { t, say } = useWords();
  return (
    <Page title={t("complaint.disputeTitle")} back={props.back}>
      <Alert kind="warning">{props.refused ? say(props.refused) : null}</Alert>
      <p>
        <Link className="usa-link" to={props.back.to}>
          {props.back.label}
        </Link>
      </p>
    </Page>
  );
}

function Chosen({ draft }: { draft: Shown }) {
  const { t } = useWords();
  return (
    <Section id="chosen" title={t("complaint.chosenTitle")}>
      {draft.lines.map((line) => (
        <DisputedLookUp key={line.number} line={line} released={draft.released} />
      ))}
    </Section>
  );
}

function DisputeFields(props: { draft: Shown; formId: string; rejection: RejectedForm | undefined }) {
  const { t } = useWords();
  const { draft, rejection } = props;
  const field = fieldsOf(rejection, { advocate: "none" });
  const advocates = draft.advocates.map(({ id, name, organisation }) => ({
    value: id,
    label: name,
    ...(organisation !== null && { hint: organisation }),
  }));
  return (
    <Form method="post" noValidate>
      <input type="hidden" name="formId" value={rejection?.typed["formId"] ?? props.formId} />
      {draft.lines.map((line) => (
        <input key={line.number} type="hidden" name="lines[]" value={line.number} />
      ))}
      <TextArea label={t("complaint.wrong")} hint={t("complaint.wrongHint")} rows={7} {...field("wrong")} />
      <TextArea label={t("complaint.known")} hint={t("complaint.knownHint")} optional {...field("known")} />
      <Checkboxes
        label={t("complaint.want")}
        hint={t("complaint.wantHint")}
        options={WANTS.map((want) => ({ value: want, label: t(WANT_WORDS[want]) }))}
        {...field("want")}
      />
      <RadioGroup
        label={t("complaint.advocate")}
        hint={t("complaint.advocateHint")}
        options={[...advocates, { value: "none", label: t("complaint.advocateNone") }]}
        {...field("advocate")}
      />
      <p>{t("complaint.noDeclaration")}</p>
      <SubmitButton name="intent" value="check">
        {t("complaint.checkButton")}
      </SubmitButton>
    </Form>
  );
}

function Check(props: {
  draft: Shown;
  back: { to: string; label: string };
  outcome: Extract<Outcome, { stage: "check" }>;
}) {
  const { t } = useWords();
  const { draft, outcome } = props;
  const { typed, value } = outcome;
  const advocate = draft.advocates.find((choice) => choice.id === value.advocate);
  return (
    <Page
      title={t("complaint.checkTitle")}
      kicker={t("complaint.disputeKicker", { reference: draft.reference })}
      lead={t("complaint.checkLead")}
      back={props.back}
    >
      <SummaryList
        items={[
          { label: t("complaint.chosenTitle"), value: draft.lines.map((line) => line.number).join(", ") },
          { label: t("complaint.advocate"), value: advocate?.name ?? t("complaint.advocateNone") },
        ]}
      />
      <DisputeWordsList words={value} own />
      <Section id="where" title={t("complaint.routeTitle")}>
        <RouteList routes={draft.routes} />
      </Section>
      <Form method="post">
        {Object.entries(typed).map(([name, text]) => (
          <Carried key={name} name={name} text={text} />
        ))}
        <Buttons>
          <SubmitButton name="intent" value="send">
            {t("complaint.sendButton")}
          </SubmitButton>
          <SubmitButton name="intent" value="change" look="outline">
            {t("complaint.changeButton")}
          </SubmitButton>
        </Buttons>
      </Form>
    </Page>
  );
}

/** What was typed travels along unseen, so that sending needs no script and stores nothing half-done. */
function Carried({ name, text }: { name: string; text: string }) {
  if (name === "intent") return null;
  if (name !== "lines" && name !== "want") return <input type="hidden" name={name} value={text} />;
  return listTyped(text).map((one) => <input key={one} type="hidden" name={`${name}[]`} value={one} />);
}
