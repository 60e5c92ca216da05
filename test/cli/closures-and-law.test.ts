import { expect, test } from "vitest";
import { agencyClose, agencyReopen } from "#app/cli/agency.ts";
import { WrongUsage } from "#app/cli/command.ts";
import { lawList, lawSwitch } from "#app/cli/law.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { givenChange, traces } from "#test/requests/given-change.ts";
import { commandContext } from "#test/support/command.ts";
import { openTestPortal } from "#test/support/database.ts";

const NOW = "2026-03-02T17:00:00Z";
const CLOSE = ["test-sheriff", "2026-03-12", "--why", "Moving house"];

test("a closed day is looked at by --dry-run, entered, and taken away again", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const { sheriffCase } = await givenChange(portal);
  const context = commandContext(portal);
  const move = {
    case: sheriffCase.number,
    agency: "Test County Sheriff",
    due: ["2026-03-12", "2026-03-13"],
    latest: ["2026-03-12", "2026-03-13"],
    noticeDue: ["2026-03-12", "2026-03-13"],
    overdue: [false, false],
  };
  const answer = { agency: "test-sheriff", from: "2026-03-12", to: "2026-03-12", emergency: false };
  const days = ["2026-03-12"];

  const looked = await agencyClose([...CLOSE, "--dry-run", "--json"], context);
  expect(looked).toMatchObject({ ok: true, json: { ...answer, done: false, days, idle: [], moves: [move] } });
  expect(looked.lines).toEqual([
    "test-sheriff would be closed on 2026-03-12.",
    "1 open case would move:",
    `  ${sheriffCase.number} (Test County Sheriff): due 2026-03-12 -> 2026-03-13, latest 2026-03-12 -> 2026-03-13, notice of an extension by 2026-03-12 -> 2026-03-13`,
  ]);
  expect(await traces(portal)).toEqual({ sweeps: 0, ledger: [] });

  const closed = await agencyClose(CLOSE, context);
  expect(closed.json).toEqual({ ...answer, done: true, days, idle: [], moves: [move] });
  expect(closed.lines[0]).toBe("test-sheriff is closed on 2026-03-12.");
  const { ledger, sweeps } = await traces(portal);
  expect(sweeps).toBe(1);
  expect(ledger).toMatchObject([{ act: "agency.closed", actor: { kind: "operator" } }]);

  const back = await agencyReopen(["test-sheriff", "2026-03-12", "--dry-run"], context);
  expect(back.json).toMatchObject({ done: false, moves: [{ due: ["2026-03-13", "2026-03-12"] }] });
  const reopened = await agencyReopen(["test-sheriff", "2026-03-12"], context);
  expect(reopened).toMatchObject({ json: { done: true, on: "2026-03-12" } });
  expect(await portal.db.agencyClosure.count()).toBe(0);
});

test("a range, an emergency, and days that change nothing", async () => {
  await using portal = await openTestPortal({ now: NOW });
  await givenChange(portal);
  const context = commandContext(portal);
  const range = ["test-sheriff", "2026-03-06", "--to", "2026-03-08", "--why", "Stocktaking"];
  const { json, lines } = await agencyClose(range, context);
  expect(json).toMatchObject({
    days: ["2026-03-06", "2026-03-07", "2026-03-08"],
    idle: [
      { on: "2026-03-07", why: "a Saturday" },
      { on: "2026-03-08", why: "a Sunday" },
    ],
    moves: [],
  });
  expect(lines.at(-1)).toBe("No open case has moved.");
  const fire = ["test-sheriff", "2026-02-27", "--emergency", "--why", "Fire"];
  expect((await agencyClose(fire, context)).json).toMatchObject({ emergency: true, done: true });
  const rows = await portal.db.agencyClosure.findMany({ where: { emergency: true } });
  expect(rows).toMatchObject([{ why: "Fire", by: null, at: new Date(NOW) }]);
});

test("a change of the law is looked at, switched on, listed, and switched off", async () => {
  await using portal = await openTestPortal({ now: NOW });
  const { sheriffCase } = await givenChange(portal);
  const context = commandContext(portal);
  const on = ["ca.ab-1821", "--from", "2026-03-01"];
  const moves = [{ case: sheriffCase.number, due: ["2026-03-12", "2026-03-16"] }];
  const looked = await lawSwitch([...on, "--dry-run"], context);
  expect(looked.json).toMatchObject({ change: "ca.ab-1821", from: "2026-03-01", detail: null, done: false, moves });
  expect(looked.lines[0]).toBe("ca.ab-1821: would be on from 2026-03-01; nothing was changed.");
  expect(await portal.db.lawSwitch.count()).toBe(0);
  expect((await lawSwitch(on, context)).json).toMatchObject({ done: true, moves });

  const holiday = ["ca.ab-2294", "--from", "2026-01-01", "--detail", "03-16"];
  expect((await lawSwitch(holiday, context)).json).toMatchObject({ detail: "03-16", done: true });
  const { json, lines } = await lawList(["--json"], context);
  expect(json).toMatchObject({
    changes: [
      { id: "ca.ab-1821", from: "2026-03-01", detail: null },
      { id: "ca.ab-1337", from: null },
      { id: "ca.sb-1013", from: null },
      { id: "ca.ab-2294", from: "2026-01-01", detail: "03-16" },
    ],
    rules: expect.arrayContaining([
      expect.objectContaining({ id: "ca.cpra.determination", from: "2026-03-01", to: null }),
      expect.objectContaining({ id: "ca.cpra.determination", from: null, to: "2026-02-28" }),
    ]),
  });
  expect(lines).toContain(
    "ca.ab-1821: on from 2026-03-01. AB 1821 (Pacheco, 2026): business days in the Public Records Act",
  );

  const off = await lawSwitch(["ca.ab-1821", "--off"], context);
  expect(off.lines[0]).toBe("ca.ab-1821: off.");
  expect(off.json).toMatchObject({ from: null, done: true });
});

test.each([
  ["agency close", agencyClose, []],
  ["agency close without a day", agencyClose, ["test-sheriff", "--why", "Fire"]],
  ["agency close without a reason", agencyClose, ["test-sheriff", "2026-03-12"]],
  ["agency close of three things", agencyClose, ["a", "b", "c", "--why", "Fire"]],
  ["agency reopen without a day", agencyReopen, ["test-sheriff"]],
  ["law switch of nothing", lawSwitch, ["--off"]],
  ["law switch without a day", lawSwitch, ["ca.ab-1821"]],
  ["law switch on and off", lawSwitch, ["ca.ab-1821", "--off", "--from", "2026-03-01"]],
])("%s is told what it takes, without a database", async (_name, command, args) => {
  await expect(command(args, commandContext())).rejects.toThrow(WrongUsage);
});

test("what cannot be is refused with the sentence of the use case", async () => {
  await using portal = await openTestPortal({ now: NOW });
  await givenChange(portal);
  const context = commandContext(portal);
  await expect(agencyClose(["nobody", "2026-03-12", "--why", "Fire"], context)).rejects.toThrow(NotFound);
  await expect(agencyClose(["test-sheriff", "12 March", "--why", "Fire"], context)).rejects.toThrow(
    "The first closed day must be a real day, YYYY-MM-DD.",
  );
  await expect(agencyReopen(["test-sheriff", "2026-03-12"], context)).rejects.toThrow(Refused);
  await expect(lawSwitch(["ca.ab-1", "--off"], context)).rejects.toThrow("There is no such pending change");
});
