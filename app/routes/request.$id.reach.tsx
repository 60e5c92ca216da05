import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { contactFields, contactSchema } from "#app/requests/contact.ts";
import { chooseContact, getReach } from "#app/requests/contact-choice.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ContactFields } from "#app/ui/contact-fields.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { fieldsOf, readForm } from "#app/ui/form.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "reach.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal } = args.context;
  const { id = "" } = args.params;
  const { contact, email } = await answering(() => getReach(portal, actor, id));
  return {
    id,
    email,
    fields: contactFields(contact),
    neutral: portal.config.mailNeutralFrom !== undefined,
    saved: new URL(args.request.url).searchParams.has("saved"),
  };
}

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { portal } = args.context;
  const { id: requestId = "" } = args.params;
  await answering(() => getReach(portal, actor, requestId));
  const read = readForm(contactSchema(), await args.request.formData());
  if (!read.ok) return { issues: read.issues, typed: read.typed };
  await answering(() => chooseContact(portal, actor, { requestId, contact: read.value }));
  return redirect(`/request/${requestId}/reach?saved`);
}

/** How the resident of a filed request is written to, and a way to change it. */
export default function Reach() {
  const { t } = useWords();
  const { id, email, fields, neutral, saved } = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  return (
    <Page title={t("reach.title")} lead={t("reach.lead")} back={{ to: `/request/${id}`, label: t("walls.back") }}>
      <ErrorSummary issues={rejected?.issues} />
      {saved && !rejected ? (
        <Alert kind="success" live>
          {t("reach.saved")}
        </Alert>
      ) : null}
      <Form method="post" noValidate>
        <ContactFields field={fieldsOf(rejected, fields)} email={email} neutral={neutral} />
        <p>{t("reach.warn")}</p>
        <Buttons>
          <SubmitButton>{t("reach.save")}</SubmitButton>
        </Buttons>
      </Form>
    </Page>
  );
}
