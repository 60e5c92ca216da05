import { describe, expect, it } from "vitest";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { fromDbDate } from "#app/platform/time/local-date.ts";
import { askResident } from "#app/requests/ask-resident.server.ts";
import { getCaseClock } from "#app/requests/get-case-clock.server.ts";
import { listVerifiedIdentifiers } from "#app/requests/identifiers.server.ts";
import { getIdentityDesk } from "#app/requests/identity/identity-desk.server.ts";
import { openLetters } from "#app/requests/letters.server.ts";
import { previewLetter } from "#app/requests/preview-letter.server.ts";
import { SIGNER } from "#test/requests/given-clock.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { type GivenIdentity, givenIdentity, notFound, PERIOD, refusedAs, SEEN } from "./given-identity.ts";

const verified = async (portal: TestPortal, { caseId }: { caseId: string }) =>
  (await listVerifiedIdentifiers(portal, caseId)).map(({ identifierId, from, to }) => [identifierId, from, to]);

describe("a verdict", () => {
  it("is about one identifier: the licence beside a verified plate stays unproved", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    await given.check({});
    expect(await verified(portal, given)).toEqual([[given.plateId, PERIOD.validFrom, PERIOD.validTo]]);
  });

  it("is one agency's: the other agency of the same request has verified nothing", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    await given.check({});
    expect(await verified(portal, { caseId: given.stateCaseId })).toEqual([]);
    await expect(given.check({}, given.stateClerk)).rejects.toEqual(notFound);
    await expect(given.check({ caseId: given.stateCaseId })).rejects.toEqual(notFound);
  });

  it("is undone by a later one, and every one stays in the history", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    await given.check({});
    await given.check({ verdict: "refused", reason: "document-doubtful" });
    expect(await verified(portal, given)).toEqual([]);
    await given.check({ validFrom: "2023-01-01" });
    expect(await verified(portal, given)).toEqual([[given.plateId, "2023-01-01", PERIOD.validTo]]);
    const desk = await getIdentityDesk(portal, given.clerk, given.caseId);
    const plate = desk.identifiers.find(({ identifierId }) => identifierId === given.plateId);
    expect(plate?.verdicts.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ["verified", null],
      ["refused", "document-doubtful"],
      ["verified", null],
    ]);
  });

  it.each([
    ["nothing was seen", { shown: [] }, "identity.notSeen"],
    ["no face was seen", { shown: ["registration-card"] }, "identity.notSeen"],
    ["nothing says whose the plate was", { shown: ["passport"] }, "identity.notSeen"],
    ["it rests on a video alone", { basis: "video" }, "identity.notEnough"],
    ["it rests on the register alone", { basis: "registration-on-file" }, "identity.notEnough"],
    ["it rests on a code that nobody typed", { basis: "mailed-code" }, "identity.notEnough"],
    ["it rests on an assertion that nobody made", { basis: "assertion" }, "identity.notEnough"],
    ["it rests on a statement that nobody handed in", { basis: "sworn-statement" }, "identity.notSeen"],
    [
      "the statement was never uploaded",
      { basis: "sworn-statement", shown: ["statement-upload"] },
      "identity.noStatement",
    ],
    ["it rests on one's own word", { basis: "sworn-statement", shown: ["statement-paper"] }, "identity.notEnough"],
    ["it has no first day", { validFrom: null }, "request.checkNotWhole"],
    ["its days lie in the future", { validTo: "2030-01-01" }, "request.checkNotWhole"],
    ["it ends before it begins", { validFrom: "2024-05-31", validTo: "2022-03-01" }, "request.checkNotWhole"],
  ])("is not taken when %s, and leaves nothing behind", async (_, changed, code) => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    await expect(given.check(changed)).rejects.toEqual(refusedAs(code));
    expect(await verified(portal, given)).toEqual([]);
    expect(await portal.db.identityProof.count()).toBe(0);
    expect(await portal.db.identifierCheck.count()).toBe(0);
  });

  it("of two ways: each is noted by itself, and only the days that one of them shows can be verified", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    await given.check({ verdict: "noted", basis: "registration-on-file", shown: ["own-record"] });
    expect(await verified(portal, given)).toEqual([]);
    await expect(given.check({ basis: "video", validFrom: "2022-02-28" })).rejects.toEqual(
      refusedAs("identity.outsideProof"),
    );
    await expect(given.check({ basis: "video", validTo: "2024-06-01" })).rejects.toEqual(
      refusedAs("identity.outsideProof"),
    );
    await expect(given.check({ basis: "video", validTo: null })).rejects.toEqual(refusedAs("identity.outsideProof"));
    await given.check({ basis: "video" });
    expect(await verified(portal, given)).toEqual([[given.plateId, PERIOD.validFrom, PERIOD.validTo]]);
  });

  it("counts nothing that was shown before a refusal", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    await given.check({ verdict: "noted", basis: "registration-on-file", shown: ["own-record"] });
    await given.check({ verdict: "refused", reason: "does-not-match" });
    await expect(given.check({ basis: "video" })).rejects.toEqual(refusedAs("identity.notEnough"));
  });

  it("is nobody's but a clerk's of the agency", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    for (const actor of [given.resident, given.supervisor, given.stateClerk]) {
      await expect(given.check({}, actor)).rejects.toEqual(notFound);
    }
    await expect(given.check({ identifierId: given.caseId })).rejects.toEqual(notFound);
  });
});

