import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COMMANDS, underName } from "#app/cli/commands.ts";
import { operatorOf } from "#app/cli/operator.ts";
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
    expect(listed.lines.join("\n")).toMatch(/Fay First <first@example\.org>[^]*admin since 2026-03-02/);
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

/** What each command is called with here; one that is not named here fails the test below. */
const CALLS: Readonly<Record<string, readonly string[] | "moves the demo in" | "opens nothing">> = {
  demo: "moves the demo in",
  "feed check": "opens nothing",
  "feed schema": "opens nothing",
  "agency alias": ["alder", "Alder PD"],
  "agency close": ["alder", "2026-03-09", "--why", "Stocktaking", "--dry-run"],
  "agency reopen": ["alder", "2026-03-09", "--dry-run"],
  "law list": [],
  "law switch": ["ca.ab-1821", "--off", "--dry-run"],
  "feed import": ["package.json", "--custodian", "alder", "--system", "alpr", "--profile", "canonical"],
  "feed doors": [],
  "feed folder set": ["/nowhere", "--custodian", "alder", "--system", "alpr"],
  "feed folder remove": ["--custodian", "alder", "--system", "alpr"],
  "feed sftp set": [
    ...["--custodian", "alder", "--system", "alpr", "--host", "h.example", "--user", "u", "--key", "package.json"],
    ...["--host-key", `SHA256:${"A".repeat(43)}`, "--folder", "/logs"],
  ],
  "feed sftp remove": ["--custodian", "alder", "--system", "alpr"],
  "feed key add": ["package.json", "--custodian", "alder"],
  "feed key list": ["--custodian", "alder"],
  "feed key revoke": ["00000000-0000-4000-8000-000000000000"],
  "feed retention": ["--custodian", "alder", "--system", "alpr", "--keep"],
  "people invite": ["a@example.org", "--agency", "alder", "--role", "clerk"],
  "people list": ["--agency", "alder"],
  "people end": ["00000000-0000-4000-8000-000000000000"],
  "people disable": ["nobody@example.org"],
  "people enable": ["nobody@example.org"],
  "ledger verify": [],
  "release verify": ["package.json"],
  "complaints export": ["--format", "csv"],
};

describe("every command", () => {
  it("is called below: a new one needs a line in CALLS", () => {
    expect(Object.keys(COMMANDS).sort()).toEqual(Object.keys(CALLS).sort());
  });

  const called = Object.entries(CALLS).flatMap(([name, args]) => (typeof args === "string" ? [] : [[name, args] as const]));

  it.each(called)("%s stands in the ledger under the operator's name, whatever becomes of it", async (name, args) => {
    const before = (await ledgerOf(portal)).length;
    await COMMANDS[name]?.run([...args], underName(name, commandContext(portal))).catch((error: unknown) => {
      // What the thing itself refuses is no matter here: only that it was asked for.
      if (!(error instanceof Error) || error.name === "WrongUsage") throw error;
    });
    expect((await ledgerOf(portal)).slice(before)[0]).toMatchObject({
      act: "operator.command",
      actor: { kind: "operator", id: "night-shift" },
      thing: { type: "command", id: name },
    });
  });

  it.each(called)("%s does nothing for an operator without a name", async (name, args) => {
    const unnamed = { ...portal, config: { ...portal.config, operator: "" } };
    const before = await ledgerOf(portal);
    const entry = COMMANDS[name];
    // Through the runner, and without it: the second look is the command's own.
    for (const context of [underName(name, commandContext(unnamed)), commandContext(unnamed)]) {
      if (name === "release verify" && context !== undefined && !("portal" in context)) continue;
      const outcome = entry?.run([...args], name === "release verify" ? underName(name, commandContext(unnamed)) : context);
      await expect(outcome).rejects.toThrow("WHOLOOKED_OPERATOR");
    }
    expect(await ledgerOf(portal)).toEqual(before);
    expect(() => operatorOf(unnamed)).toThrow("WHOLOOKED_OPERATOR");
  });
});
