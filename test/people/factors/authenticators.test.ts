// Codes of an authenticator: spent once, guessed by nobody, and never a way around them.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  beginAuthenticator,
  confirmAuthenticator,
  findBegunAuthenticator,
  findDemoCode,
  seedDemoAuthenticator,
  showCode,
} from "#app/people/factors/authenticators.server.ts";
import { showRecoveryCode } from "#app/people/factors/recovery-codes.server.ts";
import { removeFactor, resetFactors } from "#app/people/factors/remove-factor.server.ts";
import { stepAt, totpCode } from "#app/people/factors/totp.ts";
import { findActor, findSession } from "#app/people/sessions.server.ts";
import { ProofNeeded } from "#app/people/step-up.ts";
import { NotFound } from "#app/platform/failure.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import {
  enterByMail,
  givenAgency,
  givenPerson,
  givenPhone,
  ledgerActs,
  lettersSent,
  sessionOf,
} from "../given-person.ts";

let portal: TestPortal;
beforeEach(async () => {
  portal = await openTestPortal();
});
afterEach(() => portal[Symbol.asyncDispose]());

const nobody = { browser: null };
const notTaken = "This was not taken";

async function givenClerk(email = "casey@example.org"): Promise<string> {
  return givenPerson(portal, "clerk", { email, agencyId: await givenAgency(portal) });
}

/** A code that none of these three minutes has. */
function wrongFor(phone: { code(steps?: number): string }): string {
  const good = [-1, 0, 1].map((steps) => phone.code(steps));
  return ["000000", "111111", "222222", "333333"].find((code) => !good.includes(code)) ?? "";
}

describe("people at work", () => {
  it.each(["clerk", "supervisor", "intake"] as const)("a mailed link alone makes no %s", async (role) => {
    await givenPerson(portal, role, { agencyId: await givenAgency(portal) });
    const session = await enterByMail(portal);
    expect(session).toMatchObject({ lacks: "set-up", actor: null });
    expect((await givenPhone(portal)).session).toMatchObject({ lacks: "nothing", actor: { memberships: [{ role }] } });
    expect(await enterByMail(portal)).toMatchObject({ lacks: "factor", actor: null });
  });

  it.each(["advocate", "operator"] as const)("nor a %s, whom no agency has hired", async (role) => {
    await givenPerson(portal, role);
    expect(await enterByMail(portal)).toMatchObject({ lacks: "set-up", actor: null });
  });

  it("a resident needs none, until she sets one up or gets a role", async () => {
    const accountId = await givenPerson(portal, null);
    const resident = await enterByMail(portal);
    expect(resident).toMatchObject({ lacks: "nothing", actor: { accountId } });
    await givenPhone(portal);
    expect(await enterByMail(portal)).toMatchObject({ lacks: "factor", actor: null });
  });

  it("somebody hired while signed in acts no more until the factor is there", async () => {
    const accountId = await givenPerson(portal, null);
    const { id } = await enterByMail(portal);
    const agencyId = await givenAgency(portal);
    await portal.db.membership.create({
      data: { id: crypto.randomUUID(), accountId, agencyId, role: "clerk", createdAt: portal.time.now() },
    });
    const row = await portal.db.session.findUniqueOrThrow({ where: { id } });
    expect(row.endedAt).toBeNull();
    expect(await enterByMail(portal)).toMatchObject({ lacks: "set-up", actor: null });
  });
});

