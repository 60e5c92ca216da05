import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { listAdministered, listMembers } from "#app/people/list-members.server.ts";
import { INVITATION_DAYS } from "#app/people/member.ts";
import { Alert } from "#app/ui/alert.tsx";
import { Buttons } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "../respond.server.ts";
import { carryOut, type Done } from "./act.server.ts";
import { InvitationForm, OpenInvitations } from "./invitations.tsx";
import { MemberTable } from "./members.tsx";

export const meta = pageTitle({ key: "member.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal } = args.context;
  const { agency, agencies } = await openAgency(args, new URL(args.request.url).searchParams.get("agency"));
  const { members, invitations } = await answering(() => listMembers(portal, actor, agency.id));
  return {
    agencies: agencies.map(({ slug, name }) => ({ slug, name })),
    agency: { slug: agency.slug, name: agency.name, zone: agency.zone },
    self: actor.accountId,
    days: INVITATION_DAYS,
    members: members.map(({ disabledAt, ...member }) => ({
      ...member,
      disabled: disabledAt !== null,
      seenAt: member.seenAt?.toISOString() ?? null,
      roles: member.roles.map((held) => ({ ...held, since: held.since.toISOString() })),
    })),
    invitations: invitations.map(({ sentAt, expiresAt, ...invitation }) => ({
      ...invitation,
      sentAt: sentAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { agency } = await openAgency(args, new URL(args.request.url).searchParams.get("agency"));
  const form = await args.request.formData();
  const outcome = await answering(() => carryOut(args.context.portal, actor, agency.id, form));
  if ("done" in outcome) throw redirect(`/admin?agency=${agency.slug}&done=${outcome.done}`);
  return outcome;
}

/** The agency that is asked for, or else the first. @throws a 404 for whoever manages none, or not that one */
async function openAgency(args: LoaderFunctionArgs | ActionFunctionArgs, slug: string | null) {
  const actor = requireActor(args);
  const agencies = await answering(() => listAdministered(args.context.portal, actor));
  const agency = slug === null ? agencies[0] : agencies.find((one) => one.slug === slug);
  if (!agency) throw Response.json(null, { status: 404 });
  return { agency, agencies };
}

export type Shown = ReturnType<typeof useLoaderData<typeof loader>>;

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

function AgencyLinks({ shown }: { shown: Shown }) {
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
