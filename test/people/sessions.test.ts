// What a session knows, how long it lasts whatever is shown meanwhile, and what a printed link of the demo is worth.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askSignIn, makeDemoLink } from "#app/people/ask-sign-in.server.ts";
import { enterByLink } from "#app/people/enter.server.ts";
import { seedDemoAuthenticator, showCode } from "#app/people/factors/authenticators.server.ts";
import { renewRecoveryCodes } from "#app/people/factors/recovery-codes.server.ts";
import { peopleJobs } from "#app/people/jobs.server.ts";
import { deviceOf, isFresh, lackOf, type Proof, readDevice } from "#app/people/session.ts";
import { endOtherSessions, findActor, findSession, listSessions } from "#app/people/sessions.server.ts";
import { ProofNeeded, requireFresh } from "#app/people/step-up.ts";
import { getDraft, keepDraft } from "#app/people/step-up-drafts.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import {
  enterByMail,
  givenAgency,
  givenPerson,
  givenPhone,
  ledgerActs,
  newestLink,
  sessionOf,
} from "./given-person.ts";

const NOW = new Date("2026-03-02T17:00:00Z");
const proof = (part: Partial<Proof>): Proof => ({ by: "totp", at: NOW, assurance: 2, vouchedBy: null, ...part });
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);

describe("a proof", () => {
  it.each([
    [proof({}), 0, true],
    [proof({}), 4.99, true],
    [proof({}), 5, false],
    [proof({}), -1, false],
    [proof({ by: "mail", assurance: 1 }), 1, true],
    [proof({ at: null }), 0, false],
    [proof({ by: "demo" }), 0, false],
  ])("%j after %d minutes is fresh: %s", (given, after, fresh) => {
    expect(isFresh({ proof: given }, minutes(after))).toBe(fresh);
    const actor = { kind: "account", accountId: "a", name: "", locale: "en", memberships: [], proof: given } as const;
    if (fresh) requireFresh(actor, minutes(after));
    else expect(() => requireFresh(actor, minutes(after))).toThrow(ProofNeeded);
  });

  it("is asked of whoever has a session, and missing is no proof; a shell, a machine and a job have none", () => {
    const account = { kind: "account", accountId: "a", name: "", locale: "en", memberships: [] } as const;
    expect(() => requireFresh(account, NOW)).toThrow(ProofNeeded);
    requireFresh({ kind: "operator", name: "olu" }, NOW);
    requireFresh({ kind: "system", task: "make-release" }, NOW);
  });

  it.each([
    [1, [], false, "nothing"],
    [1, [], true, "factor"],
    [1, [{}], false, "set-up"],
    [1, [{}], true, "factor"],
    [2, [{}], true, "nothing"],
    [2, [], false, "nothing"],
  ] as const)("of %d factors, with roles %j, a factor set up %s: lacks %s", (assurance, memberships, has, lack) => {
    expect(lackOf({ proof: proof({ assurance }), memberships, hasFactor: has })).toBe(lack);
  });
});

describe("a browser", () => {
  it.each([
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "firefox/linux"],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1",
      "safari/iphone",
    ],
    ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "edge/windows"],
    ["Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "chrome/android"],
    ["<script>", "other/other"],
    [null, "other/other"],
  ])("%s is known as %s", (agent, device) => {
    expect(deviceOf(agent)).toBe(device);
    expect(Object.values(readDevice(device)).join("/")).toBe(device);
  });

  it("what stands there and is no browser of ours is just another one", () => {
    expect(readDevice("<b>/x")).toEqual({ browser: "other", machine: "other" });
  });
});