describe("a refusal", () => {
  it("is told with the reason and everything else that would do, in the resident's language", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal, { locale: "es" });
    const mails = await portal.db.outboxMail.count();
    await given.check({ verdict: "refused", reason: "not-theirs-then" });
    const [letter] = await openLetters(portal, { id: given.caseId });
    expect(letter).toMatchObject({ kind: "identity", locale: "es" });
    expect(letter?.text).toContain("no cubre los días");
    expect(letter?.text).toContain("placa 7QVX913");
    expect(letter?.text.match(/^- /gm)?.length).toBeGreaterThan(3);
    expect(letter?.text).toContain(`/request/${given.requestId}/identity`);
    expect(await portal.db.outboxMail.count()).toBe(mails + 1);
  });

  it("writes no mail to who wants none, and the letter waits on the page", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal, { mode: "none" });
    const mails = await portal.db.outboxMail.count();
    await given.check({ verdict: "refused", reason: "not-proved" });
    expect(await portal.db.outboxMail.count()).toBe(mails);
    expect((await openLetters(portal, { id: given.caseId }))[0]?.kind).toBe("identity");
  });
});

describe("the clock", () => {
  async function asked(portal: TestPortal, given: GivenIdentity) {
    const caseId = given.stateCaseId;
    const form = { words: "Please show who you are.", signer: SIGNER };
    const wanted = { act: "ask-identity", form } as const;
    const { digest } = await previewLetter(portal, given.stateClerk, { caseId, wanted });
    await askResident(portal, given.stateClerk, { caseId, digest, asked: "identity", form });
  }

  it("goes on from the day on which the proof was complete, not from the day on which a clerk looked", async () => {
    await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
    const given = await givenIdentity(portal);
    const { stateCaseId: caseId, stateClerk } = given;
    await asked(portal, given);
    expect((await getCaseClock(portal, stateClerk, caseId)).openSince.identity).toBe("2026-03-02");
    portal.time.set("2026-03-10T18:00:00Z");
    await given.check({ caseId, verdict: "noted", basis: "registration-on-file", shown: ["own-record"] }, stateClerk);
    portal.time.set("2026-03-16T18:00:00Z");
    await given.check({ caseId, verdict: "noted", basis: "video" }, stateClerk);
    portal.time.set("2026-03-25T18:00:00Z");
    await given.check({ caseId, basis: "registration-on-file", shown: ["own-record"] }, stateClerk);
    const events = await portal.db.clockEvent.findMany({ where: { caseId, kind: "identity-received" } });
    expect(events.map(({ on }) => fromDbDate(on))).toEqual(["2026-03-16"]);
    const [letter] = await openLetters(portal, { id: caseId });
    expect(letter?.kind).toBe("question");
    expect(letter?.text).toContain("March 16, 2026");
  });

  it("stays where it is when an identifier is refused, or when nothing was asked for", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const { stateCaseId: caseId, stateClerk } = given;
    await given.check({});
    await asked(portal, given);
    await given.check({ caseId, verdict: "refused", reason: "not-proved" }, stateClerk);
    expect(await portal.db.clockEvent.count({ where: { kind: "identity-received" } })).toBe(0);
  });

  it("is moved once: the second identifier of the case finds nothing open", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const { stateCaseId: caseId, stateClerk } = given;
    await asked(portal, given);
    await given.check({ caseId }, stateClerk);
    await given.check({ caseId, identifierId: given.licenceId, shown: ["driver-licence"] }, stateClerk);
    expect(await portal.db.clockEvent.count({ where: { kind: "identity-received" } })).toBe(1);
  });
});

describe("the ledger", () => {
  it("keeps what was shown by its kind, and never a value", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    await given.check({ verdict: "noted", basis: "video" });
    await given.check({});
    await getIdentityDesk(portal, given.supervisor, given.caseId);
    const entries = await listLedgerOfCase(portal, given.caseId);
    expect(entries.slice(-3).map(({ act, detail }) => [act, detail])).toEqual([
      ["identity.noted", { basis: "video" }],
      ["identifier.checked", { verdict: "verified", basis: "in-person" }],
      ["identity.read", undefined],
    ]);
    expect(JSON.stringify(entries)).not.toContain("7QVX913");
    expect(SEEN.every((seen) => JSON.stringify(entries).includes(seen))).toBe(false);
  });
});
