import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { listWays } from "#app/people/factors/list-ways.server.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { FactorWays, LostEverything } from "#app/ui/factor-ways.tsx";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { findWanted } from "./back.ts";
import { shownCookies, tokenCookie } from "./http/session-cookie.server.ts";
import { requireSession, withHeaders } from "./respond.server.ts";
import { showWay } from "./show-way.server.ts";

export const meta = pageTitle({ key: "factors.showTitle" });

/** The second step of signing in. */
export async function loader(args: LoaderFunctionArgs) {
  const session = requireSession(args);
  const to = findWanted(new URL(args.request.url).searchParams.get("to")) ?? "";
  if (session.lacks === "nothing") throw redirect(to || "/home");
  if (session.lacks === "set-up") throw redirect(`/account/set-up?to=${encodeURIComponent(to)}`);
  const { portal } = args.context;
  const { ways, token } = await listWays(portal, session);
  return withHeaders({ ways, to }, token === null ? [] : tokenCookie(portal.config, "passkey", token));
}

export async function action(args: ActionFunctionArgs) {
  const session = requireSession(args);
  const form = await args.request.formData();
  const to = findWanted(String(form.get("to") ?? "")) ?? "/home";
  if (session.lacks !== "factor") throw redirect(to);
  const { shown, rejected } = await showWay(args, session, form);
  if (!shown) return rejected;
  return redirect(to, { headers: shownCookies(args.context.portal.config, shown) });
}

export default function ShowFactor() {
  const { t } = useWords();
  const { ways, to } = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  return (
    <Page title={t("factors.showTitle")} lead={t("factors.showLead")}>
      <ErrorSummary issues={rejected?.issues} />
      <FactorWays ways={ways} to={to} rejected={rejected} />
      <LostEverything />
      <Form method="post" action="/sign-out" reloadDocument>
        <p>
          <button className="usa-button usa-button--unstyled" type="submit">
            {t("common.signOut")}
          </button>
        </p>
      </Form>
    </Page>
  );
}
