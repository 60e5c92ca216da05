import { expect, test } from "vitest";
import { runDeadline } from "#app/cli/deadline.ts";
import { getDesk } from "#app/histories/get-desk.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { recordClockEvent } from "#app/requests/case-file.server.ts";
import { getRequestForResident, listMyRequests } from "#app/requests/my-requests.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { givenActor, givenFiled, givenWorld, PERSON } from "#test/requests/given-request.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

async function given(portal: TestPortal) {
  const world = await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const clerk = await givenActor(portal, { email: "clerk@example.gov" }, [
    { role: "clerk", agencyId: world.sheriff },
    { role: "clerk", agencyId: world.state },
  ]);
  const filed = await givenFiled(portal, resident, [world.sheriff, world.state]);
  return { resident, clerk, ...filed };
}

/** What `wholooked deadline --rule RULE --on DAY` prints. */
async function deadline(rule: string, on: string): Promise<{ due: string; latest: string }> {
  let printed = "";
  const out = (text: string) => {
    printed += text;
  };
  expect(await runDeadline(["--rule", rule, "--on", on, "--json"], { out, err: out })).toBe(0);
  return JSON.parse(printed);
}

test.each([
  ["a Saturday", "2026-03-07T20:00:00Z", "2026-03-07"],
  ["the last minute of a Sunday in California, when it is Monday in Greenwich", "2026-03-09T06:59:00Z", "2026-03-08"],
  ["César Chávez Day", "2026-03-31T18:00:00Z", "2026-03-31"],
  ["Christmas, with New Year's Day ahead", "2026-12-25T18:00:00Z", "2026-12-25"],
  ["the evening of December 31, another year in Greenwich", "2027-01-01T05:00:00Z", "2026-12-31"],
  ["a day ten days before a holiday", "2026-06-09T18:00:00Z", "2026-06-09"],
])("received on %s, every page shows the date that the command works out", async (_name, now, receivedOn) => {
  await using portal = await openTestPortal({ now });
  const { resident, clerk, requestId, cases } = await given(portal);
  const queue = await listQueue(portal, clerk);
  const own = (await getRequestForResident(portal, resident, requestId))?.cases ?? [];
  expect(queue).toHaveLength(2);
  for (const { id, rule } of cases) {
    const { due, latest } = await deadline(rule, receivedOn);
    const shown = { receivedOn, due };
    expect(queue.find((row) => row.caseId === id)).toMatchObject(shown);
    expect(own.find((one) => one.id === id)).toMatchObject({ ...shown, clock: { due, latest } });
    const desk = await getDesk(portal, clerk, { caseId: id, locale: "en", page: 1, show: "all" });
    expect(desk).toMatchObject({ receivedOn, clock: { due } });
  }
});

test("an answer that came late stays late wherever the case is shown; one on the last day does not", async () => {
  await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
  const { resident, clerk, requestId, cases } = await given(portal);
  const queue = await listQueue(portal, clerk);
  const [late, punctual] = [queue[0]!, queue[1]!];
  const answer = (caseId: string, on: string) =>
    inTransaction(portal, (tx) => recordClockEvent(portal, tx, { caseId, kind: "answered", on }));
  portal.time.set(`${punctual.due}T20:00:00Z`);
  await answer(punctual.caseId, punctual.due);
  await answer(late.caseId, punctual.due);
  expect(late.due < punctual.due).toBe(true);
  portal.time.advance({ days: 400 });

  const overdue = (rows: readonly { overdue: boolean; daysLeft: number | null }[]) =>
    rows.map((row) => [row.overdue, row.daysLeft]);
  const [mine] = await listMyRequests(portal, resident);
  const request = await getRequestForResident(portal, resident, requestId);
  const inOrder = <T extends { id: string }>(rows: readonly T[]) =>
    [late, punctual].map((row) => rows.find((one) => one.id === row.caseId)!);
  const expected = [
    [true, null],
    [false, null],
  ];
  expect(overdue(await listQueue(portal, clerk))).toEqual(expected);
  expect(overdue(inOrder(mine?.cases ?? []))).toEqual(expected);
  expect(overdue(inOrder(request?.cases ?? []))).toEqual(expected);
  const desk = await getDesk(portal, clerk, { caseId: late.caseId, locale: "en", page: 1, show: "all" });
  expect(desk.clock).toMatchObject({ overdue: true, answeredOn: punctual.due, status: "answered" });
  expect(cases).toHaveLength(2);
});