describe("a code", () => {
  it("opens, in a new session: whoever knew the old one has nothing", async () => {
    await givenClerk();
    const { phone } = await givenPhone(portal);
    portal.time.advance({ minutes: 1 });
    const half = await enterByMail(portal);
    const shown = await showCode(portal, half, { ...nobody, code: phone.code() });
    expect(await findActor(portal, shown.session)).not.toBeNull();
    expect((await portal.db.session.findUniqueOrThrow({ where: { id: half.id } })).endedAt).not.toBeNull();
    expect((await sessionOf(portal, shown.session)).id).not.toBe(half.id);
  });

  it("is taken one step early and one step late, and no further", async () => {
    await givenClerk();
    const { phone } = await givenPhone(portal);
    for (const steps of [-1, 1]) {
      portal.time.advance({ minutes: 10 });
      await showCode(portal, await enterByMail(portal), { ...nobody, code: phone.code(steps) });
    }
    for (const steps of [-2, 2]) {
      portal.time.advance({ minutes: 10 });
      const trying = showCode(portal, await enterByMail(portal), { ...nobody, code: phone.code(steps) });
      await expect(trying).rejects.toThrow(notTaken);
    }
  });

  it("is taken once: read over a shoulder it opens nothing, in another session neither, nor does one before it", async () => {
    await givenClerk();
    const { phone } = await givenPhone(portal);
    portal.time.advance({ minutes: 1 });
    const code = phone.code();
    const before = phone.code(-1);
    await showCode(portal, await enterByMail(portal), { ...nobody, code });
    const thief = await enterByMail(portal);
    await expect(showCode(portal, thief, { ...nobody, code })).rejects.toThrow(notTaken);
    await expect(showCode(portal, thief, { ...nobody, code: before })).rejects.toThrow(notTaken);
    expect(await findSession(portal, "anything")).toBeNull();
    expect(thief.actor).toBeNull();
  });

  it("the one that set it up is spent by that", async () => {
    await givenClerk();
    const { phone } = await givenPhone(portal);
    await expect(showCode(portal, await enterByMail(portal), { ...nobody, code: phone.code(-1) })).rejects.toThrow();
  });

  it("is taken once, though four browsers send it at the same moment", async () => {
    await givenClerk();
    const { phone } = await givenPhone(portal);
    portal.time.advance({ minutes: 5 });
    const sessions = [];
    for (let n = 0; n < 4; n++) sessions.push(await enterByMail(portal));
    const code = phone.code();
    const tries = await Promise.allSettled(sessions.map((half) => showCode(portal, half, { ...nobody, code })));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("of another account opens nothing here", async () => {
    await givenClerk();
    const { phone } = await givenPhone(portal);
    await givenPerson(portal, "advocate", { email: "other@example.org" });
    await givenPhone(portal, "other@example.org");
    portal.time.advance({ minutes: 1 });
    const other = await enterByMail(portal, "other@example.org");
    await expect(showCode(portal, other, { ...nobody, code: phone.code() })).rejects.toThrow(notTaken);
  });

  it("stands nowhere, nor does the secret behind it", async () => {
    await givenClerk();
    const session = await enterByMail(portal);
    await beginAuthenticator(portal, session);
    const begun = await findBegunAuthenticator(portal, session);
    const [row] = await portal.db.authenticator.findMany();
    expect(begun?.uri).toContain(begun?.secret);
    expect(Buffer.from(row!.secretSealed).toString("latin1")).not.toContain(begun?.secret);
  });
});

describe("guessing", () => {
  async function fail(times: number, browser: string | null, phone: { code(steps?: number): string }) {
    for (let n = 0; n < times; n++) {
      // From a session of its own: a guesser begins anew whenever he likes.
      const half = n === 0 ? await enterByMail(portal) : await last();
      await expect(showCode(portal, half, { browser, code: wrongFor(phone) })).rejects.toThrow(notTaken);
    }
  }
  const last = async () => {
    const row = await portal.db.session.findFirstOrThrow({ where: { endedAt: null }, orderBy: { createdAt: "desc" } });
    const { accountId } = row;
    return { id: row.id, accountId, demo: false, lacks: "factor", holdsRole: true, actor: null, proof } as const;
  };
  const proof = { by: "mail", at: null, assurance: 1, vouchedBy: null } as const;

  it("ends after five failures, with the words of a wrong code, and the right one is not looked at", async () => {
    await givenClerk();
    const { phone } = await givenPhone(portal);
    portal.time.advance({ minutes: 1 });
    await fail(5, null, phone);
    const right = showCode(portal, await last(), { ...nobody, code: phone.code() });
    await expect(right).rejects.toThrow(notTaken);
    await fail(5, null, phone);
    expect(await portal.db.factorFailure.count()).toBe(5);
    // The eleventh.
    await expect(showCode(portal, await last(), { ...nobody, code: phone.code() })).rejects.toThrow(notTaken);
    expect(await ledgerActs(portal, "factor.locked")).toMatchObject([{ detail: { factor: "totp" } }]);
    expect(await lettersSent(portal)).toEqual(["factor-added", "factor-locked"]);
    portal.time.advance({ minutes: 15, seconds: 1 });
    await showCode(portal, await enterByMail(portal), { ...nobody, code: phone.code() });
  });

  it("does not lock the owner out: not at the owner's browser, and not with another way", async () => {
    await givenClerk();
    const { phone, browser, codes } = await givenPhone(portal);
    portal.time.advance({ minutes: 1 });
    await fail(7, null, phone);
    await fail(3, "a browser that nobody knows", phone);
    await showCode(portal, await enterByMail(portal), { browser, code: phone.code() });
    await showRecoveryCode(portal, await enterByMail(portal), { ...nobody, code: codes[0] ?? "" });
  });

  it("a known browser is known for its own account alone", async () => {
    await givenPerson(portal, "advocate", { email: "other@example.org" });
    const { browser } = await givenPhone(portal, "other@example.org");
    await givenClerk();
    const { phone } = await givenPhone(portal);
    portal.time.advance({ minutes: 1 });
    await fail(5, null, phone);
    const trying = showCode(portal, await last(), { browser, code: phone.code() });
    await expect(trying).rejects.toThrow(notTaken);
  });

  it("counts every one of twenty tries at the same moment", async () => {
    await givenClerk();
    const { phone } = await givenPhone(portal);
    portal.time.advance({ minutes: 1 });
    await enterByMail(portal);
    const half = await last();
    const code = wrongFor(phone);
    await Promise.allSettled(Array.from({ length: 20 }, () => showCode(portal, half, { ...nobody, code })));
    expect(await portal.db.factorFailure.count()).toBe(5);
    expect(await ledgerActs(portal, "factor.locked")).toHaveLength(1);
  });

  it("goes on for no more than thirty tries a day", async () => {
    await givenClerk();
    const { phone } = await givenPhone(portal);
    for (let quarter = 0; quarter < 8; quarter++) {
      portal.time.advance({ minutes: 16 });
      await fail(5, null, phone);
    }
    expect(await portal.db.factorFailure.count()).toBe(30);
    portal.time.advance({ minutes: 16 });
    const right = showCode(portal, await enterByMail(portal), { ...nobody, code: phone.code() });
    await expect(right).rejects.toThrow(notTaken);
    portal.time.advance({ hours: 25 });
    await showCode(portal, await enterByMail(portal), { ...nobody, code: phone.code() });
  });
});

describe("changing it", () => {
  it("is not for who is half-way in", async () => {
    await givenClerk();
    await givenPhone(portal);
    const thief = await enterByMail(portal);
    await expect(beginAuthenticator(portal, thief)).rejects.toThrow(NotFound);
    await expect(confirmAuthenticator(portal, thief, { ...nobody, code: "123456" })).rejects.toThrow(NotFound);
  });

  it("asks again after five minutes, and not before", async () => {
    await givenClerk();
    const { secret } = await givenPhone(portal);
    portal.time.advance({ minutes: 4, seconds: 59 });
    await beginAuthenticator(portal, await sessionOf(portal, secret));
    portal.time.advance({ seconds: 1 });
    await expect(beginAuthenticator(portal, await sessionOf(portal, secret))).rejects.toThrow(ProofNeeded);
    const actor = await findActor(portal, secret);
    await expect(removeFactor(portal, actor!, crypto.randomUUID())).rejects.toThrow(ProofNeeded);
  });

  it("a new one ends the old one, whose secret is gone", async () => {
    await givenClerk();
    const old = await givenPhone(portal);
    await beginAuthenticator(portal, old.session);
    const begun = await findBegunAuthenticator(portal, old.session);
    portal.time.advance({ minutes: 1 });
    const code = totpCode(begun!.secret, stepAt(portal.time.now()));
    const set = await confirmAuthenticator(portal, old.session, { ...nobody, code });
    // The codes on paper stay as they are.
    expect(set.codes).toBeNull();
    const rows = await portal.db.authenticator.findMany({ orderBy: { createdAt: "asc" } });
    expect(rows.map(({ removedAt, secretSealed }) => [removedAt !== null, secretSealed.length > 0])).toEqual([
      [true, false],
      [false, true],
    ]);
    const trying = showCode(portal, await enterByMail(portal), { ...nobody, code: old.phone.code() });
    await expect(trying).rejects.toThrow(notTaken);
    expect(await lettersSent(portal)).toEqual(["factor-added", "factor-added"]);
  });

  it("people at work do not remove the last one; a resident may", async () => {
    await givenClerk();
    const { session } = await givenPhone(portal);
    const { id } = await portal.db.authenticator.findFirstOrThrow();
    await expect(removeFactor(portal, session.actor!, id)).rejects.toMatchObject({ code: "factors.last" });
    await givenPerson(portal, null, { email: "vera@example.org" });
    const vera = await givenPhone(portal, "vera@example.org");
    const own = await portal.db.authenticator.findFirstOrThrow({ where: { accountId: vera.session.accountId } });
    await expect(removeFactor(portal, session.actor!, own.id)).rejects.toThrow(NotFound);
    await removeFactor(portal, vera.session.actor!, own.id);
    expect(await enterByMail(portal, "vera@example.org")).toMatchObject({ lacks: "nothing" });
    expect(await portal.db.recoveryCode.count({ where: { accountId: vera.session.accountId, revokedAt: null } })).toBe(
      0,
    );
    expect(await lettersSent(portal)).toEqual(["factor-added", "factor-added", "factor-removed"]);
  });

  it("an operator resets it for who has lost everything; the sessions end, the owner is told", async () => {
    const accountId = await givenClerk();
    const { secret, session, codes } = await givenPhone(portal);
    const input = { accountId, seen: "in-person" } as const;
    await expect(resetFactors(portal, session.actor!, input)).rejects.toThrow(NotFound);
    await resetFactors(portal, { kind: "operator", name: "olu" }, input);
    expect(await findActor(portal, secret)).toBeNull();
    const half = await enterByMail(portal);
    expect(half).toMatchObject({ lacks: "set-up", actor: null });
    await expect(showRecoveryCode(portal, half, { ...nobody, code: codes[0] ?? "" })).rejects.toThrow(notTaken);
    expect(await ledgerActs(portal, "factor.reset")).toMatchObject([{ actor: { id: "olu" }, why: "in-person" }]);
    expect(await lettersSent(portal)).toContain("factors-reset");
  });
});

describe("the demonstration's code", () => {
  it("is shown for its own people, and for nobody else, nor where there is no demonstration", async () => {
    await using off = await openTestPortal({ env: { WHOLOOKED_DEMO: "off" } });
    for (const [here, shown] of [
      [portal, true],
      [off, false],
    ] as const) {
      const agencyId = await givenAgency(here);
      const invented = await givenPerson(here, "clerk", { email: "demo@example.org", agencyId, demo: true });
      const real = await givenPerson(here, "clerk", { agencyId });
      await seedDemoAuthenticator(here, invented);
      await seedDemoAuthenticator(here, real);
      expect(await here.db.authenticator.count()).toBe(1);
      const half = await enterByMail(here, "demo@example.org");
      const code = await findDemoCode(here, half);
      expect(code !== null).toBe(shown);
      const { session } = await givenPhone(here);
      expect(await findDemoCode(here, session)).toBeNull();
      if (code) {
        await showCode(here, half, { ...nobody, code });
        // Spent: the next is shown, and it is taken too.
        const next = await findDemoCode(here, await enterByMail(here, "demo@example.org"));
        expect(next).not.toBe(code);
        await showCode(here, await enterByMail(here, "demo@example.org"), { ...nobody, code: next ?? "" });
      }
    }
  });
});
