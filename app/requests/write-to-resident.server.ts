/** The one way by which the portal writes to a resident: it obeys what the resident chose. */
import { getAccount } from "#app/people/accounts.server.ts";
import type { ActingFor } from "#app/people/representative.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { queueMail } from "#app/platform/mail/outbox.server.ts";
import type { Letter, LetterParams } from "#app/platform/mail/templates.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { Contact } from "./contact.ts";

export interface ToResident {
  readonly to: { readonly residentId: string; readonly contact: Contact; readonly locale: "en" | "es" };
  /** As it goes by ordinary mail. Every other way says only that there is news, and never which. */
  readonly letter: Letter;
  readonly params: LetterParams;
  readonly about: { readonly type: string; readonly id: string };
  /** What is printed instead, of each case: one of its letters, or (null) only that there is news. */
  readonly papers: readonly { readonly caseId: string; readonly letterId: string | null }[];
}

/** Writes in the way that the resident chose, inside the caller's transaction; not at all when that was the choice. */
export async function writeToResident(portal: Portal, tx: Transaction, written: ToResident): Promise<void> {
  const { to, about } = written;
  const { mode, representative } = to.contact;
  if (mode === "mail") {
    const { email } = await getAccount(portal, to.residentId);
    const { letter, params } = written;
    await queueMail(portal, tx, { to: { address: email }, letter, locale: to.locale, params, about });
  }
  if (mode === "neutral") {
    const { email } = await getAccount(portal, to.residentId);
    const note = { letter: "neutral-note", params: {}, sender: "neutral", about } as const;
    await queueMail(portal, tx, { to: { address: email }, locale: to.locale, ...note });
  }
  if (mode === "representative" && representative !== undefined) {
    const note = { letter: "representative-note", params: {}, sender: "neutral", about } as const;
    await queueMail(portal, tx, { to: { address: representative }, locale: to.locale, ...note });
  }
  if (mode === "post" || mode === "counter") {
    for (const paper of written.papers) await putOnPaper(portal, tx, mode, paper);
  }
}

/** One sheet that says "there is news" is enough while it has not gone out; a letter is a sheet of its own. */
async function putOnPaper(
  portal: Pick<Portal, "time">,
  tx: Transaction,
  way: "post" | "counter",
  { caseId, letterId }: ToResident["papers"][number],
): Promise<void> {
  const waits =
    letterId === null && (await tx.paperLetter.count({ where: { caseId, letterId, way, doneAt: null } })) > 0;
  if (waits) return;
  await tx.paperLetter.create({ data: { id: newId(), caseId, way, letterId, at: portal.time.now() } });
}

/** Of a case, what writing to its resident needs: a case file has it. */
export interface Addressed {
  readonly id: string;
  readonly residentId: string;
  readonly contact: Contact;
  readonly locale: "en" | "es";
  readonly facts: { readonly representatives?: readonly ActingFor[] | undefined };
}

/**
 * Writes to the resident of a case, and to those who act for the resident and may receive.
 * @param letterId the letter of the case that is told of, for those who get paper
 */
export async function tellResident(
  portal: Portal,
  tx: Transaction,
  file: Addressed,
  letter: Letter,
  params: LetterParams,
  letterId: string | null = null,
): Promise<void> {
  await tellReceivers(portal, tx, file, letter, params);
  await writeToResident(portal, tx, {
    to: file,
    letter,
    params,
    about: { type: "case", id: file.id },
    papers: [{ caseId: file.id, letterId }],
  });
}

/** The same to those who act for the resident and may receive, wherever the resident chose not to be written to. */
async function tellReceivers(portal: Portal, tx: Transaction, file: Addressed, letter: Letter, params: LetterParams) {
  for (const { accountId, scopes } of file.facts.representatives ?? []) {
    if (!scopes.includes("receive") || accountId === file.residentId) continue;
    const { email, locale } = await getAccount(portal, accountId);
    await queueMail(portal, tx, {
      to: { address: email },
      letter,
      locale,
      params,
      about: { type: "case", id: file.id },
    });
  }
}
