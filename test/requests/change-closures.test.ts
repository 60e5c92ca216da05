import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { getAgencyById } from "#app/registry/queries.server.ts";
import { recordClockEvent } from "#app/requests/case-file.server.ts";
import {
  type AgencyClosing,
  closeOffice,
  listOffices,
  previewClosing,
  previewReopening,
  reopenOffice,
  setTarget,
} from "#app/requests/change-closures.server.ts";
import { requestJobs } from "#app/requests/jobs.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { type GivenChange, givenChange, happened, SHELL, traces, wallOff } from "#test/requests/given-change.ts";
import { givenActor, givenFiled } from "#test/requests/given-request.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const NOW = "2026-03-02T17:00:00Z";

function closing({ sheriff }: GivenChange, changed: Partial<AgencyClosing> = {}): AgencyClosing {
  const from = changed.from ?? "2026-03-12";
  return { agencyId: sheriff, from, to: from, emergency: false, why: "Moving house", ...changed };
}

/** Looks, and confirms what was seen. */
async function close(portal: TestPortal, given: GivenChange, changed: Partial<AgencyClosing> = {}) {
  const asked = closing(given, changed);
  const { digest } = await previewClosing(portal, given.supervisor, asked);
  return closeOffice(portal, given.supervisor, { ...asked, digest });
}

async function dueOf(portal: TestPortal, { supervisor, sheriffCase }: GivenChange): Promise<string | undefined> {
  return (await listQueue(portal, supervisor)).find((row) => row.caseId === sheriffCase.id)?.due;
}

test("a closed last day moves the case to the next working day, and the preview says exactly that", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const { digest, ...preview } = await previewClosing(
    portal,
    given.supervisor,
    closing(given, { from: "2026-03-12", to: "2026-03-13" }),
  );
  const before = { due: "2026-03-12", latest: "2026-03-12", noticeDue: "2026-03-12", overdue: false };
  const after = { due: "2026-03-16", latest: "2026-03-16", noticeDue: "2026-03-16", overdue: false };
  const { id: caseId, number } = given.sheriffCase;
  expect(preview).toEqual({
    days: ["2026-03-12", "2026-03-13"],
    idle: [],
    moves: [{ caseId, number, agency: "Test County Sheriff", before, after }],
    counts: [{ agency: "Test County Sheriff", moved: 1, becomeLate: 0 }],
  });
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  // Looking changes nothing.
  expect(await dueOf(portal, given)).toBe("2026-03-12");
  expect(await traces(portal)).toEqual({ sweeps: 0, ledger: [] });

  await close(portal, given, { from: "2026-03-12", to: "2026-03-13" });
  expect(await dueOf(portal, given)).toBe("2026-03-16");
  const actor = { kind: "account", id: given.supervisor.accountId, role: "supervisor" };
  const thing = { type: "agency", id: given.sheriff };
  const detail = { from: "2026-03-12", to: "2026-03-13", days: 2, emergency: false };
  expect(await traces(portal)).toEqual({
    sweeps: 1,
    ledger: [{ act: "agency.closed", actor, thing, agency: given.sheriff, detail }],
  });
  const [office] = await listOffices(portal, given.supervisor);
  const entered = { why: "Moving house", emergency: false, by: "supervisor", at: new Date(NOW) };
  expect(office?.coming).toEqual([
    { on: "2026-03-12", ...entered },
    { on: "2026-03-13", ...entered },
  ]);
});

test("residents and clerks are told of the move once, by the jobs", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const tellAll = async () => {
    await requestJobs["sweep-clocks"]?.(portal, {});
    await requestJobs["tell-clock"]?.(portal, { caseId: given.sheriffCase.id });
  };
  await tellAll();
  await close(portal, given);
  await tellAll();
  await tellAll();
  const moved = await portal.db.clockNotice.findMany({ where: { kind: "moved" } });
  expect(moved.map(({ audience, due }) => [audience, due.toISOString().slice(0, 10)]).sort()).toEqual([
    ["resident", "2026-03-13"],
    ["staff", "2026-03-13"],
  ]);
});

