import { describe, expect, it } from "vitest";
import { listVerifiedIdentifiers } from "#app/requests/identifiers.server.ts";
import { getIdentityDesk } from "#app/requests/identity/identity-desk.server.ts";
import { confirmOverlap } from "#app/requests/identity/overlap.server.ts";
import { givenActor } from "#test/requests/given-request.ts";
import { openTestPortal } from "#test/support/database.ts";
import { givenIdentity, givenRival, notFound, refusedAs } from "./given-identity.ts";

describe("one plate and two people", () => {
  it("needs a supervisor when their days overlap, and does not say who the other is", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const rival = await givenRival(portal, given, "2024-05-31", null);
    await rival.check();
    await expect(given.check({})).rejects.toEqual(refusedAs("identity.overlap"));
    expect(await listVerifiedIdentifiers(portal, given.caseId)).toEqual([]);
    const desk = await getIdentityDesk(portal, given.clerk, given.caseId);
    expect(desk.identifiers.map(({ kind, claimedTwice }) => [kind, claimedTwice])).toEqual([
      ["plate", true],
      ["licence", false],
    ]);
    const told = JSON.stringify(desk);
    for (const secret of [rival.requestId, rival.caseId, rival.identifierId, rival.rival.accountId, "rival"]) {
      expect(told).not.toContain(secret);
    }
    await confirmOverlap(portal, given.supervisor, { caseId: given.caseId, identifierId: given.plateId });
    await given.check({});
    expect(await listVerifiedIdentifiers(portal, given.caseId)).toHaveLength(1);
  });

  it.each([
    ["sold on the day before", "2024-06-01", null],
    ["bought on the day after", "2019-01-01", "2022-02-28"],
  ])("does not when it was %s", async (_, from, to) => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const rival = await givenRival(portal, given, from, to);
    await rival.check();
    await given.check({});
    expect(await listVerifiedIdentifiers(portal, given.caseId)).toHaveLength(1);
  });

  it("does not when the other's was refused, undone, or never looked at: nobody is kept out by a false claim", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const rival = await givenRival(portal, given, "2023-01-01", null);
    await given.check({});
    await rival.check({ verdict: "refused", reason: "not-proved" });
    await given.check({});
    await expect(rival.check()).rejects.toEqual(refusedAs("identity.overlap"));
  });

  it("does not with somebody of the demonstration, who is nobody", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const { rival, check } = await givenRival(portal, given, "2023-01-01", null);
    await check();
    await portal.db.account.update({ where: { id: rival.accountId }, data: { demo: true } });
    await given.check({});
    expect(await listVerifiedIdentifiers(portal, given.caseId)).toHaveLength(1);
  });

  it("does not between two requests of the same resident", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    await given.check({});
    await portal.db.request.updateMany({ data: { residentId: given.resident.accountId } });
    await given.check({});
    expect(await listVerifiedIdentifiers(portal, given.caseId)).toHaveLength(1);
  });

  it("is let stand by a supervisor of the agency alone, and by nobody for his own verdict", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const rival = await givenRival(portal, given, "2023-01-01", null);
    await rival.check();
    const about = { caseId: given.caseId, identifierId: given.plateId };
    for (const actor of [given.clerk, given.resident, given.stateClerk]) {
      await expect(confirmOverlap(portal, actor, about)).rejects.toEqual(notFound);
    }
    await expect(
      confirmOverlap(portal, given.supervisor, { ...about, identifierId: rival.identifierId }),
    ).rejects.toEqual(notFound);
    const both = await givenActor(portal, { email: "both@example.gov" }, [
      { role: "clerk", agencyId: given.sheriff },
      { role: "supervisor", agencyId: given.sheriff },
    ]);
    await confirmOverlap(portal, both, about);
    await expect(given.check({}, both)).rejects.toEqual(refusedAs("identity.overlap"));
    await given.check({}, given.clerk);
  });

  it("of two verdicts at one moment only one goes through", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const rival = await givenRival(portal, given, "2023-01-01", null);
    const outcomes = await Promise.allSettled([rival.check(), given.check({})]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
