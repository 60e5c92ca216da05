// However a resident is reached: every letter there is, in every way there is, gives nothing away that it must not.
import { globSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { describe, expect, test } from "vitest";
import { askSignIn } from "#app/people/ask-sign-in.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { sendMail } from "#app/platform/mail/send-mail.server.ts";
import { LETTER_NAMES, type Letter } from "#app/platform/mail/templates.server.ts";
import { getCaseFile } from "#app/requests/case-file.server.ts";
import { CONTACT_MODES, type ContactMode, contactSchema } from "#app/requests/contact.ts";
import { chooseContact, getOwnContact } from "#app/requests/contact-choice.server.ts";
import { fileRequest } from "#app/requests/file-request.server.ts";
import { finishPaper, getPaper, listPapers } from "#app/requests/papers.server.ts";
import { tellResident, writeToResident } from "#app/requests/write-to-resident.server.ts";
import { givenDesks } from "#test/requests/given-handlers.ts";
import { answersOf, givenActor, givenDraft, givenWorld, PERSON } from "#test/requests/given-request.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const FRIEND = "friend@trusted.example";
const ADDRESS = "M. Q.\n12 Hidden Lane\nMarigold, CA 95999";
const contactOf = (mode: ContactMode) => {
  if (mode === "post") return { mode, address: ADDRESS };
  return mode === "representative" ? { mode, representative: FRIEND } : { mode };
};

/** Every hole that any letter has, filled with what must not leave. */
const PARAMS = {
  link: "http://localhost:3000/request/3f0c",
  code: "918273",
  minutes: "10",
  number: "WL-2026-55512",
  agency: "Test County Sheriff",
  system: "Plate cameras",
  gaps: "March 2026",
  days: "fourteen",
  checkpoint: "no checkpoint",
  entries: "forty-one",
  day: "a day in spring",
};
const TELLING = [
  "wholooked",
  "localhost:3000",
  "http",
  "sheriff",
  "police",
  "plate",
  "records",
  "WL-2026",
  "request",
  "solicitud",
];

interface Posted {
  readonly raw: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
}

/** Sends all that waits, and reads it as the mailbox gets it. */
async function deliverAll(portal: TestPortal): Promise<Posted[]> {
  const mails = await portal.db.outboxMail.findMany({ where: { events: { none: { kind: "sent" } } } });
  for (const { id } of mails) await sendMail(portal, { mailId: id });
  const folder = join(portal.config.dataFolder, "mail");
  const names = await readdir(folder).catch(() => []);
  const own = names.filter((name) => mails.some(({ id }) => name === `${id}.eml`));
  return Promise.all(
    own.map(async (name) => {
      const raw = await readFile(join(folder, name), "utf8");
      const { from, subject = "", text = "", messageId = "", to } = await simpleParser(raw);
      const address = [to ?? []].flat()[0]?.text ?? "";
      return { raw, to: address, from: from?.text ?? "", subject, text, messageId };
    }),
  );
}

describe.each(CONTACT_MODES)("%s", (mode) => {
  test.each(["en", "es"] as const)("every letter, in %s", async (locale) => {
    await using portal = await openTestPortal({ env: { MAIL_FROM: "records@sheriff.example.gov" } });
    const { sheriff } = await givenWorld(portal);
    const resident = await givenActor(portal, PERSON);
    const filed = await fileRequest(
      portal,
      resident,
      await givenDraft(portal, resident, { ...answersOf([sheriff]), contact: { locale, ...contactOf(mode) } }),
    );
    await deliverAll(portal);
    const { id: caseId } = await portal.db.case.findFirstOrThrow({ where: { requestId: filed.requestId } });
    const { contact } = await getCaseFile(portal, caseId);
    for (const letter of LETTER_NAMES) {
      await inTransaction(portal, (tx) =>
        writeToResident(portal, tx, {
          to: { residentId: resident.accountId, contact, locale },
          letter,
          params: PARAMS,
          about: { type: "case", id: caseId },
          papers: [{ caseId, letterId: null }],
        }),
      );
      const posted = await deliverAll(portal);
      expect(posted.length, letter).toBe(["mail", "neutral", "representative"].includes(mode) ? 1 : 0);
      for (const one of posted) checkLetter(one, mode, letter);
    }
    const papers = await portal.db.paperLetter.findMany({ where: { caseId } });
    // The first letter of the case, and one sheet for all the news that waits.
    expect(papers.map((paper) => paper.way)).toEqual(mode === "post" || mode === "counter" ? [mode, mode] : []);
  });
});

function checkLetter(posted: Posted, mode: ContactMode, letter: Letter): void {
  expect(posted.to).toBe(mode === "representative" ? FRIEND : PERSON.email);
  for (const word of ["wholooked", "sheriff", "police", "plate", "portal"]) {
    // What goes to a custodian about its own log names it; a resident is never sent that.
    if (letter !== "feed-reminder") expect(posted.subject.toLowerCase(), letter).not.toContain(word);
  }
  expect(posted.raw).not.toContain(PERSON.name);
  if (mode === "mail") return;
  expect(posted.from).toBe('"Note" <note@localhost.localdomain>');
  expect(posted.messageId).toMatch(/@localhost\.localdomain>$/);
  // Nothing in any header or line tells of it: the whole message as it travels, but for whom it goes to.
  const travels = posted.raw.replace(/^To: .*$/m, "").toLowerCase();
  for (const word of [...TELLING, ...Object.values(PARAMS), "records@sheriff"]) {
    expect(travels, `${letter}: ${word}`).not.toContain(word.toLowerCase() === "10" ? "{10}" : word.toLowerCase());
  }
}

test("all letters are one in the neutral way: none tells which it is", async () => {
  await using portal = await openTestPortal();
  const { resident, caseId, requestId } = await givenDesks(portal);
  await chooseContact(portal, resident, { requestId, contact: { mode: "neutral", locale: "en" } });
  await deliverAll(portal);
  const texts = new Set<string>();
  for (const letter of LETTER_NAMES) {
    const file = await getCaseFile(portal, caseId);
    await inTransaction(portal, (tx) => tellResident(portal, tx, file, letter, PARAMS));
    for (const { subject, text } of await deliverAll(portal)) texts.add(JSON.stringify({ subject, text }));
  }
  expect(texts.size).toBe(1);
});

test("the sign-in letter is the same for everyone: neutral sender and subject, in whatever way one is reached", async () => {
  await using portal = await openTestPortal({ env: { MAIL_FROM: "records@sheriff.example.gov" } });
  const { resident, requestId } = await givenDesks(portal);
  await chooseContact(portal, resident, { requestId, contact: { mode: "neutral", locale: "en" } });
  await deliverAll(portal);
  const forms = new Set<string>();
  for (const email of [PERSON.email, "nobody.here@example.org"]) {
    await askSignIn(portal, { email, locale: "en" });
    for (const { from, subject, text, messageId } of await deliverAll(portal)) {
      expect(`${from} ${subject} ${messageId}`.toLowerCase()).not.toMatch(/wholooked|sheriff/);
      const blank = text.replace(/\d{6}/g, "CODE").replace(/enter\/\S+/g, "LINK");
      forms.add(JSON.stringify({ from, subject, text: blank }));
    }
  }
  expect(forms.size).toBe(1);
});

test("there is one way to write to a resident; every other letter goes to somebody at work", () => {
  const writers = globSync("app/**/*.{ts,tsx}")
    .filter((file) => !file.includes("/generated/") && /\bqueueMail\(/.test(readFileSync(file, "utf8")))
    .sort();
  expect(writers).toEqual([
    "app/complaints/tell-followers.server.ts",
    "app/feeds/feed-reminder.server.ts",
    // About the account itself, to the address that it is signed in with: like the sign-in letter, never of a request.
    "app/people/ask-sign-in.server.ts",
    "app/people/change-contact.server.ts",
    "app/people/factors/tell-owner.server.ts",
    "app/people/invite-member.server.ts",
    "app/people/undo-contact-change.server.ts",
    "app/platform/ledger/hand-out-checkpoints.server.ts",
    "app/platform/mail/outbox.server.ts",
    "app/requests/check-handlers.server.ts",
    // To whom the resident appoints.
    "app/requests/representatives/appoint.server.ts",
    "app/requests/tell-staff.server.ts",
    "app/requests/write-to-resident.server.ts",
  ]);
});

test("without a neutral sender a neutral note waits and shows as failing, rather than go out under the agency's name", async () => {
  await using portal = await openTestPortal({
    env: { MAIL_FROM: "records@sheriff.example.gov", SMTP_URL: "smtp://127.0.0.1:9" },
  });
  const { resident, caseId, requestId } = await givenDesks(portal);
  await portal.db.mailEvent.deleteMany();
  await portal.db.outboxMail.deleteMany();
  expect(portal.config.mailNeutralFrom).toBeUndefined();
  await chooseContact(portal, resident, { requestId, contact: { mode: "neutral", locale: "en" } });
  const file = await getCaseFile(portal, caseId);
  await inTransaction(portal, (tx) => tellResident(portal, tx, file, "something-ready", PARAMS));
  const { id } = await portal.db.outboxMail.findFirstOrThrow({ where: { template: "neutral-note" } });
  await expect(sendMail(portal, { mailId: id })).rejects.toThrow("NO_NEUTRAL_SENDER");
  const events = await portal.db.mailEvent.findMany({ where: { mailId: id }, orderBy: { at: "asc" } });
  expect(events.map(({ kind }) => kind).sort()).toEqual(["failed", "queued"]);
});

test("a change is told once more in the way that held until then, and holds from then on", async () => {
  await using portal = await openTestPortal();
  const { resident, clerk, caseId, requestId } = await givenDesks(portal);
  await deliverAll(portal);
  const post = { mode: "post", locale: "es", address: ADDRESS } as const;
  await chooseContact(portal, resident, { requestId, contact: post });
  await chooseContact(portal, resident, { requestId, contact: post });
  expect((await deliverAll(portal)).map(({ to, subject }) => [to, subject])).toEqual([
    [PERSON.email, "There is news for you"],
  ]);
  expect(await getOwnContact(portal, resident, requestId)).toEqual(post);
  await chooseContact(portal, resident, { requestId, contact: { mode: "none", locale: "es" } });
  expect(await deliverAll(portal)).toEqual([]);
  expect(await listPapers(portal, clerk)).toHaveLength(1);
  expect((await getCaseFile(portal, caseId)).contact).toEqual({ mode: "none", locale: "es" });
  await expect(getOwnContact(portal, clerk, requestId)).rejects.toMatchObject({ name: "NotFound" });
});

test("a letter by post is printed with its address by whoever may work on the case, once", async () => {
  await using portal = await openTestPortal();
  const { sheriff, clerk, stateClerk } = await givenDesks(portal);
  const other = await givenActor(portal, { email: "by.post@example.org" });
  const contact = { mode: "post", locale: "es", address: ADDRESS };
  await fileRequest(portal, other, await givenDraft(portal, other, { ...answersOf([sheriff]), contact }));
  const [waiting] = await listPapers(portal, clerk);
  const id = waiting?.id ?? "";
  expect(waiting).toMatchObject({ way: "post", number: expect.stringMatching(/^WL-2026-\d{5}-A$/) });
  expect(JSON.stringify(waiting)).not.toContain("Hidden Lane");
  const paper = await getPaper(portal, clerk, id);
  expect(paper).toMatchObject({ address: ADDRESS, name: PERSON.name, kind: "acknowledgement", locale: "es" });
  expect(paper.text).toContain("12 de marzo de 2026");
  expect(await listPapers(portal, stateClerk)).toEqual([]);
  await expect(getPaper(portal, stateClerk, id)).rejects.toMatchObject({ name: "NotFound" });
  await expect(finishPaper(portal, stateClerk, id)).rejects.toMatchObject({ name: "NotFound" });
  await finishPaper(portal, clerk, id);
  await finishPaper(portal, clerk, id);
  expect(await listPapers(portal, clerk)).toEqual([]);
  const { rows } = await portal.pool.query("SELECT body FROM ledger.entry");
  expect(rows.filter(({ body }) => String(body).includes("paper.posted"))).toHaveLength(1);
});

test("what a way needs is asked for, and what it does not need is not kept", () => {
  const read = (contact: unknown) => contactSchema().safeParse(contact);
  expect(read({ mode: "post", locale: "en" }).error?.issues[0]).toMatchObject({ path: ["address"] });
  expect(read({ mode: "representative", locale: "en", representative: "x" }).error?.issues[0]).toMatchObject({
    path: ["representative"],
    message: "errors.email",
  });
  expect(read({ mode: "carrier-pigeon", locale: "en" }).success).toBe(false);
  const kept = read({ mode: "none", locale: "en", address: ADDRESS, representative: FRIEND });
  expect(kept.data).toEqual({ mode: "none", locale: "en" });
});
