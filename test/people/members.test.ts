import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptInvitation, findOffer } from "#app/people/accept-invitation.server.ts";
import type { AccountActor, Actor, Role } from "#app/people/actor.ts";
import { makeCalendarFeed, openCalendarFeed } from "#app/people/calendar-feeds.server.ts";
import { findCurrentActor } from "#app/people/current-actor.server.ts";
import { disableAccount, enableAccount } from "#app/people/disable-account.server.ts";
import { endMembership } from "#app/people/end-membership.server.ts";
import { enterByLink } from "#app/people/enter.server.ts";
import { inviteMember, resendInvitation, withdrawInvitation } from "#app/people/invite-member.server.ts";
import { listMembers } from "#app/people/list-members.server.ts";
import { findActor } from "#app/people/sessions.server.ts";
import { ProofNeeded } from "#app/people/step-up.ts";
import { entering, givenAgency, givenPerson, ledgerOf, mailbox, type Person } from "#test/people/given-people.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { freshProof } from "#test/support/proof.ts";

const NOT_FOUND = expect.objectContaining({ name: "NotFound" });
const refused = (code: string) => expect.objectContaining({ code });
const SHELL: Actor = { kind: "operator", name: "night-shift" };

let portal: TestPortal;
let agencyId: string;
let admin: Person;
beforeEach(async () => {
  portal = await openTestPortal();
  agencyId = await givenAgency(portal);
  admin = { ...(await givenPerson(portal, "admin", ["admin", agencyId])), proof: freshProof(portal) };
});
afterEach(() => portal[Symbol.asyncDispose]());

function invite(actor: Actor, email: string, roles: Role[], at: string | null = agencyId) {
  portal.time.advance({ seconds: 1 });
  return inviteMember(portal, actor, { agencyId: at, email, roles, organisation: null, locale: "en" });
}

/** The secret in the newest invitation that lies in the mailbox. */
async function linkOf(email: string): Promise<string> {
  return (await mailbox(portal, email)).find(({ letter }) => letter === "invitation")?.secret ?? "";
}

async function accept(email: string): Promise<AccountActor> {
  await acceptInvitation(portal, await linkOf(email), "Nell Newcomer");
  const tagOf = await portal.vault.indexer("email");
  const { id } = await portal.db.account.findUniqueOrThrow({ where: { emailTag: tagOf(email) } });
  const actor = await findCurrentActor(portal, id);
  if (!actor) throw new Error("who has accepted is disabled");
  return actor;
}

const membershipOf = async (accountId: string, role: Role) =>
  (await portal.db.membership.findFirstOrThrow({ where: { accountId, role, endedAt: null } })).id;

