import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { enterByCode } from "#app/people/enter.server.ts";
import { takeTurns } from "#app/people/limits.server.ts";
import { readCode, SIGN_IN_MINUTES } from "#app/people/sign-in.ts";
import { Refused } from "#app/platform/failure.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { TextInput } from "#app/ui/field.tsx";
import { fieldsOf, readForm } from "#app/ui/form.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { key } from "#app/ui/words/words.ts";
import { findWanted } from "./back.ts";
import { enteredCookies, findAsker, showingOf } from "./http/session-cookie.server.ts";
import { answering } from "./respond.server.ts";

const form = z.object({
  code: z
    .string({ error: key("signin.codeNeeded") })
    .transform(readCode)
    .refine((code) => /^\d{6}$/.test(code), { error: key("signin.codeNeeded") }),
  to: z.string().optional(),
});

export const meta = pageTitle({ key: "signin.sentTitle" });

export function loader({ request }: LoaderFunctionArgs) {
  return { to: findWanted(new URL(request.url).searchParams.get("to")) ?? "" };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { config } = context.portal;
  const typed = await request.formData();
  const read = readForm(form, typed);
  if (!read.ok) return read;
  await answering(() => takeTurns(context.portal, [["code.network", context.network]]));
  const asker = findAsker(config, request);
  try {
    const { session } = await enterByCode(context.portal, {
      asker: asker ?? "",
      code: read.value.code,
      device: showingOf(config, request).device,
    });
    return redirect(findWanted(read.value.to ?? null) ?? "/home", { headers: enteredCookies(config, session) });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { ok: false as const, issues: { code: { key: key("signin.codeWrong") } }, typed: { code: read.value.code } };
  }
}

export default function SignInCode() {
  const { t } = useWords();
  const { to } = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  const field = fieldsOf(rejected);
  return (
    <Page
      title={t("signin.sentTitle")}
      lead={t("signin.sentLead", { minutes: SIGN_IN_MINUTES })}
      back={{ to: "/sign-in", label: t("signin.otherAddress") }}
    >
      <ErrorSummary issues={rejected?.issues} />
      <Form method="post" noValidate>
        <input type="hidden" name="to" value={to} />
        <TextInput
          label={t("signin.code")}
          hint={t("signin.codeHint")}
          inputMode="numeric"
          autoComplete="one-time-code"
          {...field("code")}
        />
        <SubmitButton>{t("signin.enter")}</SubmitButton>
      </Form>
      <p>{t("signin.noMail")}</p>
      <p>
        <Link className="usa-link" to={to ? `/sign-in?to=${encodeURIComponent(to)}` : "/sign-in"}>
          {t("signin.again")}
        </Link>
      </p>
    </Page>
  );
}
