import { expect, test } from "vitest";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { fromDbDate } from "#app/platform/time/local-date.ts";
import { computeClock, getCaseFile } from "#app/requests/case-file.server.ts";
import { extendCase } from "#app/requests/extend-case.server.ts";
import { extendCases } from "#app/requests/extend-cases.server.ts";
import { previewLetter } from "#app/requests/preview-letter.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { act, EXTEND, givenClock } from "#test/requests/given-clock.ts";
import { givenFiled } from "#test/requests/given-request.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const refused = (code: string) => expect.objectContaining({ name: "Refused", code });

const read = (portal: TestPortal, actor: Parameters<typeof extendCase>[1], caseId: string, form = EXTEND) =>
  previewLetter(portal, actor, { caseId, wanted: { act: "extend", form } });

test("an extension is one event, one letter, one notice, one mail without content, and one entry, all together", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk, requestId } = await givenClock(portal);
  portal.time.advance({ days: 3 });
  const mails = await portal.db.outboxMail.count();
  const preview = await read(portal, clerk, caseId);
  expect([preview.before.due, preview.after.due]).toEqual(["2026-03-12", "2026-03-26"]);
  await extendCase(portal, clerk, { caseId, digest: preview.digest, form: EXTEND });

  const event = await portal.db.clockEvent.findFirstOrThrow({ where: { caseId, kind: "extended" } });
  expect(event).toMatchObject({ length: 14, ground: "voluminous", by: clerk.accountId, groupId: null });
  expect(fromDbDate(event.on)).toBe("2026-03-05");
  const letter = await portal.db.letter.findFirstOrThrow({ where: { caseId, kind: "extension" } });
  expect(letter).toMatchObject({ eventId: event.id, by: clerk.accountId, locale: "en" });
  const notice = await portal.db.clockNotice.findFirstOrThrow({ where: { caseId, kind: "extended" } });
  expect(notice).toMatchObject({ audience: "resident", eventId: event.id });
  expect(fromDbDate(notice.due)).toBe("2026-03-26");
  expect(await portal.db.outboxMail.count()).toBe(mails + 1);
  const mail = await portal.db.outboxMail.findFirstOrThrow({ where: { template: "something-ready" } });
  expect(mail).toMatchObject({ aboutType: "case", aboutId: caseId });
  const entry = (await listLedgerOfCase(portal, caseId)).at(-1);
  expect(entry).toMatchObject({
    act: "case.extended",
    actor: { id: clerk.accountId, role: "clerk" },
    thing: { type: "letter", id: letter.id },
    request: requestId,
    detail: { event: "extended", on: "2026-03-05", length: 14, ground: "voluminous", due: "2026-03-26" },
  });
});

test("what is sent is, letter for letter, what was read; if anything changed, nothing is sent", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk } = await givenClock(portal);
  const { digest, text, subject } = await read(portal, clerk, caseId);
  const before = await portal.db.letter.count();
  for (const changed of [
    { ...EXTEND, length: 13 },
    { ...EXTEND, words: "and more" },
    { ...EXTEND, ground: "consultation" },
  ]) {
    const sending = extendCase(portal, clerk, { caseId, digest, form: changed });
    await expect(sending).rejects.toEqual(refused("letters.refusedChanged"));
  }
  // The letter has a date: tomorrow it is another one.
  portal.time.advance({ days: 1 });
  await expect(extendCase(portal, clerk, { caseId, digest, form: EXTEND })).rejects.toEqual(
    refused("letters.refusedChanged"),
  );
  portal.time.advance({ days: -1 });
  expect(await portal.db.letter.count()).toBe(before);
  expect(await portal.db.clockEvent.count({ where: { kind: "extended" } })).toBe(0);
  await extendCase(portal, clerk, { caseId, digest, form: EXTEND });
  const stored = await portal.db.letter.findFirstOrThrow({ where: { kind: "extension" } });
  const place = { table: "letter", column: "body_sealed", row: stored.id };
  const body = JSON.parse(await portal.vault.openText(stored.keyId, place, stored.bodySealed));
  expect(body).toEqual({ subject, text });
});

test("the law's cap, its list, its last day and its once are kept, whoever asks", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk, stateClerk, stateCaseId } = await givenClock(portal);
  const tooLong = read(portal, clerk, caseId, { ...EXTEND, length: 15 });
  await expect(tooLong).rejects.toEqual(refused("request.clockRefused"));
  // The refusal carries what the law said, for a page to say in either language.
  const said = { code: "extension-too-long", given: "15", max: "14" };
  await expect(tooLong).rejects.toMatchObject({ params: said });
  for (const ground of [undefined, "emergency", "because"]) {
    const form = { ...EXTEND, ...(ground ? { ground } : { ground: undefined }) };
    await expect(read(portal, clerk, caseId, form)).rejects.toEqual(refused("letters.groundMissing"));
  }
  for (const expectedOn of ["2026-03-01", "2026-03-27"]) {
    const outside = read(portal, clerk, caseId, { ...EXTEND, expectedOn });
    await expect(outside).rejects.toMatchObject({ code: "letters.expectedOutside", params: { to: "2026-03-26" } });
  }
  await expect(read(portal, stateClerk, stateCaseId)).rejects.toEqual(refused("letters.whyNoExtension"));
  await act(portal, clerk, caseId, { act: "extend", form: { ...EXTEND, expectedOn: "2026-03-20" } });
  await expect(read(portal, clerk, caseId)).rejects.toEqual(refused("letters.whyExtendedOnce"));
});