test("a closed day never moves a date earlier, and one that no period ends on moves none", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const days = Array.from({ length: 40 }, (_, index) =>
    new Date(Date.UTC(2026, 2, 2 + index)).toISOString().slice(0, 10),
  );
  const moving: string[] = [];
  for (const from of days) {
    const { moves } = await previewClosing(portal, SHELL, closing(given, { from }));
    for (const { before, after } of moves) {
      expect(after.due >= before.due && after.latest >= before.latest, from).toBe(true);
      moving.push(from);
    }
  }
  expect(moving).toEqual(["2026-03-12"]);
});

test("a day on which nobody works anyway can be entered, and is said to change nothing", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const preview = await previewClosing(
    portal,
    given.supervisor,
    closing(given, { from: "2026-03-14", to: "2026-03-16" }),
  );
  expect(preview.idle).toEqual([
    { on: "2026-03-14", words: { en: "a Saturday", es: "un sábado" } },
    { on: "2026-03-15", words: { en: "a Sunday", es: "un domingo" } },
  ]);
  expect(preview.moves).toEqual([]);
  await close(portal, given, { from: "2026-03-14", to: "2026-03-16" });
  expect((await getAgencyById(portal, given.sheriff)).closures).toHaveLength(3);
});

test("an emergency of the past takes back that a case is late", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  portal.time.set("2026-03-13T17:00:00Z");
  const { moves } = await close(portal, given, { emergency: true, why: "Fire in the server room" });
  expect(moves.map(({ before, after }) => [before.overdue, after.overdue, after.due])).toEqual([
    [true, false, "2026-03-13"],
  ]);
  const [office] = await listOffices(portal, given.supervisor);
  expect(office).toMatchObject({ coming: [], past: [{ on: "2026-03-12", emergency: true }] });
});

test("a case that was told to be late stays late, whatever the date becomes", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  portal.time.set("2026-03-13T17:00:00Z");
  await requestJobs["tell-clock"]?.(portal, { caseId: given.sheriffCase.id });
  const { moves } = await close(portal, given, { emergency: true });
  expect(moves.map(({ before, after }) => [before.overdue, after.overdue])).toEqual([[true, true]]);
  expect((await listQueue(portal, given.supervisor))[0]).toMatchObject({ due: "2026-03-13", overdue: true });
});

test("a closed day entered wrongly goes away again, with a look at what moves back", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  await close(portal, given);
  const reopening = { agencyId: given.sheriff, on: "2026-03-12" };
  const { digest, moves } = await previewReopening(portal, given.supervisor, reopening);
  expect(moves.map(({ before, after }) => [before.due, after.due])).toEqual([["2026-03-13", "2026-03-12"]]);
  await reopenOffice(portal, given.supervisor, { ...reopening, digest });
  expect(await dueOf(portal, given)).toBe("2026-03-12");
  expect((await traces(portal)).ledger.at(-1)).toMatchObject({ act: "agency.reopened", detail: { on: "2026-03-12" } });
  await expect(previewReopening(portal, given.supervisor, reopening)).rejects.toMatchObject({
    code: "closures.refusedNone",
  });
});

test("a closed day on which something recorded rests stays, and every page still reads the case", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  await close(portal, given);
  portal.time.set("2026-03-13T17:00:00Z");
  // In time only because the office was closed the day before.
  await happened(portal, given.sheriffCase.id, "extended", "2026-03-13");
  const reopening = { agencyId: given.sheriff, on: "2026-03-12" };
  await expect(previewReopening(portal, given.supervisor, reopening)).rejects.toMatchObject({
    code: "changes.refusedContradiction",
  });
  await expect(reopenOffice(portal, given.supervisor, { ...reopening, digest: "" })).rejects.toMatchObject({
    code: "changes.refusedContradiction",
  });
  expect(await dueOf(portal, given)).toBe("2026-03-26");
});

