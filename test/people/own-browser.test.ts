// The mailbox thief who changes nothing: she reads the victim's mail, signs in as the victim, and opens what is there.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { giveConsent } from "#app/complaints/consent.server.ts";
import { getDisputedLines } from "#app/complaints/disputed-lines.server.ts";
import { getComplaintForResident } from "#app/complaints/get-complaint.server.ts";
import { listComplaintsForResident } from "#app/complaints/list-complaints.server.ts";
import { withdrawComplaint } from "#app/complaints/move-complaint.server.ts";
import { getReleaseForResident, getReleasePdf } from "#app/histories/queries.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { askContactChange } from "#app/people/change-contact.server.ts";
import { beginAuthenticator } from "#app/people/factors/authenticators.server.ts";
import { ownBrowser } from "#app/people/own-browser.server.ts";
import { secretHash } from "#app/people/secret.ts";
import { findSession, type OpenSession } from "#app/people/sessions.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { getOwnContact } from "#app/requests/contact-choice.server.ts";
import { fileRequest } from "#app/requests/file-request.server.ts";
import { proveByCode } from "#app/requests/identity/code-letter.server.ts";
import { getRequestForResident } from "#app/requests/my-requests.server.ts";
import { getOwnWalls } from "#app/requests/name-wall.server.ts";
import { listReadersForResident } from "#app/requests/readers.server.ts";
import { listRepresentatives } from "#app/requests/representatives/list-representatives.server.ts";
import { givenDispute } from "#test/complaints/given-dispute.ts";
import { entering, givenPerson, ledgerOf } from "#test/people/given-people.ts";
import { answersOf, givenDraft, PERSON } from "#test/requests/given-request.ts";
import { givenIdentity } from "#test/requests/identity/given-identity.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const ELSEWHERE = expect.objectContaining({ code: "release.elsewhere" });

let portal: TestPortal;
beforeEach(async () => {
  portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
});
afterEach(() => portal[Symbol.asyncDispose]());

/** A session of the resident, as a browser with that cookie would have it. */
async function sessionOf(address: string, browser: string | null): Promise<OpenSession & { actor: AccountActor }> {
  const session = await findSession(portal, await entering(portal, address), browser);
  if (!session?.actor) throw new Error("nobody is signed in");
  return { ...session, actor: session.actor };
}

const bind = (accountId: string, requestId: string, browser: string | null = null) =>
  inTransaction(portal, (tx) => ownBrowser(portal, tx, { accountId, requestId, browser }));

describe("an answer, its complaint, and whom the resident trusts", () => {
  it("open in the own browser and to two factors, and nowhere to the mailbox alone", async () => {
    const { given, releaseId, file, advocate } = await givenDispute(portal);
    const [complaintId = ""] = await file([1]);
    const { requestId, resident } = given;
    const own = await bind(resident.accountId, requestId);
    const ways: Record<string, (actor: AccountActor) => Promise<unknown>> = {
      page: (actor) => getReleaseForResident(portal, actor, releaseId),
      pdf: (actor) => getReleasePdf(portal, actor, releaseId),
      "lines to dispute": (actor) => getDisputedLines(portal, actor, { releaseId, lines: [1] }),
      complaint: (actor) => getComplaintForResident(portal, actor, complaintId),
      "a friend": (actor) => giveConsent(portal, actor, { complaintId, advocateId: advocate.accountId }),
      "who opened it": (actor) => listReadersForResident(portal, actor, requestId),
      "who acts": (actor) => listRepresentatives(portal, actor, requestId),
      walls: (actor) => getOwnWalls(portal, actor, requestId),
      "how to be reached": (actor) => getOwnContact(portal, actor, requestId),
    };
    const thief = (await sessionOf("resident@example.org", null)).actor;
    const planted = (await sessionOf("resident@example.org", "planted")).actor;
    for (const [way, open] of Object.entries(ways)) {
      for (const actor of [thief, planted]) await expect(open(actor), way).rejects.toEqual(ELSEWHERE);
    }
    await expect(withdrawComplaint(portal, thief, complaintId)).rejects.toEqual(ELSEWHERE);
    expect(await listComplaintsForResident(portal, thief)).toEqual([]);
    // The request itself is there, without a word of what was found or how its resident can be reached.
    expect((await getRequestForResident(portal, thief, requestId))?.elsewhere).toBe(true);
    // The resident will see that somebody has asked.
    expect((await ledgerOf(portal)).filter(({ act }) => act === "release.held-back")).toHaveLength(6);

    const atHome = (await sessionOf("resident@example.org", own)).actor;
    const { now } = portal.time;
    const proved = { ...thief, proof: { by: "totp", at: now(), assurance: 2, vouchedBy: null } } as const;
    for (const open of Object.values(ways)) {
      for (const actor of [atHome, proved]) await open(actor);
    }
    expect((await getRequestForResident(portal, atHome, requestId))?.elsewhere).toBe(false);
    expect(await listComplaintsForResident(portal, atHome)).toHaveLength(1);
  });

  it("are not there at all for somebody else, whatever browser it is", async () => {
    const { given, releaseId } = await givenDispute(portal);
    const own = await bind(given.resident.accountId, given.requestId);
    await givenPerson(portal, "eve");
    const eve = (await sessionOf("eve@example.org", own)).actor;
    await expect(getReleaseForResident(portal, eve, releaseId)).rejects.toMatchObject({ name: "NotFound" });
    expect((await ledgerOf(portal)).filter(({ act }) => act === "release.held-back")).toEqual([]);
  });
});

