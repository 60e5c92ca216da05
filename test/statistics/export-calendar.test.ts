import { describe, expect, test } from "vitest";
import { giveConsent, revokeConsent } from "#app/complaints/consent.server.ts";
import { listComplaintsForIntake } from "#app/complaints/list-complaints.server.ts";
import { moveComplaint } from "#app/complaints/move-complaint.server.ts";
import { makeCalendarFeed } from "#app/people/calendar-feeds.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { toDbDate } from "#app/platform/time/local-date.ts";
import { closeOffice, previewClosing, previewReopening, reopenOffice } from "#app/requests/change-closures.server.ts";
import { requestJobs } from "#app/requests/jobs.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { enqueueSweep } from "#app/requests/sweep-clocks.server.ts";
import { exportCalendar, listCalendar } from "#app/statistics/export-calendar.server.ts";
import { ALDER, dayOf, givenDispute, settle, WORDS } from "#test/complaints/given-dispute.ts";
import { PERSON } from "#test/requests/given-request.ts";
import { daysOf, givenDates, record, subscribe } from "#test/statistics/given-dates.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";

const OPERATOR = { kind: "operator", name: "night-shift" } as const;
const notFound = expect.objectContaining({ name: "NotFound" });
const find = <T extends { summary: string }>(calendar: { events: readonly T[] }, summary: string) =>
  calendar.events.find((event) => event.summary === summary)!;

describe("a clerk's calendar", () => {
  test("has the days of the queue, each linked to its page, and nothing of a person", async () => {
    await using portal = await openTestPortal();
    const { clerk, ofSheriff, ofState } = await givenDates(portal);
    const read = await subscribe(portal, clerk);
    const calendar = await read();
    for (const row of await listQueue(portal, clerk)) {
      expect(daysOf(calendar, row.number)).toMatchObject({ due: row.due, target: row.target });
    }
    expect(daysOf(calendar, ofSheriff.number)).toEqual({
      due: "2026-03-12",
      target: "2026-03-09",
      notice: "2026-03-12",
    });
    // The state's rule knows no extension.
    expect(daysOf(calendar, ofState.number)).toEqual({ due: "2026-04-01", target: "2026-03-26" });
    expect(calendar.events.map(({ url }) => url)).toContain(`https://portal.example/desk/cases/${ofSheriff.id}`);
    for (const { url, description, sequence, stamp } of calendar.events) {
      expect([description, sequence, stamp]).toEqual([url, 0, "20260302T170000Z"]);
    }
    const all = JSON.stringify(calendar.events).toLowerCase();
    for (const word of [PERSON.name, PERSON.plate, PERSON.licence, "sheriff", "records", "clerk"]) {
      expect(all).not.toContain(word.toLowerCase());
    }
  });

  test("lacks the case behind a wall from the next reading on, while a colleague's has it", async () => {
    await using portal = await openTestPortal();
    const { clerk, colleague, requestId, ofSheriff } = await givenDates(portal);
    const [read, readColleague] = [await subscribe(portal, clerk), await subscribe(portal, colleague)];
    expect((await read()).events).toHaveLength(5);
    await portal.db.wall.create({ data: { requestId, accountId: clerk.accountId, at: portal.time.now() } });
    expect((await read()).events).toEqual([]);
    expect(Object.keys(daysOf(await readColleague(), ofSheriff.number))).toHaveLength(3);
  });

  test("shows nothing of an agency where the role ended yesterday", async () => {
    await using portal = await openTestPortal();
    const { clerk, sheriff, ofSheriff, ofState } = await givenDates(portal);
    const read = await subscribe(portal, clerk);
    await portal.db.membership.updateMany({
      where: { accountId: clerk.accountId, agencyId: sheriff },
      data: { endedAt: portal.time.now() },
    });
    portal.time.advance({ days: 1 });
    const calendar = await read();
    expect(daysOf(calendar, ofSheriff.number)).toEqual({});
    expect(Object.keys(daysOf(calendar, ofState.number))).toEqual(["target", "due"]);
    await portal.db.membership.updateMany({
      where: { accountId: clerk.accountId },
      data: { endedAt: portal.time.now() },
    });
    await expect(read()).rejects.toEqual(notFound);
  });

  test("has nothing of one's own request, nor of an answered one", async () => {
    await using portal = await openTestPortal();
    const { resident, clerk, sheriff, ofSheriff, ofState } = await givenDates(portal);
    expect(await listCalendar(portal, { ...resident, memberships: [{ role: "clerk", agencyId: sheriff }] })).toEqual(
      [],
    );
    const read = await subscribe(portal, clerk);
    await record(portal, { caseId: ofSheriff.id, kind: "answered", on: "2026-03-02" });
    const calendar = await read();
    expect(daysOf(calendar, ofSheriff.number)).toEqual({});
    expect(daysOf(calendar, ofState.number)).not.toEqual({});
  });
});

