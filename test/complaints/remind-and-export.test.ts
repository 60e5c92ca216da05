import { expect, test } from "vitest";
import { WrongUsage } from "#app/cli/command.ts";
import { complaintsExport } from "#app/cli/complaints.ts";
import { exportComplaints } from "#app/complaints/export-complaints.server.ts";
import { complaintJobs } from "#app/complaints/jobs.server.ts";
import type { Actor } from "#app/people/actor.ts";
import { NotFound } from "#app/platform/failure.ts";
import { listLedgerOfResident } from "#app/platform/ledger/ledger.server.ts";
import { ALDER, givenDispute, MARIN } from "#test/complaints/given-dispute.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const OPERATOR: Actor = { kind: "operator", name: "tester" };

/** The waiting reminders. */
async function reminders(portal: TestPortal): Promise<{ payload: Record<string, string>; runAt: string }[]> {
  const { rows } = await portal.pool.query<{ payload: Record<string, string>; run_at: Date }>(
    `select j.payload, j.run_at from graphile_worker._private_jobs j
     join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'remind-intake' order by j.run_at`,
  );
  return rows.map((row) => ({ payload: row.payload, runAt: row.run_at.toISOString() }));
}

const run = (portal: TestPortal, payload: Record<string, string>) => complaintJobs["remind-intake"]!(portal, payload);
const letters = (portal: TestPortal) => portal.db.outboxMail.count({ where: { template: "staff-task" } });

test("an agency that does nothing is reminded on the day, and again every two weeks", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  await all.file([ALDER]);
  const [first, ...others] = await reminders(portal);
  expect(others).toEqual([]);
  expect(first?.runAt).toBe("2026-03-16T07:00:00.000Z");
  const before = await letters(portal);

  portal.time.set("2026-03-16T07:00:05Z");
  await run(portal, first!.payload);
  await run(portal, first!.payload);
  expect(await letters(portal)).toBe(before + 1);
  const again = await reminders(portal);
  expect(again.map((one) => one.payload["on"])).toEqual(["2026-03-30"]);
  portal.time.set("2026-03-30T07:00:05Z");
  await run(portal, again[0]!.payload);
  expect(await letters(portal)).toBe(before + 2);
  const acts = (await listLedgerOfResident(portal, all.resident.accountId)).map((entry) => entry.act);
  expect(acts.filter((act) => act === "complaint.reminded")).toHaveLength(2);
});

test("a step replaces the reminder of the one before; a late run of the old one does nothing", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  const [id = ""] = await all.file([ALDER]);
  const [old] = await reminders(portal);
  await all.move(all.alderIntake, id, { kind: "inquiry-opened" });
  const [next, ...others] = await reminders(portal);
  expect(others).toEqual([]);
  expect(next?.payload["on"]).toBe("2026-05-01");
  const before = await letters(portal);
  portal.time.set("2026-06-01T12:00:00Z");
  await run(portal, old!.payload);
  expect(await letters(portal)).toBe(before);

  await all.move(all.alderIntake, id, { kind: "finding", finding: "exonerated" });
  expect((await reminders(portal)).map((one) => one.payload["on"])).toEqual(["2026-06-24"]);
  const [law] = await reminders(portal);
  await all.move(all.alderIntake, id, { kind: "closed" });
  portal.time.set("2026-06-25T12:00:00Z");
  await run(portal, law!.payload);
  expect(await letters(portal)).toBe(before);
});

test("the export says where each complaint stands, and nothing of any person", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  await portal.db.agency.update({ where: { id: all.given.agencyId }, data: { name: "=HYPERLINK(1)" } });
  const [id = ""] = await all.file([MARIN, ALDER], { advocateId: all.advocate.accountId });
  await all.move(all.marinIntake, id, { kind: "inquiry-opened" });
  await all.move(all.marinIntake, id, { kind: "finding", finding: "sustained" });
  portal.time.advance({ days: 10 });

  const { text } = await exportComplaints(portal, OPERATOR, "csv");
  const lines = text.split("\r\n");
  expect(lines[0]).toContain('"number","venue","agency","state"');
  expect(text).toContain(
    '"Marin Hills Sheriff","finding","sustained","2026-03-02","2026-03-02",,10,"2026-04-01","law"',
  );
  expect(text).not.toMatch(/(^|,)"?=/m);
  const { text: json, rows } = await exportComplaints(portal, OPERATOR, "json");
  expect(JSON.parse(json)).toEqual(rows);
  expect(rows.map((row) => row.next_date_set_by).sort()).toEqual(["law", "portal"]);
  for (const hidden of [
    "Canary",
    "Ortega",
    "9ZQX417",
    "u-1017",
    all.resident.accountId,
    all.advocate.accountId,
    "advocate",
  ]) {
    expect(text.includes(hidden) || json.includes(hidden), hidden).toBe(false);
  }
});

test("only an operator exports", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  for (const actor of [all.resident, all.alderIntake, all.advocate, all.given.supervisor]) {
    await expect(exportComplaints(portal, actor, "csv")).rejects.toThrow(NotFound);
  }
});

test("the command gives lines for a reader and rows for a program, and refuses other formats with a sentence", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  await all.file([ALDER]);
  const said: string[] = [];
  const context = {
    portal: () => Promise.resolve(portal),
    say: (line: string) => void said.push(line),
    time: portal.time,
    progress: null,
  };
  const csv = await complaintsExport([], context);
  expect(csv.lines).toHaveLength(2);
  const json = await complaintsExport(["--format", "json"], context);
  expect(JSON.parse(json.lines.join("\n"))).toEqual(json.json);
  expect(said).toEqual(["1 complaints.", "1 complaints."]);
  await expect(complaintsExport(["--format", "xlsx"], context)).rejects.toThrow(WrongUsage);
});