test("what was recorded of an answered case must stay readable too", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  await close(portal, given);
  portal.time.set("2026-03-13T17:00:00Z");
  // In time only because the office was closed on the twelfth.
  await happened(portal, given.sheriffCase.id, "extended", "2026-03-13");
  await happened(portal, given.sheriffCase.id, "answered", "2026-03-13");
  await expect(previewReopening(portal, SHELL, { agencyId: given.sheriff, on: "2026-03-12" })).rejects.toMatchObject({
    code: "changes.refusedContradiction",
  });
  expect(await dueOf(portal, given)).toBe("2026-03-26");
});

test("what is recorded in the same moment is waited for, and not contradicted", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  await close(portal, given);
  portal.time.set("2026-03-13T17:00:00Z");
  const reopening = { agencyId: given.sheriff, on: "2026-03-12" };
  const { digest } = await previewReopening(portal, SHELL, reopening);
  const reopened = await inTransaction(portal, async (tx) => {
    const { id: caseId } = given.sheriffCase;
    await recordClockEvent(portal, tx, { caseId, kind: "extended", on: "2026-03-13" });
    const waiting = Promise.allSettled([reopenOffice(portal, SHELL, { ...reopening, digest })]);
    await sleep(300);
    // Handed out in an object: a promise itself would be waited for inside.
    return { waiting };
  });
  expect(await reopened.waiting).toMatchObject([
    { status: "rejected", reason: { code: "changes.refusedContradiction" } },
  ]);
  expect(await dueOf(portal, given)).toBe("2026-03-26");
});

test("an answered case does not move; another agency's does not either", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  await happened(portal, given.sheriffCase.id, "answered", "2026-03-03");
  expect(await previewClosing(portal, SHELL, closing(given))).toMatchObject({ moves: [], counts: [] });
  const state = await previewClosing(portal, SHELL, closing(given, { agencyId: given.state, from: "2026-04-01" }));
  expect(state.moves.map((move) => move.number)).toEqual([given.stateCase.number]);
});

test("a supervisor neither reads nor counts a case behind a wall or of her own; the shell names every one", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  await wallOff(portal, given.requestId, given.supervisor.accountId);
  const own = await givenFiled(portal, given.supervisor, [given.sheriff]);
  const nothing = { moves: [], counts: [] };
  expect(await previewClosing(portal, given.supervisor, closing(given))).toMatchObject(nothing);
  const all = await previewClosing(portal, SHELL, closing(given));
  expect(all.moves.map((move) => move.number).sort()).toEqual([given.sheriffCase.number, own.cases[0]?.number].sort());
  // What she confirms is what she saw: a case that she may not see does not make it stale.
  await close(portal, given);
});

test("an operator on the web counts by agency and reads no number; behind a wall not even that", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const counted = await previewClosing(portal, given.operator, closing(given));
  expect(counted).toMatchObject({ moves: [], counts: [{ agency: "Test County Sheriff", moved: 1 }] });
  expect(JSON.stringify(counted)).not.toContain(given.sheriffCase.number);
  await wallOff(portal, given.requestId, given.operator.accountId);
  expect(await previewClosing(portal, given.operator, closing(given))).toMatchObject({ moves: [], counts: [] });
});

test("whoever may not finds nothing, and leaves nothing behind", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const others = [
    given.resident,
    await givenActor(portal, { email: "clerk@sheriff.example.gov" }, [{ role: "clerk", agencyId: given.sheriff }]),
    await givenActor(portal, { email: "boss@state.example.gov" }, [{ role: "supervisor", agencyId: given.state }]),
  ];
  for (const actor of others) {
    await expect(previewClosing(portal, actor, closing(given))).rejects.toThrow(NotFound);
    await expect(closeOffice(portal, actor, { ...closing(given), digest: "" })).rejects.toThrow(NotFound);
    await expect(setTarget(portal, actor, { agencyId: given.sheriff, days: "5" })).rejects.toThrow(NotFound);
  }
  await expect(listOffices(portal, given.resident)).rejects.toThrow(NotFound);
  await expect(listOffices(portal, given.operator)).rejects.toThrow(NotFound);
  expect(await traces(portal)).toEqual({ sweeps: 0, ledger: [] });
});