describe("when a date moves, the same event moves", () => {
  test("by an extension: one more in the sequence, the instant of the extension, and no notice any more", async () => {
    await using portal = await openTestPortal();
    const { clerk, ofSheriff } = await givenDates(portal);
    const read = await subscribe(portal, clerk);
    const before = await read();
    expect(await read(), "read again, nothing is new").toEqual(before);
    portal.time.set("2026-03-10T18:00:00Z");
    await record(portal, { caseId: ofSheriff.id, kind: "extended", on: "2026-03-10", length: 5 });
    const after = await read();
    expect(daysOf(after, ofSheriff.number)).toEqual({ due: "2026-03-17", target: "2026-03-12" });
    for (const kind of ["due", "target"]) {
      const [old, now] = [before, after].map((calendar) => find(calendar, `${ofSheriff.number}: ${kind}`));
      expect(now).toMatchObject({ uid: old?.uid, sequence: 1, stamp: "20260310T180000Z" });
    }
    expect(await read()).toEqual(after);
    // The state's case has not moved.
    const state = (calendar: typeof before) =>
      calendar.events.filter(({ summary }) => !summary.startsWith(ofSheriff.number));
    expect(state(after)).toEqual(state(before));
  });

  test("by a closed day, and back when it is taken away: the sequence only grows", async () => {
    await using portal = await openTestPortal();
    const { clerk, sheriff, ofSheriff } = await givenDates(portal);
    const read = await subscribe(portal, clerk);
    const due = async () => find(await read(), `${ofSheriff.number}: due`);
    const { uid } = await due();
    const day = { agencyId: sheriff, on: toDbDate("2026-03-12") };
    portal.time.set("2026-03-04T18:00:00Z");
    await portal.db.agencyClosure.create({ data: { ...day, why: "Flood", at: portal.time.now() } });
    expect(await due()).toMatchObject({ uid, on: "2026-03-13", sequence: 1, stamp: "20260304T180000Z" });
    portal.time.set("2026-03-04T18:10:00Z");
    await tellMoved(portal, ofSheriff.id, "2026-03-12", "2026-03-13");
    expect(await due(), "what is told is no move of its own").toMatchObject({ sequence: 1, stamp: "20260304T180000Z" });
    portal.time.set("2026-03-05T18:00:00Z");
    await portal.db.agencyClosure.delete({ where: { agencyId_on: day } });
    await tellMoved(portal, ofSheriff.id, "2026-03-13", "2026-03-12");
    expect(await due()).toMatchObject({ uid, on: "2026-03-12", sequence: 2, stamp: "20260305T180000Z" });
    expect(find(await read(), `${ofSheriff.number}: target`)).toMatchObject({ on: "2026-03-09", sequence: 2 });
  });

  test("by a closed day that is taken away before anybody was told: to and fro, however often, and at once", async () => {
    await using portal = await openTestPortal();
    const { clerk, sheriff, ofSheriff } = await givenDates(portal);
    const { secret } = await makeCalendarFeed(portal, clerk);
    const due = async () => {
      const { dates } = await exportCalendar(portal, secret);
      const found = dates.find(({ number, kind }) => number === ofSheriff.number && kind === "due");
      return [found?.on, found?.revision.sequence];
    };
    const closing = { agencyId: sheriff, from: "2026-03-12", to: "2026-03-12", emergency: false, why: "Flood" };
    const reopening = { agencyId: sheriff, on: "2026-03-12" };
    const close = async () => {
      const { digest } = await previewClosing(portal, OPERATOR, closing);
      await closeOffice(portal, OPERATOR, { ...closing, digest });
    };
    const reopen = async () => {
      const { digest } = await previewReopening(portal, OPERATOR, reopening);
      await reopenOffice(portal, OPERATOR, { ...reopening, digest });
    };
    expect(await due()).toEqual(["2026-03-12", 0]);
    portal.time.advance({ minutes: 1 });
    await close();
    expect(await due()).toEqual(["2026-03-13", 1]);
    portal.time.advance({ minutes: 1 });
    await reopen();
    expect(await due()).toEqual(["2026-03-12", 2]);
    portal.time.advance({ minutes: 1 });
    await close();
    expect(await due()).toEqual(["2026-03-13", 3]);
    // In the same millisecond as it was closed.
    await reopen();
    portal.time.advance({ minutes: 1 });
    expect(await due()).toEqual(["2026-03-12", 4]);
    // What was told of it afterwards is no move of its own.
    await inTransaction(portal, enqueueSweep);
    await drain(portal, requestJobs);
    expect(await due()).toEqual(["2026-03-12", 4]);
  });

  test("while the clock waits there is no day; it comes back as the same event", async () => {
    await using portal = await openTestPortal();
    const { clerk, ofState } = await givenDates(portal);
    const read = await subscribe(portal, clerk);
    const { uid } = find(await read(), `${ofState.number}: due`);
    await record(portal, { caseId: ofState.id, kind: "identity-asked", on: "2026-03-03" });
    expect(daysOf(await read(), ofState.number)).toEqual({});
    portal.time.set("2026-03-06T18:00:00Z");
    await record(portal, { caseId: ofState.id, kind: "identity-received", on: "2026-03-06" });
    const event = find(await read(), `${ofState.number}: due`);
    expect(event).toMatchObject({ uid, on: "2026-04-06", sequence: 1, stamp: "20260306T180000Z" });
  });

  test("by a switch of the law: what it moves is moved since then, what it does not stays", async () => {
    await using portal = await openTestPortal({ now: "2026-12-30T17:00:00Z" });
    const { clerk, ofSheriff } = await givenDates(portal);
    const read = await subscribe(portal, clerk);
    const before = await read();
    portal.time.advance({ days: 1 });
    const change = { change: "ca.ab-1821", by: "tester", at: portal.time.now(), id: newId() };
    await portal.db.lawSwitch.create({ data: { ...change, from: toDbDate("2026-12-01") } });
    const after = await read();
    const [old, now] = [before, after].map((calendar) => find(calendar, `${ofSheriff.number}: due`));
    expect(now?.on).not.toBe(old?.on);
    expect(now).toMatchObject({ uid: old?.uid, sequence: 1, stamp: "20261231T170100Z" });
  });

  test("an agency that wants another lead has another target, and the days of the law stay", async () => {
    await using portal = await openTestPortal();
    const { clerk, sheriff, ofSheriff } = await givenDates(portal);
    const read = await subscribe(portal, clerk);
    const before = await read();
    await portal.db.agency.update({ where: { id: sheriff }, data: { targetDays: 1 } });
    const after = await read();
    expect(daysOf(after, ofSheriff.number)).toMatchObject({ target: "2026-03-11" });
    const law = (calendar: typeof before) => calendar.events.filter(({ summary }) => !summary.endsWith("target"));
    expect(law(after)).toEqual(law(before));
    await portal.db.agency.update({ where: { id: sheriff }, data: { targetDays: 0 } });
    expect(Object.keys(daysOf(await read(), ofSheriff.number)).sort()).toEqual(["due", "notice"]);
  });
});

