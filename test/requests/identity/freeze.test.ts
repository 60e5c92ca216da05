// After a change of the mail address nothing is released for a week. Identity proved anew ends that; what was shown before does not.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findFreeze } from "#app/people/freeze.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { proveByCode } from "#app/requests/identity/code-letter.server.ts";
import { ledgerOf } from "#test/people/given-people.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { type GivenIdentity, givenIdentity } from "./given-identity.ts";

let portal: TestPortal;
let given: GivenIdentity;
beforeEach(async () => {
  portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
  given = await givenIdentity(portal);
});
afterEach(() => portal[Symbol.asyncDispose]());

async function freeze(): Promise<void> {
  portal.time.advance({ minutes: 5 });
  const from = portal.time.now();
  const until = new Date(from.getTime() + 7 * 86_400_000);
  await portal.db.releaseFreeze.create({ data: { id: newId(), accountId: given.resident.accountId, from, until } });
  portal.time.advance({ minutes: 5 });
}

const isFrozen = async () => (await findFreeze(portal, given.resident.accountId)) !== null;
const type = (code: string) =>
  proveByCode(portal, given.resident, { requestId: given.requestId, caseId: given.caseId, code });

describe("a freeze ends", () => {
  it("when a clerk verifies an identifier on what was shown since it began, and the ledger says so", async () => {
    await freeze();
    await given.check({});
    expect(await isFrozen()).toBe(false);
    expect((await ledgerOf(portal)).filter(({ act }) => act === "freeze.ended")).toMatchObject([
      { actor: { id: given.clerk.accountId, role: "clerk" }, resident: given.resident.accountId },
    ]);
  });

  it("when the code of a letter is typed that was sent since it began", async () => {
    await freeze();
    await type(await given.letter());
    expect(await isFrozen()).toBe(false);
  });
});

describe("a freeze does not end", () => {
  it("by a verdict on what was shown before it began", async () => {
    await given.check({ verdict: "noted" });
    await freeze();
    // Somebody else's word beside the old proof: the verdict stands, and says nothing of who holds the account now.
    await given.check({ basis: "registration-on-file", shown: [] });
    expect(await portal.db.identifierCheck.count({ where: { verdict: "verified" } })).toBe(1);
    expect(await isFrozen()).toBe(true);
  });

  it("by a code that was on its way before, nor by a wrong one", async () => {
    const code = await given.letter();
    await freeze();
    await expect(type("AAAAA-AAAAA")).rejects.toMatchObject({ code: "identity.codeWrong" });
    await type(code);
    expect(await isFrozen()).toBe(true);
  });

  it("by something that was merely noted, or by a refusal", async () => {
    await freeze();
    await given.check({ verdict: "noted" });
    await given.check({ verdict: "refused", reason: "not-proved", shown: [], validFrom: null, validTo: null });
    expect(await isFrozen()).toBe(true);
  });
});
