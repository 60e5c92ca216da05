import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { giveConsent, revokeConsent } from "#app/complaints/consent.server.ts";
import {
  getComplaintForAdvocate,
  getComplaintForIntake,
  getComplaintForResident,
} from "#app/complaints/get-complaint.server.ts";
import {
  listComplaintsForAdvocate,
  listComplaintsForIntake,
  listComplaintsForResident,
} from "#app/complaints/list-complaints.server.ts";
import { moveComplaint, withdrawComplaint } from "#app/complaints/move-complaint.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { listLedgerOfResident } from "#app/platform/ledger/ledger.server.ts";
import { openMail } from "#app/platform/mail/send-mail.server.ts";
import { writeLetter } from "#app/platform/mail/templates.server.ts";
import { ALDER, dayOf, givenDispute, MARIN, settle } from "#test/complaints/given-dispute.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const numbers = (list: readonly { number: string }[]) => list.map((one) => one.number);

async function lettersTo(portal: TestPortal, address: string) {
  const mails = await portal.db.outboxMail.findMany({ where: { template: "complaint-update" } });
  const opened = await Promise.all(mails.map(async (mail) => ({ mail, ...(await openMail(portal, mail)) })));
  return opened.filter((letter) => letter.to.address === address);
}

test("a complaint of another's is nothing at all: for every role, by id, in lists and in acts", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  const { given, alderIntake, marinIntake, advocate, otherAdvocate, resident } = all;
  const [id = ""] = await all.file([ALDER], { advocateId: advocate.accountId });
  const { stranger, clerk, supervisor, otherClerk } = given;
  const outsiders = [stranger, clerk, supervisor, otherClerk];

  const acts: [string, readonly AccountActor[], (actor: AccountActor, complaintId: string) => Promise<unknown>][] = [
    [
      "resident",
      [...outsiders, alderIntake, marinIntake, advocate],
      (actor, one) => getComplaintForResident(portal, actor, one),
    ],
    [
      "intake",
      [...outsiders, resident, marinIntake, advocate],
      (actor, one) => getComplaintForIntake(portal, actor, one),
    ],
    [
      "advocate",
      [...outsiders, resident, alderIntake, otherAdvocate],
      (actor, one) => getComplaintForAdvocate(portal, actor, one),
    ],
    [
      "move",
      [...outsiders, resident, marinIntake, advocate],
      (actor, one) => all.move(actor, one, { kind: "acknowledged" }),
    ],
    ["withdraw", [...outsiders, alderIntake, advocate], (actor, one) => withdrawComplaint(portal, actor, one)],
    [
      "give",
      [...outsiders, alderIntake, advocate],
      (actor, one) => giveConsent(portal, actor, { complaintId: one, advocateId: otherAdvocate.accountId }),
    ],
    [
      "revoke",
      [...outsiders, alderIntake, advocate],
      (actor, one) => revokeConsent(portal, actor, { complaintId: one, advocateId: advocate.accountId }),
    ],
  ];
  for (const [name, actors, act] of acts) {
    for (const actor of actors) {
      await expect(act(actor, id), `${name} by ${actor.name}`).rejects.toThrow(NotFound);
      await expect(act(actor, randomUUID()), `${name} of nothing`).rejects.toThrow(NotFound);
      await expect(act(actor, "1' or '1"), `${name} of no id`).rejects.toThrow(NotFound);
    }
  }
  for (const actor of [...outsiders, resident, advocate]) {
    await expect(listComplaintsForIntake(portal, actor)).rejects.toThrow(NotFound);
  }
  for (const actor of [...outsiders, resident, alderIntake]) {
    await expect(listComplaintsForAdvocate(portal, actor)).rejects.toThrow(NotFound);
  }
  expect(await listComplaintsForIntake(portal, marinIntake)).toEqual([]);
  expect(await listComplaintsForAdvocate(portal, otherAdvocate)).toEqual([]);
  expect(await listComplaintsForResident(portal, stranger)).toEqual([]);
  expect(await portal.db.complaintEvent.count()).toBe(1);

  const { number } = await portal.db.complaint.findFirstOrThrow();
  expect(numbers(await listComplaintsForIntake(portal, alderIntake))).toEqual([number]);
  expect(numbers(await listComplaintsForAdvocate(portal, advocate))).toEqual([number]);
  expect(numbers(await listComplaintsForResident(portal, resident))).toEqual([number]);
});

