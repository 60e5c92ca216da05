import { expect, test } from "vitest";
import { isOverdue } from "#app/law/clock.ts";
import { fromDbDate } from "#app/platform/time/local-date.ts";
import { computeClock, getCaseFile } from "#app/requests/case-file.server.ts";
import { getCaseClock } from "#app/requests/get-case-clock.server.ts";
import { openLetters } from "#app/requests/letters.server.ts";
import { previewLetter } from "#app/requests/preview-letter.server.ts";
import { ASK, act, givenClock, SIGNER } from "#test/requests/given-clock.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const refused = (code: string) => expect.objectContaining({ name: "Refused", code });

async function clockOf(portal: TestPortal, caseId: string) {
  return computeClock(await getCaseFile(portal, caseId));
}

async function newestLetter(portal: TestPortal, caseId: string): Promise<string> {
  return (await openLetters(portal, { id: caseId }))[0]?.text ?? "";
}

test("identity under the Information Practices Act: the clock waits, and counts from the day on which it came", async () => {
  await using portal = await openTestPortal();
  const { stateCaseId: caseId, stateClerk: clerk } = await givenClock(portal);
  portal.time.advance({ days: 2 });
  await act(portal, clerk, caseId, { act: "ask-identity", form: ASK });
  expect(await clockOf(portal, caseId)).toMatchObject({ status: "waiting", stoppedSince: "2026-03-04" });
  const question = await newestLetter(portal, caseId);
  expect(question).toContain("Which months do you mean?");
  expect(question).toContain("counts the agency's time from the day on which this arrives");
  expect(question).toContain("Signed: Rosa Mata, Records Supervisor");

  portal.time.advance({ days: 30 });
  await act(portal, clerk, caseId, { act: "record-identity", form: { on: "2026-03-20" } });
  expect(await clockOf(portal, caseId)).toMatchObject({
    status: "running",
    due: "2026-04-20",
    startedOn: "2026-03-20",
  });
  const arrival = await newestLetter(portal, caseId);
  expect(arrival).toContain("must now act by Monday, April 20, 2026. Before, the date was Wednesday, April 1, 2026.");
  const told = await portal.db.clockNotice.findFirstOrThrow({ where: { caseId, kind: "extended" } });
  const event = await portal.db.clockEvent.findFirstOrThrow({ where: { caseId, kind: "identity-received" } });
  expect([told.eventId, fromDbDate(told.due)]).toEqual([event.id, "2026-04-20"]);
});

test("under the Public Records Act asking moves nothing, and the letter says so", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk } = await givenClock(portal);
  for (const wanted of [
    { act: "ask-information", form: ASK },
    { act: "ask-identity", form: ASK },
    { act: "ask-fee", form: { ...ASK, amount: "12.50" } },
  ] as const) {
    await act(portal, clerk, caseId, wanted);
    expect(await newestLetter(portal, caseId)).toContain("Its last day does not move: Thursday, March 12, 2026");
  }
  expect(await newestLetter(portal, caseId)).toContain("a fee of $12.50");
  expect(await newestLetter(portal, caseId)).toContain("Gov. Code §§ 7922.530, 7922.575");
  await act(portal, clerk, caseId, { act: "record-fee", form: { on: "2026-03-02" } });
  expect(await newestLetter(portal, caseId)).toContain("The date does not change by this: Thursday, March 12, 2026.");
  expect(await portal.db.clockNotice.count({ where: { caseId } })).toBe(1);
  expect(await clockOf(portal, caseId)).toMatchObject({ due: "2026-03-12", status: "running" });
});

test("an answer cannot come before it was asked for, in the future, twice, or unasked", async () => {
  await using portal = await openTestPortal();
  const { stateCaseId: caseId, stateClerk: clerk } = await givenClock(portal);
  const came = (on: string) =>
    previewLetter(portal, clerk, { caseId, wanted: { act: "record-identity", form: { on } } });
  await expect(came("2026-03-02")).rejects.toEqual(refused("letters.whyNotAsked"));
  portal.time.advance({ days: 3 });
  await act(portal, clerk, caseId, { act: "ask-identity", form: ASK });
  const again = previewLetter(portal, clerk, { caseId, wanted: { act: "ask-identity", form: ASK } });
  await expect(again).rejects.toEqual(refused("letters.whyAsked"));
  await expect(came("2026-03-04")).rejects.toMatchObject({ code: "letters.cameBefore", params: { field: "on" } });
  await expect(came("2026-03-06")).rejects.toMatchObject({ code: "letters.onFuture", params: { field: "on" } });
  await act(portal, clerk, caseId, { act: "record-identity", form: { on: "2026-03-05" } });
  await expect(came("2026-03-05")).rejects.toEqual(refused("letters.whyNotAsked"));
});

test("a question that comes after the date moves nothing: overdue stays overdue", async () => {
  await using portal = await openTestPortal();
  const { stateCaseId: caseId, stateClerk: clerk } = await givenClock(portal);
  portal.time.advance({ days: 40 });
  await act(portal, clerk, caseId, { act: "ask-identity", form: ASK });
  expect(await newestLetter(portal, caseId)).toContain("does not move: Wednesday, April 1, 2026");
  portal.time.advance({ days: 5 });
  await act(portal, clerk, caseId, { act: "record-identity", form: { on: "2026-04-16" } });
  const clock = await clockOf(portal, caseId);
  expect([clock.due, isOverdue(clock, "2026-04-16")]).toEqual(["2026-04-01", true]);
});

test("an event that the law names stops the clock and lets it run on; its days do not count", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk } = await givenClock(portal);
  // No law of this county's cases has such an event; another one has.
  await portal.db.case.update({ where: { id: caseId }, data: { rule: "us.hipaa.accounting" } });
  portal.time.advance({ days: 10 });
  const form = { ground: "written-statement", on: "2026-03-10", words: "The statement is on file.", signer: SIGNER };
  const pausing = (change: object) =>
    previewLetter(portal, clerk, { caseId, wanted: { act: "pause", form: { ...form, ...change } } });
  await expect(pausing({ ground: "a hunch" })).rejects.toEqual(refused("letters.groundMissing"));
  await expect(pausing({ on: "2026-03-13" })).rejects.toEqual(refused("letters.onFuture"));
  await expect(pausing({ on: "2026-03-01" })).rejects.toEqual(refused("letters.onBefore"));
  await act(portal, clerk, caseId, { act: "pause", form });
  const paused = await newestLetter(portal, caseId);
  expect(paused).toContain("that it has come about on Tuesday, March 10, 2026");
  expect(paused).toContain("The statement is on file.");
  expect(await clockOf(portal, caseId)).toMatchObject({ status: "paused", stoppedSince: "2026-03-10" });
  portal.time.advance({ days: 10 });
  const resuming = previewLetter(portal, clerk, { caseId, wanted: { act: "resume", form: { on: "2026-03-09" } } });
  await expect(resuming).rejects.toMatchObject({ code: "letters.onBefore", params: { date: "2026-03-10" } });
  await act(portal, clerk, caseId, { act: "resume", form: { on: "2026-03-20" } });
  const { due, status } = await clockOf(portal, caseId);
  expect([due, status]).toEqual(["2026-05-11", "running"]);
  expect(await newestLetter(portal, caseId)).toContain("must now act by Monday, May 11, 2026");
  const { steps } = await getCaseClock(portal, clerk, caseId);
  expect(steps.map(({ event, due: after }) => [event.kind, after])).toEqual([
    ["received", "2026-05-01"],
    ["paused", "2026-05-01"],
    ["resumed", "2026-05-11"],
  ]);
});
