import { z } from "zod";
import { emailAddress } from "#app/people/account.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { disableAccount, enableAccount } from "#app/people/disable-account.server.ts";
import { endMembership } from "#app/people/end-membership.server.ts";
import { inviteMember, resendInvitation, withdrawInvitation } from "#app/people/invite-member.server.ts";
import { isAgencyRole } from "#app/people/member.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type RejectedForm, readForm } from "#app/ui/form.ts";
import { key } from "#app/ui/words/words.ts";
import { attempt, refusalMessage } from "../refusal.ts";

export const DONE = ["invited", "resent", "withdrawn", "ended", "disabled", "enabled"] as const;
export type Done = (typeof DONE)[number];

const invitation = z.object({
  email: z
    .string({ error: key("member.emailNeeded") })
    .refine((text) => emailAddress.safeParse(text).success, { error: key("member.emailWrong") }),
  roles: z
    .array(z.string().refine(isAgencyRole, { error: key("member.role") }), { error: key("member.rolesNeeded") })
    .min(1, { error: key("member.rolesNeeded") }),
});

/** Does what the pressed button says, by one use case. @throws NotFound, TooOften */
export async function carryOut(
  portal: Portal,
  actor: AccountActor,
  agencyId: string,
  form: FormData,
): Promise<{ done: Done } | RejectedForm> {
  const intent = String(form.get("intent") ?? "");
  if (intent === "invite") return invite(portal, actor, agencyId, form);
  const id = String(form.get("id") ?? "");
  const about = { accountId: id, agencyId };
  const acts: Readonly<Record<string, [Done, () => Promise<unknown>]>> = {
    resend: ["resent", () => resendInvitation(portal, actor, id)],
    withdraw: ["withdrawn", () => withdrawInvitation(portal, actor, id)],
    end: ["ended", () => endMembership(portal, actor, id)],
    disable: ["disabled", () => disableAccount(portal, actor, about)],
    enable: ["enabled", () => enableAccount(portal, actor, about)],
  };
  const [done, act] = acts[intent] ?? [];
  if (!done || !act) return { issues: { form: { key: "errors.notUnderstood" } }, typed: {} };
  return orRejected(done, act, {});
}

async function invite(portal: Portal, actor: AccountActor, agencyId: string, form: FormData) {
  const read = readForm(invitation, form);
  if (!read.ok) return read;
  const given = { agencyId, ...read.value, organisation: null, locale: actor.locale };
  const typed = { email: read.value.email, roles: read.value.roles.join("\n") };
  return orRejected("invited", () => inviteMember(portal, actor, given), typed);
}

/** What somebody else has changed meanwhile is not there any more, and the page says that. */
async function orRejected(
  done: Done,
  act: () => Promise<unknown>,
  typed: Record<string, string>,
): Promise<{ done: Done } | RejectedForm> {
  try {
    const { refused } = await attempt(act);
    return refused === null ? { done } : { issues: { form: refusalMessage(refused) }, typed };
  } catch (error) {
    if (error instanceof NotFound) return { issues: { form: { key: "member.gone" } }, typed };
    throw error;
  }
}
