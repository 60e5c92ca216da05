import { describe, expect, it } from "vitest";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { getCaseFile } from "#app/requests/case-file.server.ts";
import { addUpload } from "#app/requests/identity/uploads.server.ts";
import { getRequestForResident } from "#app/requests/my-requests.server.ts";
import { checkAuthority, claimAuthority } from "#app/requests/representatives/court-authority.server.ts";
import { type GivenCase, givenCase } from "#test/histories/given-case.ts";
import { jpeg } from "#test/requests/identity/given-files.ts";
import { notFound, refusedAs } from "#test/requests/identity/given-identity.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

describe("who files for somebody who cannot sign", () => {
  const authority = {
    kind: "conservator",
    name: "Rhea Castellanos-Obi",
    endsOn: "2026-06-30",
    confirm: ["yes"],
  } as const;
  const claim = (portal: TestPortal, { resident, requestId }: GivenCase) =>
    claimAuthority(portal, resident, { requestId, form: { ...authority, confirm: ["yes"] } });

  it("gets nothing verified before the agency itself has accepted the court's paper", async () => {
    await using portal = await openTestPortal();
    const world = await givenCase(portal);
    const { representationId } = await claim(portal, world);
    await expect(world.verify()).rejects.toEqual(refusedAs("identity.authorityUnchecked"));
    const about = { caseId: world.caseId, representationId };
    for (const actor of [world.resident, world.supervisor, world.otherClerk]) {
      await expect(checkAuthority(portal, actor, { ...about, verdict: "accepted" })).rejects.toEqual(notFound);
    }
    const elsewhere = { ...about, caseId: world.otherCaseId, verdict: "accepted" } as const;
    await checkAuthority(portal, world.otherClerk, elsewhere);
    await expect(world.verify()).rejects.toEqual(refusedAs("identity.authorityUnchecked"));
    await checkAuthority(portal, world.clerk, { ...about, verdict: "accepted" });
    await world.verify();
    await checkAuthority(portal, world.clerk, { ...about, verdict: "refused" });
    await expect(world.verify()).rejects.toEqual(refusedAs("identity.authorityUnchecked"));
  });

  it("has the paper shredded when it was looked at, and acts in that role in the ledger", async () => {
    await using portal = await openTestPortal();
    const world = await givenCase(portal);
    const { representationId } = await claim(portal, world);
    const { requestId, caseId } = world;
    const paper = { requestId, caseId, purpose: "court-paper", name: "order.jpg", bytes: jpeg() } as const;
    await addUpload(portal, world.resident, paper);
    await checkAuthority(portal, world.clerk, { caseId, representationId, verdict: "accepted" });
    expect(await portal.db.identityUpload.findFirstOrThrow()).toMatchObject({ keyId: null, removedWhy: "checked" });
    const entries = await listLedgerOfCase(portal, caseId);
    expect(entries.find(({ act }) => act === "upload.added")?.actor.role).toBe("representative");
  });

  it("is let in until the day named and not after, and cannot say it a second time", async () => {
    await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
    const world = await givenCase(portal);
    await claim(portal, world);
    await expect(claim(portal, world)).rejects.toEqual(refusedAs("representatives.claimedAlready"));
    portal.time.set("2026-07-01T06:59:59Z");
    expect(await getRequestForResident(portal, world.resident, world.requestId)).not.toBeNull();
    portal.time.set("2026-07-01T07:00:00Z");
    await expect(getRequestForResident(portal, world.resident, world.requestId)).rejects.toEqual(notFound);
    expect((await getCaseFile(portal, world.caseId)).facts.walledIds).toContain(world.resident.accountId);
  });
});
