import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { Alert } from "#app/ui/alert.tsx";
import { Buttons } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { askingAgain } from "../asking-again.server.ts";
import { answering, requireActor } from "../respond.server.ts";
import { carryOut, type Done } from "./act.server.ts";
import { InvitationForm, OpenInvitations } from "./invitations.tsx";
import { type AdminData, loadAdmin, openAgency } from "./load-admin.server.ts";
import { MemberTable } from "./members.tsx";

export const meta = pageTitle({ key: "member.title" });

export const loader = (args: LoaderFunctionArgs) => loadAdmin(args);

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { agency } = await openAgency(args, new URL(args.request.url).searchParams.get("agency"));
  const form = await args.request.formData();
  const outcome = await answering(() =>
    askingAgain(args, form, () => carryOut(args.context.portal, actor, agency.id, form)),
  );
  if ("done" in outcome) throw redirect(`/admin?agency=${agency.slug}&done=${outcome.done}`);
  return outcome;
}

const DONE_WORDS = {
  invited: "member.doneInvited",
  resent: "member.doneResent",
  withdrawn: "member.doneWithdrawn",
  ended: "member.doneEnded",
  disabled: "member.doneDisabled",
  enabled: "member.doneEnabled",
} as const satisfies Readonly<Record<Done, string>>;

/** The people of an agency, for its admin. */
export default function Admin() {
  const { t } = useWords();
  const shown = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  const [search] = useSearchParams();
  const done = Object.entries(DONE_WORDS).find(([name]) => name === search.get("done"))?.[1];
  return (
    <Page title={t("member.title")} kicker={shown.agency.name} lead={t("member.lead")} wide>
      <ErrorSummary issues={rejected?.issues} />
      {done && !rejected ? (
        <Alert kind="success" live>
          {t(done)}
        </Alert>
      ) : null}
      {shown.agencies.length > 1 ? <AgencyLinks shown={shown} /> : null}
      <MemberTable shown={shown} />
      <InvitationForm shown={shown} rejected={rejected ?? undefined} />
      <OpenInvitations shown={shown} />
    </Page>
  );
}

function AgencyLinks({ shown }: { shown: AdminData }) {
  const { t } = useWords();
  return (
    <nav aria-label={t("member.agencies")}>
      <Buttons>
        {shown.agencies.map(({ slug, name }) => (
          <Link
            key={slug}
            className={slug === shown.agency.slug ? "usa-button" : "usa-button usa-button--outline"}
            to={`/admin?agency=${slug}`}
            aria-current={slug === shown.agency.slug ? "page" : undefined}
          >
            {name}
          </Link>
        ))}
      </Buttons>
    </nav>
  );
}
