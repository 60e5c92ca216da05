// The mailbox thief: she holds the victim's mailbox, changes the address, and tries for what is released.
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { giveConsent } from "#app/complaints/consent.server.ts";
import { fileDispute } from "#app/complaints/file-dispute.server.ts";
import { getComplaintForResident } from "#app/complaints/get-complaint.server.ts";
import { withdrawComplaint } from "#app/complaints/move-complaint.server.ts";
import { getReleaseForResident, getReleasePdf } from "#app/histories/queries.server.ts";
import { tellAllHeld, tellHeld } from "#app/histories/tell-release.server.ts";
import { getAccount } from "#app/people/accounts.server.ts";
import type { AccountActor, Actor } from "#app/people/actor.ts";
import { askSignIn } from "#app/people/ask-sign-in.server.ts";
import { askContactChange, confirmContactChange } from "#app/people/change-contact.server.ts";
import { freezeAt } from "#app/people/contact-change.ts";
import { enterByLink } from "#app/people/enter.server.ts";
import { endFreeze, findFreeze } from "#app/people/freeze.server.ts";
import { findActor } from "#app/people/sessions.server.ts";
import { undoContactChange } from "#app/people/undo-contact-change.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { givenDispute, WORDS } from "#test/complaints/given-dispute.ts";
import { givenCase, givenMatched, release } from "#test/histories/given-case.ts";
import { entering, givenPerson, ledgerOf, mailbox } from "#test/people/given-people.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const NOT_FOUND = expect.objectContaining({ name: "NotFound" });
const refused = (code: string) => expect.objectContaining({ code });
const THIEF = "thief@example.org";

let portal: TestPortal;
beforeEach(async () => {
  portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
});
afterEach(() => portal[Symbol.asyncDispose]());

async function signedIn(address: string): Promise<{ actor: AccountActor; session: string }> {
  const session = await entering(portal, address);
  const actor = await findActor(portal, session);
  if (!actor) throw new Error("nobody is signed in");
  return { actor, session };
}

async function change(who: { actor: AccountActor; session: string }, email: string): Promise<void> {
  portal.time.advance({ seconds: 1 });
  await askContactChange(portal, who.actor, { email, locale: "en" });
  const code = (await mailbox(portal, email))[0]?.params["code"] ?? "";
  await confirmContactChange(portal, who.actor, { session: who.session, code });
}

const undoLink = async (address: string) =>
  (await mailbox(portal, address)).find(({ letter }) => letter === "contact-changed")?.secret ?? "";
const addressOf = async (actor: AccountActor) => (await getAccount(portal, actor.accountId)).email;

