import { expect, test } from "vitest";
import type { AccountActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { newId } from "#app/platform/database/id.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { getCaseFile, recordRead } from "#app/requests/case-file.server.ts";
import { checkIdentifier } from "#app/requests/check-identifier.server.ts";
import { fileRequest } from "#app/requests/file-request.server.ts";
import { listIdentifierClaims, listVerifiedIdentifiers } from "#app/requests/identifiers.server.ts";
import { getDraft, getRequestForResident, listMyRequests } from "#app/requests/my-requests.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { listReaders, listReadersForResident } from "#app/requests/readers.server.ts";
import { saveAnswers } from "#app/requests/save-answers.server.ts";
import { answersOf, givenActor, givenDraft, givenFiled, givenWorld, PERSON } from "#test/requests/given-request.ts";
import { openTestPortal } from "#test/support/database.ts";

const notFound = expect.objectContaining({ name: "NotFound" });

async function given(portal: Portal) {
  const world = await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const clerk = await givenActor(portal, { email: "clerk@example.gov", name: "C. Lerk" }, [
    { role: "clerk", agencyId: world.sheriff },
  ]);
  const filed = await givenFiled(portal, resident, [world.sheriff]);
  return { ...world, resident, clerk, ...filed, caseId: filed.cases[0]?.id ?? "" };
}

function verdict(caseId: string, identifierId: string, verdictGiven = "verified") {
  return {
    caseId,
    identifierId,
    verdict: verdictGiven,
    basis: "in-person",
    shown: ["driver-licence", "registration-card"],
    validFrom: "2022-04-01",
    validTo: "2024-05-01",
  };
}

test("another resident's request is not there, for every use case, draft or filed", async () => {
  await using portal = await openTestPortal();
  const { sheriff, resident, requestId: filed, clerk } = await given(portal);
  const draft = await givenDraft(portal, resident, answersOf([sheriff]));
  const stranger = await givenActor(portal, { email: "stranger@example.org" });
  const you = { whole: { name: "Stranger", birthDate: "1990-01-01" } };
  for (const actor of [stranger, clerk]) {
    for (const requestId of [draft.requestId, filed, newId(), "not-an-id", "' OR 1=1"]) {
      const about = { requestId, version: draft.version };
      await expect(getDraft(portal, actor, requestId)).rejects.toEqual(notFound);
      await expect(getRequestForResident(portal, actor, requestId)).rejects.toEqual(notFound);
      await expect(listReadersForResident(portal, actor, requestId)).rejects.toEqual(notFound);
      await expect(saveAnswers(portal, actor, { ...about, section: "you", answer: you })).rejects.toEqual(notFound);
      await expect(fileRequest(portal, actor, about)).rejects.toEqual(notFound);
    }
    expect(await listMyRequests(portal, actor)).toEqual([]);
  }
  expect((await getDraft(portal, resident, draft.requestId)).answers.whole.you?.name).toBe(PERSON.name);
});

test("a draft is nobody's case: no clerk sees anything of it", async () => {
  await using portal = await openTestPortal();
  const { sheriff, resident, clerk } = await given(portal);
  await givenDraft(portal, resident, answersOf([sheriff]));
  expect(await listQueue(portal, clerk)).toHaveLength(1);
});

test("a walled clerk sees nothing, in the list or by id, while a colleague does", async () => {
  await using portal = await openTestPortal();
  const { caseId, requestId, clerk, sheriff, resident } = await given(portal);
  const colleague = await givenActor(portal, { email: "colleague@example.gov" }, [
    { role: "clerk", agencyId: sheriff },
  ]);
  expect((await listQueue(portal, clerk)).map((row) => row.caseId)).toEqual([caseId]);
  await portal.db.wall.create({ data: { requestId, accountId: clerk.accountId, at: portal.time.now() } });
  expect(await listQueue(portal, clerk)).toEqual([]);
  expect((await listQueue(portal, colleague)).map((row) => row.caseId)).toEqual([caseId]);
  const file = await getCaseFile(portal, caseId);
  expect(() => authorise(clerk, "case.read", file.facts)).toThrow("not found");
  const [claim] = await listIdentifierClaims(portal, file);
  await expect(checkIdentifier(portal, clerk, verdict(caseId, claim?.identifierId ?? ""))).rejects.toEqual(notFound);
  // Nor does the wall show as the resident's: the request itself is untouched.
  expect((await getRequestForResident(portal, resident, requestId))?.cases).toHaveLength(1);
});

test("nobody handles a request of their own, and another agency's clerk handles none", async () => {
  await using portal = await openTestPortal();
  const { caseId, resident, sheriff, state } = await given(portal);
  const own: AccountActor = { ...resident, memberships: [{ agencyId: sheriff, role: "clerk" }] };
  const other = await givenActor(portal, { email: "other@example.gov" }, [{ role: "clerk", agencyId: state }]);
  const [claim] = await listIdentifierClaims(portal, await getCaseFile(portal, caseId));
  for (const actor of [own, other]) {
    expect(await listQueue(portal, actor)).toEqual([]);
    await expect(checkIdentifier(portal, actor, verdict(caseId, claim?.identifierId ?? ""))).rejects.toEqual(notFound);
  }
});

test("the queue is ordered by what is due, the answered last, and names nobody", async () => {
  await using portal = await openTestPortal();
  const { clerk, sheriff, resident, number } = await given(portal);
  portal.time.advance({ days: 4 });
  const second = await givenFiled(portal, resident, [sheriff]);
  portal.time.advance({ days: 7 });
  const queue = await listQueue(portal, clerk);
  expect(queue.map(({ number: of, daysLeft, overdue, stage }) => ({ of, daysLeft, overdue, stage }))).toEqual([
    { of: `${number}-A`, daysLeft: -1, overdue: true, stage: "identity" },
    { of: `${second.number}-A`, daysLeft: 3, overdue: false, stage: "identity" },
  ]);
  expect(JSON.stringify(queue)).not.toContain("Quintanilla");
});

test("only what this case's agency has verified may be matched, and the newest verdict counts", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk } = await given(portal);
  const file = await getCaseFile(portal, caseId);
  const claims = await listIdentifierClaims(portal, file);
  expect(claims.map(({ kind, value, check }) => ({ kind, value, check }))).toEqual([
    { kind: "plate", value: PERSON.plate, check: null },
    { kind: "licence", value: PERSON.licence, check: null },
  ]);
  expect(await listVerifiedIdentifiers(portal, caseId)).toEqual([]);
  const plateId = claims[0]?.identifierId ?? "";
  await checkIdentifier(portal, clerk, verdict(caseId, plateId));
  const tagOf = await portal.vault.indexer("plate");
  expect(await listVerifiedIdentifiers(portal, caseId)).toEqual([
    {
      identifierId: plateId,
      kind: "plate",
      value: PERSON.plate,
      tag: tagOf(PERSON.plate),
      from: "2022-04-01",
      to: "2024-05-01",
    },
  ]);
  portal.time.advance({ minutes: 1 });
  await checkIdentifier(portal, clerk, verdict(caseId, plateId, "refused"));
  expect(await listVerifiedIdentifiers(portal, caseId)).toEqual([]);
  expect(await portal.db.identifierCheck.count()).toBe(2);
});

