// Letters about second factors go to a mailbox that somebody else may read: they obey what the resident chose.
import { expect, it } from "vitest";
import { jobs } from "#app/jobs.ts";
import { tellOwner } from "#app/people/factors/tell-owner.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { openMail } from "#app/platform/mail/send-mail.server.ts";
import { CONTACT_MODES, type ContactMode } from "#app/requests/contact.ts";
import { chooseContact } from "#app/requests/contact-choice.server.ts";
import { fileRequest } from "#app/requests/file-request.server.ts";
import { answersOf, givenActor, givenDraft, givenWorld, PERSON } from "#test/requests/given-request.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";

const FRIEND = "friend@trusted.example";
const HOW = {
  post: { address: "M. Q.\n12 Hidden Lane\nMarigold, CA 95999" },
  representative: { representative: FRIEND },
} as const;

const contactOf = (mode: ContactMode) => ({
  mode,
  locale: "en" as const,
  ...(mode === "post" || mode === "representative" ? HOW[mode] : {}),
});

/** What is queued, and what lies on the clerks' list, since the resident was told of a new factor. */
async function told(portal: TestPortal, accountId: string) {
  const [mails, papers] = [await portal.db.outboxMail.findMany(), await portal.db.paperLetter.findMany()];
  await inTransaction(portal, (tx) => tellOwner(portal, tx, accountId, "factor-added"));
  await drain(portal, { "tell-account-news": jobs["tell-account-news"]! });
  const known = new Set(mails.map(({ id }) => id));
  const sent = (await portal.db.outboxMail.findMany()).filter(({ id }) => !known.has(id));
  return {
    mails: await Promise.all(
      sent.map(async (mail) => [mail.template, mail.sender, (await openMail(portal, mail)).to.address]),
    ),
    waiting: (await portal.db.paperLetter.findMany()).length - papers.length,
  };
}

const EXPECTED: Readonly<Record<ContactMode, unknown[]>> = {
  mail: [["factor-added", "portal", PERSON.email]],
  neutral: [["neutral-note", "neutral", PERSON.email]],
  post: [],
  counter: [],
  representative: [["representative-note", "neutral", FRIEND]],
  none: [],
};

it.each(CONTACT_MODES)("about a factor obeys the way chosen: %s", async (mode) => {
  await using portal = await openTestPortal();
  const { sheriff } = await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const answers = { ...answersOf([sheriff]), contact: contactOf(mode) };
  const { requestId } = await fileRequest(portal, resident, await givenDraft(portal, resident, answers));
  await portal.db.paperLetter.updateMany({ data: { doneAt: portal.time.now() } });
  const news = await told(portal, resident.accountId);
  expect(news.mails.map(([letter, sender, to]) => [letter, sender, to])).toEqual(EXPECTED[mode]);
  expect(news.waiting).toBe(mode === "post" || mode === "counter" ? 1 : 0);
  // Another way is chosen, and holds from then on.
  portal.time.advance({ minutes: 1 });
  await chooseContact(portal, resident, { requestId, contact: contactOf(mode === "mail" ? "neutral" : "mail") });
  const next = await told(portal, resident.accountId);
  expect(next.mails).toEqual(EXPECTED[mode === "mail" ? "neutral" : "mail"]);
});