describe("changing the address", () => {
  it("takes a fresh sign-in, a code from the new mailbox, and tells the old one", async () => {
    await givenPerson(portal, "vera");
    const vera = await signedIn("vera@example.org");
    await change(vera, "vera.new@example.org");
    expect(await addressOf(vera.actor)).toBe("vera.new@example.org");
    const [told] = await mailbox(portal, "vera@example.org");
    expect(told?.letter).toBe("contact-changed");
    // The letter names neither the new address nor the person.
    expect(JSON.stringify(told?.params)).not.toMatch(/vera/i);
    expect((await signedIn("vera.new@example.org")).actor.accountId).toBe(vera.actor.accountId);
    expect((await ledgerOf(portal)).map(({ act }) => act)).toEqual(
      expect.arrayContaining(["contact.asked", "contact.changed"]),
    );
  });

  it("is refused to a session that is merely open", async () => {
    await givenPerson(portal, "vera");
    const vera = await signedIn("vera@example.org");
    await askContactChange(portal, vera.actor, { email: THIEF, locale: "en" });
    const code = (await mailbox(portal, THIEF))[0]?.params["code"] ?? "";
    // Who found the phone on the table: the sign-in is older than what asks for a fresh one.
    portal.time.advance({ minutes: 5 });
    const PROOF = expect.objectContaining({ name: "ProofNeeded" });
    const open = await findActor(portal, vera.session);
    for (const actor of [vera.actor, ...(open ? [open] : [])]) {
      await expect(askContactChange(portal, actor, { email: THIEF, locale: "en" })).rejects.toEqual(PROOF);
      await expect(confirmContactChange(portal, actor, { session: vera.session, code })).rejects.toEqual(PROOF);
    }
    expect(await addressOf(vera.actor)).toBe("vera@example.org");
  });

  it("is refused without the right code: five tries, and never another's", async () => {
    await givenPerson(portal, "vera");
    const vera = await signedIn("vera@example.org");
    await askContactChange(portal, vera.actor, { email: THIEF, locale: "en" });
    const code = (await mailbox(portal, THIEF))[0]?.params["code"] ?? "";
    const wrong = code === "000000" ? "000001" : "000000";
    const type = (typed: string, who = vera) =>
      confirmContactChange(portal, who.actor, { session: who.session, code: typed });
    await givenPerson(portal, "eve");
    await expect(type(code, await signedIn("eve@example.org"))).rejects.toEqual(refused("contact.code"));
    for (let n = 0; n < 5; n++) await expect(type(wrong)).rejects.toEqual(refused("contact.code"));
    await expect(type(code)).rejects.toEqual(refused("contact.code"));
    expect(await addressOf(vera.actor)).toBe("vera@example.org");
    expect(await findFreeze(portal, vera.actor.accountId)).toBeNull();
  });

  it("tells who owns the other mailbox, and nobody else, that an address has an account", async () => {
    await givenPerson(portal, "vera");
    await givenPerson(portal, "known");
    const vera = await signedIn("vera@example.org");
    const ask = (email: string) => askContactChange(portal, vera.actor, { email, locale: "en" });
    await ask("known@example.org");
    await ask("unknown@example.org");
    portal.time.advance({ seconds: 1 });
    await ask("known@example.org");
    const code = (await mailbox(portal, "known@example.org"))[0]?.params["code"] ?? "";
    await expect(confirmContactChange(portal, vera.actor, { session: vera.session, code })).rejects.toEqual(
      refused("contact.taken"),
    );
  });

  it("is not for people who hold a role, and not for the address that it is", async () => {
    await givenPerson(portal, "ada", ["advocate", null]);
    const ada = await signedIn("ada@example.org");
    const asking = { email: "x@example.org", locale: "en" } as const;
    await expect(askContactChange(portal, ada.actor, asking)).rejects.toEqual(refused("contact.staff"));
    await givenPerson(portal, "vera");
    const vera = await signedIn("vera@example.org");
    const same = { email: " VERA@example.org", locale: "en" } as const;
    await expect(askContactChange(portal, vera.actor, same)).rejects.toEqual(refused("contact.same"));
  });

  it("ends every other session", async () => {
    await givenPerson(portal, "vera");
    const other = await signedIn("vera@example.org");
    const vera = await signedIn("vera@example.org");
    await change(vera, "vera.new@example.org");
    expect(await findActor(portal, other.session)).toBeNull();
    expect(await findActor(portal, vera.session)).not.toBeNull();
  });
});

