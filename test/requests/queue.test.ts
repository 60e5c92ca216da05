import { expect, test } from "vitest";
import { newId } from "#app/platform/database/id.ts";
import { toDbDate } from "#app/platform/time/local-date.ts";
import { listQueue, type QueueRow } from "#app/requests/queue.server.ts";
import { givenFiled } from "#test/requests/given-request.ts";
import { givenDates, record } from "#test/statistics/given-dates.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

async function givenQueue(portal: TestPortal) {
  const all = await givenDates(portal);
  const rowOf = async (caseId: string): Promise<QueueRow> =>
    (await listQueue(portal, all.clerk)).find((row) => row.caseId === caseId)!;
  return { ...all, rowOf };
}

test("whoever works on no cases finds no queue", async () => {
  await using portal = await openTestPortal();
  const { resident, clerk, sheriff } = await givenQueue(portal);
  const notFound = expect.objectContaining({ name: "NotFound" });
  const actors = [
    resident,
    { ...clerk, memberships: [] },
    { ...clerk, memberships: [{ role: "clerk", agencyId: null }] },
    { ...clerk, memberships: [{ role: "intake", agencyId: sheriff }] },
    { ...clerk, memberships: [{ role: "operator", agencyId: null }] },
    { kind: "operator", name: "night-shift" },
  ] as const;
  for (const actor of actors) await expect(listQueue(portal, actor), JSON.stringify(actor)).rejects.toEqual(notFound);
});

test("a row as the days go by: the target beside the safe date, what is spent, until when it can be extended", async () => {
  await using portal = await openTestPortal();
  const { ofSheriff, rowOf } = await givenQueue(portal);
  const fixed = { due: "2026-03-12", target: "2026-03-09", status: "running", stoppedSince: null, extendedOn: null };
  for (const [now, row] of [
    ["2026-03-02T17:00:00Z", { daysLeft: 10, spent: 0, extendable: true, lateness: null, overdue: false }],
    ["2026-03-07T17:00:00Z", { daysLeft: 5, spent: 0.5, extendable: true, lateness: null, overdue: false }],
    ["2026-03-12T17:00:00Z", { daysLeft: 0, spent: 1, extendable: true, lateness: null, overdue: false }],
    ["2026-03-14T17:00:00Z", { daysLeft: -2, spent: 1, extendable: false, lateness: "now", overdue: true }],
  ] as const) {
    portal.time.set(now);
    expect(await rowOf(ofSheriff.id), now).toMatchObject({ ...fixed, ...row });
  }
});

test("extended, it has its later dates and cannot be extended again", async () => {
  await using portal = await openTestPortal();
  const { ofSheriff, ofState, rowOf } = await givenQueue(portal);
  await record(portal, { caseId: ofSheriff.id, kind: "extended", on: "2026-03-02" });
  expect(await rowOf(ofSheriff.id)).toMatchObject({
    due: "2026-03-26",
    target: "2026-03-23",
    extendedOn: "2026-03-02",
    extendable: false,
  });
  expect((await rowOf(ofState.id)).extendable, "its law knows no extension").toBe(false);
});

test("one that was overdue once stays so, whatever moves its date; and a late answer stays late", async () => {
  await using portal = await openTestPortal();
  const { ofSheriff, ofState, rowOf } = await givenQueue(portal);
  const told = {
    kind: "overdue",
    audience: "staff",
    eventId: newId(),
    due: toDbDate("2026-03-12"),
    at: portal.time.now(),
  };
  await portal.db.clockNotice.create({ data: { id: newId(), caseId: ofSheriff.id, ...told } });
  expect(await rowOf(ofSheriff.id)).toMatchObject({ overdue: true, lateness: "once", daysLeft: 10 });
  await record(portal, { caseId: ofSheriff.id, kind: "answered", on: "2026-03-03" });
  expect(await rowOf(ofSheriff.id)).toMatchObject({
    overdue: true,
    lateness: "once",
    daysLeft: null,
    status: "answered",
  });
  await record(portal, { caseId: ofState.id, kind: "answered", on: "2026-04-02" });
  expect(await rowOf(ofState.id)).toMatchObject({ overdue: true, lateness: "answered-late", extendable: false });
});

test("what runs comes first, by its day; then what waits for the resident; then what is answered", async () => {
  await using portal = await openTestPortal();
  const { clerk, resident, sheriff, ofSheriff, ofState } = await givenQueue(portal);
  await record(portal, { caseId: ofState.id, kind: "identity-asked", on: "2026-03-02" });
  await record(portal, { caseId: ofSheriff.id, kind: "answered", on: "2026-03-02" });
  portal.time.set("2026-04-20T17:00:00Z");
  const late = await givenFiled(portal, resident, [sheriff]);
  const queue = await listQueue(portal, clerk);
  expect(queue.map(({ number, status, stoppedSince }) => [number, status, stoppedSince])).toEqual([
    [late.cases[0]?.number, "running", null],
    [ofState.number, "waiting", "2026-03-02"],
    [ofSheriff.number, "answered", null],
  ]);
  expect(queue[1], "nothing is overdue while it waits").toMatchObject({ overdue: false, lateness: null });
});