test("what was looked at is what happens: another case or another closed day asks for another look", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const { supervisor } = given;
  const asked = closing(given);
  const first = await previewClosing(portal, supervisor, asked);
  const neighbour = await givenActor(portal, { email: "neighbour@example.org", name: "Somebody Else" });
  await givenFiled(portal, neighbour, [given.sheriff]);
  await expect(closeOffice(portal, supervisor, { ...asked, digest: first.digest })).rejects.toMatchObject({
    code: "closures.refusedStale",
  });
  const second = await previewClosing(portal, supervisor, asked);
  expect(second.moves).toHaveLength(2);
  await close(portal, given, { from: "2026-03-13" });
  await expect(closeOffice(portal, supervisor, { ...asked, digest: second.digest })).rejects.toMatchObject({
    code: "closures.refusedStale",
  });
  // The day after is closed now, so that Thursday moves over the weekend.
  const third = await previewClosing(portal, supervisor, asked);
  expect(third.moves.map(({ after }) => after.due)).toEqual(["2026-03-16", "2026-03-16"]);
  await closeOffice(portal, supervisor, { ...asked, digest: third.digest });
  expect(await dueOf(portal, given)).toBe("2026-03-16");
});

test("of several who close the same day at once one does, and it stands once", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  // With no open case there is none whose clock they would wait for.
  await happened(portal, given.sheriffCase.id, "answered", "2026-03-02");
  const asked = closing(given);
  const { digest } = await previewClosing(portal, SHELL, asked);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 4 }, () => closeOffice(portal, SHELL, { ...asked, digest })),
  );
  const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  expect(refused).toHaveLength(3);
  for (const reason of refused) expect(reason).toMatchObject({ code: "closures.refusedKnown" });
  expect((await traces(portal)).ledger).toHaveLength(1);
  expect(await portal.db.agencyClosure.count()).toBe(1);
});

test("different days closed at once: whoever comes second looks again, or the dates are of both", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const days = ["2026-03-12", "2026-03-13", "2026-03-16"];
  const looks = await Promise.all(days.map((from) => previewClosing(portal, SHELL, closing(given, { from }))));
  const confirm = (from: string, index: number) =>
    closeOffice(portal, SHELL, { ...closing(given, { from }), digest: looks[index]?.digest ?? "" });
  const outcomes = await Promise.allSettled(days.map(confirm));
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status === "fulfilled") continue;
    expect(outcome.reason).toMatchObject({ code: "closures.refusedStale" });
    await close(portal, given, { from: days[index] ?? "" });
  }
  expect(await dueOf(portal, given)).toBe("2026-03-17");
});

test("what cannot be taken is refused when looking as when confirming, and enters nothing", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const unreal = closing(given, { from: "2026-02-30", to: "2026-02-30" });
  const refused = { code: "closures.refusedFrom" };
  await expect(previewClosing(portal, given.supervisor, unreal)).rejects.toMatchObject(refused);
  await expect(closeOffice(portal, given.supervisor, { ...unreal, digest: "" })).rejects.toMatchObject(refused);
  const reopening = { agencyId: given.sheriff, on: "2026-02-30" };
  await expect(reopenOffice(portal, given.supervisor, { ...reopening, digest: "" })).rejects.toMatchObject({
    code: "closures.refusedNone",
  });
  expect(await portal.db.agencyClosure.count()).toBe(0);
});

test("the agency's own target moves no date of the law", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const set = (days: string) => setTarget(portal, given.supervisor, { agencyId: given.sheriff, days });
  await expect(set("21")).rejects.toMatchObject({ code: "closures.refusedTarget" });
  for (const days of ["0", "20", " 20 "]) await set(days);
  expect((await getAgencyById(portal, given.sheriff)).targetDays).toBe(20);
  expect(await dueOf(portal, given)).toBe("2026-03-12");
  const { ledger, sweeps } = await traces(portal);
  // Set to what it is already, nothing is written.
  expect(ledger.map(({ act, detail }) => [act, detail])).toEqual([
    ["agency.target-set", { days: 0 }],
    ["agency.target-set", { days: 20 }],
  ]);
  expect(sweeps).toBe(0);
});
