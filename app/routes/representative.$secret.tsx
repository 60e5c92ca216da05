import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { KINDS, SCOPES } from "#app/people/representative.ts";
import { fromDbDate } from "#app/platform/time/local-date.ts";
import { acceptRepresentation, getInvitation } from "#app/requests/representatives/appoint.server.ts";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { formatDate } from "#app/ui/format.ts";
import { REPRESENTATIVE_WORDS, SCOPE_WORDS } from "#app/ui/identity/identity-words.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "representatives.inviteTitle" });

/** Opening the link spends nothing: mail programs open links too. */
export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { secret = "" } = args.params;
  const invited = await answering(() => getInvitation(args.context.portal, actor, secret));
  return {
    kind: KINDS.find((kind) => kind === invited.kind) ?? "advocate",
    scopes: SCOPES.filter((scope) => invited.scopes.includes(scope)),
    endsOn: fromDbDate(invited.endsOn),
  };
}

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { secret = "" } = args.params;
  await answering(() => acceptRepresentation(args.context.portal, actor, secret));
  return redirect("/representing");
}

/** What somebody is asked to do for another, with a button that says yes. */
export default function Invitation() {
  const { t, locale } = useWords();
  const { kind, scopes, endsOn } = useLoaderData<typeof loader>();
  return (
    <Page
      title={t("representatives.inviteTitle")}
      lead={t("representatives.inviteLead", {
        kind: t(REPRESENTATIVE_WORDS[kind]),
        date: formatDate(endsOn, locale),
      })}
    >
      <p>{t("representatives.inviteMay")}</p>
      <ul className="usa-list">
        {scopes.map((scope) => (
          <li key={scope}>{t(SCOPE_WORDS[scope])}</li>
        ))}
      </ul>
      <p>{t("representatives.inviteLogged")}</p>
      <Form method="post">
        <Buttons>
          <SubmitButton>{t("representatives.inviteAccept")}</SubmitButton>
        </Buttons>
      </Form>
      <p>{t("representatives.inviteRefuse")}</p>
    </Page>
  );
}
