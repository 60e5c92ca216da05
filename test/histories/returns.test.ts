import { expect, test } from "vitest";
import { decideField, decideLines } from "#app/histories/decide.server.ts";
import { undoAct } from "#app/histories/desk-act.server.ts";
import { getDesk } from "#app/histories/get-desk.server.ts";
import { getReviews } from "#app/histories/get-reviews.server.ts";
import { historyCron, historyJobs } from "#app/histories/jobs.server.ts";
import { proposeHistory } from "#app/histories/propose-history.server.ts";
import { getReleaseForResident } from "#app/histories/queries.server.ts";
import { returnLines, sweepReturns } from "#app/histories/return-lines.server.ts";
import { listCaseReviews } from "#app/histories/reviews.server.ts";
import { addMembership } from "#app/people/memberships.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import {
  approve,
  DISCLOSE,
  type GivenCase,
  givenCase,
  givenMatched,
  PLATE,
  propose,
  REDACT,
  release,
  runRelease,
  WITHHOLD,
} from "#test/histories/given-case.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";

const defer = (reviewOn: string, reason = "the inquiry runs") =>
  ({ ...WITHHOLD, outcome: "defer", reason, reviewOn }) as const;

/** What the portal does every hour. */
async function anHourOfWork(portal: TestPortal): Promise<void> {
  await sweepReturns(portal);
  await drain(portal, { "return-lines": historyJobs["return-lines"]! });
}

const desk = (portal: TestPortal, given: GivenCase) =>
  getDesk(portal, given.clerk, { caseId: given.caseId, locale: "en", page: 1, show: "waiting" });
const reviews = (portal: TestPortal, given: GivenCase) =>
  getReviews(portal, given.clerk, { caseId: given.caseId, locale: "en" });
const letters = (portal: TestPortal) => portal.db.outboxMail.count({ where: { template: "staff-task" } });

/** The clerk of the case is on the agency's list, so that letters find somebody. */
async function withMembers(portal: TestPortal, given: GivenCase): Promise<void> {
  await inTransaction(portal, (tx) =>
    addMembership(portal, tx, {
      accountId: given.clerk.accountId,
      role: "clerk",
      agencyId: given.agencyId,
      organisation: null,
    }),
  );
}

test("a deferred line comes back on its day, once, tells the clerks, and goes out as a next edition", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const { caseId } = given;
  await withMembers(portal, given);
  const [first] = await givenMatched(portal, given);
  await decideLines(portal, given.clerk, { caseId, events: [first!], ...defer("2026-04-01") });
  await release(portal, given);
  const told = await letters(portal);
  expect((await reviews(portal, given)).next).toEqual([{ on: "2026-04-01", count: 1 }]);
  expect((await listCaseReviews(portal, [caseId])).get(caseId)).toEqual({ waiting: 0, next: "2026-04-01" });

  // At the agency it is still the last day of March.
  portal.time.set("2026-04-01T06:30:00Z");
  await anHourOfWork(portal);
  expect(await portal.db.lineReturn.count()).toBe(0);
  portal.time.set("2026-04-01T07:30:00Z");
  await Promise.all([sweepReturns(portal), sweepReturns(portal)]);
  await Promise.all([returnLines(portal, { caseId }), returnLines(portal, { caseId })]);
  await anHourOfWork(portal);
  expect(await portal.db.lineReturn.count()).toBe(1);
  expect((await letters(portal)) - told).toBe(1);
  const entries = await listLedgerOfCase(portal, caseId);
  expect(entries.filter(({ act }) => act === "lines.returned")).toMatchObject([{ detail: { lines: 1 } }]);

  expect((await reviews(portal, given)).waiting).toMatchObject([{ eventId: first, field: "*", on: "2026-04-01" }]);
  expect((await listCaseReviews(portal, [caseId])).get(caseId)).toEqual({ waiting: 1, next: null });
  expect((await desk(portal, given)).lines.map(({ eventId }) => eventId)).toEqual([first]);
  await expect(proposeHistory(portal, given.clerk, caseId)).rejects.toMatchObject({ code: "desk.refusedIncomplete" });
  // Not among many: what came back is opened by itself.
  await expect(decideLines(portal, given.clerk, { caseId, events: "undecided", ...DISCLOSE })).rejects.toMatchObject({
    code: "desk.refusedNoneLeft",
  });

  await decideLines(portal, given.clerk, { caseId, events: [first!], ...DISCLOSE });
  const before = await portal.db.outboxMail.count({ where: { template: "something-ready" } });
  const releaseId = await release(portal, given);
  const { history } = await getReleaseForResident(portal, given.resident, releaseId);
  expect(history).toMatchObject({ edition: 2, withheld: [] });
  expect(history.lines).toHaveLength(3);
  expect(await portal.db.outboxMail.count({ where: { template: "something-ready" } })).toBe(before + 1);
  expect((await listCaseReviews(portal, [caseId])).get(caseId)).toBeUndefined();
});

