import type { ActionFunctionArgs } from "@remix-run/node";
import { Form, useActionData } from "@remix-run/react";
import { undoContactChange } from "#app/people/undo-contact-change.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { ButtonLink, SubmitButton } from "#app/ui/button.tsx";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { attempt } from "./refusal.ts";
import { answering } from "./respond.server.ts";

export const meta = pageTitle({ key: "contact.undoTitle" });

/** Mail scanners open links: only the button undoes. No limit stands before it: it is the way out for a victim. */
export async function action({ params, context }: ActionFunctionArgs) {
  const { refused } = await answering(() => attempt(() => undoContactChange(context.portal, params["link"] ?? "")));
  return { undone: refused === null };
}

export default function UndoContact() {
  const { t } = useWords();
  const outcome = useActionData<typeof action>();
  if (outcome?.undone) {
    return (
      <Page title={t("contact.undoTitle")}>
        <Alert kind="success" live>
          {t("contact.undone")}
        </Alert>
        <p>
          <ButtonLink to="/sign-in">{t("common.signIn")}</ButtonLink>
        </p>
      </Page>
    );
  }
  return (
    <Page title={t("contact.undoTitle")} lead={t("contact.undoLead")}>
      {outcome ? (
        <Alert kind="error" live>
          {t("contact.undoSpent")}
        </Alert>
      ) : null}
      <Form method="post">
        <SubmitButton>{t("contact.undo")}</SubmitButton>
      </Form>
    </Page>
  );
}