test("a wall hides the complaint from an officer and an advocate, in list, page, act and mail", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  const { given, alderIntake, advocate } = all;
  const feared = await settle(portal, "feared-intake", "intake", given.agencyId);
  const wall = (accountId: string) =>
    portal.db.wall.create({ data: { requestId: given.requestId, accountId, at: portal.time.now() } });
  await wall(feared.accountId);
  const [id = ""] = await all.file([ALDER], { advocateId: advocate.accountId });

  expect(await listComplaintsForIntake(portal, feared)).toEqual([]);
  await expect(getComplaintForIntake(portal, feared, id)).rejects.toThrow(NotFound);
  await expect(all.move(feared, id, { kind: "acknowledged" })).rejects.toThrow(NotFound);
  const tasks = await portal.db.outboxMail.findMany({ where: { template: "staff-task" } });
  const told = await Promise.all(tasks.map((mail) => openMail(portal, mail)));
  expect(told.map((mail) => mail.to.address)).toEqual(["alder-intake@example.org"]);

  await wall(advocate.accountId);
  expect(await listComplaintsForAdvocate(portal, advocate)).toEqual([]);
  await expect(getComplaintForAdvocate(portal, advocate, id)).rejects.toThrow(NotFound);
  await all.move(alderIntake, id, { kind: "acknowledged" });
  expect(await lettersTo(portal, "advocate@example.org")).toEqual([]);
});

test("an intake officer does not work on a complaint of their own", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  const [id = ""] = await all.file([ALDER]);
  const self: AccountActor = { ...all.resident, memberships: [{ role: "intake", agencyId: all.given.agencyId }] };
  await expect(getComplaintForIntake(portal, self, id)).rejects.toThrow(NotFound);
  await expect(all.move(self, id, { kind: "acknowledged" })).rejects.toThrow(NotFound);
  expect(await listComplaintsForIntake(portal, self)).toEqual([]);
});

test("a consent taken back ends list, page and mail at once, and may be given anew", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  const { resident, advocate, alderIntake } = all;
  const [id = ""] = await all.file([ALDER]);
  const consent = { complaintId: id, advocateId: advocate.accountId };
  await expect(getComplaintForAdvocate(portal, advocate, id)).rejects.toThrow(NotFound);

  await giveConsent(portal, resident, consent);
  await giveConsent(portal, resident, consent);
  expect(await portal.db.consent.count()).toBe(1);
  await all.move(alderIntake, id, { kind: "acknowledged" });
  expect(await lettersTo(portal, "advocate@example.org")).toHaveLength(1);
  await getComplaintForAdvocate(portal, advocate, id);

  await revokeConsent(portal, resident, consent);
  await revokeConsent(portal, resident, consent);
  expect(await listComplaintsForAdvocate(portal, advocate)).toEqual([]);
  await expect(getComplaintForAdvocate(portal, advocate, id)).rejects.toThrow(NotFound);
  await all.move(alderIntake, id, { kind: "inquiry-opened" });
  expect(await lettersTo(portal, "advocate@example.org")).toHaveLength(1);

  await giveConsent(portal, resident, consent);
  expect(await listComplaintsForAdvocate(portal, advocate)).toHaveLength(1);
  const acts = (await listLedgerOfResident(portal, resident.accountId)).map((entry) => entry.act);
  expect(acts.filter((act) => act.startsWith("consent.")).reverse()).toEqual([
    "consent.given",
    "consent.revoked",
    "consent.given",
  ]);
});

