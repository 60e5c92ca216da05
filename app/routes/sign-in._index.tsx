import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { emailAddress } from "#app/people/account.ts";
import { askSignIn } from "#app/people/ask-sign-in.server.ts";
import { takeTurns } from "#app/people/limits.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { OtherWays } from "#app/ui/factor-ways.tsx";
import { TextInput } from "#app/ui/field.tsx";
import { fieldsOf, readForm } from "#app/ui/form.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { key } from "#app/ui/words/words.ts";
import { findWanted } from "./back.ts";
import { askerCookie } from "./http/session-cookie.server.ts";
import { answering } from "./respond.server.ts";

const form = z.object({
  email: z.string({ error: key("signin.emailNeeded") }).refine((text) => emailAddress.safeParse(text).success, {
    error: key("signin.emailWrong"),
  }),
  to: z.string().optional(),
});

export const meta = pageTitle({ key: "signin.title" });

export function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  return { to: findWanted(searchParams.get("to")) ?? "", left: searchParams.has("left") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const read = readForm(form, await request.formData());
  if (!read.ok) return read;
  await answering(() => takeTurns(context.portal, [["sign-in.network", context.network]]));
  const { asker } = await askSignIn(context.portal, { email: read.value.email, locale: context.locale });
  const to = findWanted(read.value.to ?? null);
  return redirect(to ? `/sign-in/code?to=${encodeURIComponent(to)}` : "/sign-in/code", {
    headers: askerCookie(context.portal.config, asker),
  });
}

export default function SignIn() {
  const { t } = useWords();
  const { to, left } = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  const field = fieldsOf(rejected);
  return (
    <Page title={t("signin.title")} lead={to ? `${t("signin.needed")} ${t("signin.lead")}` : t("signin.lead")}>
      {left ? <Alert kind="success">{t("signin.signedOut")}</Alert> : null}
      <ErrorSummary issues={rejected?.issues} />
      <Form method="post" noValidate>
        <input type="hidden" name="to" value={to} />
        <TextInput
          label={t("signin.email")}
          hint={t("signin.emailHint")}
          type="email"
          autoComplete="email"
          {...field("email")}
        />
        <SubmitButton>{t("signin.send")}</SubmitButton>
      </Form>
      <p>{t("signin.staff")}</p>
      <OtherWays to={to} />
      <p>
        <Link className="usa-link" to="/privacy">
          {t("common.privacy")}
        </Link>
      </p>
    </Page>
  );
}