describe("the mailbox alone", () => {
  it("makes no second factor and no other address, which would open by a detour what it does not", async () => {
    const { given } = await givenDispute(portal);
    const own = await bind(given.resident.accountId, given.requestId);
    const thief = await sessionOf("resident@example.org", null);
    await expect(beginAuthenticator(portal, thief)).rejects.toEqual(ELSEWHERE);
    const asking = { email: "thief@example.org", locale: "en" } as const;
    await expect(askContactChange(portal, thief.actor, asking)).rejects.toEqual(ELSEWHERE);
    await expect(beginAuthenticator(portal, await sessionOf("resident@example.org", own))).resolves.toBeUndefined();
  });

  it("is no better off by a request of its own in the victim's name", async () => {
    const given = await givenIdentity(portal);
    const { requestId: victims, resident, sheriff } = given;
    await bind(resident.accountId, victims);
    const thief = await sessionOf(PERSON.email, null);
    const draft = await givenDraft(portal, thief.actor, answersOf([sheriff]));
    const { browser = null } = await fileRequest(portal, thief.actor, { ...draft, browser: null });
    expect(browser).not.toBeNull();
    const back = await sessionOf(PERSON.email, browser);
    expect((await getRequestForResident(portal, back.actor, draft.requestId))?.elsewhere).toBe(false);
    expect((await getRequestForResident(portal, back.actor, victims))?.elsewhere).toBe(true);
    await expect(beginAuthenticator(portal, back)).rejects.toEqual(ELSEWHERE);
  });
});

describe("the code of a letter", () => {
  it("makes the browser in which it is typed the own one, and takes that from whoever sent the request", async () => {
    const given = await givenIdentity(portal);
    const { requestId, caseId, resident } = given;
    const thiefs = await bind(resident.accountId, requestId);
    const code = await given.letter();
    const victim = await sessionOf(PERSON.email, null);
    expect((await getRequestForResident(portal, victim.actor, requestId))?.elsewhere).toBe(true);
    const { browser } = await proveByCode(portal, victim.actor, { requestId, caseId, code, browser: null });
    const elsewhere = async (own: string) =>
      (await getRequestForResident(portal, (await sessionOf(PERSON.email, own)).actor, requestId))?.elsewhere;
    expect(await elsewhere(browser)).toBe(false);
    expect(await elsewhere(thiefs)).toBe(true);
  });

  it("gives no browser a secret that it brought along and that was not ours", async () => {
    const given = await givenIdentity(portal);
    const { requestId, resident } = given;
    const first = await bind(resident.accountId, requestId, "planted by somebody else");
    expect(first).not.toBe("planted by somebody else");
    expect(await bind(resident.accountId, requestId, first)).toBe(first);
    const rows = await portal.db.ownBrowser.findMany();
    expect(rows.map(({ hash }) => hash)).toEqual([secretHash(first)]);
  });
});
