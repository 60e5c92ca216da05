import { expect, test } from "vitest";
import { changeFeedPromise } from "#app/feeds/coverage-promise.server.ts";
import { previewReminder, remindCustodians, sendReminder } from "#app/feeds/feed-reminder.server.ts";
import { isTold, type ReminderGap, reminderOf } from "#app/feeds/feed-reminder.ts";
import { NotFound } from "#app/platform/failure.ts";
import { listWrittenMail } from "#app/platform/mail/list-written-mail.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { toDbDate } from "#app/platform/time/local-date.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { account, alprFile, alprRow, deliver, type GivenFeed, givenFeed, OPERATOR } from "./given-feed.ts";

const slugs = { agencySlug: "oakfield", systemSlug: "alpr" };

/** Oakfield delivers since March 2, 2026, weekly; the other agency has nothing to deliver yet. */
async function givenLog(portal: TestPortal): Promise<GivenFeed> {
  const given = await givenFeed(portal);
  const { agencyId, otherAgencyId } = given;
  await portal.db.custody.updateMany({ where: { agencyId }, data: { since: toDbDate("2026-03-02") } });
  await portal.db.custody.updateMany({ where: { agencyId: otherAgencyId }, data: { since: toDbDate("2030-01-01") } });
  return given;
}

const march = (from: number, to: number) => ({
  from: `2026-03-${String(from).padStart(2, "0")}`,
  to: `2026-03-${String(to).padStart(2, "0")}`,
});
const claim = (from: number, to: number, sequenceNo: number | null = null) => ({
  claim: { sequenceNo, period: march(from, to) },
});
const row = (id: string) => alprFile(alprRow({ id, time: "03/02/2026, 08:00:00 PM UTC" }));

/** The letters so far, oldest first. */
async function letters(portal: Portal) {
  return (await listWrittenMail(portal)).toReversed();
}

test("an overdue delivery is told once, in the morning, to the agency's own address", async () => {
  await using portal = await openTestPortal();
  await givenLog(portal);
  portal.time.set("2026-03-09T17:00:00Z");
  await remindCustodians(portal);
  expect(await letters(portal)).toEqual([]);
  // Due on March 9. At seven in the morning of the 10th nobody writes.
  portal.time.set("2026-03-10T14:00:00Z");
  await remindCustodians(portal);
  expect(await letters(portal)).toEqual([]);
  portal.time.advance({ hours: 1 });
  await Promise.all([remindCustodians(portal), remindCustodians(portal)]);
  portal.time.advance({ days: 3 });
  await remindCustodians(portal);

  const [letter, ...more] = await letters(portal);
  expect(more).toEqual([]);
  expect(letter).toMatchObject({ to: "records@example.gov", subject: "A log delivery is missing" });
  expect(letter?.text).toContain("Nothing has arrived for Monday, March 2, 2026 and after.");
  expect(letter?.text).toContain("due on Monday, March 9, 2026");
  expect(letter?.text).toContain("/desk/feeds/log/oakfield/alpr");
  const { rows } = await portal.pool.query("SELECT body FROM ledger.entry WHERE act = 'feed.reminded'");
  expect(rows.map(({ body }) => JSON.parse(body))).toMatchObject([
    { actor: { kind: "system", id: "remind-custodians" }, detail: { system: "alpr", gaps: 1 } },
  ]);
});

test("a new gap allows a new letter; what is left of a told one does not", async () => {
  await using portal = await openTestPortal();
  await givenLog(portal);
  const tell = async (on: string) => {
    portal.time.set(`${on}T17:00:00Z`);
    await remindCustodians(portal);
    return (await letters(portal)).length;
  };
  expect(await tell("2026-03-12")).toBe(1);
  // It comes, and passes five days over.
  await deliver(portal, row("1"), claim(2, 6, 1));
  await deliver(portal, row("2"), claim(12, 13, 3));
  expect(await tell("2026-03-14")).toBe(1);
  expect(await tell("2026-03-15")).toBe(2);
  const hole = (await letters(portal))[1]?.text;
  expect(hole).toContain(
    "No delivery holds Saturday, March 7, 2026 to Wednesday, March 11, 2026. Delivery number 2 never came.",
  );
  // A part of the hole is filled, and its rest is no news.
  await deliver(portal, row("3"), claim(8, 9));
  expect(await tell("2026-03-16")).toBe(2);
  // The next week is not delivered.
  expect(await tell("2026-03-21")).toBe(2);
  expect(await tell("2026-03-22")).toBe(3);
  expect((await letters(portal))[2]?.text).toContain("Nothing has arrived for Saturday, March 14, 2026 and after.");
});

