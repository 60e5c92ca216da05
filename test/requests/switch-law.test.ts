import { expect, test } from "vitest";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { listSwitches } from "#app/registry/law-in-force.server.ts";
import type { NewSwitch } from "#app/registry/law-switches.server.ts";
import { getCaseFile } from "#app/requests/case-file.server.ts";
import { closeOffice, previewClosing } from "#app/requests/change-closures.server.ts";
import { requestJobs } from "#app/requests/jobs.server.ts";
import { getRequestForResident } from "#app/requests/my-requests.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { enqueueSweep } from "#app/requests/sweep-clocks.server.ts";
import { listLaw, previewSwitch, switchLaw } from "#app/requests/switch-law.server.ts";
import { type GivenChange, givenChange, happened, SHELL, traces, wallOff } from "#test/requests/given-change.ts";
import { givenActor, givenFiled } from "#test/requests/given-request.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";

const NOW = "2026-03-02T17:00:00Z";
/** The Public Records Act would count business days. */
const BUSINESS_DAYS = { change: "ca.ab-1821", from: "2026-03-01", detail: null };
/** Access to one's own records would bind local agencies. */
const OWN_RECORDS = { change: "ca.ab-1337", from: "2026-03-01", detail: null };
/** A holiday that arguably moves a last day. */
const HOLIDAY = { change: "ca.ab-2294", from: "2026-01-01", detail: "03-12" };

const off = ({ change }: NewSwitch): NewSwitch => ({ change, from: null, detail: null });

/** Looks, and confirms what was seen. */
async function switchTo(portal: TestPortal, asked: NewSwitch) {
  const { digest } = await previewSwitch(portal, SHELL, asked);
  return switchLaw(portal, SHELL, { ...asked, digest });
}

async function datesOf(portal: TestPortal, { resident, requestId }: Pick<GivenChange, "resident" | "requestId">) {
  const request = await getRequestForResident(portal, resident, requestId);
  return Object.fromEntries(
    (request?.cases ?? []).map(({ agency, clock }) => [agency.kind, [clock.rule, clock.due, clock.latest]]),
  );
}

const BEFORE = {
  "local-agency": ["ca.cpra.determination", "2026-03-12", "2026-03-12"],
  "state-agency": ["ca.ipa.access", "2026-04-01", "2026-04-01"],
};

test("business days move a request received since they are in force, exactly as previewed", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  expect(await datesOf(portal, given)).toEqual(BEFORE);
  const preview = await previewSwitch(portal, SHELL, BUSINESS_DAYS);
  const { id: caseId, number } = given.sheriffCase;
  const day = (on: string) => ({ due: on, latest: on, noticeDue: on, overdue: false });
  expect(preview).toMatchObject({
    moves: [{ caseId, number, agency: "Test County Sheriff", before: day("2026-03-12"), after: day("2026-03-16") }],
    counts: [{ agency: "Test County Sheriff", moved: 1, becomeLate: 0 }],
  });
  // Looking changes nothing.
  expect(await datesOf(portal, given)).toEqual(BEFORE);
  await switchLaw(portal, SHELL, { ...BUSINESS_DAYS, digest: preview.digest });
  expect(await datesOf(portal, given)).toEqual({
    ...BEFORE,
    "local-agency": ["ca.cpra.determination", "2026-03-16", "2026-03-16"],
  });
  expect(await traces(portal)).toEqual({
    sweeps: 1,
    ledger: [
      {
        act: "law.switched",
        actor: { kind: "operator", id: "night-shift" },
        thing: { type: "law", id: "ca.ab-1821" },
        detail: { from: "2026-03-01", detail: null },
      },
    ],
  });
});

test("a request received before the first day in force keeps its law; one received on it has the new one", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const from = "2026-03-09";
  const { moves } = await switchTo(portal, { ...BUSINESS_DAYS, from });
  expect(moves).toEqual([]);
  expect(await datesOf(portal, given)).toEqual(BEFORE);
  const due = async (now: string, email: string) => {
    portal.time.set(now);
    const resident = await givenActor(portal, { email });
    const { requestId } = await givenFiled(portal, resident, [given.sheriff]);
    return (await datesOf(portal, { resident, requestId }))["local-agency"]?.[1];
  };
  // In Greenwich it is March 9 already; at the agency it is the evening before.
  expect(await due("2026-03-09T06:30:00Z", "eve@example.org")).toBe("2026-03-18");
  expect(await due("2026-03-09T07:30:00Z", "first@example.org")).toBe("2026-03-23");
  await switchTo(portal, off(BUSINESS_DAYS));
  expect(await due("2026-03-10T18:00:00Z", "after@example.org")).toBe("2026-03-20");
});

