// A case from which walls keep its people goes to somebody else, and never waits unseen.
import { describe, expect, test } from "vitest";
import { agencyAlternate } from "#app/cli/agency-alternate.ts";
import { WrongUsage } from "#app/cli/command.ts";
import { getDesk } from "#app/histories/get-desk.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { may } from "#app/people/authorise.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { openMail } from "#app/platform/mail/send-mail.server.ts";
import { getCaseFile, roleOn } from "#app/requests/case-file.server.ts";
import { listStalledCases } from "#app/requests/list-stalled.server.ts";
import { getOwnWalls, liftWall } from "#app/requests/name-wall.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { lacking, planStandIns, type Substitute } from "#app/requests/stand-in-plan.ts";
import { listCalendar } from "#app/statistics/export-calendar.server.ts";
import { givenDesks, givenStaff, work } from "#test/requests/given-handlers.ts";
import { commandContext } from "#test/support/command.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

describe("who is lacking", () => {
  const kept = (from: string[] = [], hands: string[] = []) => ({ from: new Set(from), hands: new Set(hands) });
  const pool = { clerk: ["c1", "both"], supervisor: ["s1", "both"] };

  test.each([
    ["nobody, without walls", kept(), []],
    ["nobody, with one of each left", kept(["both"]), []],
    ["the clerk", kept(["c1", "both"]), ["clerk"]],
    ["the supervisor", kept(["s1", "both"]), ["supervisor"]],
    ["the supervisor, when the other had a hand in it", kept(["both"], ["s1"]), ["supervisor"]],
    ["the supervisor, when one person would be both", kept(["c1", "s1"]), ["supervisor"]],
    ["both", kept(["c1", "s1", "both"]), ["clerk", "supervisor"]],
  ])("%s", (_, held, lacks) => {
    expect(lacking(pool, held)).toEqual(lacks);
  });

  test("the first who has somebody is taken, for each duty by itself", () => {
    const desk = (agencyId: string, clerk: string[], supervisor: string[]): Substitute => ({
      pool: { clerk, supervisor },
      as: (duty) => ({ duty, office: { agencyId, role: duty }, accountId: null }),
    });
    const plan = planStandIns(pool, [desk("empty", [], []), desk("half", ["x"], []), desk("full", ["y"], ["z"])], {
      from: new Set(["c1", "s1", "both"]),
      hands: new Set(),
    });
    expect(plan.standIns.map(({ duty, office }) => [duty, office?.agencyId])).toEqual([
      ["clerk", "half"],
      ["supervisor", "full"],
    ]);
    expect(plan.lacks).toEqual([]);
    // One officer alone can never be both.
    const alone = desk("alone", ["o"], ["o"]);
    const none = { from: new Set(["c1", "s1", "both"]), hands: new Set<string>() };
    expect(planStandIns(pool, [alone], none).lacks).toEqual(["supervisor"]);
  });
});

const cases = async (portal: TestPortal, actor: AccountActor) =>
  listQueue(portal, actor)
    .then((rows) => rows.map(({ caseId }) => caseId))
    .catch((error: Error) => error.name);

const context = commandContext;

test("without an alternate the oversight works on it, as long as it must, and the agency sees nothing of why", async () => {
  await using portal = await openTestPortal();
  const given = await givenDesks(portal);
  const { caseId, clerk, supervisor, intake, wall, resident, requestId } = given;
  await work(portal);
  expect(await cases(portal, intake)).toBe("NotFound");
  await wall({ name: clerk.name });
  await work(portal);
  expect(await cases(portal, intake)).toEqual([caseId]);
  expect(await cases(portal, supervisor)).toEqual([caseId]);
  expect((await listCalendar(portal, intake)).map(({ path }) => path)).toContain(`/desk/cases/${caseId}`);
  const desk = await getDesk(portal, intake, { caseId, locale: "en", page: 1, show: "all" });
  expect(desk).toMatchObject({ mayDecide: true, maySendBack: false });
  const { facts } = await getCaseFile(portal, caseId);
  expect(roleOn(intake, facts)).toBe("intake");
  // He stands in for the clerk alone: he approves nothing here, and nothing elsewhere.
  expect(may(intake, "case.approve", { ...facts, reviewerIds: [] })).toBe(false);
  expect(may(intake, "case.read", { ...facts, standIns: [] })).toBe(false);
  const written = await mailedTo(portal, "imani.brooks@staff.example.gov");
  expect(written).toEqual([{ letter: "staff-task", link: `${portal.config.url}/desk/cases/${caseId}` }]);
  const acts = (await listLedgerOfCase(portal, caseId)).map(({ act }) => act);
  expect(acts.filter((act) => act.startsWith("case.handed"))).toEqual(["case.handed-over"]);

  // Run again it changes nothing; and when the wall is taken back, so is the case.
  await work(portal);
  expect(await mailedTo(portal, "imani.brooks@staff.example.gov")).toHaveLength(1);
  const [named] = (await getOwnWalls(portal, resident, requestId)).named;
  await liftWall(portal, resident, { requestId, namedId: named?.id ?? "" });
  await work(portal);
  expect(await cases(portal, intake)).toBe("NotFound");
  expect(await cases(portal, clerk)).toEqual([caseId]);
});

