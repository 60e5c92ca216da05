import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { Alert } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { Checkboxes } from "#app/ui/choices.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { TextInput } from "#app/ui/field.tsx";
import { type FieldState, fieldsOf } from "#app/ui/form.ts";
import { formatDate } from "#app/ui/format.ts";
import { ExtendFields } from "#app/ui/letter/extend-fields.tsx";
import { LetterPreview } from "#app/ui/letter/letter-preview.tsx";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "../respond.server.ts";
import { type Answered, act } from "./act.server.ts";
import { casesAsked, type LoadedCase, loadCases } from "./load-cases.server.ts";

export const meta = pageTitle({ key: "letters.extendTitle" });

export const loader = (args: LoaderFunctionArgs) => loadCases(args);

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const caseIds = casesAsked(args.request.url);
  const form = await args.request.formData();
  const answered = await answering(() => act({ portal, actor, caseIds, form, locale }));
  if (typeof answered !== "number") return answered;
  const page = new URLSearchParams([...caseIds.map((id) => ["case", id]), ["done", String(answered)]]);
  return redirect(`/desk/extend?${page}`);
}

/** More time in several cases: each with its own ground, length, letter and tick; nothing is done to all at once. */
export default function ExtendCases() {
  const { t } = useWords();
  const { cases, done } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const extended = answered ? answered.extended : done;
  const previews = answered?.previews ?? [];
  return (
    <Page
      title={t("letters.extendTitle")}
      lead={t("letters.extendAllLead")}
      back={{ to: "/desk", label: t("letters.extendToCases") }}
      wide
    >
      <ErrorSummary issues={answered?.issues} />
      {extended > 0 ? (
        <Alert kind="success" live>
          {t("letters.extendDone", { count: extended })}
        </Alert>
      ) : null}
      {answered && previews.length > 0 ? (
        <Previews answered={answered} cases={cases} />
      ) : (
        <Choose cases={cases.filter(({ whyNot }) => whyNot === null)} answered={answered} />
      )}
      <Impossible cases={cases.filter(({ whyNot }) => whyNot !== null)} />
    </Page>
  );
}

/** The address of this page with its cases, for its own forms. */
function useOwnAddress(): string {
  const [search] = useSearchParams();
  return `?${new URLSearchParams(search.getAll("case").map((id) => ["case", id]))}`;
}

function Choose({ cases, answered }: { cases: readonly LoadedCase[]; answered: Answered | undefined }) {
  const { t } = useWords();
  const here = useOwnAddress();
  if (cases.length === 0) return null;
  const lengths = cases.map(({ caseId, extension }) => [`length-${caseId}`, String(extension?.maximum ?? "")]);
  const field = fieldsOf(answered, Object.fromEntries(lengths));
  return (
    <Form method="post" action={here} noValidate>
      {cases.map((one) => (
        <CaseFields key={one.caseId} one={one} field={field} />
      ))}
      <TextInput label={t("letters.signer")} hint={t("letters.signerHint")} {...field("signer")} />
      <Buttons>
        <SubmitButton name="intent" value="preview">
          {t("letters.extendShow")}
        </SubmitButton>
      </Buttons>
    </Form>
  );
}

function CaseFields({ one, field }: { one: LoadedCase; field: (name: string) => FieldState }) {
  const { t, locale } = useWords();
  const { caseId, number, extension } = one;
  if (!extension) return null;
  const { who, says, cite, noticeDue } = extension;
  return (
    <Section id={`case-${caseId}`} title={t("letters.extendOne", { number })}>
      <p>
        {t("letters.dateDue")} {formatDate(one.due.slice(0, 10), locale)}.{" "}
        <Link className="usa-link" to={`/desk/cases/${caseId}/clock`}>
          {t("letters.extendOpenCase")} <span className="usa-sr-only">{number}</span>
        </Link>
      </p>
      <p>{t("letters.extendLead", { who, says, cite, date: formatDate(noticeDue, locale) })}</p>
      <fieldset className="usa-fieldset">
        <legend className="usa-sr-only">{t("letters.extendOne", { number })}</legend>
        <ExtendFields grounds={one.grounds} extension={extension} field={field} name={(own) => `${own}-${caseId}`} />
        <Checkboxes
          label={t("letters.extendTake")}
          options={[{ value: "yes", label: t("letters.extendLooked") }]}
          {...field(`take-${caseId}`)}
        />
      </fieldset>
    </Section>
  );
}

/** The second step: every letter, to read before any of them goes. */
function Previews({ answered, cases }: { answered: Answered; cases: readonly LoadedCase[] }) {
  const { t } = useWords();
  const here = useOwnAddress();
  const { previews } = answered;
  const left = cases.filter((one) => one.whyNot === null && !previews.some(({ caseId }) => caseId === one.caseId));
  return (
    <>
      <p>{t("letters.previewLead")}</p>
      {previews.map((preview) => (
        <Section
          key={preview.caseId}
          id={`letter-${preview.caseId}`}
          title={t("letters.extendOne", { number: preview.number })}
        >
          <LetterPreview preview={preview} />
        </Section>
      ))}
      {left.length === 0 ? null : (
        <p>
          {t("letters.extendLeftOut")}: {left.map(({ number }) => number).join(", ")}
        </p>
      )}
      <Form method="post" action={here}>
        {answered.carried.map(([name, value]) => (
          <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
        ))}
        {previews.map(({ caseId, digest }) => (
          <input key={caseId} type="hidden" name={`digest-${caseId}`} value={digest} />
        ))}
        <Buttons>
          <SubmitButton name="intent" value="send">
            {t("letters.extendSend", { count: previews.length })}
          </SubmitButton>
          <SubmitButton name="intent" value="change" look="outline">
            {t("letters.change")}
          </SubmitButton>
        </Buttons>
      </Form>
    </>
  );
}

function Impossible({ cases }: { cases: readonly LoadedCase[] }) {
  const { t, say } = useWords();
  if (cases.length === 0) return null;
  return (
    <Section id="impossible" title={t("letters.extendImpossible")}>
      <ul className="usa-list">
        {cases.map(({ caseId, number, whyNot }) => (
          <li key={caseId}>
            {number}: {whyNot ? say(whyNot) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