test("someone who is an advocate no more sees nothing, whatever was consented to", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  const [id = ""] = await all.file([ALDER], { advocateId: all.advocate.accountId });
  const former: AccountActor = { ...all.advocate, memberships: [] };
  await expect(getComplaintForAdvocate(portal, former, id)).rejects.toThrow(NotFound);
  await expect(listComplaintsForAdvocate(portal, former)).rejects.toThrow(NotFound);
});

test("an advocate sees number, place, state and dates, and no word, line or note", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  const [id = ""] = await all.file([ALDER], { advocateId: all.advocate.accountId });
  await all.move(all.alderIntake, id, { kind: "note", note: "Canary note of the agency" });
  const seen = await getComplaintForAdvocate(portal, all.advocate, id);
  expect(seen.lineCount).toBe(1);
  expect(seen.events.map((event) => event.kind)).toEqual(["received"]);
  const text = JSON.stringify([seen, await listComplaintsForAdvocate(portal, all.advocate)]);
  for (const hidden of ["Canary", "u-1017", "9ZQX417", "Ortega", "Investigation", all.resident.accountId]) {
    expect(text.includes(hidden), hidden).toBe(false);
  }
  const own = await getComplaintForResident(portal, all.resident, id);
  expect(JSON.stringify(own)).not.toContain("Canary note");
});

test("every opening stands in the ledger, where the resident sees who it was", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  const [id = ""] = await all.file([ALDER], { advocateId: all.advocate.accountId });
  await getComplaintForIntake(portal, all.alderIntake, id);
  await getComplaintForAdvocate(portal, all.advocate, id);
  await getComplaintForResident(portal, all.resident, id);
  const reads = (await listLedgerOfResident(portal, all.resident.accountId, { requestId: all.given.requestId }))
    .filter((entry) => entry.act === "complaint.read")
    .map((entry) => [entry.actor.role, entry.actor.id, entry.thing.id]);
  expect(reads.reverse()).toEqual([
    ["intake", all.alderIntake.accountId, id],
    ["advocate", all.advocate.accountId, id],
    ["resident", all.resident.accountId, id],
  ]);
});

test("the officer leaves, and the complaint goes on to its finding, its law date and its end", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  const { alderIntake } = all;
  const [id = ""] = await all.file([ALDER], { advocateId: all.advocate.accountId });
  const summary = async () => (await getComplaintForIntake(portal, alderIntake, id)).summary;
  await all.move(alderIntake, id, { kind: "inquiry-opened" });
  portal.time.advance({ days: 3 });
  await all.move(alderIntake, id, { kind: "officer-left" });
  expect(await summary()).toMatchObject({
    state: "inquiry-opened",
    officerLeftOn: "2026-03-05",
    ended: false,
    whoseMove: "agency",
  });
  expect((await listComplaintsForAdvocate(portal, all.advocate))[0]?.next?.source).toBe("portal");
  await expect(all.move(alderIntake, id, { kind: "closed" })).rejects.toThrow(
    'A complaint at "inquiry-opened" cannot be "closed" now; what can follow is: finding, officer-left, note.',
  );
  await all.move(alderIntake, id, { kind: "finding", finding: "sustained" });
  expect(await summary()).toMatchObject({
    state: "finding",
    finding: "sustained",
    next: { source: "law", on: "2026-04-06" },
  });
  await all.move(alderIntake, id, { kind: "closed" });
  portal.time.advance({ days: 30 });
  expect(await summary()).toMatchObject({ state: "closed", ended: true, age: 3, next: null, disciplineLimit: null });
  expect(await listComplaintsForAdvocate(portal, all.advocate)).toEqual([]);
});

test("steps recorded in one instant keep their order", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  const [id = ""] = await all.file([ALDER]);
  for (const kind of ["acknowledged", "inquiry-opened"] as const) await all.move(all.alderIntake, id, { kind });
  await all.move(all.alderIntake, id, { kind: "finding", finding: "unfounded" });
  const { events } = await getComplaintForIntake(portal, all.alderIntake, id);
  expect(events.map((event) => event.kind)).toEqual(["received", "acknowledged", "inquiry-opened", "finding"]);
  const stored = await portal.db.complaintEvent.findMany({ where: { complaintId: id } });
  expect(new Set(stored.map((event) => event.recordedAt.getTime())).size).toBe(4);
});