describe("an invitation", () => {
  it("gives its roles to the mailbox that it lies in, once", async () => {
    await invite(admin, "new@example.org", ["clerk", "supervisor"]);
    const link = await linkOf("new@example.org");
    // Opened as often as mail scanners like: nothing is spent.
    for (let n = 0; n < 3; n++)
      expect(await findOffer(portal, link)).toEqual({ agency: "Agency alder", roles: ["clerk", "supervisor"] });
    const actor = await accept("new@example.org");
    expect(actor.memberships).toEqual([
      { agencyId, role: "clerk" },
      { agencyId, role: "supervisor" },
    ]);
    await expect(acceptInvitation(portal, link, "Eve")).rejects.toEqual(refused("member.spent"));
    await expect(findOffer(portal, link)).rejects.toEqual(refused("member.spent"));
    expect((await ledgerOf(portal)).map(({ act, actor: who, detail }) => [act, who.role, detail?.["roles"]])).toEqual([
      ["agency.registered", undefined, undefined],
      ["member.invited", "admin", "clerk supervisor"],
      ["member.joined", undefined, "clerk supervisor"],
    ]);
  });

  it("is taken once, though two browsers press at the same moment", async () => {
    await invite(admin, "new@example.org", ["clerk"]);
    const link = await linkOf("new@example.org");
    const tries = await Promise.allSettled([1, 2, 3].map(() => acceptInvitation(portal, link, "N")));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await portal.db.membership.count({ where: { role: "clerk" } })).toBe(1);
  });

  it("signs nobody in", async () => {
    await invite(admin, "new@example.org", ["clerk"]);
    await accept("new@example.org");
    expect(await portal.db.session.count()).toBe(0);
  });

  it("ends after seven days, when it is withdrawn, and when another letter follows it", async () => {
    await invite(admin, "late@example.org", ["clerk"]);
    portal.time.advance({ days: 7 });
    await expect(accept("late@example.org")).rejects.toEqual(refused("member.spent"));

    const id = await invite(admin, "gone@example.org", ["clerk"]);
    await withdrawInvitation(portal, admin, id);
    await expect(accept("gone@example.org")).rejects.toEqual(refused("member.spent"));
    await expect(withdrawInvitation(portal, admin, id)).rejects.toEqual(NOT_FOUND);

    const first = await invite(admin, "twice@example.org", ["clerk"]);
    const old = await linkOf("twice@example.org");
    portal.time.advance({ days: 8 });
    await resendInvitation(portal, admin, first);
    await expect(acceptInvitation(portal, old, "N")).rejects.toEqual(refused("member.spent"));
    await expect(resendInvitation(portal, admin, first)).rejects.toEqual(NOT_FOUND);
    expect((await accept("twice@example.org")).memberships).toEqual([{ agencyId, role: "clerk" }]);

    await invite(admin, "more@example.org", ["supervisor"]);
    const more = await linkOf("more@example.org");
    await invite(admin, "more@example.org", ["clerk"]);
    await expect(acceptInvitation(portal, more, "N")).rejects.toEqual(refused("member.spent"));
  });

  it("answers alike for an address that has an account and one that has none", async () => {
    await givenPerson(portal, "known");
    await invite(admin, "known@example.org", ["clerk"]);
    await invite(admin, "unknown@example.org", ["clerk"]);
    const { members, invitations } = await listMembers(portal, admin, agencyId);
    expect(members.map(({ email }) => email)).toEqual(["admin@example.org"]);
    expect(invitations.map(({ state, roles }) => [state, roles])).toEqual([
      ["open", ["clerk"]],
      ["open", ["clerk"]],
    ]);
    const letters = [await mailbox(portal, "known@example.org"), await mailbox(portal, "unknown@example.org")];
    expect(letters.map(([one]) => one?.params["agency"])).toEqual(["Agency alder", "Agency alder"]);
  });

  it("is kept as a hash, and the address sealed", async () => {
    await invite(admin, "canary.address@example.org", ["clerk"]);
    const stored = JSON.stringify(await portal.db.invitation.findMany());
    expect(stored).not.toContain("canary.address");
    expect(stored).not.toContain(await linkOf("canary.address@example.org"));
    await expect(findOffer(portal, (await portal.db.invitation.findFirstOrThrow()).linkHash)).rejects.toThrow();
  });
});

describe("nobody raises himself", () => {
  it("by inviting his own address, however it is written", async () => {
    for (const email of ["admin@example.org", " ADMIN@Example.org "]) {
      await expect(invite(admin, email, ["supervisor"])).rejects.toEqual(refused("member.oneself"));
    }
    expect(await portal.db.invitation.count()).toBe(0);
  });

  it("by an address that is his own by the time that he accepts", async () => {
    await invite(admin, "other@example.org", ["supervisor"]);
    const tagOf = await portal.vault.indexer("email");
    await portal.db.account.update({
      where: { id: admin.accountId },
      data: { emailTag: tagOf("other@example.org") },
    });
    await expect(acceptInvitation(portal, await linkOf("other@example.org"), "A")).rejects.toEqual(
      refused("member.circle"),
    );
    expect((await findCurrentActor(portal, admin.accountId))?.memberships).toEqual([{ agencyId, role: "admin" }]);
  });

  it("through a second admin whom he brought in, nor through a third whom that one did", async () => {
    await invite(admin, "second@example.org", ["admin"]);
    const second = await accept("second@example.org");
    await invite(second, "third@example.org", ["admin"]);
    const third = await accept("third@example.org");
    for (const accomplice of [second, third]) {
      await invite(accomplice, admin.email, ["supervisor", "clerk"]);
      await expect(acceptInvitation(portal, await linkOf(admin.email), "A")).rejects.toEqual(refused("member.circle"));
    }
    // Somebody whom he did not bring in may.
    const other = await givenPerson(portal, "independent", ["admin", agencyId]);
    await invite(other, admin.email, ["clerk"]);
    expect((await accept(admin.email)).memberships).toContainEqual({ agencyId, role: "clerk" });
  });

  it("to a role that no agency gives, or of another agency", async () => {
    const elsewhere = await givenAgency(portal, "birch");
    for (const role of ["operator", "advocate"] as const) {
      await expect(invite(admin, "x@example.org", [role])).rejects.toEqual(refused("member.role"));
      await expect(invite(admin, "x@example.org", [role], null)).rejects.toEqual(NOT_FOUND);
    }
    await expect(invite(admin, "x@example.org", ["clerk"], elsewhere)).rejects.toEqual(NOT_FOUND);
    await expect(invite(admin, "x@example.org", [])).rejects.toEqual(refused("member.role"));
    expect(await portal.db.outboxMail.count()).toBe(0);
  });

  it("by disabling or enabling himself", async () => {
    const about = { accountId: admin.accountId, agencyId };
    await expect(disableAccount(portal, admin, about)).rejects.toEqual(NOT_FOUND);
    await expect(enableAccount(portal, admin, about)).rejects.toEqual(NOT_FOUND);
  });
});

