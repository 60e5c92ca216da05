import { expect, test } from "vitest";
import { getDesk } from "#app/histories/get-desk.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { getCaseFile } from "#app/requests/case-file.server.ts";
import { getCaseClock } from "#app/requests/get-case-clock.server.ts";
import { requestJobs } from "#app/requests/jobs.server.ts";
import { getRequestForResident } from "#app/requests/my-requests.server.ts";
import { isPromiseBroken, openPromise, phaseOf } from "#app/requests/promise.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { enqueueSweep } from "#app/requests/sweep-clocks.server.ts";
import { listCalendar } from "#app/statistics/export-calendar.server.ts";
import { givenCase, givenMatched, release } from "#test/histories/given-case.ts";
import { act, DENIAL, givenClock, WHOLE } from "#test/requests/given-clock.ts";
import { givenActor, givenFiled } from "#test/requests/given-request.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";

const PROMISED = "2026-03-20T17:00";

async function rowOf(portal: TestPortal, actor: Parameters<typeof listQueue>[1], caseId: string) {
  return (await listQueue(portal, actor)).find((row) => row.caseId === caseId);
}

test("what is promised is open until records are out, and kept through its day", () => {
  const events = [
    { kind: "received", promisedFor: null },
    { kind: "answered", promisedFor: PROMISED },
  ];
  expect(openPromise(events, false)).toBe(PROMISED);
  expect(openPromise(events, true)).toBeNull();
  expect(openPromise(events.slice(0, 1), false)).toBeNull();
  expect(phaseOf({ answeredOn: null }, null)).toBe("open");
  expect(phaseOf({ answeredOn: "2026-03-10" }, PROMISED)).toBe("promised");
  expect(phaseOf({ answeredOn: "2026-03-10" }, null)).toBe("done");
  expect([isPromiseBroken(PROMISED, "2026-03-20"), isPromiseBroken(PROMISED, "2026-03-21")]).toEqual([false, true]);
});

test("a decision leaves the case at work by the promised day, on every page; a refusal ends it", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk, resident, requestId } = await givenClock(portal);
  portal.time.set("2026-03-10T17:00:00Z");
  await act(portal, clerk, caseId, { act: "determination", form: WHOLE });
  expect(await rowOf(portal, clerk, caseId)).toMatchObject({
    phase: "promised",
    promised: PROMISED,
    promisedLeft: 10,
    due: "2026-03-12",
    daysLeft: null,
    lateness: null,
  });
  const own = (await getRequestForResident(portal, resident, requestId))?.cases.find(({ id }) => id === caseId);
  expect(own).toMatchObject({ phase: "promised", promised: PROMISED });
  expect(await getCaseClock(portal, clerk, caseId)).toMatchObject({ promised: PROMISED });
  expect(await getDesk(portal, clerk, { caseId, locale: "en", page: 1, show: "all" })).toMatchObject({
    promised: PROMISED,
  });

  await using other = await openTestPortal();
  const refused = await givenClock(other);
  await act(other, refused.clerk, refused.caseId, { act: "denial", form: DENIAL });
  expect(await rowOf(other, refused.clerk, refused.caseId)).toMatchObject({
    phase: "done",
    promised: null,
    promisedLeft: null,
  });
});

test("promised records stand in the queue by their day, before what stands still and what is done", async () => {
  await using portal = await openTestPortal();
  const { clerk, caseId, sheriff } = await givenClock(portal);
  const other = await givenActor(portal, { email: "other@example.org" });
  // A second case, filed on March 8: due on March 18, before the records of March 20.
  portal.time.set("2026-03-08T17:00:00Z");
  const { cases } = await givenFiled(portal, other, [sheriff]);
  portal.time.set("2026-03-10T17:00:00Z");
  await act(portal, clerk, caseId, { act: "determination", form: WHOLE });
  const second = cases[0]?.id;
  expect((await listQueue(portal, clerk)).map((row) => [row.caseId, row.due])).toEqual([
    [second, "2026-03-18"],
    [caseId, "2026-03-12"],
  ]);
  await act(portal, clerk, second ?? "", { act: "determination", form: { ...WHOLE, availableOn: "2026-03-30" } });
  expect((await listQueue(portal, clerk)).map((row) => row.caseId)).toEqual([caseId, second]);
});

test("the release keeps the promise: nothing is promised any more", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await act(portal, given.clerk, given.caseId, { act: "determination", form: WHOLE });
  expect((await getCaseFile(portal, given.caseId)).promised).toBe(PROMISED);
  portal.time.advance({ days: 2 });
  await givenMatched(portal, given);
  await release(portal, given);
  expect((await getCaseFile(portal, given.caseId)).promised).toBeNull();
  expect(await rowOf(portal, given.clerk, given.caseId)).toMatchObject({ phase: "done", promised: null });
  expect(await listCalendar(portal, given.clerk)).toEqual([]);
});

test("the agency is reminded of the promised day once each time, and hears once that it has passed", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk } = await givenClock(portal);
  portal.time.set("2026-03-10T17:00:00Z");
  await act(portal, clerk, caseId, { act: "determination", form: WHOLE });
  const sweep = async () => {
    await inTransaction(portal, enqueueSweep);
    await drain(portal, requestJobs);
    const rows = await portal.db.clockNotice.findMany({
      where: { caseId, kind: { startsWith: "records-" } },
      orderBy: { at: "asc" },
    });
    return rows.map(({ kind, audience, due }) => `${audience} ${kind} ${due.toISOString().slice(0, 10)}`);
  };
  expect(await sweep()).toEqual([]);
  const told: string[] = [];
  for (const [day, kind] of [
    ["2026-03-13", "records-soon-7"],
    ["2026-03-17", "records-soon-3"],
    ["2026-03-19", "records-soon-1"],
    ["2026-03-20", "records-due-today"],
    ["2026-03-21", "records-late"],
  ] as const) {
    portal.time.set(`${day}T17:00:00Z`);
    told.push(`staff ${kind} 2026-03-20`);
    await sweep();
    expect(await sweep()).toEqual(told);
  }
  portal.time.advance({ days: 30 });
  expect(await sweep()).toEqual(told);
  expect(await rowOf(portal, clerk, caseId)).toMatchObject({ promisedLeft: -31, overdue: false });
});

test("a clerk's calendar has the promised day, and it is no case of the law any more", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk } = await givenClock(portal);
  portal.time.set("2026-03-10T17:00:00Z");
  await act(portal, clerk, caseId, { act: "determination", form: WHOLE });
  expect(await listCalendar(portal, clerk)).toMatchObject([
    { uid: `${caseId}-promised`, kind: "promised", on: "2026-03-20", revision: { sequence: 0 } },
  ]);
});