describe("a session", () => {
  let portal: TestPortal;
  beforeEach(async () => {
    portal = await openTestPortal();
  });
  afterEach(() => portal[Symbol.asyncDispose]());
  const nobody = { browser: null };

  it("ends twelve hours after the first factor, however often the second is shown", async () => {
    await givenPerson(portal, "clerk", { agencyId: await givenAgency(portal) });
    const { phone, secret } = await givenPhone(portal);
    const began = portal.time.now().getTime();
    let session = await sessionOf(portal, secret);
    let newest = secret;
    while (portal.time.now().getTime() - began < (12 * 60 - 20) * 60_000) {
      portal.time.advance({ minutes: 20 });
      session = await sessionOf(portal, newest);
      newest = (await showCode(portal, session, { ...nobody, code: phone.code() })).session;
    }
    expect(await findActor(portal, newest)).not.toBeNull();
    portal.time.advance({ minutes: 20 });
    expect(await findActor(portal, newest)).toBeNull();
  });

  it("half-way in ends after half an hour without a page, too", async () => {
    await givenPerson(portal, "clerk", { agencyId: await givenAgency(portal) });
    await askSignIn(portal, { email: "casey@example.org", locale: "en" });
    const { session } = await enterByLink(portal, await newestLink(portal));
    portal.time.advance({ minutes: 29 });
    expect(await findSession(portal, session)).toMatchObject({ lacks: "set-up" });
    portal.time.advance({ minutes: 30 });
    expect(await findSession(portal, session)).toBeNull();
  });

  it("is listed where it is open, and ends everywhere else at once", async () => {
    await givenPerson(portal, null);
    const here = await enterByMail(portal);
    await enterByMail(portal);
    await enterByMail(portal);
    await givenPerson(portal, null, { email: "other@example.org" });
    const other = await enterByMail(portal, "other@example.org");
    const listed = await listSessions(portal, here.actor!, here.id);
    expect(listed.map(({ here: isHere }) => isHere)).toEqual([true, false, false]);
    expect(await endOtherSessions(portal, here.actor!, here.id)).toBe(2);
    expect(await listSessions(portal, here.actor!, here.id)).toHaveLength(1);
    expect(await listSessions(portal, other.actor!, other.id)).toHaveLength(1);
    expect(await ledgerActs(portal, "session.")).toMatchObject([{ act: "session.others-ended", detail: { count: 2 } }]);
  });

  it("keeps what was typed for its writer alone, sealed, for a quarter of an hour; then it is gone with its key", async () => {
    await givenPerson(portal, null);
    const { actor } = await enterByMail(portal);
    await givenPerson(portal, null, { email: "other@example.org" });
    const { actor: other } = await enterByMail(portal, "other@example.org");
    const typed = { path: "/desk/x", fields: [["reason", "Quillfeather"]] as [string, string][] };
    const keys = await portal.db.dataKey.count();
    const id = await keepDraft(portal, actor!, typed);
    expect(await getDraft(portal, actor!, id)).toEqual(typed);
    await expect(getDraft(portal, other!, id)).rejects.toThrow(NotFound);
    const [row] = await portal.db.stepUp.findMany();
    expect(Buffer.from(row!.draftSealed).toString("latin1")).not.toContain("Quillfeather");
    portal.time.advance({ minutes: 15 });
    await expect(getDraft(portal, actor!, id)).rejects.toThrow(NotFound);
    await peopleJobs["sweep-sign-in"]?.(portal, {});
    expect([await portal.db.stepUp.count(), await portal.db.dataKey.count()]).toEqual([0, keys]);
  });
});

describe("a printed link of the demonstration", () => {
  it("is both factors, and no proof of the moment", async () => {
    await using portal = await openTestPortal();
    const agencyId = await givenAgency(portal);
    const id = await givenPerson(portal, "supervisor", { agencyId, demo: true });
    await seedDemoAuthenticator(portal, id);
    const link = (await makeDemoLink(portal, id)).split("/enter/")[1] ?? "";
    const session = await sessionOf(portal, (await enterByLink(portal, link)).session);
    expect(session).toMatchObject({ lacks: "nothing", proof: { by: "demo", at: null } });
    await expect(renewRecoveryCodes(portal, session.actor!)).rejects.toThrow(ProofNeeded);
  });

  it("is nothing once there is no demonstration, or the account is no invented one", async () => {
    await using portal = await openTestPortal();
    const agencyId = await givenAgency(portal);
    const id = await givenPerson(portal, "supervisor", { agencyId, demo: true });
    const link = (await makeDemoLink(portal, id)).split("/enter/")[1] ?? "";
    const off = { ...portal, config: { ...portal.config, demo: "off" as const } };
    await expect(enterByLink(off, link)).rejects.toThrow("not valid");
    await portal.db.account.update({ where: { id }, data: { demo: false } });
    await expect(enterByLink(portal, link)).rejects.toThrow("not valid");
    await portal.db.account.update({ where: { id }, data: { demo: true } });
    await enterByLink(portal, link);
  });

  it("a mailed link to an invented person is one factor, as everybody's", async () => {
    await using portal = await openTestPortal();
    const id = await givenPerson(portal, "clerk", { agencyId: await givenAgency(portal), demo: true });
    await seedDemoAuthenticator(portal, id);
    expect(await enterByMail(portal)).toMatchObject({ lacks: "factor", actor: null });
    expect(await findSession(portal, "x")).toBeNull();
  });
});