describe("the last admin", () => {
  it("stays until there is another one", async () => {
    const own = await membershipOf(admin.accountId, "admin");
    await expect(endMembership(portal, admin, own)).rejects.toEqual(refused("member.lastAdmin"));
    await invite(admin, "next@example.org", ["admin"]);
    const next = await accept("next@example.org");
    await endMembership(portal, admin, own);
    const left = await membershipOf(next.accountId, "admin");
    await expect(endMembership(portal, next, left)).rejects.toEqual(refused("member.lastAdmin"));
    // A disabled one does not count as another.
    await disableAccount(portal, SHELL, { accountId: next.accountId, agencyId: null });
    await endMembership(portal, SHELL, left);
  });

  it("is one of two who go at the same moment", async () => {
    const second = await givenPerson(portal, "second", ["admin", agencyId]);
    const [a, b] = [await membershipOf(admin.accountId, "admin"), await membershipOf(second.accountId, "admin")];
    const ends = await Promise.allSettled([endMembership(portal, admin, a), endMembership(portal, second, b)]);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await portal.db.membership.count({ where: { role: "admin", endedAt: null } })).toBe(1);
  });
});

describe("disabling an account", () => {
  it("ends its sessions, its calendar and the ways in that lie in its mailbox at once", async () => {
    const clerk = await givenPerson(portal, "clerk", ["clerk", agencyId]);
    const sessions = [await entering(portal, clerk.email), await entering(portal, clerk.email)];
    const { secret } = await makeCalendarFeed(portal, clerk);
    portal.time.advance({ seconds: 1 });
    const { askSignIn } = await import("#app/people/ask-sign-in.server.ts");
    await askSignIn(portal, { email: clerk.email, locale: "en" });
    for (const session of sessions) expect(await findActor(portal, session)).not.toBeNull();

    await disableAccount(portal, admin, { accountId: clerk.accountId, agencyId });
    for (const session of sessions) expect(await findActor(portal, session)).toBeNull();
    await expect(openCalendarFeed(portal, secret)).rejects.toEqual(NOT_FOUND);
    await expect(enterByLink(portal, (await mailbox(portal, clerk.email))[0]?.secret ?? "")).rejects.toThrow();

    // Enabled again, he enters anew; what had ended stays ended.
    await enableAccount(portal, admin, { accountId: clerk.accountId, agencyId });
    for (const session of sessions) expect(await findActor(portal, session)).toBeNull();
    await expect(openCalendarFeed(portal, secret)).rejects.toEqual(NOT_FOUND);
    expect(await findActor(portal, await entering(portal, clerk.email))).not.toBeNull();
    expect((await ledgerOf(portal)).map(({ act }) => act)).toEqual(
      expect.arrayContaining(["account.disabled", "account.enabled"]),
    );
  });

  it("is refused to an admin for whom the person does not work, or works elsewhere too", async () => {
    const elsewhere = await givenAgency(portal, "birch");
    const stranger = await givenPerson(portal, "stranger", ["clerk", elsewhere]);
    const resident = await givenPerson(portal, "resident");
    for (const { accountId } of [stranger, resident]) {
      await expect(disableAccount(portal, admin, { accountId, agencyId })).rejects.toEqual(NOT_FOUND);
    }
    await expect(disableAccount(portal, admin, { accountId: stranger.accountId, agencyId: elsewhere })).rejects.toEqual(
      NOT_FOUND,
    );
    const both = await givenPerson(portal, "both", ["clerk", agencyId], ["clerk", elsewhere]);
    await expect(disableAccount(portal, admin, { accountId: both.accountId, agencyId })).rejects.toEqual(
      refused("member.worksElsewhere"),
    );
    // Not even hidden behind a role that no agency gives.
    const advocate = await givenPerson(portal, "adv", ["clerk", agencyId], ["advocate", null]);
    await expect(disableAccount(portal, admin, { accountId: advocate.accountId, agencyId })).rejects.toEqual(
      refused("member.worksElsewhere"),
    );
    expect(await portal.db.account.count({ where: { disabledAt: { not: null } } })).toBe(0);
  });

  it("is disabled and enabled by nobody whose proof is old; a stranger does not learn that it asks", async () => {
    const clerk = await givenPerson(portal, "clerk", ["clerk", agencyId]);
    const about = { accountId: clerk.accountId, agencyId };
    const shown = freshProof(portal);
    const old = { ...admin, proof: { ...shown, at: new Date(portal.time.now().getTime() - 5 * 60_000) } };
    const { proof: _, ...without } = admin;
    for (const act of [disableAccount, enableAccount]) {
      for (const actor of [old, without]) await expect(act(portal, actor, about)).rejects.toThrow(ProofNeeded);
      await expect(act(portal, clerk, about)).rejects.toEqual(NOT_FOUND);
    }
    expect(await portal.db.account.count({ where: { disabledAt: { not: null } } })).toBe(0);
    await disableAccount(portal, admin, about);
    expect(await portal.db.account.count({ where: { disabledAt: { not: null } } })).toBe(1);
  });

  it("by an operator is undone by no agency", async () => {
    const clerk = await givenPerson(portal, "clerk", ["clerk", agencyId]);
    await disableAccount(portal, SHELL, { accountId: clerk.accountId, agencyId: null });
    await expect(enableAccount(portal, admin, { accountId: clerk.accountId, agencyId })).rejects.toEqual(
      refused("member.disabledElsewhere"),
    );
    await enableAccount(portal, SHELL, { accountId: clerk.accountId, agencyId: null });
    const { members } = await listMembers(portal, admin, agencyId);
    expect(members.find(({ accountId }) => accountId === clerk.accountId)?.disabledAt).toBeNull();
  });
});

