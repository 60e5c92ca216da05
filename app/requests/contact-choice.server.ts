/** How a resident may be written to: as answered when filing, or as chosen since. */
import { getAccount, noteWrittenByMail } from "#app/people/accounts.server.ts";
import { type AccountActor, asLedgerActor } from "#app/people/actor.ts";
import type { Database, Transaction } from "#app/platform/database/database.server.ts";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type ContactAnswer, contactSchema } from "./contact.ts";
import { openOwnRequest } from "./draft.server.ts";
import { choicePlace, openContact } from "./open-contact.server.ts";
import { writeToResident } from "./write-to-resident.server.ts";

/** The way in which a filed request's resident is written to now. @throws NotFound */
export async function getOwnContact(portal: Portal, actor: AccountActor, requestId: string): Promise<ContactAnswer> {
  return (await openFiled(portal, actor, requestId, portal.db)).contact;
}

/** The same with the mail address that the account has, for the page on which it is changed. @throws NotFound */
export async function getReach(
  portal: Portal,
  actor: AccountActor,
  requestId: string,
): Promise<{ readonly contact: ContactAnswer; readonly email: string }> {
  const contact = await getOwnContact(portal, actor, requestId);
  const { email } = await getAccount(portal, actor.accountId);
  return { contact, email };
}

/**
 * Changes how the resident is written to. That it was changed is told once more in the way that held until now: who
 * changes it in somebody else's name is not unseen.
 * @throws NotFound
 */
export async function chooseContact(
  portal: Portal,
  actor: AccountActor,
  input: { readonly requestId: string; readonly contact: ContactAnswer },
): Promise<void> {
  const contact = contactSchema().parse(input.contact);
  await inTransaction(portal, async (tx) => {
    if (!isId(input.requestId)) throw new NotFound("request");
    await tx.$executeRaw`SELECT id FROM request WHERE id = ${input.requestId}::uuid FOR UPDATE`;
    const { request, contact: before, chosenAt } = await openFiled(portal, actor, input.requestId, tx);
    if (JSON.stringify(before) === JSON.stringify(contact)) return;
    const id = newId();
    const choiceSealed = await portal.vault.seal(request.keyId, choicePlace(id), JSON.stringify(contact));
    const now = portal.time.now();
    // They are read in the order of their instants: no two may share one.
    const at = chosenAt !== null && chosenAt >= now ? new Date(chosenAt.getTime() + 1) : now;
    await tx.contactChoice.create({ data: { id, requestId: request.id, choiceSealed, at } });
    await tx.request.update({ where: { id: request.id }, data: { locale: contact.locale } });
    await noteWrittenByMail(tx, request.residentId, contact.mode === "mail");
    const cases = await tx.case.findMany({ where: { requestId: request.id }, select: { id: true } });
    await writeToResident(portal, tx, {
      to: { residentId: request.residentId, contact: before, locale: before.locale },
      letter: "something-ready",
      params: { link: `${portal.config.url}/my` },
      about: { type: "request", id: request.id },
      papers: cases.map((one) => ({ caseId: one.id, letterId: null })),
    });
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor, "resident"),
      act: "reach.changed",
      thing: { type: "request", id: request.id },
      residentId: request.residentId,
      requestId: request.id,
    });
  });
}

async function openFiled(portal: Portal, actor: AccountActor, requestId: string, db: Database | Transaction) {
  const request = await openOwnRequest(portal, actor, "request.contact", requestId, db);
  const { contact: filed } = request.answers.whole;
  if (request.filedAt === null || !filed) throw new NotFound("request");
  const contacts = await db.contactChoice.findMany({
    where: { requestId: request.id },
    orderBy: { at: "desc" },
    take: 1,
  });
  const contact = await openContact(portal, { keyId: request.keyId, contacts }, filed);
  return { request, contact, chosenAt: contacts[0]?.at ?? null };
}
