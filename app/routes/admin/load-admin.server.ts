import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { listAdministered, listMembers } from "#app/people/list-members.server.ts";
import { INVITATION_DAYS } from "#app/people/member.ts";
import { answering, requireActor } from "../respond.server.ts";

/** The people of the agency as the page gets them: nothing of it is a Date. */
export async function loadAdmin(args: LoaderFunctionArgs) {
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

export type AdminData = Awaited<ReturnType<typeof loadAdmin>>;

/** The agency that is asked for, or else the first. @throws a 404 for whoever manages none, or not that one */
export async function openAgency(args: LoaderFunctionArgs | ActionFunctionArgs, slug: string | null) {
  const actor = requireActor(args);
  const agencies = await answering(() => listAdministered(args.context.portal, actor));
  const agency = slug === null ? agencies[0] : agencies.find((one) => one.slug === slug);
  if (!agency) throw Response.json(null, { status: 404 });
  return { agency, agencies };
}
