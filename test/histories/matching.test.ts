import { expect, test } from "vitest";
import { decideLines, decideMatches } from "#app/histories/decide.server.ts";
import { findMatches } from "#app/histories/find-matches.server.ts";
import { getDesk, getLine } from "#app/histories/get-desk.server.ts";
import { proposeHistory } from "#app/histories/propose-history.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import {
  DISCLOSE,
  eventIds,
  givenCase,
  givenMatched,
  OTHER_PLATE,
  PLATE,
  propose,
  ROWS,
} from "#test/histories/given-case.ts";
import { openTestPortal } from "#test/support/database.ts";

test("an identifier that nobody has verified, or that was refused, matches nothing", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  expect(await findMatches(portal, given.clerk, given.caseId)).toMatchObject({ matched: 0, named: 0 });
  await given.verify("refused");
  expect(await findMatches(portal, given.clerk, given.caseId)).toMatchObject({ matched: 0, named: 0 });
  expect(await portal.db.match.count()).toBe(0);
});

test("only look-ups inside the verified period match; a plate named in a text is a hint and no match", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await given.verify({ from: "2025-06-18", to: "2025-08-31" });
  // e1 was at 5 in the afternoon of June 17, local time.
  expect(await findMatches(portal, given.clerk, given.caseId)).toEqual({
    ...{ matched: 2, added: 2, dropped: 0, asked: 0, named: 1 },
  });
  const rows = await portal.db.match.findMany({ orderBy: { eventAt: "asc" } });
  expect(rows.map((row) => row.eventAt.toISOString())).toEqual([
    "2025-07-02T18:30:00.000Z",
    "2025-08-20T03:15:00.000Z",
  ]);
  expect(rows[0]).toMatchObject({ verdict: null, decidedBy: null, evidence: ["plate-exact", "inside-period"] });
});

test("searching again changes nothing, finds what arrived since, and keeps what was decided", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first] = await givenMatched(portal, given);
  await decideMatches(portal, given.clerk, { caseId: given.caseId, events: [first!], verdict: "rejected" });
  expect(await findMatches(portal, given.clerk, given.caseId)).toMatchObject({ matched: 3, added: 0, dropped: 0 });
  await given.deliver([{ id: "e9", at: "2025-09-09T12:00:00Z", user: "u-9", plate: PLATE }]);
  expect(await findMatches(portal, given.clerk, given.caseId)).toMatchObject({ matched: 4, added: 1, dropped: 0 });
  const verdicts = (await portal.db.match.findMany({ orderBy: { eventAt: "asc" } })).map((row) => row.verdict);
  expect(verdicts).toEqual(["rejected", "accepted", "accepted", null]);
});

test("a match whose identifier is refused afterwards is dropped, whoever had accepted it", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await givenMatched(portal, given);
  await given.verify("refused");
  await expect(proposeHistory(portal, given.clerk, given.caseId)).rejects.toThrow(Refused);
  expect(await findMatches(portal, given.clerk, given.caseId)).toMatchObject({ matched: 0, dropped: 3 });
  expect(await portal.db.match.count()).toBe(0);
});

test("nothing can be proposed while an identifier, a search, a confirmation or a decision is missing", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const missing = async () =>
    (await getDesk(portal, given.clerk, { caseId: given.caseId, locale: "en", page: 1, show: "all" })).missing;
  const refused = () =>
    expect(proposeHistory(portal, given.clerk, given.caseId)).rejects.toMatchObject({ code: "desk.refusedIncomplete" });

  expect(await missing()).toEqual({ unchecked: 1, unsearched: 0, unconfirmed: 0, undecided: 0 });
  await refused();
  await given.verify();
  expect(await missing()).toMatchObject({ unchecked: 0, unsearched: 3 });
  await refused();
  await findMatches(portal, given.clerk, given.caseId);
  expect(await missing()).toMatchObject({ unsearched: 0, unconfirmed: 3 });
  await refused();
  await decideMatches(portal, given.clerk, { caseId: given.caseId, events: "undecided", verdict: "accepted" });
  expect(await missing()).toMatchObject({ unconfirmed: 0, undecided: 3 });
  await refused();
  await propose(portal, given);
  expect(await missing()).toEqual({ unchecked: 0, unsearched: 0, unconfirmed: 0, undecided: 0 });
});

test("another agency's people, the resident and a stranger find neither the case nor a line of it", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [event] = await givenMatched(portal, given);
  const { caseId } = given;
  for (const actor of [given.otherClerk, given.otherSupervisor, given.resident, given.stranger]) {
    await expect(getDesk(portal, actor, { caseId, locale: "en", page: 1, show: "all" })).rejects.toThrow(NotFound);
    await expect(getLine(portal, actor, { caseId, eventId: event!, locale: "en" })).rejects.toThrow(NotFound);
    await expect(findMatches(portal, actor, caseId)).rejects.toThrow(NotFound);
    await expect(decideLines(portal, actor, { caseId, events: [event!], ...DISCLOSE })).rejects.toThrow(NotFound);
    await expect(proposeHistory(portal, actor, caseId)).rejects.toThrow(NotFound);
  }
  // A line of one agency's case cannot be reached through another's.
  await expect(
    getLine(portal, given.otherClerk, { caseId: given.otherCaseId, eventId: event!, locale: "en" }),
  ).rejects.toThrow(NotFound);
  await expect(
    decideLines(portal, given.otherClerk, { caseId: given.otherCaseId, events: [event!], ...DISCLOSE }),
  ).rejects.toThrow(NotFound);
});

test("a walled clerk finds nothing either", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await portal.db.wall.create({
    data: { requestId: given.requestId, accountId: given.clerk.accountId, at: portal.time.now() },
  });
  await expect(
    getDesk(portal, given.clerk, { caseId: given.caseId, locale: "en", page: 1, show: "all" }),
  ).rejects.toThrow(NotFound);
  await expect(findMatches(portal, given.clerk, given.caseId)).rejects.toThrow(NotFound);
});

test("the desk masks other people's plates, shows the resident's own, and leaves a trace of each look", async () => {
  await using portal = await openTestPortal();
  const mixed = {
    id: "m1",
    at: "2025-06-19T12:00:00Z",
    user: "u-1",
    plate: `${PLATE},${OTHER_PLATE}`,
    purpose: `follows ${OTHER_PLATE}, not ${PLATE}`,
  };
  const given = await givenCase(portal, { rows: [...ROWS, mixed] });
  await givenMatched(portal, given);
  const [event] = (await eventIds(portal, given)).slice(1);
  const desk = await getDesk(portal, given.clerk, { caseId: given.caseId, locale: "en", page: 1, show: "all" });
  expect(JSON.stringify(desk)).not.toContain(OTHER_PLATE);
  const line = desk.lines.find((one) => one.eventId === event);
  expect(line?.cells.searchedBy).toEqual({ kind: "shown", text: `${PLATE}, [plate]` });
  expect(line?.cells.purpose).toEqual({ kind: "shown", text: `follows [plate], not ${PLATE}` });
  await getLine(portal, given.clerk, { caseId: given.caseId, eventId: event!, locale: "es" });
  const acts = await portal.db.$queryRaw<{ act: string }[]>`SELECT act FROM ledger.entry ORDER BY seq DESC LIMIT 2`;
  expect(acts.map((row) => row.act)).toEqual(["line.read", "case.read"]);
});
