import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { z } from "zod";
import { emailAddress } from "#app/people/account.ts";
import { getAccount } from "#app/people/accounts.server.ts";
import { askContactChange, confirmContactChange, hasPendingChange } from "#app/people/change-contact.server.ts";
import { CONTACT_CODE_MINUTES, FREEZE_DAYS, UNDO_DAYS } from "#app/people/contact-change.ts";
import { findFreeze } from "#app/people/freeze.server.ts";
import { readCode } from "#app/people/sign-in.ts";
import { Alert } from "#app/ui/alert.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { TextInput } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm, readForm } from "#app/ui/form.ts";
import { formatInstant } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { key } from "#app/ui/words/words.ts";
import { askingAgain } from "./asking-again.server.ts";
import { findSession } from "./http/session-cookie.server.ts";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

/** Where an hour is shown before any agency is known: the state's own zone. */
const ZONE = "America/Los_Angeles";

const addressForm = z.object({
  email: z
    .string({ error: key("contact.emailNeeded") })
    .refine((text) => emailAddress.safeParse(text).success, { error: key("contact.emailWrong") }),
});

const codeForm = z.object({
  code: z
    .string({ error: key("contact.codeNeeded") })
    .transform(readCode)
    .refine((code) => /^\d{6}$/.test(code), { error: key("contact.codeNeeded") }),
});

export const meta = pageTitle({ key: "contact.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal } = args.context;
  const [account, freeze, pending] = await Promise.all([
    getAccount(portal, actor.accountId),
    findFreeze(portal, actor.accountId),
    hasPendingChange(portal, actor),
  ]);
  return {
    email: account.email,
    staff: actor.memberships.length > 0,
    frozenUntil: freeze?.until.toISOString() ?? null,
    pending,
    days: { undo: UNDO_DAYS, freeze: FREEZE_DAYS },
    minutes: CONTACT_CODE_MINUTES,
  };
}

export async function action(args: ActionFunctionArgs): Promise<RejectedForm> {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const session = findSession(portal.config, args.request) ?? "";
  const form = await args.request.formData();
  if (form.get("intent") === "confirm") {
    const read = readForm(codeForm, form);
    if (!read.ok) return read;
    const confirming = { session, code: read.value.code };
    const { refused } = await answering(() =>
      askingAgain(args, form, () => attempt(() => confirmContactChange(portal, actor, confirming))),
    );
    if (refused) return { issues: { code: refusalMessage(refused) }, typed: { code: read.value.code } };
    throw redirect("/contact?done=changed");
  }
  const read = readForm(addressForm, form);
  if (!read.ok) return read;
  const asking = { email: read.value.email, locale };
  const { refused } = await answering(() =>
    askingAgain(args, form, () => attempt(() => askContactChange(portal, actor, asking))),
  );
  if (refused) return { issues: { email: refusalMessage(refused) }, typed: { email: read.value.email } };
  throw redirect("/contact?done=asked");
}

/** Where a resident changes the address at which the account is reached. */
export default function Contact() {
  const { t, locale } = useWords();
  const shown = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  const done = useSearchParams()[0].get("done");
  return (
    <Page title={t("contact.title")} lead={t("contact.lead")} back={{ to: "/my", label: t("common.navRequests") }}>
      <ErrorSummary issues={rejected?.issues} />
      {done === "changed" && !rejected ? (
        <Alert kind="success" live>
          {t("contact.changed")}
        </Alert>
      ) : null}
      {shown.frozenUntil === null ? null : (
        <Alert kind="warning">{t("contact.frozen", { date: formatInstant(shown.frozenUntil, ZONE, locale) })}</Alert>
      )}
      <SummaryList items={[{ label: t("contact.now"), value: <bdi>{shown.email}</bdi> }]} />
      {shown.staff ? <p>{t("contact.staff")}</p> : <Change rejected={rejected ?? undefined} asked={done === "asked"} />}
    </Page>
  );
}

function Change({ rejected, asked }: { rejected: RejectedForm | undefined; asked: boolean }) {
  const { t } = useWords();
  const { pending, days, minutes } = useLoaderData<typeof loader>();
  const field = fieldsOf(rejected);
  return (
    <>
      <Section id="how" title={t("contact.howTitle")}>
        <ul className="usa-list">
          <li>{t("contact.howCode")}</li>
          <li>{t("contact.howOld", days)}</li>
          <li>{t("contact.howFreeze", days)}</li>
        </ul>
      </Section>
      {pending ? (
        <Section id="code" title={t("contact.codeTitle")}>
          {asked ? (
            <Alert kind="success" live>
              {t("contact.asked")}
            </Alert>
          ) : null}
          <Form method="post" action="/contact?index" noValidate>
            <TextInput
              label={t("contact.codeField")}
              hint={t("contact.codeHint", { minutes })}
              inputMode="numeric"
              autoComplete="one-time-code"
              {...field("code")}
            />
            <SubmitButton name="intent" value="confirm">
              {t("contact.confirm")}
            </SubmitButton>
          </Form>
        </Section>
      ) : null}
      <Form method="post" action="/contact?index" noValidate>
        <TextInput
          label={t("contact.email")}
          hint={t("contact.emailHint")}
          type="email"
          autoComplete="email"
          {...field("email")}
        />
        <SubmitButton name="intent" value="ask" look={pending ? "outline" : "primary"}>
          {t("contact.ask")}
        </SubmitButton>
      </Form>
    </>
  );
}