test("the last day for the notice is the last: a minute after it nothing is extended, and overdue stays overdue", async () => {
  // Thursday, March 12, 23:50 in California is Friday in Greenwich.
  await using portal = await openTestPortal();
  const { caseId, clerk } = await givenClock(portal);
  portal.time.set("2026-03-13T06:50:00Z");
  const { digest } = await read(portal, clerk, caseId);
  portal.time.set("2026-03-13T07:10:00Z");
  const late = { caseId, digest, form: EXTEND };
  await expect(read(portal, clerk, caseId)).rejects.toEqual(refused("letters.whyNoticeLate"));
  await expect(extendCase(portal, clerk, late)).rejects.toEqual(refused("letters.whyNoticeLate"));
  const file = await getCaseFile(portal, caseId);
  expect(computeClock(file).due).toBe("2026-03-12");
  expect((await listQueue(portal, clerk)).find((row) => row.caseId === caseId)).toMatchObject({ overdue: true });
  expect(await portal.db.letter.count({ where: { kind: "extension" } })).toBe(0);
});

test("two extensions at once, from two people: one is made, the other hears that it was taken", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk, supervisor } = await givenClock(portal);
  const [mine, theirs] = await Promise.all([read(portal, clerk, caseId), read(portal, supervisor, caseId)]);
  const outcomes = await Promise.allSettled([
    extendCase(portal, clerk, { caseId, digest: mine.digest, form: EXTEND }),
    extendCase(portal, supervisor, { caseId, digest: theirs.digest, form: EXTEND }),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  expect(failed?.reason).toEqual(refused("letters.whyExtendedOnce"));
  expect(await portal.db.letter.count({ where: { caseId, kind: "extension" } })).toBe(1);
  expect(await portal.db.clockNotice.count({ where: { caseId, kind: "extended" } })).toBe(1);
});

test("who wants no mail gets the letter, and no mail", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk } = await givenClock(portal, { mode: "none" });
  await act(portal, clerk, caseId, { act: "extend", form: EXTEND });
  expect(await portal.db.letter.count({ where: { kind: "extension" } })).toBe(1);
  expect(await portal.db.outboxMail.count()).toBe(0);
});

test("several at once: each by itself, with one mark for all; one that is refused stops no other", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk, sheriff, resident } = await givenClock(portal);
  const more = await givenFiled(portal, resident, [sheriff]);
  const third = await givenFiled(portal, resident, [sheriff]);
  const ids = [caseId, more.cases[0]?.id ?? "", third.cases[0]?.id ?? ""];
  const confirmed = await Promise.all(
    ids.map(async (id, index) => {
      const form = { ...EXTEND, length: 5 + index };
      return { caseId: id, form, digest: (await read(portal, clerk, id, form)).digest };
    }),
  );
  const wrong = { ...confirmed[1]!, digest: "another letter" };
  const outcomes = await extendCases(portal, clerk, [confirmed[0]!, wrong, confirmed[2]!]);
  expect(outcomes.map((one) => one.refused?.code ?? null)).toEqual([null, "letters.refusedChanged", null]);
  const events = await portal.db.clockEvent.findMany({ where: { kind: "extended" }, orderBy: { length: "asc" } });
  expect(events.map((event) => event.length)).toEqual([5, 7]);
  expect(new Set(events.map((event) => event.groupId)).size).toBe(1);
  expect(events[0]?.groupId).not.toBeNull();
  // One alone has no mark.
  await extendCases(portal, clerk, [confirmed[1]!]);
  expect(await portal.db.clockEvent.findFirst({ where: { caseId: ids[1]!, kind: "extended" } })).toMatchObject({
    groupId: null,
  });
});

test("several of which one is not there for the clerk: none is extended", async () => {
  await using portal = await openTestPortal();
  const { caseId, stateCaseId, clerk } = await givenClock(portal);
  const { digest } = await read(portal, clerk, caseId);
  const both = [caseId, stateCaseId].map((id) => ({ caseId: id, digest, form: EXTEND }));
  await expect(extendCases(portal, clerk, both)).rejects.toThrow("not found");
  expect(await portal.db.clockEvent.count({ where: { kind: "extended" } })).toBe(0);
});
