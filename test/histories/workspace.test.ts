import { expect, test } from "vitest";
import { decideFields, decideLines, decideMatches } from "#app/histories/decide.server.ts";
import { undoAct } from "#app/histories/desk-act.server.ts";
import { type LineFilter, UNFILTERED } from "#app/histories/facets.ts";
import { findMatches } from "#app/histories/find-matches.server.ts";
import { getDesk, getLine } from "#app/histories/get-desk.server.ts";
import { noteLine } from "#app/histories/note-line.server.ts";
import { getReleaseForResident } from "#app/histories/queries.server.ts";
import { listReviewerIds } from "#app/histories/reviewers.ts";
import { newId } from "#app/platform/database/id.ts";
import { NotFound } from "#app/platform/failure.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import {
  DISCLOSE,
  eventIds,
  type GivenCase,
  givenCase,
  givenMatched,
  REDACT,
  release,
  WITHHOLD,
} from "#test/histories/given-case.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const ALL: LineFilter = UNFILTERED;

type Filter = Partial<LineFilter>;

/** They work there as the registry knows it too, so that they have names for each other. */
async function employ(portal: TestPortal, given: GivenCase): Promise<void> {
  for (const { accountId, memberships } of [given.clerk, given.both, given.supervisor]) {
    const rows = memberships.map((held) => ({ ...held, id: newId(), accountId, createdAt: portal.time.now() }));
    await portal.db.membership.createMany({ data: rows });
  }
}

const desk = (portal: TestPortal, given: GivenCase, actor = given.clerk, filter: Filter = {}) =>
  getDesk(portal, actor, {
    ...{ caseId: given.caseId, locale: "en", page: 1, show: "all" },
    filter: { ...ALL, ...filter },
  });

async function outcomes(portal: TestPortal, given: GivenCase): Promise<(string | null)[]> {
  const { lines } = await desk(portal, given);
  const byId = new Map(lines.map((line) => [line.eventId, line.decision?.outcome ?? null]));
  return (await eventIds(portal, given)).map((id) => byId.get(id) ?? null);
}

test("what another clerk decided since the page was shown is not written over, in any way of choosing", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first = "", second = ""] = await givenMatched(portal, given);
  const { caseId, clerk, both } = given;
  await employ(portal, given);
  const { seen } = await desk(portal, given);
  await decideLines(portal, both, { caseId, events: [first], seen, ...DISCLOSE });
  for (const events of [[first], [first, second], ALL]) {
    const stale = decideLines(portal, clerk, { caseId, events, seen, ...DISCLOSE });
    await expect(stale).rejects.toMatchObject({ code: "desk.refusedStale", params: { count: 1 } });
  }
  const field = { events: [first], field: "user", seen, ...REDACT } as const;
  await expect(decideFields(portal, clerk, { caseId, ...field })).rejects.toMatchObject({ code: "desk.refusedStale" });
  const reject = decideMatches(portal, clerk, { caseId, events: [first], seen, verdict: "rejected" });
  await expect(reject).rejects.toMatchObject({ code: "desk.refusedStale" });
  // What nobody has touched goes on as before.
  await decideLines(portal, clerk, { caseId, events: [second], seen, ...DISCLOSE });
  const after = await desk(portal, given);
  const line = after.lines.find(({ eventId }) => eventId === first);
  expect(line?.last).toMatchObject({ by: "both" });
  expect(line?.last?.act).toBeGreaterThan(seen);
  // Who says last whether it is theirs touched it last.
  portal.time.advance({ minutes: 1 });
  await decideMatches(portal, clerk, { caseId, events: ALL, seen: after.seen, verdict: "accepted" });
  const confirmed = (await desk(portal, given)).lines.find(({ eventId }) => eventId === first);
  expect(confirmed?.last).toMatchObject({ by: "clerk" });
  // Having seen it, one may decide anew.
  await decideLines(portal, clerk, { caseId, events: [first], seen: (await desk(portal, given)).seen, ...WITHHOLD });
  expect(await outcomes(portal, given)).toEqual(["withhold", "disclose", null]);
});

test("two forms that saw the same, at once: one is carried out, the other is told", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first = ""] = await givenMatched(portal, given);
  const { caseId, clerk, both } = given;
  const { seen } = await desk(portal, given);
  const done = await Promise.allSettled([
    decideLines(portal, clerk, { caseId, events: [first], seen, ...WITHHOLD }),
    decideLines(portal, both, { caseId, events: [first], seen, ...DISCLOSE }),
  ]);
  expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await portal.db.decision.count({ where: { caseId } })).toBe(1);
});