test("it goes to the contact of the log, in the contact's language, and says what is about to be lost", async () => {
  await using portal = await openTestPortal();
  const { agencyId } = await givenLog(portal);
  await changeFeedPromise(portal, account("supervisor", agencyId), slugs, {
    rhythmDays: "7",
    keptDays: "30",
    contactEmail: "logs@oakfield.example",
    contactLocale: "es",
  });
  portal.time.set("2026-03-12T17:00:00Z");
  await remindCustodians(portal);
  const [letter] = await letters(portal);
  expect(letter).toMatchObject({ to: "logs@oakfield.example", subject: "Falta una entrega de un registro" });
  expect(letter?.text).toContain("el propio sistema borra el lunes 2 de marzo de 2026 el miércoles 1 de abril de 2026");
});

test("what the source has purged is not asked for", async () => {
  await using portal = await openTestPortal();
  const { agencyId } = await givenLog(portal);
  await portal.db.custody.updateMany({ where: { agencyId }, data: { keptDays: 10 } });
  await deliver(portal, row("1"), claim(2, 6));
  portal.time.set("2026-03-30T17:00:00Z");
  await deliver(portal, row("2"), claim(10, 29));
  await remindCustodians(portal);
  expect(await letters(portal)).toEqual([]);
});

test("a log that cannot be worked out keeps no other from being reminded of", async () => {
  await using portal = await openTestPortal();
  const { otherAgencyId } = await givenLog(portal);
  await portal.db.agency.update({ where: { id: otherAgencyId }, data: { zone: "Nowhere/Land" } });
  portal.time.set("2026-03-12T17:00:00Z");
  await remindCustodians(portal);
  expect(await letters(portal)).toHaveLength(1);
});

test("a supervisor looks at the letter and sends it, told before or not, once a day", async () => {
  await using portal = await openTestPortal();
  const { agencyId, clerk } = await givenLog(portal);
  const supervisor = account("supervisor", agencyId);
  expect(await previewReminder(portal, supervisor, slugs)).toBeNull();
  portal.time.set("2026-03-12T17:00:00Z");
  await remindCustodians(portal);
  const preview = await previewReminder(portal, supervisor, slugs);
  expect(preview).toMatchObject({ to: "records@example.gov", locale: "en", toldAt: [portal.time.now()] });
  const { digest = "" } = preview ?? {};

  const refused = (wanted: string) => sendReminder(portal, supervisor, slugs, { digest: wanted });
  await expect(refused("another")).rejects.toMatchObject({ code: "feeds.refusedStale" });
  const both = await Promise.allSettled([refused(digest), refused(digest)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(refused(digest)).rejects.toMatchObject({ code: "feeds.refusedToldToday" });
  const sent = await letters(portal);
  expect(sent.map(({ text }) => text)).toEqual([preview?.text, preview?.text]);
  portal.time.advance({ days: 1 });
  await refused(digest);
  expect(await letters(portal)).toHaveLength(3);

  await deliver(portal, row("1"), claim(2, 13));
  await expect(refused(digest)).rejects.toMatchObject({ code: "feeds.refusedNothingMissing" });
  for (const actor of [clerk, OPERATOR]) {
    await expect(previewReminder(portal, actor, slugs)).rejects.toThrow(NotFound);
    await expect(sendReminder(portal, actor, slugs, { digest })).rejects.toThrow(NotFound);
  }
});

test.each<[string, ReminderGap, ReminderGap, boolean]>([
  ["the same overdue delivery, days later", overdue(3, 9), overdue(3, 8), true],
  ["the one after it", overdue(5, 9), overdue(3, 8), false],
  ["days that were overdue and are passed over now", gap(3, 5), overdue(3, 8), false],
  ["what is left of a gap", gap(4, 5), gap(3, 8), true],
  ["a gap that reaches further", gap(3, 9), gap(3, 8), false],
  ["one of the numbers told", numbers(3, 3), numbers(2, 4), true],
  ["another number", numbers(5, 5), numbers(2, 4), false],
])("told before? %s", (_name, now, before, told) => {
  expect(isTold(now, [before])).toBe(told);
});

test("a number without days is told although no day is known to be due", () => {
  const nothingDue = {
    gaps: [{ cause: "number" as const, period: null, numbers: { first: 2, last: 2 } }],
    dueTo: null,
  };
  const next = { from: "2026-03-09", dueOn: "2026-03-16", lateBy: 0 };
  expect(reminderOf({ ...nothingDue, next, source: null }).gaps).toEqual([numbers(2, 2)]);
});

function overdue(from: number, to: number): ReminderGap {
  return { kind: "overdue", period: march(from, to) };
}
function gap(from: number, to: number): ReminderGap {
  return { kind: "gap", period: march(from, to), numbers: null };
}
function numbers(first: number, last: number): ReminderGap {
  return { kind: "number", numbers: { first, last } };
}
