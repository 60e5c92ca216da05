import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData } from "@remix-run/react";
import { enterByLink } from "#app/people/enter.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { Alert } from "#app/ui/alert.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { enteredCookies, showingOf } from "./http/session-cookie.server.ts";

export const meta = pageTitle({ key: "signin.linkTitle" });

/** Mail scanners open links: only the button spends this one. */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const { config } = context.portal;
  try {
    const { device } = showingOf(config, request);
    const { session } = await enterByLink(context.portal, params["link"] ?? "", device);
    return redirect("/home", { headers: enteredCookies(config, session) });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { used: true };
  }
}

export default function Enter() {
  const { t } = useWords();
  const spent = useActionData<typeof action>();
  return (
    <Page title={t("signin.linkTitle")} lead={t("signin.linkLead")}>
      {spent ? (
        <Alert kind="error">
          {t("signin.linkUsed")}{" "}
          <Link className="usa-link" to="/sign-in">
            {t("signin.again")}
          </Link>
        </Alert>
      ) : null}
      <Form method="post">
        <SubmitButton>{t("signin.enter")}</SubmitButton>
      </Form>
    </Page>
  );
}
