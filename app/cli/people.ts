import { parseArgs } from "node:util";
import { emailAddress } from "#app/people/account.ts";
import type { Role } from "#app/people/actor.ts";
import { disableAccount, enableAccount } from "#app/people/disable-account.server.ts";
import { endMembership } from "#app/people/end-membership.server.ts";
import { inviteMember } from "#app/people/invite-member.server.ts";
import { listMembers } from "#app/people/list-members.server.ts";
import { AGENCY_ROLES, canBeOffered, INVITATION_DAYS, PORTAL_ROLES } from "#app/people/member.ts";
import { findAccountByEmail } from "#app/people/memberships.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { getAgency } from "#app/registry/queries.server.ts";
import { type Command, type CommandContext, WrongUsage } from "./command.ts";
import { operatorOf } from "./operator.ts";

const OPTIONS = {
  agency: { type: "string" },
  role: { type: "string", multiple: true },
  organisation: { type: "string" },
  locale: { type: "string" },
  json: { type: "boolean" },
} as const;

/** `people invite ADDRESS [--agency SLUG] --role ROLE ...`: offers roles by letter; so an agency gets its first admin. */
export const peopleInvite: Command = async (args, context) => {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const email = readAddress(positionals);
  const { agency: slug, role: roles = [], organisation, locale = "en" } = values;
  if (locale !== "en" && locale !== "es") throw new WrongUsage("people invite writes in --locale en or --locale es.");
  const portal = await context.portal();
  const operator = operatorOf(portal);
  const agencyId = slug === undefined ? null : (await getAgency(portal, slug)).id;
  const offered: readonly Role[] = agencyId === null ? PORTAL_ROLES : AGENCY_ROLES;
  const chosen = offered.filter((role) => roles.includes(role));
  if (roles.length === 0 || roles.some((role) => !canBeOffered(role, agencyId))) {
    const where = agencyId === null ? "Without --agency" : "At an agency";
    throw new WrongUsage(`${where}, --role takes ${offered.join(", ")}; it can be given more than once.`);
  }
  const given = { agencyId, email, roles: chosen, organisation: organisation ?? null, locale } as const;
  const id = await inviteMember(portal, operator, given);
  return {
    ok: true,
    json: { invitation: id, agency: slug ?? null, roles: chosen, days: INVITATION_DAYS },
    lines: [`A letter is on its way. Its link works once, for ${INVITATION_DAYS} days.`],
  };
};

/** `people list [--agency SLUG]`: who holds which role there, since when, and when last seen. */
export const peopleList: Command = async (args, context) => {
  const { values } = parseArgs({ args, options: { agency: OPTIONS.agency, json: OPTIONS.json } });
  const portal = await context.portal();
  const operator = operatorOf(portal);
  const agencyId = values.agency === undefined ? null : (await getAgency(portal, values.agency)).id;
  const { members, invitations } = await listMembers(portal, operator, agencyId);
  const day = (instant: Date | null) => instant?.toISOString().slice(0, 10) ?? "never";
  return {
    ok: true,
    json: { members, invitations },
    lines: [
      ...members.flatMap(({ accountId, name, email, roles, seenAt, disabledAt }) => [
        `${name || "(no name)"} <${email}> account ${accountId}, last seen ${day(seenAt)}${disabledAt ? ", DISABLED" : ""}`,
        ...roles.map(({ role, since, membershipId }) => `  ${role} since ${day(since)}, membership ${membershipId}`),
      ]),
      ...invitations.map(
        ({ email, roles, expiresAt, state }) =>
          `${email}: invited as ${roles.join(", ")}, ${state} (${day(expiresAt)})`,
      ),
      ...(members.length + invitations.length === 0 ? ["Nobody yet. Begin with: people invite ADDRESS"] : []),
    ],
  };
};

/** `people end MEMBERSHIP`: ends one role of one person; `people list` says which is which. */
export const peopleEnd: Command = async (args, context) => {
  const { positionals } = parseArgs({ args, options: { json: OPTIONS.json }, allowPositionals: true });
  const [membershipId, ...more] = positionals;
  if (membershipId === undefined || more.length > 0) throw new WrongUsage("people end takes one membership's id.");
  const portal = await context.portal();
  await endMembership(portal, operatorOf(portal), membershipId);
  return { ok: true, json: { membership: membershipId, ended: true }, lines: ["The role has ended."] };
};

/** `people disable ADDRESS`: nobody enters with this account any more, and what is open ends at once. */
export const peopleDisable: Command = (args, context) =>
  withAccount("people disable", args, context, async (portal, accountId) => {
    await disableAccount(portal, operatorOf(portal), { accountId, agencyId: null });
    return "The account is disabled. Its sessions have ended.";
  });

/** `people enable ADDRESS`: the account can be entered again. */
export const peopleEnable: Command = (args, context) =>
  withAccount("people enable", args, context, async (portal, accountId) => {
    await enableAccount(portal, operatorOf(portal), { accountId, agencyId: null });
    return "The account can be entered again.";
  });

async function withAccount(
  command: string,
  args: string[],
  context: CommandContext,
  work: (portal: Portal, accountId: string) => Promise<string>,
) {
  const { positionals } = parseArgs({ args, options: { json: OPTIONS.json }, allowPositionals: true });
  const email = readAddress(positionals, command);
  const portal = await context.portal();
  // Before anything is looked up: what an unnamed operator asks is not answered.
  operatorOf(portal);
  const account = await findAccountByEmail(portal, email);
  if (!account) throw new NotFound("account");
  return { ok: true, json: { account: account.id }, lines: [await work(portal, account.id)] };
}

function readAddress(positionals: readonly string[], command = "people invite"): string {
  const [typed, ...more] = positionals;
  const email = emailAddress.safeParse(typed);
  if (!email.success || more.length > 0) throw new WrongUsage(`${command} takes one mail address.`);
  return email.data;
}