test("a verdict without its first day, of the future, or on another request's plate is refused", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk, sheriff } = await given(portal);
  const other = await givenFiled(portal, await givenActor(portal, { email: "second@example.org" }), [sheriff]);
  const foreign = await portal.db.identifier.findFirstOrThrow({ where: { requestId: other.requestId } });
  await expect(checkIdentifier(portal, clerk, verdict(caseId, foreign.id))).rejects.toEqual(notFound);
  const [claim] = await listIdentifierClaims(portal, await getCaseFile(portal, caseId));
  const good = verdict(caseId, claim?.identifierId ?? "");
  const bad = [
    { validFrom: null },
    { validFrom: "2026-03-03" },
    { validTo: "2022-03-31" },
    { basis: "a-hunch" },
    { verdict: "maybe" },
  ];
  for (const change of bad) {
    await expect(checkIdentifier(portal, clerk, { ...good, ...change })).rejects.toEqual(
      expect.objectContaining({ code: "request.checkNotWhole" }),
    );
  }
  expect(await portal.db.identifierCheck.count()).toBe(0);
});

test("the resident sees who opened the file, in which role and when; an operator's look too", async () => {
  await using portal = await openTestPortal();
  const { caseId, requestId, clerk, resident, sheriff } = await given(portal);
  const file = await getCaseFile(portal, caseId);
  portal.time.advance({ minutes: 5 });
  await recordRead(portal, clerk, file, "case.read");
  await recordRead(portal, { kind: "operator", name: "night-shift" }, file, "case.read");
  const others = await listReaders(portal, requestId);
  expect(others.map(({ role, act, agencyId, actorId }) => ({ role, act, agencyId, actorId }))).toEqual([
    { role: "operator", act: "case.read", agencyId: sheriff, actorId: "night-shift" },
    { role: "clerk", act: "case.read", agencyId: sheriff, actorId: clerk.accountId },
  ]);
  await getRequestForResident(portal, resident, requestId);
  const { others: told, own } = await listReadersForResident(portal, resident, requestId);
  const said = (page: typeof told) => page.readings.map(({ role, act }) => `${role} ${act}`);
  expect(said(told)).toEqual(["operator case.read", "clerk case.read"]);
  expect(said(own).slice(0, 3)).toEqual(["resident request.read", "resident request.filed", "system case.created"]);
  expect(told.readings[1]).toMatchObject({ at: "2026-03-02T17:05:00.000Z", agencyName: "Test County Sheriff" });
  expect(JSON.stringify([told, own])).not.toContain(clerk.accountId);
  // Looking at the list is itself an entry, the next time.
  expect((await listReadersForResident(portal, resident, requestId)).own.readings[0]?.act).toBe("readers.read");
});