test("access to one's own records, switched on late, binds every case received since its first day", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const earlier = await givenActor(portal, { email: "earlier@example.org" });
  portal.time.set("2026-03-01T07:59:00Z");
  // The last minute of February at the agency: the change begins a minute later.
  const before = await givenFiled(portal, earlier, [given.sheriff]);
  portal.time.set("2026-03-05T17:00:00Z");
  const { moves } = await switchTo(portal, OWN_RECORDS);
  const { id: caseId, number } = given.sheriffCase;
  expect(moves).toEqual([
    {
      ...{ caseId, number, agency: "Test County Sheriff" },
      before: { due: "2026-03-12", latest: "2026-03-12", noticeDue: "2026-03-12", overdue: false },
      after: { due: "2026-04-01", latest: "2026-04-01", noticeDue: null, overdue: false },
    },
  ]);
  const own = ["ca.ipa.access", "2026-04-01", "2026-04-01"];
  expect(await datesOf(portal, given)).toEqual({ "local-agency": own, "state-agency": own });
  expect((await datesOf(portal, { resident: earlier, requestId: before.requestId }))["local-agency"]?.[0]).toBe(
    "ca.cpra.determination",
  );
  // Everybody who was told the old date is told the new one, once.
  await drain(portal, requestJobs);
  await inTransaction(portal, enqueueSweep);
  await drain(portal, requestJobs);
  const told = await portal.db.clockNotice.findMany({ where: { caseId, kind: "moved" }, orderBy: { audience: "asc" } });
  expect(told.map(({ audience, due }) => [audience, due.toISOString().slice(0, 10)])).toEqual([
    ["resident", "2026-04-01"],
    ["staff", "2026-04-01"],
  ]);
  // The file is worked on under that law: no decision, no extension, and the denial of one's own records.
  const file = await getCaseFile(portal, caseId);
  expect(file.rule).toBe("ca.ipa.access");
  // Moved to a later first day, the case is outside again; off, nothing has happened.
  expect((await switchTo(portal, { ...OWN_RECORDS, from: "2026-03-03" })).moves.map((move) => move.after.due)).toEqual([
    "2026-03-12",
  ]);
  expect(await datesOf(portal, given)).toEqual(BEFORE);
});

test("an extension that was taken before the law turned out to know none has no effect, and keeps nothing from being read", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const { id: caseId } = given.sheriffCase;
  portal.time.set("2026-03-05T17:00:00Z");
  await happened(portal, caseId, "extended", "2026-03-05");
  expect((await datesOf(portal, given))["local-agency"]?.[1]).toBe("2026-03-26");
  const { moves } = await switchTo(portal, OWN_RECORDS);
  expect(moves).toMatchObject([{ caseId, before: { due: "2026-03-26" }, after: { due: "2026-04-01" } }]);
  expect((await datesOf(portal, given))["local-agency"]).toEqual(["ca.ipa.access", "2026-04-01", "2026-04-01"]);
  const [row] = await listQueue(portal, given.supervisor);
  expect(row).toMatchObject({ due: "2026-04-01", extendedOn: null, extendable: false });
  // A new one is refused: only what was recorded already is passed over.
  await expect(happened(portal, caseId, "extended", "2026-03-05")).rejects.toMatchObject({
    code: "request.clockRefused",
    params: { code: "not-extendable" },
  });
  // Off again, it counts again.
  await switchTo(portal, off(OWN_RECORDS));
  expect((await datesOf(portal, given))["local-agency"]?.[1]).toBe("2026-03-26");
});

test("an answered case is read under the law of its day of receipt as well, and stays answered", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const { id: caseId } = given.sheriffCase;
  await happened(portal, caseId, "answered", "2026-03-02");
  expect((await switchTo(portal, OWN_RECORDS)).moves).toEqual([]);
  expect((await listQueue(portal, given.supervisor))[0]).toMatchObject({ status: "answered", lateness: null });
});