test("an act is undone by deciding again what stood before it, act by act, and the record keeps all", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first = "", second = ""] = await givenMatched(portal, given);
  const { caseId, clerk } = given;
  await decideLines(portal, clerk, { caseId, events: [first], ...WITHHOLD });
  await decideLines(portal, clerk, { caseId, events: [first, second], ...DISCLOSE });
  await decideFields(portal, clerk, { caseId, events: [second], field: "user", ...REDACT });
  const undoLast = async () => {
    const { lastAct } = await desk(portal, given);
    await undoAct(portal, clerk, { caseId, act: lastAct?.no ?? 0 });
  };
  await undoLast();
  const open = await getLine(portal, clerk, { caseId, eventId: second, locale: "en" });
  expect(open.fields.find(({ field }) => field === "user")?.decision).toBeNull();
  await undoLast();
  expect(await outcomes(portal, given)).toEqual(["withhold", null, null]);
  const again = await getLine(portal, clerk, { caseId, eventId: first, locale: "en" });
  expect(again.line.decision).toMatchObject({ groundId: WITHHOLD.exemption, reason: WITHHOLD.reason });
  await undoLast();
  expect(await outcomes(portal, given)).toEqual([null, null, null]);
  // The confirmation of all three was an act too.
  await undoLast();
  const { counts, lastAct } = await desk(portal, given);
  expect(counts).toMatchObject({ unconfirmed: 3, accepted: 0 });
  expect(lastAct).toBeNull();
  expect(await portal.db.decision.count({ where: { caseId } })).toBe(8);
  // What waits again is taken by "all that wait", as if it had never been decided.
  await decideMatches(portal, clerk, { caseId, events: "undecided", verdict: "accepted" });
  expect(await decideLines(portal, clerk, { caseId, events: "undecided", ...DISCLOSE })).toEqual({ decided: 3 });
});

test("an undo is refused twice, to another, and over what was decided since", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first = ""] = await givenMatched(portal, given);
  const { caseId, clerk, both } = given;
  await decideLines(portal, clerk, { caseId, events: [first], ...DISCLOSE });
  const act = (await desk(portal, given)).lastAct?.no ?? 0;
  await expect(undoAct(portal, both, { caseId, act })).rejects.toThrow(NotFound);
  await expect(undoAct(portal, given.otherClerk, { caseId, act })).rejects.toThrow(NotFound);
  await decideLines(portal, both, { caseId, events: [first], ...WITHHOLD });
  await expect(undoAct(portal, clerk, { caseId, act })).rejects.toMatchObject({ code: "desk.refusedUndoLater" });
  await undoAct(portal, both, { caseId, act: act + 1 });
  await undoAct(portal, clerk, { caseId, act });
  await expect(undoAct(portal, clerk, { caseId, act })).rejects.toMatchObject({ code: "desk.refusedUndone" });
  expect(await outcomes(portal, given)).toEqual([null, null, null]);
  // Whoever undid something took part in the answer.
  const ledger = await listLedgerOfCase(portal, caseId);
  const undone = ledger.filter((entry) => entry.act === "decision.undone");
  expect(listReviewerIds({ matches: [], decisions: [], steps: [], ledger: undone })).toEqual(
    expect.arrayContaining([clerk.accountId, both.accountId]),
  );
});

test("a law that must be weighed is applied to several only by whoever has opened each of them", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first = "", second = "", third = ""] = await givenMatched(portal, given);
  const { caseId, clerk, both } = given;
  const withhold = (events: readonly string[] | LineFilter) =>
    decideLines(portal, clerk, { caseId, events, ...WITHHOLD });
  await getLine(portal, clerk, { caseId, eventId: first, locale: "en" });
  // Another's looking is not one's own.
  await getLine(portal, both, { caseId, eventId: second, locale: "en" });
  await expect(withhold([first, second])).rejects.toMatchObject({
    code: "desk.refusedUnweighed",
    params: { count: 1 },
  });
  await expect(withhold(ALL)).rejects.toMatchObject({ code: "desk.refusedUnweighed", params: { count: 2 } });
  const redact = { caseId, events: [first, second], field: "user", ...REDACT } as const;
  await expect(decideFields(portal, clerk, redact)).rejects.toMatchObject({ code: "desk.refusedUnweighed" });
  // What follows from the field itself needs no weighing; one look-up by itself is before his eyes.
  const thirdParty = { ...redact, exemption: "ca.cpra.third-party" };
  expect(await decideFields(portal, clerk, thirdParty)).toEqual({ decided: 2 });
  expect(await withhold([third])).toEqual({ decided: 1 });
  await getLine(portal, clerk, { caseId, eventId: second, locale: "en" });
  expect(await withhold([first, second])).toEqual({ decided: 2 });
});

