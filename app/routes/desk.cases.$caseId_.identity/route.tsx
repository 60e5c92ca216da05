import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { formatDate, formatInstant } from "#app/ui/format.ts";
import { formatBytes } from "#app/ui/identity/identity-parts.tsx";
import { PURPOSE_WORDS, REPRESENTATIVE_WORDS, SCOPE_WORDS } from "#app/ui/identity/identity-words.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "../respond.server.ts";
import { actOnIdentity } from "./act.server.ts";
import { JudgedIdentifier, Policy } from "./judged.tsx";
import { CodeLetters } from "./letters.tsx";
import { type IdentityData, loadIdentity } from "./load-identity.server.ts";

export const meta = pageTitle({ key: "identity.deskTitle" });

export const loader = (args: LoaderFunctionArgs) => loadIdentity(args);

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const form = await args.request.formData();
  const { caseId = "" } = args.params;
  const rejected = await answering(() => actOnIdentity(args.context.portal, actor, caseId, form));
  return rejected ?? redirect(`/desk/cases/${caseId}/identity`);
}

/** All that an agency was shown of who asks: proofs, letters, files, and the verdicts on each identifier. */
export default function IdentityPage() {
  const { t, locale } = useWords();
  const desk = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  const kinds = [...new Set(desk.identifiers.map(({ kind }) => kind))];
  return (
    <Page
      title={t("identity.deskTitle")}
      kicker={`${desk.agencyName}, ${desk.number}`}
      lead={t("identity.deskLead")}
      back={{ to: `/desk/cases/${desk.caseId}`, label: t("identity.deskBack") }}
    >
      <ErrorSummary issues={rejected?.issues} />
      <Section id="person" title={t("desk.personTitle")}>
        <SummaryList
          items={[
            { label: t("desk.personName"), value: <bdi>{desk.residentName}</bdi> },
            { label: t("desk.personBirth"), value: formatDate(desk.birthDate, locale) },
          ]}
        />
        <p>
          {desk.waitingSince === null
            ? t("identity.notWaiting")
            : t("identity.waiting", { date: formatDate(desk.waitingSince, locale) })}{" "}
          <Link className="usa-link" to={`/desk/cases/${desk.caseId}/clock`}>
            {t("identity.askLink")}
          </Link>
        </p>
      </Section>
      {desk.authorities.length > 0 ? <Authorities desk={desk} /> : null}
      <Section id="identifiers" title={t("desk.identifiersTitle")}>
        <ul className="usa-list usa-list--unstyled">
          {desk.identifiers.map((one) => (
            <JudgedIdentifier key={one.identifierId} one={one} desk={desk} rejected={rejected} />
          ))}
        </ul>
        {kinds.map((kind) => (
          <Policy key={kind} kind={kind} />
        ))}
      </Section>
      <Uploads desk={desk} />
      <CodeLetters desk={desk} rejected={rejected} />
      {desk.representatives.length > 0 ? (
        <Section id="acting" title={t("identity.actingTitle")}>
          <ul className="usa-list">
            {desk.representatives.map(({ kind, scopes }) => (
              <li key={`${kind}-${scopes.join()}`}>
                {t("identity.actingItem", {
                  kind: t(REPRESENTATIVE_WORDS[kind]),
                  scopes: scopes.map((scope) => t(SCOPE_WORDS[scope])).join(", "),
                })}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </Page>
  );
}

function Uploads({ desk }: { desk: IdentityData }) {
  const { t, locale } = useWords();
  return (
    <Section id="uploads" title={t("identity.uploadsDeskTitle")}>
      <p>{t("identity.uploadOpenLogged")}</p>
      {desk.uploads.length === 0 ? <p>{t("identity.uploadsNone")}</p> : null}
      <ul className="usa-list">
        {desk.uploads.map((upload) => (
          <li key={upload.id}>
            {t("identity.uploadItem", {
              purpose: t(PURPOSE_WORDS[upload.purpose]),
              date: formatInstant(upload.at, desk.zone, locale),
              size: formatBytes(upload.bytes, locale),
            })}{" "}
            {desk.mayCheck ? (
              <Link
                className="usa-link"
                reloadDocument
                to={
                  upload.mediaType === "application/pdf"
                    ? `/desk/cases/${desk.caseId}/upload/${upload.id}`
                    : `/desk/cases/${desk.caseId}/identity/picture/${upload.id}`
                }
              >
                {t(upload.mediaType === "application/pdf" ? "identity.uploadGet" : "identity.uploadOpen")}
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Authorities({ desk }: { desk: IdentityData }) {
  const { t, locale } = useWords();
  return (
    <Section id="authority" title={t("identity.authorityTitle")}>
      {desk.authorities.map(({ id, kind, name, endsOn, verdict }) => (
        <Alert key={id} kind={verdict === "accepted" ? "success" : "warning"}>
          <p>
            {t("identity.authorityText", {
              name,
              kind: t(REPRESENTATIVE_WORDS[kind]),
              date: formatDate(endsOn, locale),
            })}{" "}
            <StatusTag tone={verdict === "accepted" ? "good" : "warn"}>
              {t(
                verdict === null
                  ? "identity.authorityOpen"
                  : verdict === "accepted"
                    ? "identity.authorityAccepted"
                    : "identity.authorityRefused",
              )}
            </StatusTag>
          </p>
          {desk.mayCheck ? (
            <Form method="post">
              <input type="hidden" name="representation" value={id} />
              <Buttons>
                <SubmitButton name="intent" value="accept-authority">
                  {t("identity.authorityAccept")}
                </SubmitButton>
                <SubmitButton name="intent" value="refuse-authority" look="outline">
                  {t("identity.authorityRefuse")}
                </SubmitButton>
              </Buttons>
            </Form>
          ) : null}
        </Alert>
      ))}
    </Section>
  );
}
