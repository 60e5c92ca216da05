import { expect, test } from "vitest";
import { newId } from "#app/platform/database/id.ts";
import { toDbDate } from "#app/platform/time/local-date.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { getAgencyFigures, getPortalFigures } from "#app/statistics/agency-figures.server.ts";
import { givenActor, givenFiled } from "#test/requests/given-request.ts";
import { givenDates, record } from "#test/statistics/given-dates.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const notFound = expect.objectContaining({ name: "NotFound" });
const OPERATOR = { kind: "operator", name: "night-shift" } as const;

/** March: answered in time, answered late. May: two extended in one go, one by itself, one overdue. */
async function givenYear(portal: TestPortal) {
  const all = await givenDates(portal);
  const file = async (now: string) => {
    portal.time.set(now);
    const [one] = (await givenFiled(portal, all.resident, [all.sheriff])).cases;
    return one!.id;
  };
  await record(portal, { caseId: all.ofSheriff.id, kind: "answered", on: "2026-03-12" });
  const late = await file("2026-03-20T17:00:00Z");
  await record(portal, { caseId: late, kind: "answered", on: "2026-04-20" });
  const groupId = newId();
  const piled = [await file("2026-05-04T17:00:00Z"), await file("2026-05-05T17:00:00Z")];
  for (const caseId of piled) await record(portal, { caseId, kind: "extended", on: "2026-05-06", groupId });
  const alone = await file("2026-05-06T17:00:00Z");
  await record(portal, { caseId: alone, kind: "extended", on: "2026-05-06", groupId: newId() });
  await file("2026-05-04T17:00:00Z");
  portal.time.set("2026-05-18T17:00:00Z");
  return { ...all, piled, alone };
}

test("an agency's cases by the month in which they came in", async () => {
  await using portal = await openTestPortal();
  const { clerk, sheriff, state } = await givenYear(portal);
  const figures = await getAgencyFigures(portal, clerk);
  const ofSheriff = figures.find(({ id }) => id === sheriff);
  expect(ofSheriff?.total).toEqual({
    ...{ cases: 6, inTime: 1, late: 1, open: 4, overdueNow: 1, everOverdue: 2 },
    ...{ extended: 3, together: 2, medianDays: 20.5 },
  });
  expect(
    ofSheriff?.months.map(({ month, cases, inTime, late, open, overdueNow, together }) => [
      month,
      cases,
      inTime,
      late,
      open,
      overdueNow,
      together,
    ]),
  ).toEqual([
    ["2026-03", 2, 1, 1, 0, 0, 0],
    ["2026-04", 0, 0, 0, 0, 0, 0],
    ["2026-05", 4, 0, 0, 4, 1, 2],
  ]);
  expect(figures.find(({ id }) => id === state)?.total).toMatchObject({ cases: 1, open: 1, overdueNow: 1 });
});

test("what was told as overdue counts for good", async () => {
  await using portal = await openTestPortal();
  const { clerk, sheriff, alone } = await givenYear(portal);
  const told = {
    kind: "overdue",
    audience: "staff",
    eventId: newId(),
    due: toDbDate("2026-05-16"),
    at: portal.time.now(),
  };
  await portal.db.clockNotice.create({ data: { id: newId(), caseId: alone, ...told } });
  const figures = await getAgencyFigures(portal, clerk);
  expect(figures.find(({ id }) => id === sheriff)?.total).toMatchObject({ overdueNow: 1, everOverdue: 3 });
});

test("a wall does not show as a number that is higher than the list is long", async () => {
  await using portal = await openTestPortal();
  const { clerk, colleague, piled } = await givenYear(portal);
  const { requestId } = await portal.db.case.findUniqueOrThrow({ where: { id: piled[0] ?? "" } });
  await portal.db.wall.create({ data: { requestId, accountId: clerk.accountId, at: portal.time.now() } });
  const total = async (actor: typeof clerk) =>
    (await getAgencyFigures(portal, actor)).reduce((sum, { total: { cases } }) => sum + cases, 0);
  expect(await total(clerk)).toBe((await listQueue(portal, clerk)).length);
  expect(await total(clerk)).toBe(6);
  expect(await total(colleague)).toBe(6);
  // Of a pile of two of which he sees one, he is not told either.
  const together = (await getAgencyFigures(portal, clerk)).reduce((sum, agency) => sum + agency.total.together, 0);
  expect(together).toBe(0);
  const operator = { ...clerk, memberships: [{ role: "operator", agencyId: null }] } as const;
  expect((await getPortalFigures(portal, operator)).total.cases).toBe(6);
});

test("an operator sees the same totals of every agency; nobody else does", async () => {
  await using portal = await openTestPortal();
  const { clerk, colleague, resident, sheriff, state } = await givenYear(portal);
  const figures = await getPortalFigures(portal, OPERATOR);
  const own = await getAgencyFigures(portal, clerk);
  expect(figures.agencies).toEqual(own.map(({ id, name, total }) => ({ id, name, total })));
  expect(figures.agencies.map(({ id }) => id).sort()).toEqual([sheriff, state].sort());
  expect(figures.total).toMatchObject({ cases: 7, open: 5, extended: 3, together: 2 });
  const intake = await givenActor(portal, { email: "intake@example.gov" }, [{ role: "intake", agencyId: sheriff }]);
  for (const actor of [clerk, colleague, resident, intake]) {
    await expect(getPortalFigures(portal, actor)).rejects.toEqual(notFound);
  }
  for (const actor of [
    resident,
    intake,
    OPERATOR,
    { ...clerk, memberships: [{ role: "clerk", agencyId: null }] } as const,
  ]) {
    await expect(getAgencyFigures(portal, actor)).rejects.toEqual(notFound);
  }
  expect((await getAgencyFigures(portal, colleague)).map(({ id }) => id)).toEqual([sheriff]);
});
