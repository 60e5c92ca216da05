// The night's job purges by itself what is over the days that an operator has set.
import { afterEach, beforeEach, expect, it } from "vitest";
import { purgeDue } from "#app/complaints/purge-due.server.ts";
import { setKeptDays } from "#app/complaints/purge-request.server.ts";
import { cron, jobs } from "#app/jobs.ts";
import { ledgerOf } from "#test/people/given-people.ts";
import { type GivenClock, givenClock } from "#test/requests/given-clock.ts";
import { answersOf, givenDraft, givenFiled } from "#test/requests/given-request.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const OPERATOR = { kind: "operator", name: "tester" } as const;

let portal: TestPortal;
let given: GivenClock;
beforeEach(async () => {
  portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
  given = await givenClock(portal);
});
afterEach(() => portal[Symbol.asyncDispose]());

async function answer(requestId: string): Promise<void> {
  const on = portal.time.now();
  for (const { id: caseId } of await portal.db.case.findMany({ where: { requestId } })) {
    await portal.db.clockEvent.create({
      data: { id: crypto.randomUUID(), caseId, kind: "answered", on, recordedAt: on },
    });
  }
}

const purged = async () =>
  (await portal.db.request.findMany({ where: { purgedAt: { not: null } } })).map(({ id }) => id);

it("purges what is over its days, and nothing that is not", async () => {
  const open = await givenFiled(portal, given.resident, [given.sheriff]);
  const draft = await givenDraft(portal, given.resident, answersOf([given.sheriff]));
  await answer(given.requestId);
  portal.time.advance({ days: 99 });
  const later = await givenFiled(portal, given.resident, [given.sheriff]);
  await answer(later.requestId);
  await setKeptDays(portal, OPERATOR, 100);
  await purgeDue(portal);
  expect(await purged()).toEqual([]);
  portal.time.advance({ days: 2 });
  await purgeDue(portal);
  expect(await purged()).toEqual([given.requestId]);
  const [entry] = (await ledgerOf(portal)).filter(({ act }) => act === "request.purged");
  expect(entry).toMatchObject({ actor: { kind: "system", id: "purge-due" }, request: given.requestId });
  // What is still open, and a draft, wait however long.
  portal.time.advance({ days: 4_000 });
  await purgeDue(portal);
  expect((await purged()).sort()).toEqual([given.requestId, later.requestId].sort());
  expect(
    await portal.db.request.count({ where: { id: { in: [open.requestId, draft.requestId] }, purgedAt: null } }),
  ).toBe(2);
});

it("purges nothing by itself until an operator has said for how long a request is kept", async () => {
  await answer(given.requestId);
  portal.time.advance({ days: 4_000 });
  await purgeDue(portal);
  expect(await purged()).toEqual([]);
});

it("comes round every night", () => {
  expect(cron["purge-due"]).toMatch(/^\d+ \d+ \* \* \*$/);
  expect(jobs["purge-due"]).toBe(purgeDue);
});
