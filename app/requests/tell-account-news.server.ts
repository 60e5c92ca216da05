import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { JobPayload } from "#app/platform/queue/queue.server.ts";
import { openAnswers } from "./draft.server.ts";
import { openContact } from "./open-contact.server.ts";
import { writeToResident } from "./write-to-resident.server.ts";

/**
 * Job: tells somebody of news about the own account, such as a new second factor, in the way that was chosen for the
 * newest request. Who has none any more (purged) chose no other way that is still known, and is not written to.
 */
export async function tellAccountNews(portal: Portal, payload: JobPayload): Promise<void> {
  const residentId = payload["accountId"] ?? "";
  await inTransaction(portal, async (tx) => {
    const request = await tx.request.findFirst({
      where: { residentId, filedAt: { not: null }, purgedAt: null },
      orderBy: { filedAt: "desc" },
      include: { contacts: { orderBy: { at: "desc" }, take: 1 }, cases: { select: { id: true } } },
    });
    const filed = request && (await openAnswers(portal, request)).whole.contact;
    if (!request || !filed) return;
    const contact = await openContact(portal, request, filed);
    await writeToResident(portal, tx, {
      to: { residentId, contact, locale: contact.locale },
      letter: "something-ready",
      params: { link: `${portal.config.url}/account` },
      about: { type: "account", id: residentId },
      papers: request.cases.map(({ id }) => ({ caseId: id, letterId: null })),
    });
  });
}
