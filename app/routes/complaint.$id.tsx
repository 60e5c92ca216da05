import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { giveConsent, revokeConsent } from "#app/complaints/consent.server.ts";
import { getComplaintForResident } from "#app/complaints/get-complaint.server.ts";
import { withdrawComplaint } from "#app/complaints/move-complaint.server.ts";
import { residentIntent } from "#app/complaints/resident-intent.ts";
import { Alert } from "#app/ui/alert.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { Checkboxes } from "#app/ui/choices.tsx";
import { FINDING_WORDS, NEXT_WORDS } from "#app/ui/complaint/complaint-words.ts";
import { DisputeWordsList, RouteList } from "#app/ui/complaint/dispute-parts.tsx";
import { ComplaintTimeline, LegalNotes, NextDateCard, StateTag } from "#app/ui/complaint/standing.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Select } from "#app/ui/field.tsx";
import { fieldsOf, readForm } from "#app/ui/form.ts";
import { formatDate } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { refusable, rejected, shownSummary } from "./complaint.shown.server.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "complaint.oneTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const complaint = await answering(() => getComplaintForResident(portal, actor, args.params["id"] ?? ""));
  return { ...complaint, summary: shownSummary(complaint.summary, locale) };
}

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const complaintId = args.params["id"] ?? "";
  const formData = await args.request.formData();
  const form = readForm(residentIntent, formData);
  if (!form.ok) return { issues: form.issues, typed: form.typed };
  const { value } = form;
  const { refused } = await answering(() =>
    refusable(locale, () => {
      if (value.intent === "withdraw") return withdrawComplaint(portal, actor, complaintId);
      const consent = { complaintId, advocateId: value.advocate };
      return value.intent === "give" ? giveConsent(portal, actor, consent) : revokeConsent(portal, actor, consent);
    }),
  );
  if (refused) return rejected(formData, { form: refused });
  return redirect(`/complaint/${complaintId}`);
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Rejected = ReturnType<typeof useActionData<typeof action>>;

/** The resident's own complaint: where it stands, what comes next, who may follow it. */
export default function OwnComplaint() {
  const { t } = useWords();
  const complaint = useLoaderData<typeof loader>();
  const form = useActionData<typeof action>();
  const [search] = useSearchParams();
  const { summary, words, lines } = complaint;
  return (
    <Page
      title={t("complaint.title", { number: summary.number })}
      back={{ to: "/complaint", label: t("complaint.listTitle") }}
    >
      <ErrorSummary issues={form?.issues} />
      {search.has("sent") && !form ? (
        <Alert kind="success" title={t("complaint.sentTitle")} live>
          {t("complaint.sentText", { number: summary.number })}
        </Alert>
      ) : null}
      <Standing summary={summary} />
      <Section id="next" title={t("complaint.whatNext")}>
        <p>{t(NEXT_WORDS[summary.state])}</p>
        <NextDateCard summary={summary} />
        <LegalNotes summary={summary} />
      </Section>
      <Section id="events" title={t("complaint.whatHappened")}>
        <ComplaintTimeline summary={summary} events={complaint.events} />
      </Section>
      <Section id="words" title={t("complaint.yourWords")}>
        <DisputeWordsList words={words} own />
        <RouteList routes={[{ agency: summary.agency, lines }]} done />
        <p>
          <Link className="usa-link" to={`/history/${complaint.releaseId}`}>
            {t("complaint.seeAnswer")}
          </Link>
        </p>
      </Section>
      <Consents complaint={complaint} form={form} />
      {complaint.canWithdraw ? <Withdraw form={form} /> : null}
    </Page>
  );
}

function Standing({ summary }: Pick<Loaded, "summary">) {
  const { t, locale } = useWords();
  return (
    <Section id="stands" title={t("complaint.whereItStands")}>
      <SummaryList
        items={[
          { label: t("complaint.columnState"), value: <StateTag state={summary.state} /> },
          ...(summary.finding
            ? [{ label: t("complaint.columnFinding"), value: t(FINDING_WORDS[summary.finding]) }]
            : []),
          { label: t("complaint.columnVenue"), value: summary.venueName },
          { label: t("complaint.columnAgency"), value: summary.agency },
          { label: t("complaint.columnReceived"), value: formatDate(summary.receivedOn, locale) },
          { label: t("complaint.columnAge"), value: t("complaint.days", { count: summary.age }) },
        ]}
      />
    </Section>
  );
}

function Consents({ complaint, form }: { complaint: Loaded; form: Rejected }) {
  const { t, locale } = useWords();
  const { consents, advocates } = complaint;
  const field = fieldsOf(form);
  return (
    <Section id="consent" title={t("complaint.consentTitle")}>
      <p>{t("complaint.advocateHint")}</p>
      {consents.length === 0 ? <p>{t("complaint.consentNobody")}</p> : null}
      {consents.map((consent) => (
        <Form key={consent.advocateId} method="post">
          <input type="hidden" name="intent" value="revoke" />
          <input type="hidden" name="advocate" value={consent.advocateId} />
          <p>
            <bdi>{consent.name}</bdi>
            {consent.organisation ? (
              <>
                , <bdi>{consent.organisation}</bdi>
              </>
            ) : null}{" "}
            ({t("complaint.consentSince", { on: formatDate(consent.givenOn, locale) })})
          </p>
          <SubmitButton look="outline">
            {t("complaint.consentRevoke")}
            <span className="usa-sr-only"> {t("complaint.consentRevokeOf", { name: consent.name })}</span>
          </SubmitButton>
        </Form>
      ))}
      {advocates.length === 0 ? (
        <p className="wl-fine">{t("complaint.consentNone")}</p>
      ) : (
        <Form method="post" noValidate>
          <input type="hidden" name="intent" value="give" />
          <Select
            label={t("complaint.consentChoose")}
            placeholder={t("complaint.consentPlaceholder")}
            options={advocates.map(({ id, name, organisation }) => ({
              value: id,
              label: organisation ? `${name}, ${organisation}` : name,
            }))}
            {...field("advocate")}
          />
          <SubmitButton>{t("complaint.consentGive")}</SubmitButton>
        </Form>
      )}
    </Section>
  );
}

function Withdraw({ form }: { form: Rejected }) {
  const { t } = useWords();
  return (
    <Section id="withdraw" title={t("complaint.withdrawTitle")}>
      <Form method="post" noValidate>
        <input type="hidden" name="intent" value="withdraw" />
        <Checkboxes
          label={t("complaint.withdrawText")}
          options={[{ value: "yes", label: t("complaint.withdrawConfirm") }]}
          {...fieldsOf(form)("confirm")}
        />
        <SubmitButton look="danger">{t("complaint.withdrawButton")}</SubmitButton>
      </Form>
    </Section>
  );
}
