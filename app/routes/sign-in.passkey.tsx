import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { askPasskey, enterByPasskey } from "#app/people/factors/passkeys.server.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import type { RejectedForm } from "#app/ui/form.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { PasskeyButton } from "#app/ui/passkey.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { findWanted } from "./back.ts";
import { showingOf, shownCookies, tokenCookie } from "./http/session-cookie.server.ts";
import { attempt, refusalMessage } from "./refusal.ts";
import { withHeaders } from "./respond.server.ts";

export const meta = pageTitle({ key: "factors.wayPasskey" });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { options, token } = await askPasskey(context.portal, null);
  const to = findWanted(new URL(request.url).searchParams.get("to")) ?? "";
  return withHeaders({ question: JSON.stringify(options), to }, tokenCookie(context.portal.config, "passkey", token));
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { portal } = context;
  const form = await request.formData();
  const showing = { ...showingOf(portal.config, request), answer: String(form.get("answer") ?? "") };
  const { value, refused } = await attempt(() => enterByPasskey(portal, showing));
  if (refused) return { issues: { form: refusalMessage(refused) }, typed: {} } satisfies RejectedForm;
  const to = findWanted(String(form.get("to") ?? "")) ?? "/home";
  return redirect(to, { headers: shownCookies(portal.config, value) });
}

/** A passkey as the whole sign-in: it knows its account, and is two factors. */
export default function SignInPasskey() {
  const { t } = useWords();
  const { question, to } = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  return (
    <Page
      title={t("factors.wayPasskey")}
      lead={t("factors.wayPasskeyLead")}
      back={{ to: "/sign-in", label: t("signin.title") }}
    >
      <ErrorSummary issues={rejected?.issues} />
      <PasskeyButton question={{ show: question }} hidden={{ to }}>
        {t("factors.passkeyShow")}
      </PasskeyButton>
      <p>
        <Link className="usa-link" to={to ? `/sign-in?to=${encodeURIComponent(to)}` : "/sign-in"}>
          {t("factors.wayMail")}
        </Link>
      </p>
    </Page>
  );
}