describe("the mailbox thief", () => {
  /** The victim has an answer and a complaint; the thief signs in from the victim's mailbox and moves the account. */
  async function taken() {
    const dispute = await givenDispute(portal);
    const [complaintId = ""] = await dispute.file([1]);
    const victim = (await getAccount(portal, dispute.resident.accountId)).email;
    const thief = await signedIn(victim);
    expect(thief.actor.accountId).toBe(dispute.resident.accountId);
    await change(thief, THIEF);
    return { dispute, complaintId, victim, thief };
  }

  it("gets neither page nor PDF nor mail nor dispute nor complaint, and can let no friend in", async () => {
    const { dispute, complaintId, thief } = await taken();
    const { releaseId, advocate } = dispute;
    const frozen = refused("release.frozen");
    const before = (await mailbox(portal, THIEF)).length;
    await expect(getReleaseForResident(portal, thief.actor, releaseId)).rejects.toEqual(frozen);
    await expect(getReleasePdf(portal, thief.actor, releaseId)).rejects.toEqual(frozen);
    const input = { formId: randomUUID(), releaseId, lines: [1], words: WORDS, advocateId: null };
    await expect(fileDispute(portal, thief.actor, input)).rejects.toEqual(frozen);
    await expect(getComplaintForResident(portal, thief.actor, complaintId)).rejects.toEqual(frozen);
    const consent = { complaintId, advocateId: advocate.accountId };
    await expect(giveConsent(portal, thief.actor, consent)).rejects.toEqual(frozen);
    await expect(withdrawComplaint(portal, thief.actor, complaintId)).rejects.toEqual(frozen);
    expect((await mailbox(portal, THIEF)).length).toBe(before);
    // The victim will see that somebody has asked.
    const tries = (await ledgerOf(portal)).filter(({ act }) => act === "release.held-back");
    expect(tries).toHaveLength(3);
    // Six days and 23 hours later it is the same; her session is long over, so she signs in anew.
    portal.time.advance({ days: 6, hours: 23 });
    const later = await signedIn(THIEF);
    await expect(getReleasePdf(portal, later.actor, releaseId)).rejects.toEqual(frozen);
  });

  it("is not told by mail that an answer is there, which is told once the freeze is over", async () => {
    const given = await givenCase(portal, { contact: "mail" });
    await givenMatched(portal, given);
    const victim = (await getAccount(portal, given.resident.accountId)).email;
    await change(await signedIn(victim), THIEF);
    const ready = async () =>
      (await mailbox(portal, THIEF)).filter(({ letter }) => letter === "something-ready").length;
    const releaseId = await release(portal, given);
    await tellHeld(portal, { releaseId });
    expect(await ready()).toBe(0);
    portal.time.advance({ days: 7 });
    await tellHeld(portal, { releaseId });
    await tellHeld(portal, { releaseId });
    expect(await ready()).toBe(1);
  });

  it("is undone from the old mailbox, and ends with nothing", async () => {
    const { dispute, victim, thief } = await taken();
    // She has moved on meanwhile, so that the first undoing should miss her.
    portal.time.advance({ hours: 1 });
    const again = await signedIn(THIEF);
    await change(again, "thief.two@example.org");
    await undoContactChange(portal, await undoLink(victim));

    expect(await addressOf(dispute.resident)).toBe(victim);
    for (const { session } of [thief, again]) expect(await findActor(portal, session)).toBeNull();
    // Her own links undo nothing any more, and her mailboxes lead to no account of the victim's.
    await expect(undoContactChange(portal, await undoLink(THIEF))).rejects.toEqual(refused("contact.undoSpent"));
    await expect(undoContactChange(portal, await undoLink(victim))).rejects.toEqual(refused("contact.undoSpent"));
    for (const address of [THIEF, "thief.two@example.org"]) {
      expect((await signedIn(address)).actor.accountId).not.toBe(dispute.resident.accountId);
    }
    // Somebody was in the account: for another seven days nothing is released, to whoever it is.
    const home = await signedIn(victim);
    expect(home.actor.accountId).toBe(dispute.resident.accountId);
    await expect(getReleasePdf(portal, home.actor, dispute.releaseId)).rejects.toEqual(refused("release.frozen"));
    portal.time.advance({ days: 7 });
    await getReleasePdf(portal, (await signedIn(victim)).actor, dispute.releaseId);
    expect((await ledgerOf(portal)).map(({ act }) => act)).toContain("contact.undone");
  });

  it("cannot hide it by throwing the letter away: the victim's next sign-in brings another", async () => {
    const { victim } = await taken();
    const thrown = await undoLink(victim);
    portal.time.advance({ days: 3 });
    await askSignIn(portal, { email: victim, locale: "en" });
    const [newest] = await mailbox(portal, victim);
    expect(newest?.letter).toBe("contact-changed");
    await expect(undoContactChange(portal, thrown)).rejects.toEqual(refused("contact.undoSpent"));
    await undoContactChange(portal, newest?.secret ?? "");
    expect((await signedIn(victim)).actor.accountId).toBeTruthy();
  });

  it("cannot move into the old address to keep the undoing from coming home", async () => {
    const { victim, dispute } = await taken();
    await givenPerson(portal, "eve");
    const eve = await signedIn("eve@example.org");
    await expect(change(eve, victim)).rejects.toEqual(refused("contact.taken"));
    // Nor by a sign-in that was mailed before, to a new and empty account there.
    await expect(
      portal.db.signIn.findFirstOrThrow({ where: { usedAt: null, expiresAt: { gt: portal.time.now() } } }),
    ).rejects.toThrow();
    await undoContactChange(portal, await undoLink(victim));
    expect(await addressOf(dispute.resident)).toBe(victim);
  });

  it("is undone for fourteen days, and not for one second more", async () => {
    const { victim, dispute } = await taken();
    const link = await undoLink(victim);
    portal.time.advance({ days: 14 });
    await expect(undoContactChange(portal, link)).rejects.toEqual(refused("contact.undoSpent"));
    expect(await addressOf(dispute.resident)).toBe(THIEF);
  });
});