describe("the list of an agency's people", () => {
  it("shows who holds what, since when, and when last seen", async () => {
    const clerk = await givenPerson(portal, "clerk", ["clerk", agencyId], ["intake", agencyId]);
    await entering(portal, clerk.email);
    const seen = portal.time.now();
    await givenPerson(portal, "of-elsewhere", ["clerk", await givenAgency(portal, "birch")]);
    const { members } = await listMembers(portal, admin, agencyId);
    expect(members.map(({ email, roles, seenAt }) => [email, roles.map(({ role }) => role), seenAt])).toEqual([
      ["admin@example.org", ["admin"], null],
      ["clerk@example.org", ["clerk", "intake"], seen],
    ]);
    expect((await ledgerOf(portal)).at(-1)).toMatchObject({ act: "members.read", agency: agencyId });
  });

  it("is no page for anybody but its admin and an operator with a name", async () => {
    const others: Actor[] = [
      await givenPerson(portal, "clerk", ["clerk", agencyId]),
      await givenPerson(portal, "supervisor", ["supervisor", agencyId]),
      await givenPerson(portal, "auditor", ["auditor", agencyId]),
      await givenPerson(portal, "web", ["operator", null]),
      await givenPerson(portal, "foreign", ["admin", await givenAgency(portal, "birch")]),
      { kind: "operator", name: "" },
      { kind: "system", task: "a-job" },
    ];
    const membership = await membershipOf(admin.accountId, "admin");
    for (const actor of others) {
      await expect(listMembers(portal, actor, agencyId), JSON.stringify(actor)).rejects.toEqual(NOT_FOUND);
      await expect(invite(actor, "x@example.org", ["clerk"])).rejects.toEqual(NOT_FOUND);
      await expect(endMembership(portal, actor, membership)).rejects.toEqual(NOT_FOUND);
      await expect(disableAccount(portal, actor, { accountId: admin.accountId, agencyId })).rejects.toEqual(NOT_FOUND);
    }
    await listMembers(portal, SHELL, agencyId);
  });
});
