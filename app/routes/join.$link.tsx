import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { acceptInvitation, findOffer } from "#app/people/accept-invitation.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { ButtonLink, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { TextInput } from "#app/ui/field.tsx";
import { fieldsOf, readForm, whenMissing } from "#app/ui/form.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { key, type Message } from "#app/ui/words/words.ts";
import { ROLE_NAMES } from "./admin/role-names.ts";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering } from "./respond.server.ts";

const MOST_LETTERS = 100;

const form = z.object({
  name: z.string(whenMissing(key("member.joinNameNeeded"))).max(MOST_LETTERS, { error: key("member.joinNameLong") }),
});

export const meta = pageTitle({ key: "member.joinTitle" });

export async function loader({ params, context }: LoaderFunctionArgs) {
  const { value: offer } = await attempt(() => findOffer(context.portal, params["link"] ?? ""));
  return { offer };
}

type Outcome =
  | { joined: true }
  | { joined: false; refused: Message }
  | { issues: Record<string, Message>; typed: Record<string, string> };

/** Mail scanners open links: only the button takes what is offered. */
export async function action({ params, request, context }: ActionFunctionArgs): Promise<Outcome> {
  const read = readForm(form, await request.formData());
  if (!read.ok) return { issues: read.issues, typed: read.typed };
  const link = params["link"] ?? "";
  const { refused } = await answering(() => attempt(() => acceptInvitation(context.portal, link, read.value.name)));
  return refused === null ? { joined: true } : { joined: false, refused: refusalMessage(refused) };
}

export default function Join() {
  const { t, say } = useWords();
  const { offer } = useLoaderData<typeof loader>();
  const outcome = useActionData<typeof action>();
  if (outcome && "joined" in outcome && outcome.joined) return <Joined />;
  const refused = outcome && "joined" in outcome ? outcome.refused : undefined;
  if (offer === null || refused) {
    return (
      <Page title={t("member.joinTitle")}>
        <Alert kind="error">{say(refused ?? { key: "member.spent" })}</Alert>
      </Page>
    );
  }
  const rejected = outcome && "issues" in outcome ? outcome : undefined;
  const field = fieldsOf(rejected);
  return (
    <Page
      title={t("member.joinTitle")}
      lead={offer.agency === null ? t("member.joinPortal") : t("member.joinLead", { agency: offer.agency })}
    >
      <ErrorSummary issues={rejected?.issues} />
      <ul className="usa-list">
        {offer.roles.map((role) => (
          <li key={role}>{t(ROLE_NAMES[role])}</li>
        ))}
      </ul>
      <p>{t("member.joinMeans")}</p>
      <Form method="post" noValidate>
        <TextInput
          label={t("member.joinName")}
          hint={t("member.joinNameHint")}
          autoComplete="name"
          {...field("name")}
        />
        <SubmitButton>{t("member.join")}</SubmitButton>
      </Form>
    </Page>
  );
}

function Joined() {
  const { t } = useWords();
  return (
    <Page title={t("member.joinedTitle")}>
      <Alert kind="success" live>
        {t("member.joinedText")}
      </Alert>
      <p>
        <ButtonLink to="/sign-in">{t("common.signIn")}</ButtonLink>
      </p>
    </Page>
  );
}
