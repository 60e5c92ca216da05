import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { appointmentSchema, authoritySchema, COURT_KINDS, KINDS, SCOPES } from "#app/people/representative.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import { appointRepresentative, revokeRepresentation } from "#app/requests/representatives/appoint.server.ts";
import { claimAuthority } from "#app/requests/representatives/court-authority.server.ts";
import { listRepresentatives } from "#app/requests/representatives/list-representatives.server.ts";
import { Alert, EmptyState } from "#app/ui/alert.tsx";
import { ButtonLink, Buttons, SubmitButton } from "#app/ui/button.tsx";
import { Checkboxes, RadioGroup } from "#app/ui/choices.tsx";
import { DateInput } from "#app/ui/date-input.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { TextInput } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm, readForm } from "#app/ui/form.ts";
import { formatDate, formatInstant } from "#app/ui/format.ts";
import { REPRESENTATIVE_WORDS, SCOPE_WORDS } from "#app/ui/identity/identity-words.ts";
import { Details, Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Table } from "#app/ui/table.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { attempt, refusalMessage } from "./refusal.ts";
import { actWords } from "./request.acts.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "representatives.title" });

/** Where an hour is shown: the state's own zone. */
const ZONE = "America/Los_Angeles";

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { id = "" } = args.params;
  const { number, listed, acts } = await answering(() => listRepresentatives(args.context.portal, actor, id));
  const done = new URL(args.request.url).searchParams.get("done");
  return { id, number, listed, acts, done: done === "appointed" || done === "revoked" ? done : null };
}

type Data = Awaited<ReturnType<typeof loader>>;

interface Rejected extends RejectedForm {
  intent: string;
}

export async function action(args: ActionFunctionArgs): Promise<Rejected | Response> {
  const actor = requireActor(args);
  const { portal } = args.context;
  const { id: requestId = "" } = args.params;
  // Whose request it is comes first: a stranger is told nothing about fields.
  await answering(() => listRepresentatives(portal, actor, requestId));
  const form = await args.request.formData();
  const intent = String(form.get("intent") ?? "");
  const page = `/request/${requestId}/representatives`;
  const today = localDate(portal.time.now(), ZONE);
  if (intent === "revoke") {
    const representationId = String(form.get("representation") ?? "");
    await answering(() => revokeRepresentation(portal, actor, { requestId, representationId }));
    return redirect(`${page}?done=revoked`);
  }
  if (intent === "claim") {
    const read = readForm(authoritySchema(today), form);
    if (!read.ok) return { ...read, intent };
    const about = { requestId, form: read.value };
    const { refused } = await answering(() => attempt(() => claimAuthority(portal, actor, about)));
    return refused ? { issues: { form: refusalMessage(refused) }, typed: typedIn(form), intent } : redirect(page);
  }
  const read = readForm(appointmentSchema(today), form);
  if (!read.ok) return { ...read, intent: "appoint" };
  const about = { requestId, form: read.value };
  const { refused } = await answering(() => attempt(() => appointRepresentative(portal, actor, about)));
  if (refused === null) return redirect(`${page}?done=appointed`);
  const field = String(refused.params["field"] ?? "form");
  return { issues: { [field]: refusalMessage(refused) }, typed: typedIn(form), intent: "appoint" };
}

/** What was typed, to be drawn again: a form that nothing fits is handed back. */
function typedIn(form: FormData): Record<string, string> {
  const read = readForm(z.never(), form);
  return read.ok ? {} : read.typed;
}

/** Who may act for the resident, what they did, and how to appoint one or take one back. */
export default function Representatives() {
  const { t } = useWords();
  const data = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>() as Rejected | undefined;
  return (
    <Page
      title={t("representatives.title")}
      lead={t("representatives.lead")}
      back={{ to: `/request/${data.id}`, label: t("request.filedTitle", { number: data.number }) }}
    >
      <ErrorSummary issues={rejected?.issues} />
      {data.done === null || rejected ? null : (
        <Alert kind="success" live>
          {t(data.done === "appointed" ? "representatives.appointed" : "representatives.revoked")}
        </Alert>
      )}
      <Appointed data={data} />
      <Appoint rejected={rejected?.intent === "appoint" ? rejected : undefined} />
      <Acts data={data} />
      <Court data={data} rejected={rejected?.intent === "claim" ? rejected : undefined} />
    </Page>
  );
}

