import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { askOwnSignIn } from "#app/people/ask-sign-in.server.ts";
import { proveByMail } from "#app/people/enter.server.ts";
import { listWays } from "#app/people/factors/list-ways.server.ts";
import { isFresh } from "#app/people/session.ts";
import { SIGN_IN_MINUTES } from "#app/people/sign-in.ts";
import { getDraft } from "#app/people/step-up-drafts.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { ButtonLink, Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { FactorWays, LostEverything } from "#app/ui/factor-ways.tsx";
import { TextInput } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm } from "#app/ui/form.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { askerCookie, enteredCookies, findAsker, shownCookies, tokenCookie } from "./http/session-cookie.server.ts";
import { attempt } from "./refusal.ts";
import { answering, requireActor, requireSession, withHeaders } from "./respond.server.ts";
import { showWay } from "./show-way.server.ts";

export const meta = pageTitle({ key: "factors.againTitle" });

/** Asks again for the proof, and then leads on with what was typed. */
export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const session = requireSession(args);
  const { portal } = args.context;
  const { draftId = "" } = args.params;
  const draft = await answering(() => getDraft(portal, actor, draftId));
  const back = draft.path.replace(/\?index=?$/, "");
  if (isFresh(actor, portal.time.now())) return { ready: draft, back, ways: null, draftId };
  const { ways, token } = await listWays(portal, session);
  const headers = token === null ? [] : tokenCookie(portal.config, "passkey", token);
  return withHeaders({ ready: null, back, ways, draftId }, headers);
}

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const session = requireSession(args);
  const { portal, locale } = args.context;
  const { draftId = "" } = args.params;
  await answering(() => getDraft(portal, actor, draftId));
  const here = `/step-up/${draftId}`;
  const form = await args.request.formData();
  if (form.get("intent") === "mail-send") {
    const { asker } = await askOwnSignIn(portal, actor, locale);
    return redirect(`${here}?sent`, { headers: askerCookie(portal.config, asker) });
  }
  if (form.get("intent") === "mail") {
    const code = String(form.get("mailCode") ?? "");
    const asker = findAsker(portal.config, args.request) ?? "";
    const { value, refused } = await attempt(() => proveByMail(portal, session, { asker, code }));
    if (refused) return { issues: { mailCode: { key: "factors.mailCodeWrong" } }, typed: {} } satisfies RejectedForm;
    return redirect(here, { headers: enteredCookies(portal.config, value) });
  }
  const { shown, rejected } = await showWay(args, session, form);
  return shown ? redirect(here, { headers: shownCookies(portal.config, shown) }) : rejected;
}

export default function StepUp() {
  const { t } = useWords();
  const { ready, back, ways, draftId } = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  if (ready) return <Ready fields={ready.fields} path={ready.path} back={back} />;
  return (
    <Page title={t("factors.againTitle")} lead={t("factors.againLead")}>
      <ErrorSummary issues={rejected?.issues} />
      <FactorWays ways={ways} to="" rejected={rejected}>
        {ways.mail ? <MailWay rejected={rejected} /> : null}
        {ways.agency ? (
          <p>
            <a className="usa-link" href={`/sign-in/agency/${ways.agency}/go?again=${draftId}`}>
              {t("factors.wayAgency")}
            </a>
          </p>
        ) : null}
      </FactorWays>
      {ways.mail ? null : <LostEverything />}
      <p>
        <Link className="usa-link" to={back}>
          {t("factors.dontSend")}
        </Link>
      </p>
    </Page>
  );
}

function Ready(props: { path: string; back: string; fields: [string, string][] | null }) {
  const { t } = useWords();
  return (
    <Page title={t("factors.readyTitle")} lead={props.fields ? t("factors.readyForm") : t("factors.readyPage")}>
      {props.fields ? (
        <Form method="post" action={props.path}>
          {props.fields.map(([name, value], index) => (
            // A name may stand there several times, and its order counts.
            // biome-ignore lint/suspicious/noArrayIndexKey: the fields are fixed
            <input key={index} type="hidden" name={name} value={value} />
          ))}
          <Buttons>
            <SubmitButton>{t("factors.readySend")}</SubmitButton>
            <ButtonLink to={props.back} look="outline">
              {t("factors.dontSend")}
            </ButtonLink>
          </Buttons>
        </Form>
      ) : (
        <ButtonLink to={props.path}>{t("factors.readyOpen")}</ButtonLink>
      )}
    </Page>
  );
}

/** For who has only the mail: a code anew. */
function MailWay({ rejected }: { rejected: RejectedForm | undefined }) {
  const { t } = useWords();
  const [query] = useSearchParams();
  return (
    <Section id="mail" title={t("factors.mailTitle")}>
      {query.has("sent") ? <Alert kind="info">{t("factors.mailSent", { minutes: SIGN_IN_MINUTES })}</Alert> : null}
      <Form method="post">
        <SubmitButton name="intent" value="mail-send">
          {t("factors.mailSend")}
        </SubmitButton>
      </Form>
      <Form method="post" noValidate>
        <TextInput
          label={t("factors.mailCode")}
          inputMode="numeric"
          autoComplete="one-time-code"
          {...fieldsOf(rejected)("mailCode")}
        />
        <SubmitButton name="intent" value="mail" look="outline">
          {t("factors.goOn")}
        </SubmitButton>
      </Form>
    </Section>
  );
}