test("the agency's alternate comes first: another agency's desk, each in his own role", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk, supervisor, intake, stateClerk, stateSupervisor, wall } = await givenDesks(portal);
  const said = await agencyAlternate(["test-sheriff", "--agency", "test-state"], context(portal));
  expect(said).toMatchObject({ ok: true, json: { agency: "test-sheriff", alternate: "test-state" } });
  for (const person of [clerk, supervisor]) await wall({ name: person.name });
  await work(portal);
  expect(await cases(portal, stateClerk)).toEqual([caseId]);
  expect(await cases(portal, stateSupervisor)).toEqual([caseId]);
  expect(await cases(portal, intake)).toBe("NotFound");
  const { facts } = await getCaseFile(portal, caseId);
  expect(may(stateClerk, "case.propose", facts)).toBe(true);
  expect(may(stateClerk, "case.approve", { ...facts, reviewerIds: [] })).toBe(false);
  expect(may(stateSupervisor, "case.approve", { ...facts, reviewerIds: [] })).toBe(true);
  expect(may(stateSupervisor, "case.propose", facts)).toBe(false);
  expect(may(stateSupervisor, "case.approve", { ...facts, reviewerIds: [stateSupervisor.accountId] })).toBe(false);
  expect(roleOn(stateClerk, facts)).toBe("clerk");
});

test("one named account may be the alternate; a wall keeps him out like anybody", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk, wall, intake } = await givenDesks(portal);
  const named = await givenStaff(portal, { name: "Pia Rook", email: "pia@away.example.gov" }, []);
  await agencyAlternate(["test-sheriff", "--account", "pia@away.example.gov"], context(portal));
  await wall({ name: clerk.name });
  await work(portal);
  expect(await cases(portal, named)).toEqual([caseId]);
  await portal.db.wall.create({
    data: {
      requestId: (await getCaseFile(portal, caseId)).requestId,
      accountId: named.accountId,
      at: portal.time.now(),
    },
  });
  expect(await cases(portal, named)).toBe("NotFound");
  await work(portal);
  await import("#app/requests/check-handlers.server.ts").then(({ checkHandlers }) => checkHandlers(portal));
  expect(await cases(portal, intake)).toEqual([caseId]);
});

test("what nobody may do stands on the operator's page: which duty, whose clock, and nobody's name", async () => {
  await using portal = await openTestPortal();
  const given = await givenDesks(portal);
  const { clerk, supervisor, intake, operator, wall } = given;
  await work(portal);
  expect(await listStalledCases(portal, operator)).toEqual([]);
  for (const person of [clerk, supervisor]) await wall({ name: person.name });
  await work(portal);
  // One officer of the oversight: he can work on it, and somebody else has to approve.
  const agency = "Test County Sheriff";
  const stalled = { agency, receivedOn: "2026-03-02", due: "2026-03-12", left: 10, lacks: ["supervisor"] };
  expect(await listStalledCases(portal, operator)).toEqual([stalled]);
  await wall({ name: intake.name });
  portal.time.advance({ days: 12 });
  await work(portal);
  const [one] = await listStalledCases(portal, operator);
  expect(one).toEqual({ ...stalled, left: -2, lacks: ["clerk", "supervisor"] });
  const text = JSON.stringify(one);
  for (const secret of [clerk.name, intake.name, given.number, given.caseId, clerk.accountId]) {
    expect(text).not.toContain(secret);
  }
  await expect(listStalledCases(portal, clerk)).rejects.toMatchObject({ name: "NotFound" });
  await wall({ name: operator.name });
  expect(await listStalledCases(portal, operator)).toEqual([]);
});

test("walled in the middle of the case: who is left and had a hand in it does not approve", async () => {
  await using portal = await openTestPortal();
  const { sheriff, caseId, clerk, supervisor, intake, wall } = await givenDesks(portal);
  const second = await givenStaff(portal, { name: "Rae Tindall" }, [{ role: "supervisor", agencyId: sheriff }]);
  await portal.db.historyStep.create({
    data: {
      ...{ id: crypto.randomUUID(), caseId, edition: 1, kind: "proposed", by: second.accountId },
      ...{ at: portal.time.now(), keyId: (await getCaseFile(portal, caseId)).keyId },
    },
  });
  await wall({ name: supervisor.name });
  await work(portal);
  expect(await cases(portal, intake)).toEqual([caseId]);
  const { facts } = await getCaseFile(portal, caseId);
  expect(may(intake, "case.approve", { ...facts, reviewerIds: [second.accountId] })).toBe(true);
  expect(may(intake, "case.propose", facts)).toBe(false);
  expect(await cases(portal, clerk)).toEqual([caseId]);
});

test("the command says what it takes", async () => {
  await using portal = await openTestPortal();
  await givenDesks(portal);
  for (const args of [
    [],
    ["test-sheriff"],
    ["test-sheriff", "--agency", "test-state", "--none"],
    ["test-sheriff", "--agency", "test-sheriff"],
    ["test-sheriff", "--account", "nobody@example.org"],
  ]) {
    await expect(agencyAlternate(args, context(portal))).rejects.toThrow(WrongUsage);
  }
  await agencyAlternate(["test-sheriff", "--agency", "test-state"], context(portal));
  await agencyAlternate(["test-sheriff", "--agency", "test-state"], context(portal));
  expect(await portal.db.agencyAlternate.count()).toBe(1);
  await agencyAlternate(["test-sheriff", "--none"], context(portal));
  expect(await portal.db.agencyAlternate.count()).toBe(0);
});

async function mailedTo(portal: TestPortal, address: string) {
  const mails = await portal.db.outboxMail.findMany({ orderBy: { createdAt: "asc" } });
  const opened = await Promise.all(
    mails.map(async (mail) => ({ letter: mail.template, ...(await openMail(portal, mail)) })),
  );
  return opened
    .filter(({ to }) => to.address === address)
    .map(({ letter, params }) => ({ letter, link: params["link"] }));
}
