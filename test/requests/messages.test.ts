import { expect, test } from "vitest";
import type { AccountActor } from "#app/people/actor.ts";
import { newId } from "#app/platform/database/id.ts";
import { NotFound } from "#app/platform/failure.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { openMail } from "#app/platform/mail/send-mail.server.ts";
import {
  type At,
  discardMessage,
  draftMessage,
  getTalk,
  readMessageFile,
  requireWriter,
  sendMessage,
} from "#app/requests/messages.server.ts";
import { type GivenCase, givenCase } from "#test/histories/given-case.ts";
import { jpeg } from "#test/requests/identity/given-files.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const WORDS = "Was it Xochitl's car that you mean?";

const desk = (given: GivenCase): At => ({ side: "agency", caseId: given.caseId });
const own = (given: GivenCase): At => ({ side: "resident", caseId: given.caseId, requestId: given.requestId });

async function write(portal: TestPortal, actor: AccountActor, at: At, text = WORDS): Promise<void> {
  portal.time.advance({ minutes: 1 });
  await draftMessage(portal, actor, { ...at, text, file: null });
  const { draft } = await getTalk(portal, actor, at);
  await sendMessage(portal, actor, { ...at, messageId: draft?.id ?? "", writtenAt: draft?.at ?? new Date(0) });
}

/** They work there as the registry knows it too, so that they get letters. */
async function employ(portal: TestPortal, actor: AccountActor): Promise<void> {
  const rows = actor.memberships.map((held) => ({
    ...{ ...held, id: newId(), accountId: actor.accountId, createdAt: portal.time.now() },
  }));
  await portal.db.membership.createMany({ data: rows });
}

async function lettersTo(portal: TestPortal, address: string): Promise<{ template: string; text: string }[]> {
  const mails = await portal.db.outboxMail.findMany({ orderBy: { createdAt: "asc" } });
  const opened = await Promise.all(mails.map(async (mail) => ({ mail, open: await openMail(portal, mail) })));
  return opened
    .filter(({ open }) => open.to.address === address)
    .map(({ mail, open }) => ({ template: mail.template, text: JSON.stringify(open) }));
}

test("clerk and resident write to each other; each is told that there is news, and nothing of what it is", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await employ(portal, given.clerk);
  await write(portal, given.clerk, desk(given));
  await write(portal, given.resident, own(given), "No, mine.");
  const read = await getTalk(portal, given.resident, own(given));
  expect(read.messages.map(({ side, text }) => [side, text])).toEqual([
    ["agency", WORDS],
    ["resident", "No, mine."],
  ]);
  // Who at the agency wrote stands nowhere in what the resident gets.
  expect(JSON.stringify(read)).not.toContain(given.clerk.accountId);
  const toResident = await lettersTo(portal, "resident@example.org");
  expect(toResident.map(({ template }) => template)).toContain("something-ready");
  const toClerk = await lettersTo(portal, "clerk@example.org");
  expect(toClerk.map(({ template }) => template)).toEqual(["staff-task"]);
  for (const { text } of [...toResident, ...toClerk]) expect(text).not.toMatch(/Xochitl|No, mine/);
  const dump = await portal.pool.query("SELECT t::text AS row FROM case_message t");
  expect(JSON.stringify(dump.rows)).not.toMatch(/Xochitl|No, mine/);
  const acts = (await listLedgerOfCase(portal, given.caseId)).map(({ act }) => act);
  expect(acts.filter((act) => act === "message.sent")).toHaveLength(2);
  expect(acts).toContain("messages.read");
});

test("who wants no mail gets none, and a walled clerk gets no letter and finds nothing", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal, { contact: "none" });
  await employ(portal, given.clerk);
  await employ(portal, given.both);
  await write(portal, given.clerk, desk(given));
  expect(await lettersTo(portal, "resident@example.org")).toEqual([]);
  const wall = { requestId: given.requestId, accountId: given.clerk.accountId, at: portal.time.now() };
  await portal.db.wall.create({ data: wall });
  await write(portal, given.resident, own(given), "Hello.");
  expect(await lettersTo(portal, "clerk@example.org")).toEqual([]);
  expect(await lettersTo(portal, "both@example.org")).toHaveLength(1);
  await expect(getTalk(portal, given.clerk, desk(given))).rejects.toThrow(NotFound);
  await expect(requireWriter(portal, given.clerk, desk(given))).rejects.toThrow(NotFound);
});

