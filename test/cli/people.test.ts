import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { peopleDisable, peopleEnable, peopleEnd, peopleInvite, peopleList } from "#app/cli/people.ts";
import { acceptInvitation } from "#app/people/accept-invitation.server.ts";
import { findActor } from "#app/people/sessions.server.ts";
import { entering, givenAgency, ledgerOf, mailbox } from "#test/people/given-people.ts";
import { commandContext } from "#test/support/command.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

let portal: TestPortal;
beforeEach(async () => {
  portal = await openTestPortal({ env: { WHOLOOKED_OPERATOR: "night-shift" } });
  await givenAgency(portal);
});
afterEach(() => portal[Symbol.asyncDispose]());

const ADMIN = "first@example.org";

async function firstAdmin(): Promise<void> {
  await peopleInvite([ADMIN, "--agency", "alder", "--role", "admin"], commandContext(portal));
  await acceptInvitation(portal, (await mailbox(portal, ADMIN))[0]?.secret ?? "", "Fay First");
}

describe("an operator at the shell", () => {
  it("makes an agency's first admin, sees who is there, and disables", async () => {
    await firstAdmin();
    const session = await entering(portal, ADMIN);
    const listed = await peopleList(["--agency", "alder"], commandContext(portal));
    expect(listed.lines.join("\n")).toMatch(/Fay First <first@example\.org>[\s\S]*admin since 2026-03-02/);
    await peopleDisable([ADMIN], commandContext(portal));
    expect(await findActor(portal, session)).toBeNull();
    await peopleEnable([ADMIN], commandContext(portal));
    const { members } = listed.json as { members: { roles: { membershipId: string }[] }[] };
    await peopleEnd([members[0]?.roles[0]?.membershipId ?? ""], commandContext(portal));
    expect((await peopleList(["--agency", "alder"], commandContext(portal))).lines).toEqual([
      "Nobody yet. Begin with: people invite ADDRESS",
    ]);
    const own = (await ledgerOf(portal)).filter(({ actor }) => actor.kind === "operator" && actor.id === "night-shift");
    expect(own.map(({ act }) => act)).toEqual([
      "member.invited",
      "members.read",
      "account.disabled",
      "account.enabled",
      "member.ended",
      "members.read",
    ]);
  });

  it("invites an advocate, and an auditor of the whole portal", async () => {
    const args = ["ada@example.org", "--role", "advocate", "--organisation", "Records Watch"];
    await peopleInvite(args, commandContext(portal));
    await peopleInvite(["audit@example.org", "--role", "auditor"], commandContext(portal));
    for (const address of ["ada@example.org", "audit@example.org"])
      await acceptInvitation(portal, (await mailbox(portal, address))[0]?.secret ?? "", "N");
    const held = await portal.db.membership.findMany({ orderBy: { createdAt: "asc" } });
    expect(held.map(({ role, agencyId, organisation }) => [role, agencyId, organisation])).toEqual([
      ["advocate", null, "Records Watch"],
      ["auditor", null, null],
    ]);
  });

  it.each([
    [["a@example.org"], "--role takes advocate, auditor, operator"],
    [["a@example.org", "--role", "clerk"], "--role takes advocate"],
    [["a@example.org", "--agency", "alder", "--role", "operator"], "--role takes clerk"],
    [["a@example.org", "--agency", "alder", "--role", "clerk", "--role", "king"], "--role takes clerk"],
    [["nobody", "--agency", "alder", "--role", "clerk"], "one mail address"],
    [["a@example.org", "--agency", "nowhere", "--role", "clerk"], "agency not found"],
  ])("is told what is accepted: %j", async (args, sentence) => {
    await expect(peopleInvite(args, commandContext(portal))).rejects.toThrow(sentence);
    expect(await portal.db.invitation.count()).toBe(0);
  });
});
