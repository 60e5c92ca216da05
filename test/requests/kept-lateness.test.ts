// No worker runs in these tests: nobody sweeps and nobody tells. Having been late must stay all the same.
import { expect, test } from "vitest";
import { viewClock } from "#app/law/clock-view.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import { closeOffice, previewClosing } from "#app/requests/change-closures.server.ts";
import { getRequestForResident, listMyRequests } from "#app/requests/my-requests.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { previewSwitch, switchLaw } from "#app/requests/switch-law.server.ts";
import { getAgencyFigures } from "#app/statistics/agency-figures.server.ts";
import { givenCase, givenMatched, release } from "#test/histories/given-case.ts";
import { type GivenChange, givenChange, happened, SHELL } from "#test/requests/given-change.ts";
import { act, givenClock, WHOLE } from "#test/requests/given-clock.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

/** The office was shut all those days, says somebody who enters it afterwards. */
async function closeAfterwards(portal: TestPortal, agencyId: string, from: string, to: string): Promise<void> {
  const closing = { agencyId, from, to, emergency: true, why: "Flood" };
  const { digest } = await previewClosing(portal, SHELL, closing);
  await closeOffice(portal, SHELL, { ...closing, digest });
}

async function residentView(portal: TestPortal, given: Pick<GivenChange, "resident" | "requestId">, caseId: string) {
  const request = await getRequestForResident(portal, given.resident, given.requestId);
  const own = request?.cases.find(({ id }) => id === caseId);
  if (!own) throw new Error("the resident sees the case");
  const today = localDate(portal.time.now(), own.agency.zone);
  const view = viewClock(own.clock, own.rule, { today, locale: "en", missed: own.missed });
  return { overdue: own.overdue, due: view.due, overdueSince: view.overdueSince };
}

test("an answer that came late stays late when the days before it are entered as closed", async () => {
  await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
  const given = await givenChange(portal);
  const caseId = given.sheriffCase.id;
  portal.time.set("2026-03-16T18:00:00Z");
  await happened(portal, caseId, "answered", "2026-03-16");
  portal.time.set("2026-03-17T18:00:00Z");
  await closeAfterwards(portal, given.sheriff, "2026-03-10", "2026-03-16");
  const row = (await listQueue(portal, given.supervisor)).find((one) => one.caseId === caseId);
  // The closure makes it look punctual.
  expect(row?.due).toBe("2026-03-17");
  expect(row).toMatchObject({ overdue: true, lateness: "answered-late" });
  expect(await residentView(portal, given, caseId)).toEqual({
    overdue: true,
    due: "2026-03-17",
    overdueSince: "2026-03-13",
  });
  expect((await listMyRequests(portal, given.resident))[0]?.cases.find(({ id }) => id === caseId)?.overdue).toBe(true);
  const [figures] = await getAgencyFigures(portal, given.supervisor);
  expect(figures?.total).toMatchObject({ inTime: 0, late: 1, everOverdue: 1 });
});

test("an answer in time is not late, whatever is entered afterwards", async () => {
  await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
  const given = await givenChange(portal);
  const caseId = given.sheriffCase.id;
  portal.time.set("2026-03-13T06:59:00Z");
  // In Greenwich the day is over; at the agency it is 23:59 of the last one.
  await happened(portal, caseId, "answered", "2026-03-12");
  portal.time.set("2026-03-17T18:00:00Z");
  await closeAfterwards(portal, given.sheriff, "2026-03-10", "2026-03-16");
  const row = (await listQueue(portal, given.supervisor)).find((one) => one.caseId === caseId);
  expect(row).toMatchObject({ overdue: false, lateness: null });
  const [figures] = await getAgencyFigures(portal, given.supervisor);
  expect(figures?.total).toMatchObject({ inTime: 1, late: 0, everOverdue: 0 });
  expect(await portal.db.clockNotice.count({ where: { caseId, kind: "answered-late" } })).toBe(0);
});

test("a decision by letter keeps it too", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk, sheriff } = await givenClock(portal);
  portal.time.set("2026-03-16T18:00:00Z");
  await act(portal, clerk, caseId, { act: "determination", form: WHOLE });
  await closeAfterwards(portal, sheriff, "2026-03-10", "2026-03-16");
  expect((await listQueue(portal, clerk))[0]).toMatchObject({ due: "2026-03-17", lateness: "answered-late" });
});

test("and so does a release", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  portal.time.set("2026-03-16T18:00:00Z");
  await givenMatched(portal, given);
  await release(portal, given);
  await closeAfterwards(portal, given.agencyId, "2026-03-10", "2026-03-16");
  expect((await listQueue(portal, given.clerk))[0]).toMatchObject({ due: "2026-03-17", lateness: "answered-late" });
});

test("an open case that is overdue stays so when a closure moves its date, and each date is kept once", async () => {
  await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
  const given = await givenChange(portal);
  const caseId = given.sheriffCase.id;
  portal.time.set("2026-03-13T18:00:00Z");
  await closeAfterwards(portal, given.sheriff, "2026-03-12", "2026-03-13");
  const find = async () => (await listQueue(portal, given.supervisor)).find((one) => one.caseId === caseId);
  expect(await find()).toMatchObject({ due: "2026-03-16", overdue: true, lateness: "once" });
  expect(await residentView(portal, given, caseId)).toMatchObject({ overdueSince: "2026-03-13" });
  // In time by the date as it is now: late once, and answered in time.
  await happened(portal, caseId, "answered", "2026-03-13");
  expect(await find()).toMatchObject({ overdue: true, lateness: "once" });
  const kept = await portal.db.clockNotice.findMany({ where: { caseId, audience: "staff" } });
  expect(kept.map(({ kind, due }) => [kind, due.toISOString().slice(0, 10)])).toEqual([
    ["overdue-noted", "2026-03-12"],
  ]);
});

test("a change of the law that moves a passed date keeps that it was passed", async () => {
  await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
  const given = await givenChange(portal);
  portal.time.set("2026-03-13T18:00:00Z");
  const asked = { change: "ca.ab-1821", from: "2026-03-01", detail: null };
  const { digest } = await previewSwitch(portal, SHELL, asked);
  await switchLaw(portal, SHELL, { ...asked, digest });
  const rows = await listQueue(portal, given.supervisor);
  expect(rows.find((one) => one.caseId === given.sheriffCase.id)).toMatchObject({
    due: "2026-03-16",
    overdue: true,
    lateness: "once",
  });
});

test("an event that is recorded while the date is passed keeps that it was", async () => {
  await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
  const given = await givenChange(portal);
  const caseId = given.sheriffCase.id;
  portal.time.set("2026-03-13T18:00:00Z");
  for (const kind of ["information-asked", "information-received"] as const) {
    await happened(portal, caseId, kind, "2026-03-13");
  }
  expect(await portal.db.clockNotice.findMany({ where: { caseId, audience: "staff" } })).toMatchObject([
    { kind: "overdue-noted", dueBefore: null },
  ]);
  // Nobody has read a letter of it: the reminder that the date is passed is still to come.
  expect(await portal.db.outboxMail.count({ where: { template: "staff-task" } })).toBe(0);
});