test("others find nothing: strangers, other agencies, the clerk from the resident's side, and another request's name", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await write(portal, given.clerk, desk(given));
  const tries: [AccountActor, At][] = [
    [given.stranger, own(given)],
    [given.stranger, desk(given)],
    [given.resident, desk(given)],
    [given.clerk, own(given)],
    [given.otherClerk, desk(given)],
    [given.otherSupervisor, desk(given)],
    [given.resident, { ...own(given), requestId: newId() }],
    [given.resident, { side: "resident", caseId: given.caseId }],
    [given.resident, { ...own(given), caseId: newId() }],
  ];
  for (const [actor, at] of tries) {
    await expect(getTalk(portal, actor, at)).rejects.toThrow(NotFound);
    await expect(draftMessage(portal, actor, { ...at, text: "x", file: null })).rejects.toThrow(NotFound);
    await expect(requireWriter(portal, actor, at)).rejects.toThrow(NotFound);
  }
  expect(await portal.db.caseMessage.count()).toBe(1);
});

test("a clerk of the resident's name is asked about a conflict before reading or writing; the resident never is", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const namesake = { ...given.clerk, name: "Rosa Ortega" };
  const asked = { code: "walls.refusedConflict" };
  await expect(getTalk(portal, namesake, desk(given))).rejects.toMatchObject(asked);
  await expect(requireWriter(portal, namesake, desk(given))).rejects.toMatchObject(asked);
  const words = { ...desk(given), text: "x", file: null };
  await expect(draftMessage(portal, namesake, words)).rejects.toMatchObject(asked);
  await write(portal, { ...given.resident, name: "Ana Lucía Ortega" }, own(given), "Hello.");
  expect((await getTalk(portal, given.clerk, desk(given))).messages).toHaveLength(1);
});

test("a draft is one's own, is replaced, thrown away, and sent once, as it was read", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const at = desk(given);
  await draftMessage(portal, given.clerk, { ...at, text: "First words", file: null });
  expect((await getTalk(portal, given.supervisor, at)).draft).toBeNull();
  expect((await getTalk(portal, given.resident, own(given))).messages).toEqual([]);
  const { draft: first } = await getTalk(portal, given.clerk, at);
  portal.time.advance({ minutes: 1 });
  await draftMessage(portal, given.clerk, { ...at, text: "Second words", file: null });
  const sent = { ...at, messageId: first?.id ?? "", writtenAt: first?.at ?? new Date(0) };
  await expect(sendMessage(portal, given.clerk, sent)).rejects.toMatchObject({ code: "talk.changed" });
  const { draft: second } = await getTalk(portal, given.clerk, at);
  const whole = { ...sent, writtenAt: second?.at ?? new Date(0) };
  const both = await Promise.allSettled([
    sendMessage(portal, given.clerk, whole),
    sendMessage(portal, given.clerk, whole),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await getTalk(portal, given.resident, own(given))).messages.map(({ text }) => text)).toEqual([
    "Second words",
  ]);
  await draftMessage(portal, given.clerk, { ...at, text: "Third words", file: null });
  await discardMessage(portal, given.clerk, at);
  expect((await getTalk(portal, given.clerk, at)).draft).toBeNull();
  for (const [text, code] of [
    ["  ", "talk.empty"],
    ["x".repeat(4001), "talk.tooLong"],
  ] as const) {
    await expect(draftMessage(portal, given.clerk, { ...at, text, file: null })).rejects.toMatchObject({ code });
  }
});

test("a file is checked like every upload, and opened by the two sides alone", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const at = desk(given);
  const disguised = { name: "letter.pdf", bytes: Buffer.from("<script>alert(1)</script>") };
  await expect(draftMessage(portal, given.clerk, { ...at, text: "x", file: disguised })).rejects.toMatchObject({
    code: expect.stringMatching(/^identity\.upload/),
  });
  expect(await portal.db.caseMessage.count()).toBe(0);
  await draftMessage(portal, given.clerk, { ...at, text: "See here", file: { name: "a.jpg", bytes: jpeg() } });
  const { draft } = await getTalk(portal, given.clerk, at);
  const file = { messageId: draft?.id ?? "" };
  // Not before it is sent.
  await expect(readMessageFile(portal, given.resident, { ...own(given), ...file })).rejects.toThrow(NotFound);
  await sendMessage(portal, given.clerk, { ...at, ...file, writtenAt: draft?.at ?? new Date(0) });
  const got = await readMessageFile(portal, given.resident, { ...own(given), ...file });
  expect(got.mediaType).toBe("image/jpeg");
  for (const actor of [given.stranger, given.otherClerk]) {
    await expect(readMessageFile(portal, actor, { ...desk(given), ...file })).rejects.toThrow(NotFound);
  }
  const acts = (await listLedgerOfCase(portal, given.caseId)).map(({ act }) => act);
  expect(acts.filter((act) => act === "message.file-read")).toHaveLength(1);
});

test("a message moves no clock, and the page says what a question by letter would do", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const events = await portal.db.clockEvent.count({ where: { caseId: given.caseId } });
  await write(portal, given.clerk, desk(given));
  expect(await portal.db.clockEvent.count({ where: { caseId: given.caseId } })).toBe(events);
  const { question } = await getTalk(portal, given.clerk, desk(given));
  expect(question).toMatchObject({ does: "nothing", openSince: null });
  expect(question.cite).toMatch(/Gov\. Code/);
});