test("access to one's own records binds a case that is filed while it is switched on, and no more when it is off", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  await switchTo(portal, OWN_RECORDS);
  const resident = await givenActor(portal, { email: "new@example.org" });
  const { requestId } = await givenFiled(portal, resident, [given.sheriff, given.state]);
  expect(await datesOf(portal, { resident, requestId })).toEqual({
    "local-agency": ["ca.ipa.access", "2026-04-01", "2026-04-01"],
    "state-agency": ["ca.ipa.access", "2026-04-01", "2026-04-01"],
  });
  // Switched off it never was in force: the case has the law that stood on its day of receipt.
  expect((await switchTo(portal, off(OWN_RECORDS))).moves).toHaveLength(2);
  expect((await datesOf(portal, { resident, requestId }))["local-agency"]?.[0]).toBe("ca.cpra.determination");
});

test("a new state holiday moves the later date alone", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const { moves } = await switchTo(portal, HOLIDAY);
  expect(moves).toMatchObject([
    { before: { due: "2026-03-12", latest: "2026-03-12" }, after: { due: "2026-03-12", latest: "2026-03-13" } },
  ]);
  expect((await datesOf(portal, given))["local-agency"]).toEqual(["ca.cpra.determination", "2026-03-12", "2026-03-13"]);
  // Moved to another day of the year, it moves back.
  expect((await switchTo(portal, { ...HOLIDAY, detail: "03-11" })).moves).toMatchObject([
    { before: { latest: "2026-03-13" }, after: { latest: "2026-03-12" } },
  ]);
});

test("a change that moves no deadline can be switched on, moved and off, and the newest counts", async () => {
  await using portal = await openTestPortal({ now: NOW });
  await givenChange(portal);
  const plates = { change: "ca.sb-1013", from: "2027-01-01", detail: null };
  // All at one instant: the order in which they were switched decides all the same.
  await switchTo(portal, plates);
  await switchTo(portal, { ...plates, from: "2027-07-01" });
  expect(await listSwitches(portal)).toEqual([{ ...plates, from: "2027-07-01" }]);
  await switchTo(portal, off(plates));
  expect(await listSwitches(portal)).toEqual([]);
  await switchTo(portal, plates);
  expect(await listSwitches(portal)).toEqual([plates]);
  const { changes, rules } = await listLaw(portal, SHELL);
  expect(changes.filter(({ switched }) => switched).map(({ id, switched }) => [id, switched])).toEqual([
    ["ca.sb-1013", { from: "2027-01-01", detail: null }],
  ]);
  expect(rules.filter(({ id }) => id === "ca.cpra.determination")).toHaveLength(1);
});

test("the rules list both versions once a change is on, each with its days", async () => {
  await using portal = await openTestPortal({ now: NOW });
  await givenChange(portal);
  await switchTo(portal, { ...BUSINESS_DAYS, from: "2027-01-01" });
  const { rules } = await listLaw(portal, SHELL);
  expect(
    rules.filter(({ id }) => id === "ca.cpra.determination").map(({ inForce, period }) => [inForce, period.unit]),
  ).toEqual([
    [{ from: null, to: "2026-12-31" }, "days"],
    [{ from: "2027-01-01", to: null }, "working-days"],
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
  await switchTo(portal, BUSINESS_DAYS);
  await tellAll();
  await tellAll();
  const moved = await portal.db.clockNotice.findMany({ where: { kind: "moved" } });
  expect(moved.map(({ audience }) => audience).sort()).toEqual(["resident", "staff"]);
});

test("a law on which something recorded rests stays on", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  await switchTo(portal, BUSINESS_DAYS);
  portal.time.set("2026-03-16T17:00:00Z");
  // In time by business days, too late by days.
  await happened(portal, given.sheriffCase.id, "extended", "2026-03-16");
  for (const asked of [off(BUSINESS_DAYS), { ...BUSINESS_DAYS, from: "2026-03-03" }]) {
    await expect(previewSwitch(portal, SHELL, asked)).rejects.toMatchObject({ code: "changes.refusedContradiction" });
  }
  expect(await listSwitches(portal)).toEqual([BUSINESS_DAYS]);
});

test("an operator on the web counts by agency and reads no number; the shell reads every one", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const counted = await previewSwitch(portal, given.operator, BUSINESS_DAYS);
  expect(counted).toMatchObject({
    moves: [],
    counts: [{ agency: "Test County Sheriff", moved: 1, becomeLate: 0 }],
  });
  expect(JSON.stringify(counted)).not.toContain(given.sheriffCase.number);
  await switchLaw(portal, given.operator, { ...BUSINESS_DAYS, digest: counted.digest });
  const { ledger } = await traces(portal);
  expect(ledger[0]?.actor).toEqual({ kind: "account", id: given.operator.accountId, role: "operator" });
  await wallOff(portal, given.requestId, given.operator.accountId);
  expect(await previewSwitch(portal, given.operator, off(BUSINESS_DAYS))).toMatchObject({ moves: [], counts: [] });
});