test("to defer again the reason must be a new one, and the day another", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const { caseId } = given;
  const [first] = await givenMatched(portal, given);
  const again = (reason: string, reviewOn: string) =>
    decideLines(portal, given.clerk, { caseId, events: [first!], ...defer(reviewOn, reason) });
  await again("the inquiry runs", "2026-04-01");
  // Before its day has come the same reason may stand: only the day is moved.
  await again("the inquiry runs", "2026-04-02");
  await release(portal, given);
  portal.time.set("2026-04-02T20:00:00Z");
  await anHourOfWork(portal);
  const same = { code: "reviews.refusedSameReason" };
  for (const reason of ["the inquiry runs", " The inquiry runs. ", "THE  INQUIRY, RUNS"])
    await expect(again(reason, "2026-05-01"), reason).rejects.toMatchObject(same);
  await expect(again("charges are prepared", "2026-04-02")).rejects.toMatchObject({ code: "desk.refusedReviewPast" });
  expect((await reviews(portal, given)).waiting).toHaveLength(1);
  await again("charges are prepared", "2026-05-01");
  expect(await reviews(portal, given)).toMatchObject({ waiting: [], next: [{ on: "2026-05-01", count: 1 }] });
});

test("what came back waits again when its new decision is undone, and is not proposed", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const { caseId } = given;
  const [first] = await givenMatched(portal, given);
  await decideLines(portal, given.clerk, { caseId, events: [first!], ...defer("2026-04-01") });
  await release(portal, given);
  portal.time.set("2026-04-01T20:00:00Z");
  await anHourOfWork(portal);
  await decideLines(portal, given.clerk, { caseId, events: [first!], ...DISCLOSE });
  const { lastAct } = await desk(portal, given);
  await undoAct(portal, given.clerk, { caseId, act: lastAct?.no ?? 0 });
  expect((await reviews(portal, given)).waiting).toMatchObject([{ eventId: first, field: "*", on: "2026-04-01" }]);
  await expect(proposeHistory(portal, given.clerk, caseId)).rejects.toMatchObject({ code: "desk.refusedIncomplete" });
  const again = decideLines(portal, given.clerk, { caseId, events: [first!], ...defer("2026-05-01") });
  await expect(again).rejects.toMatchObject({ code: "reviews.refusedSameReason" });
});

test("a redaction and a withholding with a day come back too, and show nothing meanwhile", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const { caseId } = given;
  const [first, second] = await givenMatched(portal, given);
  const day = { reviewOn: "2026-04-01" };
  await decideLines(portal, given.clerk, { caseId, events: [first!], ...WITHHOLD, ...day });
  await decideField(portal, given.clerk, { caseId, eventId: second!, field: "user", ...REDACT, ...day });
  await release(portal, given);
  portal.time.set("2026-04-02T20:00:00Z");
  await anHourOfWork(portal);
  const { waiting } = await reviews(portal, given);
  expect(waiting.map(({ eventId, field }) => [eventId, field]).sort()).toEqual(
    [
      [first, "*"],
      [second, "user"],
    ].sort(),
  );
  await expect(proposeHistory(portal, given.clerk, caseId)).rejects.toMatchObject({ code: "desk.refusedIncomplete" });
  // Disclosing the line is no answer to the field.
  await decideLines(portal, given.clerk, { caseId, events: [first!, second!], ...DISCLOSE });
  expect((await reviews(portal, given)).waiting.map(({ field }) => field)).toEqual(["user"]);
  await expect(proposeHistory(portal, given.clerk, caseId)).rejects.toMatchObject({ code: "desk.refusedIncomplete" });
  await decideField(portal, given.clerk, {
    caseId,
    eventId: second!,
    field: "user",
    ...REDACT,
    reason: "still under cover",
  });
  const releaseId = await release(portal, given);
  const { history } = await getReleaseForResident(portal, given.resident, releaseId);
  expect(history.lines).toHaveLength(3);
  expect(JSON.stringify(history)).not.toContain("u-2044");
});

