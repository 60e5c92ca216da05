import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { proveByCode } from "#app/requests/identity/code-letter.server.ts";
import { getMyIdentity } from "#app/requests/identity/my-identity.server.ts";
import { withdrawUpload } from "#app/requests/identity/uploads.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { ButtonLink, Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { TextInput } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm, readForm } from "#app/ui/form.ts";
import { formatDate, formatInstant } from "#app/ui/format.ts";
import { formatBytes, MissingWays, ProofList, VerdictList } from "#app/ui/identity/identity-parts.tsx";
import { KIND_WORDS, PURPOSE_WORDS, WAY_WORDS } from "#app/ui/identity/identity-words.ts";
import { Details, Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { key } from "#app/ui/words/words.ts";
import { findOwn, ownCookie } from "./http/session-cookie.server.ts";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "identity.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal } = args.context;
  const identity = await answering(() => getMyIdentity(portal, actor, args.params["id"] ?? ""));
  const done = new URL(args.request.url).searchParams.get("done");
  return {
    ...identity,
    done: done === "code" || done === "upload" ? done : null,
    cases: identity.cases.map(({ identifiers, letter, uploads, ...one }) => ({
      ...one,
      identifiers: identifiers.map(({ check, proofs, verdicts, ...each }) => ({
        ...each,
        check: check && { verdict: check.verdict, validFrom: check.validFrom, validTo: check.validTo },
        proofs: proofs.map(({ by, at, ...proof }) => ({ ...proof, byResident: by === null, at: at.toISOString() })),
        verdicts: verdicts.map(({ at, ...verdict }) => ({ ...verdict, at: at.toISOString() })),
      })),
      letter: letter && {
        printedAt: letter.printedAt.toISOString(),
        expiresAt: letter.expiresAt.toISOString(),
        triesLeft: letter.triesLeft,
      },
      uploads: uploads.map(({ at, ...upload }) => ({ ...upload, at: at.toISOString() })),
    })),
  };
}

type Mine = Awaited<ReturnType<typeof loader>>;
type MyCase = Mine["cases"][number];

const codeForm = z.object({
  case: z.string(),
  code: z.string({ error: key("identity.codeNeeded") }).max(60, { error: key("errors.tooLong") }),
});

interface Rejected extends RejectedForm {
  caseId: string;
}

export async function action(args: ActionFunctionArgs): Promise<Rejected | Response> {
  const actor = requireActor(args);
  const { portal } = args.context;
  const { id: requestId = "" } = args.params;
  const form = await args.request.formData();
  const caseId = String(form.get("case") ?? "");
  if (form.get("intent") === "withdraw") {
    const uploadId = String(form.get("upload") ?? "");
    await answering(() => withdrawUpload(portal, actor, { requestId, caseId, uploadId }));
    return redirect(`/request/${requestId}/identity`);
  }
  const read = readForm(codeForm, form);
  // Whose request it is comes first: a stranger is told nothing about fields.
  const code = read.ok ? read.value.code : "";
  const typed = { requestId, caseId, code, browser: findOwn(portal.config, args.request) };
  const tried = await answering(() => attempt(() => proveByCode(portal, actor, typed)));
  if (!read.ok) return { ...read, caseId };
  if (tried.refused === null) {
    const headers = ownCookie(portal.config, tried.value.browser);
    return redirect(`/request/${requestId}/identity?done=code`, { headers });
  }
  return { issues: { code: refusalMessage(tried.refused) }, typed: { code: read.value.code }, caseId };
}

/** What is proved, what is missing, and how it can be proved: agency by agency, number by number. */
export default function ProveIdentity() {
  const { t } = useWords();
  const mine = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>() as Rejected | undefined;
  return (
    <Page
      title={t("identity.title")}
      lead={t("identity.lead")}
      back={{ to: `/request/${mine.requestId}`, label: t("request.filedTitle", { number: mine.number }) }}
    >
      <ErrorSummary issues={rejected?.issues} />
      {mine.done === null || rejected ? null : (
        <Alert kind="success" live>
          {t(mine.done === "code" ? "identity.codeDone" : "identity.uploadDone")}
        </Alert>
      )}
      {mine.mayProve ? null : <Alert kind="info">{t("identity.forOther")}</Alert>}
      {mine.cases.map((one) => (
        <CaseProofs
          key={one.caseId}
          one={one}
          mine={mine}
          rejected={rejected?.caseId === one.caseId ? rejected : undefined}
        />
      ))}
    </Page>
  );
}

function CaseProofs({ one, mine, rejected }: { one: MyCase; mine: Mine; rejected: Rejected | undefined }) {
  const { t } = useWords();
  const { agency } = one;
  return (
    <Section id={`case-${one.caseId}`} title={t("identity.caseTitle", { agency: agency.name, number: one.number })}>
      {one.letter && mine.mayProve ? <CodeForm one={one} letter={one.letter} rejected={rejected} /> : null}
      {one.identifiers.map((identifier) => (
        <MyIdentifier key={identifier.identifierId} identifier={identifier} zone={agency.zone} />
      ))}
      <p>{t("request.office", { unit: agency.unit, address: agency.address.join(", ") })}</p>
      <Uploads one={one} mine={mine} />
    </Section>
  );
}