async function tellMoved(portal: TestPortal, caseId: string, dueBefore: string, due: string): Promise<void> {
  const { id: eventId } = await portal.db.clockEvent.findFirstOrThrow({ where: { caseId } });
  const days = { due: toDbDate(due), dueBefore: toDbDate(dueBefore) };
  for (const audience of ["staff", "resident"]) {
    const notice = { id: newId(), caseId, kind: "moved", audience, eventId, ...days, at: portal.time.now() };
    await portal.db.clockNotice.create({ data: notice });
  }
}

describe("complaints", () => {
  test("the intake officer has the next date of each open one, and it moves with a step", async () => {
    await using portal = await openTestPortal();
    const { alderIntake, marinIntake, file, move } = await givenDispute(portal);
    const [complaintId = ""] = await file([ALDER]);
    const read = await subscribe(portal, alderIntake);
    const [summary] = await listComplaintsForIntake(portal, alderIntake);
    const before = await read();
    expect(before.events).toMatchObject([
      { summary: `${summary?.number}: complaint`, on: summary?.next?.on, sequence: 0, uid: `${complaintId}-next` },
    ]);
    expect(before.events[0]?.url).toBe(`https://portal.example/intake/${complaintId}`);
    portal.time.advance({ days: 2 });
    await move(alderIntake, complaintId, { kind: "note", note: "Asked for the recording." });
    expect(await read(), "a note is no step").toEqual(before);
    await move(alderIntake, complaintId, { kind: "acknowledged" });
    const after = await read();
    expect(after.events).toMatchObject([{ uid: `${complaintId}-next`, sequence: 1 }]);
    expect((after.events[0]?.on ?? "") > (before.events[0]?.on ?? "")).toBe(true);
    expect((await (await subscribe(portal, marinIntake))()).events).toEqual([]);
  });

  test("an advocate has the numbers of those whose residents consent, and they go with the consent", async () => {
    await using portal = await openTestPortal();
    const { resident, advocate, otherAdvocate, file } = await givenDispute(portal);
    const [complaintId = ""] = await file([ALDER], { advocateId: advocate.accountId });
    const read = await subscribe(portal, advocate);
    const { events } = await read();
    expect(events).toHaveLength(1);
    expect(events[0]?.summary).toMatch(/^CP-\d{4}-\d+: followed$/);
    expect(events[0]?.url).toBe(`https://portal.example/advocate/${complaintId}`);
    const all = JSON.stringify(events);
    for (const word of ["Alder", "Marin", "Ortega", WORDS.wrong, "advocate@"]) expect(all).not.toContain(word);
    expect((await (await subscribe(portal, otherAdvocate))()).events).toEqual([]);
    await revokeConsent(portal, resident, { complaintId, advocateId: advocate.accountId });
    expect((await read()).events).toEqual([]);
  });

  test("who works on a complaint and follows it too has its day once", async () => {
    await using portal = await openTestPortal();
    const { given, resident, file } = await givenDispute(portal);
    const [complaintId = ""] = await file([ALDER]);
    const advocate = await settle(portal, "double", "advocate", null);
    await giveConsent(portal, resident, { complaintId, advocateId: advocate.accountId });
    const both = {
      ...advocate,
      memberships: [...advocate.memberships, { role: "intake", agencyId: given.agencyId } as const],
    };
    expect((await listCalendar(portal, both)).map(({ uid, kind }) => [uid, kind])).toEqual([
      [`${complaintId}-next`, "complaint"],
    ]);
  });

  test("one that has ended has no day", async () => {
    await using portal = await openTestPortal();
    const { alderIntake, file, move } = await givenDispute(portal);
    const [complaintId = ""] = await file([ALDER]);
    const read = await subscribe(portal, alderIntake);
    for (const step of [{ kind: "inquiry-opened" }, { kind: "finding", finding: "sustained" }] as const) {
      await move(alderIntake, complaintId, step);
    }
    expect((await read()).events).toHaveLength(1);
    const closing = { complaintId, formId: newId(), kind: "closed", on: dayOf(portal) } as const;
    await moveComplaint(portal, alderIntake, closing);
    expect((await read()).events).toEqual([]);
  });
});