test("the list is narrowed by agency, days and what was made together, and decided as narrowed", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first = "", second = "", third = ""] = await givenMatched(portal, given);
  // The same user under the same case number as the first.
  await given.deliver([
    {
      ...{ id: "e5", at: "2025-09-01T10:00:00Z", org: "Alder Creek PD", user: "u-1017", plate: "9ZQX417" },
      ...{ purpose: "Stolen vehicle", caseNumber: "25-02183", scope: "lookup" },
    },
  ]);
  const { caseId, clerk } = given;
  await findMatches(portal, clerk, caseId);
  const [, , , fourth = ""] = await eventIds(portal, given);
  const idsOf = async (filter: Filter) =>
    (await desk(portal, given, clerk, filter)).lines.map(({ eventId }) => eventId);
  expect(await idsOf({ agency: "Marin Hills SO" })).toEqual([second]);
  expect(await idsOf({ agency: "Nobody PD" })).toEqual([]);
  expect(await idsOf({ from: "2025-07-01", to: "2025-08-19" })).toEqual([third, second]);
  expect(await idsOf({ groupOf: first })).toEqual([fourth, first]);
  expect(await idsOf({ groupOf: third })).toEqual([third]);
  const whole = await desk(portal, given);
  // What was made together stands together, though another came between.
  expect(whole.lines.map(({ eventId }) => eventId)).toEqual([fourth, first, third, second]);
  expect(whole.lines.map(({ groupSize }) => groupSize)).toEqual([2, 2, 1, 1]);
  expect(whole.choices.agencies).toEqual(["Alder Creek PD", "Marin Hills SO"]);
  const events = { ...ALL, groupOf: first };
  await expect(decideLines(portal, clerk, { caseId, events, ...DISCLOSE })).rejects.toMatchObject({
    code: "desk.refusedUnconfirmed",
  });
  expect(await decideMatches(portal, clerk, { caseId, events, verdict: "accepted" })).toEqual({ decided: 2 });
  expect(await decideLines(portal, clerk, { caseId, events, ...DISCLOSE })).toEqual({ decided: 2 });
  expect(await outcomes(portal, given)).toEqual(["disclose", null, null, "disclose"]);
});

test("two at one case see each other, for as long as they are there; who is walled off is never named", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await givenMatched(portal, given);
  const { both, clerk } = given;
  await employ(portal, given);
  expect((await desk(portal, given, both)).others).toEqual([]);
  const since = portal.time.now();
  portal.time.advance({ minutes: 3 });
  expect((await desk(portal, given, clerk)).others).toEqual([{ name: "both", since }]);
  expect((await desk(portal, given, both)).others).toMatchObject([{ name: "clerk" }]);
  portal.time.advance({ minutes: 11 });
  expect((await desk(portal, given, clerk)).others).toEqual([]);
  await desk(portal, given, both);
  const wall = { requestId: given.requestId, accountId: both.accountId, at: portal.time.now() };
  await portal.db.wall.create({ data: wall });
  const seen = await desk(portal, given, clerk);
  expect(seen.others).toEqual([]);
  expect(JSON.stringify(seen.lines)).not.toContain('"both"');
});

test("a note is the agency's own: sealed, read by its people, and in no answer", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first = ""] = await givenMatched(portal, given);
  const { caseId, clerk } = given;
  await employ(portal, given);
  const text = "Quetzal asked whether this was the tow yard";
  await noteLine(portal, clerk, { caseId, eventId: first, text });
  for (const wrong of ["", "  ", "x".repeat(2001)]) {
    await expect(noteLine(portal, clerk, { caseId, eventId: first, text: wrong })).rejects.toMatchObject({
      code: "workspace.refusedNote",
    });
  }
  await expect(noteLine(portal, given.otherClerk, { caseId, eventId: first, text })).rejects.toThrow(NotFound);
  await expect(noteLine(portal, given.supervisor, { caseId, eventId: first, text })).rejects.toThrow(NotFound);
  const view = await getLine(portal, given.supervisor, { caseId, eventId: first, locale: "en" });
  expect(view.notes).toMatchObject([{ text, by: "clerk" }]);
  expect((await desk(portal, given)).lines.find(({ eventId }) => eventId === first)?.notes).toBe(1);
  const tables = await portal.pool.query("SELECT t::text AS row FROM line_note t");
  expect(JSON.stringify(tables.rows)).not.toContain("Quetzal");
  const releaseId = await release(portal, given);
  const answer = await getReleaseForResident(portal, given.resident, releaseId);
  expect(JSON.stringify(answer)).not.toContain("Quetzal");
});