describe("ending a freeze", () => {
  async function frozenVera() {
    await givenPerson(portal, "vera");
    const vera = await signedIn("vera@example.org");
    await change(vera, "vera.new@example.org");
    return vera;
  }
  const end = (actor: Actor, residentId: string, agencyId: string) =>
    inTransaction(portal, (tx) => endFreeze(portal, tx, actor, { residentId, agencyId, check: "a-check" }));

  it("is for a clerk who saw identity proved, and for the portal that read the code: never for the session itself", async () => {
    const vera = await frozenVera();
    const agencyId = randomUUID();
    const clerk = await givenPerson(portal, "clerk");
    const as = (role: "clerk" | "supervisor" | "admin" | "operator", at: string | null): AccountActor => ({
      ...clerk,
      memberships: [{ role, agencyId: at }],
    });
    const others: Actor[] = [
      vera.actor,
      clerk,
      as("supervisor", agencyId),
      as("admin", agencyId),
      as("operator", null),
      as("clerk", randomUUID()),
      { ...vera.actor, memberships: [{ role: "clerk", agencyId }] },
      { kind: "operator", name: "root" },
    ];
    for (const actor of others)
      await expect(end(actor, vera.actor.accountId, agencyId), JSON.stringify(actor)).rejects.toEqual(NOT_FOUND);
    expect(await findFreeze(portal, vera.actor.accountId)).not.toBeNull();
    expect(await end(as("clerk", agencyId), vera.actor.accountId, agencyId)).toBe(true);
    expect(await findFreeze(portal, vera.actor.accountId)).toBeNull();
    expect(await end({ kind: "system", task: "a-code" }, vera.actor.accountId, agencyId)).toBe(false);
    // Who proved identity keeps the new address: the old mailbox, which may be the thief's, takes nothing back.
    await expect(undoContactChange(portal, await undoLink("vera@example.org"))).rejects.toEqual(
      refused("contact.undoSpent"),
    );
    expect((await ledgerOf(portal)).at(-1)).toMatchObject({
      act: "freeze.ended",
      actor: { role: "clerk" },
      resident: vera.actor.accountId,
    });
  });

  it("sends what was held, once", async () => {
    const dispute = await givenDispute(portal);
    const victim = (await getAccount(portal, dispute.resident.accountId)).email;
    await change(await signedIn(victim), "new@example.org");
    await portal.db.heldLetter.create({
      data: { releaseId: dispute.releaseId, accountId: dispute.resident.accountId, heldAt: portal.time.now() },
    });
    await end({ kind: "system", task: "a-code" }, dispute.resident.accountId, dispute.given.agencyId);
    const accountId = dispute.resident.accountId;
    await tellAllHeld(portal, { accountId });
    await tellAllHeld(portal, { accountId });
    const ready = (await mailbox(portal, "new@example.org")).filter(({ letter }) => letter === "something-ready");
    expect(ready).toHaveLength(1);
    await getReleasePdf(portal, dispute.resident, dispute.releaseId);
  });

  it("holds to the end of the longest", () => {
    const at = (day: number) => new Date(Date.UTC(2026, 2, day));
    const freeze = (from: number, until: number, ended?: number) => ({
      from: at(from),
      until: at(until),
      endedAt: ended === undefined ? null : at(ended),
    });
    expect(freezeAt([freeze(1, 8), freeze(3, 10), freeze(2, 9)], at(5))).toEqual({ from: at(3), until: at(10) });
    expect(freezeAt([freeze(1, 8)], at(8))).toBeNull();
    expect(freezeAt([freeze(1, 8, 4)], at(5))).toBeNull();
    expect(freezeAt([freeze(6, 13)], at(5))).toBeNull();
  });
});

it("an old letter to sign in opens no empty account at an address that was just left", async () => {
  await givenPerson(portal, "vera");
  portal.time.advance({ seconds: 1 });
  const vera = await signedIn("vera@example.org");
  await change(vera, "vera.new@example.org");
  await askSignIn(portal, { email: "vera@example.org", locale: "en" });
  expect((await mailbox(portal, "vera@example.org"))[0]?.letter).toBe("contact-changed");
  await expect(enterByLink(portal, "nothing")).rejects.toThrow();
  expect(await portal.db.account.count()).toBe(1);
});