test("nobody but an operator switches anything, or reads what is on", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const { resident, supervisor } = await givenChange(portal);
  for (const actor of [resident, supervisor]) {
    await expect(listLaw(portal, actor)).rejects.toThrow(NotFound);
    await expect(previewSwitch(portal, actor, BUSINESS_DAYS)).rejects.toThrow(NotFound);
    await expect(switchLaw(portal, actor, { ...BUSINESS_DAYS, digest: "" })).rejects.toThrow(NotFound);
  }
  expect(await traces(portal)).toEqual({ sweeps: 0, ledger: [] });
});

test("what was looked at is what happens: another case, closure or switch asks for another look", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const given = await givenChange(portal);
  const stale = { code: "changes.refusedStale" };
  const confirm = (digest: string) => switchLaw(portal, SHELL, { ...BUSINESS_DAYS, digest });
  const first = await previewSwitch(portal, SHELL, BUSINESS_DAYS);
  await givenFiled(portal, await givenActor(portal, { email: "other@example.org" }), [given.sheriff]);
  await expect(confirm(first.digest)).rejects.toMatchObject(stale);

  const second = await previewSwitch(portal, SHELL, BUSINESS_DAYS);
  const on = "2026-03-12";
  const closing = { agencyId: given.sheriff, from: on, to: on, emergency: false, why: "Moving house" };
  const look = await previewClosing(portal, SHELL, closing);
  await closeOffice(portal, SHELL, { ...closing, digest: look.digest });
  await expect(confirm(second.digest)).rejects.toMatchObject(stale);

  const third = await previewSwitch(portal, SHELL, BUSINESS_DAYS);
  await switchTo(portal, { ...HOLIDAY, detail: "03-13" });
  await expect(confirm(third.digest)).rejects.toMatchObject(stale);
  expect((await listSwitches(portal)).map(({ change }) => change)).toEqual(["ca.ab-2294"]);
});

test("of several who switch the same at once one does", async () => {
  // With no open case there is none whose clock they would wait for.
  await using portal = await openTestPortal({ now: NOW });
  const { digest } = await previewSwitch(portal, SHELL, BUSINESS_DAYS);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 4 }, () => switchLaw(portal, SHELL, { ...BUSINESS_DAYS, digest })),
  );
  const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  expect(refused).toHaveLength(3);
  for (const reason of refused) expect(reason).toMatchObject({ code: "changes.refusedSame" });
  expect(await portal.db.lawSwitch.count()).toBe(1);
});

const REFUSED: readonly [string, NewSwitch, string][] = [
  ["a change that is none", { ...BUSINESS_DAYS, change: "ca.ab-1" }, "changes.refusedUnknown"],
  ["a day that does not exist", { ...BUSINESS_DAYS, from: "2026-02-30" }, "changes.refusedDay"],
  ["a day outside the calendars", { ...BUSINESS_DAYS, from: "2101-01-01" }, "changes.refusedDay"],
  ["a holiday without its day", { ...HOLIDAY, detail: null }, "changes.refusedDetail"],
  ["a holiday on no day", { ...HOLIDAY, detail: "02-30" }, "changes.refusedDetail"],
  ["a holiday written otherwise", { ...HOLIDAY, detail: "4/15" }, "changes.refusedDetail"],
  ["a day of the year that nothing needs", { ...BUSINESS_DAYS, detail: "04-15" }, "changes.refusedNoDetail"],
  ["off with a day of the year", { ...off(HOLIDAY), detail: "04-15" }, "changes.refusedOff"],
  ["off what is not on", off(BUSINESS_DAYS), "changes.refusedOff"],
];

test("what cannot be switched is refused with a sentence of its own, and nothing is recorded", async () => {
  await using portal = await openTestPortal({ now: NOW });
  for (const [name, asked, code] of REFUSED) {
    await expect(previewSwitch(portal, SHELL, asked), name).rejects.toMatchObject({ code });
    await expect(switchLaw(portal, SHELL, { ...asked, digest: "" }), name).rejects.toMatchObject({ code });
  }
  expect(await portal.db.lawSwitch.count()).toBe(0);
});
