import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import {
  beginAuthenticator,
  confirmAuthenticator,
  findBegunAuthenticator,
} from "#app/people/factors/authenticators.server.ts";
import { addPasskey, askNewPasskey } from "#app/people/factors/passkeys.server.ts";
import { inGroups } from "#app/people/factors/totp.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { RecoveryCodes } from "#app/ui/factor-ways.tsx";
import { TextInput } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm } from "#app/ui/form.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { PasskeyButton } from "#app/ui/passkey.tsx";
import { QrCode } from "#app/ui/qr-code.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { askingAgain } from "./asking-again.server.ts";
import { findWanted } from "./back.ts";
import { showingOf, shownCookies, tokenCookie } from "./http/session-cookie.server.ts";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering, requireSession, withHeaders } from "./respond.server.ts";

export const meta = pageTitle({ key: "factors.setUpTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const session = requireSession(args);
  const to = wantedIn(args.request);
  if (session.lacks === "factor") throw redirect(`/sign-in/factor?to=${encodeURIComponent(to)}`);
  const { portal } = args.context;
  const begun = await answering(() => askingAgain(args, null, () => findBegunAuthenticator(portal, session)));
  // An agency's word makes no passkey: then the page offers the app alone.
  const { value: passkey } = await attempt(() => askNewPasskey(portal, session));
  const headers = passkey ? tokenCookie(portal.config, "passkey", passkey.token) : [];
  return withHeaders(
    {
      begun: begun && { secret: inGroups(begun.secret), uri: begun.uri },
      passkey: passkey && JSON.stringify(passkey.options),
      forWork: session.holdsRole,
      mustSetUp: session.lacks === "set-up",
    },
    headers,
  );
}

/** What was done, or what was wrong. The codes are in the answer to this one form, and nowhere afterwards. */
type Done =
  | { readonly codes: readonly string[]; readonly next: string; readonly rejected: null }
  | { readonly codes: null; readonly rejected: RejectedForm };

export async function action(args: ActionFunctionArgs) {
  const session = requireSession(args);
  const { portal } = args.context;
  const form = await args.request.formData();
  const to = wantedIn(args.request);
  if (session.lacks === "factor") throw redirect("/sign-in/factor");
  return answering(() =>
    askingAgain(args, form, async (): Promise<Done | Response> => {
      const intent = form.get("intent");
      if (intent === "begin") {
        await beginAuthenticator(portal, session);
        return redirect(to ? `/account/set-up?to=${encodeURIComponent(to)}#app` : "/account/set-up#app");
      }
      const showing = showingOf(portal.config, args.request);
      const { value: set, refused } = await attempt(() =>
        intent === "passkey"
          ? addPasskey(portal, session, { ...showing, answer: String(form.get("answer") ?? "") })
          : confirmAuthenticator(portal, session, { ...showing, code: String(form.get("code") ?? "") }),
      );
      if (refused) {
        const field = intent === "passkey" ? "form" : "code";
        const rejected = { issues: { [field]: refusalMessage(refused) }, typed: {} };
        return { codes: null, rejected };
      }
      const headers = shownCookies(portal.config, set);
      if (set.codes === null) throw redirect(to || "/account", { headers });
      // The page has a new session by then: where to go on stands beside the codes.
      const next = to || (session.lacks === "set-up" ? "/home" : "/account");
      return withHeaders<Done>({ codes: set.codes, next, rejected: null }, headers);
    }),
  );
}

export default function SetUp() {
  const { t } = useWords();
  const { begun, passkey, forWork, mustSetUp } = useLoaderData<typeof loader>();
  const done = useActionData<Done>();
  if (done?.codes) {
    return (
      <Page title={t("factors.codesTitle")}>
        <RecoveryCodes codes={done.codes} to={done.next} />
      </Page>
    );
  }
  const rejected = done?.rejected ?? undefined;
  return (
    <Page
      title={t("factors.setUpTitle")}
      lead={forWork ? t("factors.setUpNeeded") : t("factors.setUpLead")}
      {...(mustSetUp ? {} : { back: { to: "/account", label: t("factors.accountTitle") } })}
    >
      <ErrorSummary issues={rejected?.issues} />
      {forWork ? null : <p>{t("factors.setUpResident")}</p>}
      <Section id="app" title={t("factors.appTitle")}>
        <p>{t("factors.appHelp")}</p>
        {begun ? <Begun begun={begun} rejected={rejected} /> : null}
        <Form method="post">
          <SubmitButton name="intent" value="begin" look={begun ? "outline" : "primary"}>
            {begun ? t("factors.appBeginAgain") : t("factors.appBegin")}
          </SubmitButton>
        </Form>
      </Section>
      {passkey ? (
        <Section id="passkey" title={t("factors.passkeyTitle")}>
          <p>{t("factors.passkeyHelp")}</p>
          <PasskeyButton question={{ make: passkey }}>{t("factors.passkeyMake")}</PasskeyButton>
        </Section>
      ) : null}
    </Page>
  );
}

function Begun(props: { begun: { secret: string; uri: string }; rejected: RejectedForm | undefined }) {
  const { t } = useWords();
  return (
    <>
      <p>{t("factors.appScan")}</p>
      <QrCode text={props.begun.uri} label={t("factors.appPicture")} />
      <p>
        {t("factors.appType")}: <code className="wl-address">{props.begun.secret}</code>
      </p>
      <Form method="post" noValidate>
        <TextInput
          label={t("factors.appThen")}
          inputMode="numeric"
          autoComplete="one-time-code"
          {...fieldsOf(props.rejected)("code")}
        />
        <SubmitButton name="intent" value="confirm">
          {t("factors.setUpFinish")}
        </SubmitButton>
      </Form>
    </>
  );
}

const wantedIn = (request: Request) => findWanted(new URL(request.url).searchParams.get("to")) ?? "";