test("what comes back while an answer waits for approval cannot be approved with it; a release in the making is left alone", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const { caseId } = given;
  const [first] = await givenMatched(portal, given);
  await decideLines(portal, given.clerk, { caseId, events: [first!], ...defer("2026-04-01") });
  await propose(portal, given);
  portal.time.set("2026-04-01T20:00:00Z");
  await anHourOfWork(portal);
  const fresh = { ...given.supervisor, proof: { ...given.supervisor.proof!, at: portal.time.now() } };
  await expect(approve(portal, given, fresh)).rejects.toMatchObject({ code: "desk.refusedChanged" });
  await decideLines(portal, given.clerk, { caseId, events: [first!], ...defer("2026-04-10", "now charges") });
  await propose(portal, given);
  await approve(portal, given, fresh);
  portal.time.set("2026-04-11T20:00:00Z");
  await anHourOfWork(portal);
  expect((await reviews(portal, given)).waiting).toEqual([]);
  await runRelease(portal, given);
  expect(await portal.db.release.count()).toBe(1);
  await anHourOfWork(portal);
  expect((await reviews(portal, given)).waiting).toHaveLength(1);
});

test("a year goes by: whatever clerks do or leave, no line that is held back until a day is ever forgotten", async () => {
  await using portal = await openTestPortal({ now: "2026-03-02T20:00:00Z" });
  const rows = Array.from({ length: 12 }, (_, i) => ({
    id: `y${i}`,
    at: new Date(Date.UTC(2025, 5, 1, i)).toISOString(),
    org: "Alder Creek PD",
    user: `u-${i}`,
    plate: PLATE,
  }));
  const given = await givenCase(portal, { rows });
  const { caseId } = given;
  await withMembers(portal, given);
  const events = await givenMatched(portal, given);
  // A generator with a seed: the same year at every run.
  let state = 20_261_125;
  const pick = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const day = (offset: number) =>
    new Date(Date.UTC(2026, 2, 2) + offset * 86_400_000).toISOString().slice(0, "2026-03-02".length);
  /** What a test remembers by itself: until when each line is held back; null when it is disclosed. */
  const held = new Map<string, string | null>();
  const decide = async (eventId: string, today: number, reason: string) => {
    const reviewOn = pick(4) === 0 ? null : day(today + 1 + pick(70));
    const decision = reviewOn === null ? DISCLOSE : defer(reviewOn, reason);
    await decideLines(portal, given.clerk, { caseId, events: [eventId], ...decision });
    held.set(eventId, reviewOn);
  };
  for (const eventId of events) await decide(eventId, 0, "at first");
  await release(portal, given);
  let returned = 0;
  for (let today = 1; today <= 365; today += 1) {
    portal.time.set(`${day(today)}T20:00:00Z`);
    // Some nights the worker stands still, and makes up for it the next day.
    const works = pick(10) > 0;
    if (works) await anHourOfWork(portal);
    const { waiting, next } = await reviews(portal, given);
    const due = [...held].filter(([, on]) => on !== null && on <= day(today)).map(([eventId]) => eventId);
    const ahead = [...held].flatMap(([, on]) => (on !== null && on > day(today) ? [on] : []));
    if (works) {
      expect(waiting.map(({ eventId }) => eventId).sort(), day(today)).toEqual(due.toSorted());
      expect(
        next.flatMap(({ on, count }) => Array(count).fill(on)),
        day(today),
      ).toEqual(ahead.toSorted());
    }
    // Noticed or not, every line that is held back is in sight, with its day.
    expect(waiting.length + next.reduce((sum, { count }) => sum + count, 0), day(today)).toBe(
      due.length + ahead.length,
    );
    const listed = (await listCaseReviews(portal, [caseId])).get(caseId);
    expect(listed === undefined, day(today)).toBe(due.length + ahead.length === 0);
    // Clerks decide when they get to it, and not always all.
    for (const { eventId } of waiting) {
      if (pick(5) > 0) continue;
      returned += 1;
      await decide(eventId, today, `still so on ${day(today)}`);
    }
  }
  expect(returned).toBeGreaterThan(10);
  expect((await listQueue(portal, given.clerk)).some((row) => row.caseId === caseId)).toBe(true);
  expect(await portal.db.lineReturn.count()).toBeGreaterThanOrEqual(returned);
}, 120_000);

test("the worker looks every hour", () => {
  expect(historyCron).toEqual({ "sweep-returns": "50 * * * *" });
});