test("a step sent twice, or twice at once, is one step; another's form id is nothing", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  const [other = "", id = ""] = await all.file([MARIN, ALDER]);
  const step = { complaintId: id, formId: randomUUID(), kind: "acknowledged", on: dayOf(portal) } as const;
  await Promise.all([moveComplaint(portal, all.alderIntake, step), moveComplaint(portal, all.alderIntake, step)]);
  await moveComplaint(portal, all.alderIntake, step);
  expect(await portal.db.complaintEvent.count({ where: { complaintId: id } })).toBe(2);
  expect(await lettersTo(portal, "resident@example.org")).toHaveLength(1);
  await expect(moveComplaint(portal, all.marinIntake, { ...step, complaintId: other })).rejects.toThrow(NotFound);
});

test("two officers at once cannot both take steps that exclude each other", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  const [id = ""] = await all.file([ALDER]);
  await all.move(all.alderIntake, id, { kind: "inquiry-opened" });
  const outcomes = await Promise.allSettled([
    all.move(all.alderIntake, id, { kind: "finding", finding: "sustained" }),
    all.move(all.alderIntake, id, { kind: "finding", finding: "unfounded" }),
  ]);
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await portal.db.complaintEvent.count({ where: { complaintId: id, kind: "finding" } })).toBe(1);
});

test("a finding and the resident's taking back at once: whatever comes first, it is taken back, and once", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  const [id = ""] = await all.file([ALDER]);
  await all.move(all.alderIntake, id, { kind: "inquiry-opened" });
  const outcomes = await Promise.allSettled([
    all.move(all.alderIntake, id, { kind: "finding", finding: "sustained" }),
    withdrawComplaint(portal, all.resident, id),
    withdrawComplaint(portal, all.resident, id),
  ]);
  expect(outcomes.slice(1).map((outcome) => outcome.status)).toEqual(["fulfilled", "fulfilled"]);
  const { summary, events } = await getComplaintForIntake(portal, all.alderIntake, id);
  expect(summary.state).toBe("withdrawn");
  const kinds = events.map((event) => event.kind);
  expect(kinds.filter((kind) => kind === "withdrawn")).toHaveLength(1);
  expect(kinds.at(-1)).toBe("withdrawn");
});

test("the resident alone takes a complaint back, once, and nothing can follow", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  const [id = ""] = await all.file([ALDER]);
  await expect(all.move(all.alderIntake, id, { kind: "withdrawn" })).rejects.toThrow(Refused);
  await withdrawComplaint(portal, all.resident, id);
  await withdrawComplaint(portal, all.resident, id);
  expect(await portal.db.complaintEvent.count({ where: { kind: "withdrawn" } })).toBe(1);
  const { moves, summary } = await getComplaintForIntake(portal, all.alderIntake, id);
  expect(moves).toEqual([]);
  expect(summary).toMatchObject({ state: "withdrawn", next: null });
});

test("letters say nothing of what moved, notes send none, and who wants none gets none", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  const [id = ""] = await all.file([ALDER]);
  await all.move(all.alderIntake, id, { kind: "acknowledged" });
  await all.move(all.alderIntake, id, { kind: "note", note: "asked the unit" });
  const [letter, ...more] = await lettersTo(portal, "resident@example.org");
  expect(more).toEqual([]);
  const { subject, text } = await writeLetter(portal.config.templatesFolder, "complaint-update", "en", letter!.params);
  expect(`${subject}${text}`).not.toMatch(/complaint|alder|police|acknowledg/i);
  expect(subject).toBe("There is news for you");

  await using quiet = await openTestPortal();
  const none = await givenDispute(quiet, { contact: "none" });
  const [other = ""] = await none.file([ALDER]);
  await none.move(none.alderIntake, other, { kind: "acknowledged" });
  expect(await lettersTo(quiet, "resident@example.org")).toEqual([]);
});