function MyIdentifier({ identifier, zone }: { identifier: MyCase["identifiers"][number]; zone: string }) {
  const { t, locale } = useWords();
  const { kind, value, claimedFrom, claimedTo, check, proofs, missing, verdicts } = identifier;
  const from = formatDate(claimedFrom, locale);
  return (
    <>
      <h3>
        {t(KIND_WORDS[kind])} <bdi>{value}</bdi>
      </h3>
      <p>
        <State check={check} />{" "}
        {claimedTo === null
          ? t("identity.claimedStill", { from })
          : t("identity.claimed", { from, to: formatDate(claimedTo, locale) })}
      </p>
      {check?.verdict === "verified" ? (
        <p>{t("identity.otherDays")}</p>
      ) : (
        <>
          <p>
            <strong>{t("identity.missingTitle")}</strong>
          </p>
          <MissingWays missing={missing} words={WAY_WORDS} />
        </>
      )}
      {proofs.length + verdicts.length > 0 ? (
        <Details summary={t("identity.proofsTitle")}>
          <ProofList proofs={proofs} zone={zone} />
          <VerdictList verdicts={verdicts} zone={zone} />
        </Details>
      ) : null}
    </>
  );
}

function State({ check }: { check: MyCase["identifiers"][number]["check"] }) {
  const { t, locale } = useWords();
  if (check === null) return <StatusTag tone="warn">{t("identity.stateWaiting")}</StatusTag>;
  if (check.verdict === "refused" || check.validFrom === null) {
    return <StatusTag tone="bad">{t("identity.stateRefused")}</StatusTag>;
  }
  const from = formatDate(check.validFrom, locale);
  const to = check.validTo === null ? null : formatDate(check.validTo, locale);
  return (
    <StatusTag tone="good">
      {to === null ? t("identity.stateVerifiedStill", { from }) : t("identity.stateVerified", { from, to })}
    </StatusTag>
  );
}

function CodeForm(props: { one: MyCase; letter: NonNullable<MyCase["letter"]>; rejected: Rejected | undefined }) {
  const { t, locale } = useWords();
  const { one, letter, rejected } = props;
  const { zone } = one.agency;
  const field = fieldsOf(rejected);
  return (
    <Alert kind="info" title={t("identity.codeTitle")} level={3}>
      <p>
        {t("identity.codeLead", {
          date: formatInstant(letter.printedAt, zone, locale),
          until: formatInstant(letter.expiresAt, zone, locale),
        })}{" "}
        {t("identity.codeTries", { tries: letter.triesLeft })}
      </p>
      <p>{t("identity.codeNotYou")}</p>
      <Form method="post" noValidate>
        <input type="hidden" name="case" value={one.caseId} />
        <TextInput
          label={t("identity.code")}
          hint={t("identity.codeHint")}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          {...field("code")}
        />
        <Buttons>
          <SubmitButton name="intent" value="code">
            {t("identity.codeSend")}
          </SubmitButton>
        </Buttons>
      </Form>
    </Alert>
  );
}

function Uploads({ one, mine }: { one: MyCase; mine: Mine }) {
  const { t, locale } = useWords();
  const date = (at: string) => formatInstant(at, one.agency.zone, locale);
  return (
    <>
      <h3>{t("identity.uploadsTitle")}</h3>
      <p>{t("identity.uploadsWhen")}</p>
      {one.uploads.length === 0 ? <p>{t("identity.uploadsNone")}</p> : null}
      <ul className="usa-list">
        {one.uploads.map((upload) => (
          <li key={upload.id}>
            {t("identity.uploadItem", {
              purpose: t(PURPOSE_WORDS[upload.purpose]),
              date: date(upload.at),
              size: formatBytes(upload.bytes, locale),
            })}
            {mine.mayProve ? (
              <Form method="post">
                <input type="hidden" name="case" value={one.caseId} />
                <input type="hidden" name="upload" value={upload.id} />
                <SubmitButton name="intent" value="withdraw" look="outline">
                  {t("identity.uploadWithdraw")}{" "}
                  <span className="usa-sr-only">{t("identity.uploadWithdrawOf", { date: date(upload.at) })}</span>
                </SubmitButton>
              </Form>
            ) : null}
          </li>
        ))}
      </ul>
      {mine.mayProve ? (
        <p>
          <ButtonLink to={`/request/${mine.requestId}/upload?case=${one.caseId}`} look="outline">
            {t("identity.uploadLink")}
          </ButtonLink>{" "}
          <Link className="usa-link" reloadDocument to={`/request/${mine.requestId}/statement/${one.caseId}`}>
            {t("identity.statement")}
          </Link>
        </p>
      ) : null}
    </>
  );
}
