import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importBatch } from "#app/feeds/import-batch.server.ts";
import { decideLines } from "#app/histories/decide.server.ts";
import { undoAct } from "#app/histories/desk-act.server.ts";
import { getDesk, getLine } from "#app/histories/get-desk.server.ts";
import { getProposal } from "#app/histories/get-proposal.server.ts";
import { acceptProposals } from "#app/histories/proposals/accept-proposals.server.ts";
import type { Actor } from "#app/people/actor.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { DISCLOSE, type GivenCase, givenCase, givenMatched, OTHER_PLATE, PLATE, propose } from "../given-case.ts";

let portal: TestPortal;
let given: GivenCase;
let events: string[];
beforeEach(async () => {
  portal = await openTestPortal();
  given = await givenCase(portal, { rows: [] });
  const header = "id,at,org,user,plate,licence,purpose,case_number,scope,bulk,hidden_reason,hidden_until";
  const row = (n: number, scope: string, bulk = "", reason = "", until = "") =>
    `s${n},2025-06-${10 + n}T18:00:00Z,Alder Creek PD,u-${n},${PLATE},,Stolen vehicle,25-${n},${scope},${bulk},${reason},${until}`;
  const rows = [
    row(1, "lookup", "true"),
    row(2, "lookup", "true"),
    row(3, "lookup", "", `wire on ${OTHER_PLATE}`, "2027-03-01T20:00:00Z"),
    row(4, "lookup", "", "wire", "2027-03-01T20:00:00Z"),
    row(5, "lookup"),
  ];
  await importBatch(
    portal,
    { kind: "operator", name: "tester" },
    {
      agencySlug: "alder",
      systemSlug: "alpr",
      profile: "canonical",
      via: "command",
      stream: (async function* () {
        yield Buffer.from([header, ...rows, ""].join("\n"));
      })(),
    },
  );
  events = await givenMatched(portal, given);
});
afterEach(() => portal[Symbol.asyncDispose]());

const desk = () => getDesk(portal, given.clerk, { caseId: given.caseId, locale: "en", page: 1, show: "all" });
const keyOf = async (rule: string) => (await desk()).proposed.find((group) => group.rule === rule)?.key ?? "";
const accept = (key: string, eventId: string | null, actor: Actor = given.clerk) =>
  acceptProposals(portal, actor, { caseId: given.caseId, key, eventId });
const recorded = () => portal.db.decision.findMany({ where: { caseId: given.caseId }, orderBy: { eventId: "asc" } });

describe("what rules propose in a case", () => {
  it("stands at its lines and in groups, and is no decision", async () => {
    const { lines, proposed, missing } = await desk();
    expect(proposed.map(({ rule, lines: count }) => [rule, count])).toEqual([
      ["mark-investigation", 2],
      ["bulk-query", 2],
    ]);
    const rules = Object.fromEntries(lines.map((line) => [line.eventId, line.proposals.map(({ rule }) => rule)]));
    const [first = "", , third = "", , fifth = ""] = events;
    expect([rules[first], rules[third], rules[fifth]]).toEqual([["bulk-query"], ["mark-investigation"], []]);
    expect(missing.undecided).toBe(5);
    expect(await recorded()).toEqual([]);
  });

  it("equal ones are taken over at once, and it is kept on what they rest", async () => {
    expect(await accept(await keyOf("bulk-query"), null)).toEqual({ decided: 2 });
    const decisions = await recorded();
    expect(decisions.map((one) => [one.outcome, one.rule, one.ruleVersion, one.by])).toEqual([
      ["disclose", "bulk-query", 1, given.clerk.accountId],
      ["disclose", "bulk-query", 1, given.clerk.accountId],
    ]);
    expect((await desk()).proposed.map(({ rule }) => rule)).toEqual(["mark-investigation"]);
    const { rows } = await portal.pool.query("SELECT body FROM ledger.entry WHERE act = 'line.decided'");
    expect(JSON.parse(rows[0].body).detail).toMatchObject({ lines: 2, rule: "bulk-query", version: 1 });
  });

  it("a decision that comes back by an undo still says on what it rests", async () => {
    await accept(await keyOf("bulk-query"), null);
    const [first = ""] = events;
    const { caseId } = given;
    await decideLines(portal, given.clerk, { caseId, events: [first], ...DISCLOSE });
    await undoAct(portal, given.clerk, { caseId, act: (await desk()).lastAct?.no ?? 0 });
    const view = await getLine(portal, given.clerk, { caseId, eventId: first, locale: "en" });
    expect(view.line.decision).toMatchObject({ outcome: "disclose", rests: { rule: "bulk-query", version: 1 } });
  });

  it("what needs a person's judgement is taken over one at a time", async () => {
    const key = await keyOf("mark-investigation");
    await expect(accept(key, null)).rejects.toMatchObject({ code: "proposals.refusedJudgement" });
    const third = events[2] ?? "";
    expect(await accept(key, third)).toEqual({ decided: 1 });
    const [decision] = await recorded();
    expect(decision).toMatchObject({ eventId: third, outcome: "defer", exemption: "ca.cpra.investigation" });
    expect(decision?.reviewOn?.toISOString().slice(0, 10)).toBe("2027-03-01");
    const view = await getLine(portal, given.clerk, { caseId: given.caseId, eventId: third, locale: "en" });
    expect(view.line.decision).toMatchObject({ rests: { rule: "mark-investigation", version: 1 } });
    expect(view.line.decision?.reason).toMatch(/still open/);
    // The last one left is not many.
    expect(await accept(key, null)).toEqual({ decided: 1 });
  });

  it("what is proposed no more, or never was, is not taken over", async () => {
    const key = await keyOf("bulk-query");
    const [first = "", , , , fifth = ""] = events;
    await expect(accept(key, fifth)).rejects.toMatchObject({ code: "proposals.refusedGone" });
    await expect(accept(key.replace("disclose", "withhold"), first)).rejects.toMatchObject({
      code: "proposals.refusedGone",
    });
    await expect(accept(key, "no id")).rejects.toMatchObject({ code: "proposals.refusedGone" });
    await decideLines(portal, given.clerk, { caseId: given.caseId, events: [first], ...DISCLOSE });
    await expect(accept(key, first)).rejects.toMatchObject({ code: "proposals.refusedGone" });
    expect(await accept(key, null)).toEqual({ decided: 1 });
    const own = (await recorded()).find(({ eventId }) => eventId === first);
    expect([own?.rule, own?.ruleVersion]).toEqual([null, null]);
  });

  it("is taken over by a clerk of the case alone, and whoever did may not approve", async () => {
    const key = await keyOf("bulk-query");
    for (const actor of [given.supervisor, given.otherClerk, given.stranger, given.resident]) {
      await expect(accept(key, null, actor)).rejects.toThrow("not found");
    }
    await accept(key, null, given.both);
    const third = events[2] ?? "";
    const fourth = events[3] ?? "";
    const secret = await keyOf("mark-investigation");
    await accept(secret, third);
    await accept(secret, fourth);
    await propose(portal, given);
    const seen = (actor: Actor) => getProposal(portal, actor, { caseId: given.caseId, locale: "en" });
    expect((await seen(given.both)).mayApprove).toBe(false);
    expect((await seen(given.supervisor)).mayApprove).toBe(true);
  });
});