function Appointed({ data }: { data: Data }) {
  const { t, locale } = useWords();
  const appointed = data.listed.filter(({ basis }) => basis === "declaration");
  const stateOf = ({ state, endsOn }: Data["listed"][number]) => {
    if (state === "acting") return t("representatives.stateActing", { date: formatDate(endsOn, locale) });
    if (state === "invited") return t("representatives.stateInvited");
    return t(state === "over" ? "representatives.stateOver" : "representatives.stateRevoked");
  };
  return (
    <Section id="listed" title={t("representatives.listTitle")}>
      {appointed.length === 0 ? (
        <EmptyState title={t("representatives.none")} level={3}>
          {t("representatives.noneText")}
        </EmptyState>
      ) : (
        <ul className="usa-list usa-list--unstyled">
          {appointed.map((one) => (
            <li key={one.id}>
              <h3>
                <bdi>{one.name}</bdi>, {t(REPRESENTATIVE_WORDS[one.kind])}
              </h3>
              <p>
                <StatusTag tone={one.state === "acting" ? "good" : "info"}>{stateOf(one)}</StatusTag>{" "}
                <bdi>{one.email}</bdi>
              </p>
              <ul className="usa-list">
                {one.scopes.map((scope) => (
                  <li key={scope}>{t(SCOPE_WORDS[scope])}</li>
                ))}
              </ul>
              {one.state === "acting" || one.state === "invited" ? (
                <Form method="post">
                  <input type="hidden" name="representation" value={one.id} />
                  <SubmitButton name="intent" value="revoke" look="danger">
                    {t("representatives.revoke")}{" "}
                    <span className="usa-sr-only">{t("representatives.revokeOf", { name: one.name })}</span>
                  </SubmitButton>
                </Form>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const SCOPE_HINTS = {
  see: "representatives.scopeSeeHint",
  dispute: "representatives.scopeDisputeHint",
  receive: "representatives.scopeReceiveHint",
} as const;

function Appoint({ rejected }: { rejected: Rejected | undefined }) {
  const { t } = useWords();
  const field = fieldsOf(rejected);
  return (
    <Section id="appoint" title={t("representatives.appointTitle")}>
      <Form method="post" noValidate>
        <RadioGroup
          label={t("representatives.kind")}
          options={KINDS.map((kind) => ({ value: kind, label: t(REPRESENTATIVE_WORDS[kind]) }))}
          {...field("kind")}
        />
        <TextInput label={t("representatives.name")} width="full" autoComplete="off" {...field("name")} />
        <TextInput
          label={t("representatives.email")}
          hint={t("representatives.emailHint")}
          type="email"
          width="full"
          autoComplete="off"
          {...field("email")}
        />
        <Checkboxes
          label={t("representatives.scopes")}
          options={SCOPES.map((scope) => ({ value: scope, label: t(SCOPE_WORDS[scope]), hint: t(SCOPE_HINTS[scope]) }))}
          {...field("scopes")}
        />
        <DateInput label={t("representatives.endsOn")} hint={t("representatives.endsOnHint")} {...field("endsOn")} />
        <Checkboxes
          label={t("representatives.confirm")}
          options={[{ value: "yes", label: t("representatives.confirmYes") }]}
          {...field("confirm")}
        />
        <TextInput label={t("representatives.signature")} width="full" autoComplete="off" {...field("signature")} />
        <p>
          <strong>{t("representatives.neverTitle")}</strong>: {t("representatives.neverText")}
        </p>
        <Buttons>
          <SubmitButton name="intent" value="appoint">
            {t("representatives.appoint")}
          </SubmitButton>
        </Buttons>
      </Form>
    </Section>
  );
}

function Acts({ data }: { data: Data }) {
  const { t, locale } = useWords();
  const say = (act: string) => {
    const { key, params } = actWords(act);
    return t(key as "request.actOther", params as { act: string });
  };
  return (
    <Section id="acts" title={t("representatives.actsTitle")}>
      <p>{t("representatives.actsHint")}</p>
      {data.acts.length === 0 ? (
        <p>{t("representatives.actsNone")}</p>
      ) : (
        <Table
          caption={t("representatives.actsTitle")}
          hideCaption
          columns={[
            { id: "at", label: t("representatives.actAt"), rowHeader: true },
            { id: "what", label: t("representatives.actWhat") },
          ]}
          rows={data.acts.map(({ at, act }, index) => ({
            id: `${at}-${index}`,
            cells: { at: formatInstant(at, ZONE, locale), what: say(act) },
          }))}
        />
      )}
    </Section>
  );
}

function Court({ data, rejected }: { data: Data; rejected: Rejected | undefined }) {
  const { t, locale } = useWords();
  const claimed = data.listed.find(({ basis }) => basis === "court-paper");
  const field = fieldsOf(rejected);
  return (
    <Details summary={t("representatives.courtTitle")} open={claimed !== undefined || rejected !== undefined}>
      <p>{t("representatives.courtText")}</p>
      {claimed ? (
        <>
          <p>
            {t("representatives.courtClaimed", {
              kind: t(REPRESENTATIVE_WORDS[claimed.kind]),
              date: formatDate(claimed.endsOn, locale),
            })}
          </p>
          <ButtonLink to={`/request/${data.id}/upload?purpose=court-paper`}>
            {t("representatives.courtUpload")}
          </ButtonLink>
        </>
      ) : (
        <Form method="post" noValidate>
          <RadioGroup
            label={t("representatives.courtKind")}
            options={COURT_KINDS.map((kind) => ({ value: kind, label: t(REPRESENTATIVE_WORDS[kind]) }))}
            {...field("kind")}
          />
          <TextInput label={t("representatives.ownName")} width="full" autoComplete="name" {...field("name")} />
          <DateInput label={t("representatives.endsOn")} hint={t("representatives.endsOnHint")} {...field("endsOn")} />
          <Checkboxes
            label={t("representatives.confirm")}
            options={[{ value: "yes", label: t("representatives.courtConfirmYes") }]}
            {...field("confirm")}
          />
          <Buttons>
            <SubmitButton name="intent" value="claim" look="outline">
              {t("representatives.courtClaim")}
            </SubmitButton>
          </Buttons>
        </Form>
      )}
    </Details>
  );
}
