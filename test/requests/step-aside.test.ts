// Whoever may be of the resident's family is asked before the file opens, and can step aside at any time.
import { expect, test } from "vitest";
import { findMatches } from "#app/histories/find-matches.server.ts";
import { getDesk } from "#app/histories/get-desk.server.ts";
import { findActor } from "#app/people/sessions.server.ts";
import { declareSign } from "#app/people/staff-signs.server.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { chooseContact } from "#app/requests/contact-choice.server.ts";
import { getCaseClock } from "#app/requests/get-case-clock.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { getConflict, goOn, stepAside } from "#app/requests/step-aside.server.ts";
import { givenDesks, givenStaff, work } from "#test/requests/given-handlers.ts";
import { openTestPortal } from "#test/support/database.ts";

const ASKED = expect.objectContaining({ name: "StepAsideAsked" });
const NOT_FOUND = expect.objectContaining({ name: "NotFound" });
const REASON = "The name is common here; I have no family in this county.";
const page = { locale: "en", page: 1, show: "all" } as const;

test("a namesake is asked before anything opens or is done; the list still shows the number", async () => {
  await using portal = await openTestPortal();
  const { sheriff, caseId, clerk } = await givenDesks(portal);
  // The resident of these tests is Marisol Quintanilla-Vey.
  const namesake = await givenStaff(portal, { name: "VEY, Pedro" }, [{ role: "clerk", agencyId: sheriff }]);
  expect(await listQueue(portal, namesake)).toHaveLength(1);
  const before = (await listLedgerOfCase(portal, caseId)).length;
  await expect(getDesk(portal, namesake, { caseId, ...page })).rejects.toEqual(ASKED);
  await expect(getCaseClock(portal, namesake, caseId)).rejects.toEqual(ASKED);
  await expect(findMatches(portal, namesake, caseId)).rejects.toEqual(ASKED);
  expect((await listLedgerOfCase(portal, caseId)).length).toBe(before);
  expect(JSON.stringify(await getConflict(portal, namesake, caseId))).not.toContain("Quintanilla");
  await getDesk(portal, clerk, { caseId, ...page });
});

test("going on needs a reason, which the supervisor reads and nobody else", async () => {
  await using portal = await openTestPortal();
  const { sheriff, caseId, supervisor, clerk } = await givenDesks(portal);
  const namesake = await givenStaff(portal, { name: "Pedro Quintanilla" }, [{ role: "clerk", agencyId: sheriff }]);
  await expect(goOn(portal, namesake, { caseId, reason: "no" })).rejects.toThrow();
  await goOn(portal, namesake, { caseId, reason: REASON });
  await getDesk(portal, namesake, { caseId, ...page });
  expect((await getConflict(portal, supervisor, caseId)).declared).toMatchObject([
    { accountId: namesake.accountId, reason: REASON },
  ]);
  expect((await getConflict(portal, clerk, caseId)).declared).toEqual([]);
  expect((await getDesk(portal, supervisor, { caseId, ...page })).wentOn).toBe(1);
  expect((await getDesk(portal, clerk, { caseId, ...page })).wentOn).toBeNull();
  const acts = (await listLedgerOfCase(portal, caseId)).map(({ act, actor }) => [act, actor.id]);
  expect(acts).toContainEqual(["conflict.went-on", namesake.accountId]);
  expect(acts).toContainEqual(["conflict.read", supervisor.accountId]);
  // Another's answer is not one's own.
  const brother = await givenStaff(portal, { name: "Luis Quintanilla" }, [{ role: "clerk", agencyId: sheriff }]);
  await expect(getDesk(portal, brother, { caseId, ...page })).rejects.toEqual(ASKED);
  const { findLeaks } = await import("#test/platform/given-scan.ts");
  expect(await findLeaks(portal, ["no family in this county"])).toEqual([]);
});

test("whoever steps aside, asked or not, sees the request no more, and somebody else works on it", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk, intake, resident } = await givenDesks(portal);
  await stepAside(portal, clerk, caseId);
  expect(await listQueue(portal, clerk)).toEqual([]);
  await expect(getDesk(portal, clerk, { caseId, ...page })).rejects.toEqual(NOT_FOUND);
  await expect(getConflict(portal, clerk, caseId)).rejects.toEqual(NOT_FOUND);
  await work(portal);
  expect((await listQueue(portal, intake)).map((row) => row.caseId)).toEqual([caseId]);
  expect((await listLedgerOfCase(portal, caseId)).map(({ act }) => act)).toContain("conflict.stepped-aside");
  await expect(stepAside(portal, resident, caseId)).rejects.toEqual(NOT_FOUND);
});

test("an address that a clerk has declared asks him too, once it is the resident's", async () => {
  await using portal = await openTestPortal();
  const { sheriff, caseId, clerk, resident, requestId } = await givenDesks(portal);
  const sign = {
    accountId: clerk.accountId,
    agencyId: sheriff,
    kind: "address",
    value: "12 North Oak St, 95999",
  } as const;
  await declareSign(portal, clerk, sign);
  const { openAddresses } = await import("#app/people/staff-signs.server.ts");
  const neighbour = { ...clerk, addresses: await openAddresses(portal, clerk.accountId) };
  await getDesk(portal, neighbour, { caseId, ...page });
  const contact = { mode: "post", locale: "en", address: "M. Q.\n12 N. Oak Street\nMarigold, CA 95999" } as const;
  await chooseContact(portal, resident, { requestId, contact });
  await expect(getDesk(portal, neighbour, { caseId, ...page })).rejects.toEqual(ASKED);
});

test("a session carries the addresses of staff, and nothing for a resident", async () => {
  await using portal = await openTestPortal();
  const { sheriff, clerk, resident } = await givenDesks(portal);
  await declareSign(portal, clerk, {
    accountId: clerk.accountId,
    agencyId: sheriff,
    kind: "address",
    value: "1 Elm St",
  });
  const { secretHash } = await import("#app/people/secret.ts");
  const now = portal.time.now();
  for (const { accountId } of [clerk, resident]) {
    const times = { createdAt: now, seenAt: now, expiresAt: new Date(now.getTime() + 3_600_000) };
    await portal.db.session.create({ data: { id: secretHash(`s-${accountId}`), accountId, assurance: 2, ...times } });
  }
  expect((await findActor(portal, `s-${clerk.accountId}`))?.addresses).toEqual(["1 Elm St"]);
  expect((await findActor(portal, `s-${resident.accountId}`))?.addresses).toEqual([]);
});
