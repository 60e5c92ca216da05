/** Somebody files for a person who cannot sign: a court paper takes the place of the person's own word. */
import { type AccountActor, type Actor, asLedgerActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { type Authority, authoritySchema, SCOPES } from "#app/people/representative.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { addDays, localDate, startOfDay, toDbDate } from "#app/platform/time/local-date.ts";
import { appendCaseLedger, type CaseFile, getCaseFile } from "../case-file.server.ts";
import { openOwnRequest } from "../draft.server.ts";
import { removeCourtPapers } from "../identity/uploads.server.ts";
import { tellResident } from "../write-to-resident.server.ts";
import { zoneOf } from "./appoint.server.ts";
import { partiesPlace, type SealedParties } from "./parties.ts";

/**
 * Says that the request was filed for somebody else, by right of a court's paper or of parenthood. From then on
 * each agency must accept the paper before it verifies anything, and the account acts in that role until the day
 * named.
 * @throws NotFound; Refused when it was said already
 */
export async function claimAuthority(
  portal: Portal,
  actor: AccountActor,
  input: { readonly requestId: string; readonly form: Authority },
): Promise<{ readonly representationId: string }> {
  const request = await openOwnRequest(portal, actor, "request.represent", input.requestId);
  const zone = await zoneOf(portal, request);
  const { kind, name, endsOn } = authoritySchema(localDate(portal.time.now(), zone)).parse(input.form);
  const id = newId();
  await inTransaction(portal, async (tx) => {
    await tx.$executeRaw`SELECT id FROM request WHERE id = ${request.id}::uuid FOR UPDATE`;
    const where = { requestId: request.id, basis: "court-paper" };
    if ((await tx.representation.count({ where })) > 0) {
      throw new Refused("representatives.claimedAlready", "This was said already.");
    }
    const now = portal.time.now();
    const keyId = await portal.vault.createKey(tx, "representation");
    const sealed: SealedParties = { name, email: null, signature: name };
    await tx.representation.create({
      data: {
        ...{ id, requestId: request.id, kind, keyId, basis: "court-paper", scopes: [...SCOPES] },
        partiesSealed: await portal.vault.seal(keyId, partiesPlace(id), JSON.stringify(sealed)),
        endsOn: toDbDate(endsOn),
        endsAt: startOfDay(addDays(endsOn, 1), zone),
        ...{ appointedBy: actor.accountId, appointedAt: now, accountId: actor.accountId, acceptedAt: now },
      },
    });
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor, "representative"),
      act: "representative.claimed",
      thing: { type: "representation", id },
      residentId: request.residentId,
      requestId: request.id,
      detail: { kind },
    });
  });
  return { representationId: id };
}

/** A clerk's verdict on the paper, for the clerk's own agency alone. What was uploaded of it is shredded. @throws NotFound */
export async function checkAuthority(
  portal: Portal,
  actor: Actor,
  input: { readonly caseId: string; readonly representationId: string; readonly verdict: "accepted" | "refused" },
): Promise<void> {
  const file = await getCaseFile(portal, input.caseId);
  authorise(actor, "case.check-identity", file.facts);
  if (actor.kind !== "account" || !isId(input.representationId)) throw new NotFound("representation");
  const by = actor.accountId;
  await inTransaction(portal, async (tx) => {
    const row = await tx.representation.findFirst({
      where: { id: input.representationId, requestId: file.requestId, basis: "court-paper" },
    });
    if (!row) throw new NotFound("representation");
    const { verdict } = input;
    await tx.authorityCheck.create({
      data: { id: newId(), representationId: row.id, caseId: file.id, verdict, by, at: portal.time.now() },
    });
    await removeCourtPapers(portal, tx, file.id);
    const link = `${portal.config.url}/request/${file.requestId}/representatives`;
    await tellResident(portal, tx, file, "something-ready", { link });
    await appendCaseLedger(portal, tx, actor, file, {
      act: "authority.checked",
      thing: { type: "representation", id: row.id },
      detail: { verdict },
    });
  });
}

/** @throws Refused while somebody says to have filed for another, and this agency has not accepted the paper */
export async function requireAuthority(tx: Transaction, file: Pick<CaseFile, "id" | "requestId">): Promise<void> {
  const claimed = await tx.representation.findMany({ where: { requestId: file.requestId, basis: "court-paper" } });
  for (const { id } of claimed) {
    const newest = await tx.authorityCheck.findFirst({
      where: { representationId: id, caseId: file.id },
      orderBy: [{ at: "desc" }, { id: "desc" }],
    });
    if (newest?.verdict !== "accepted") {
      throw new Refused(
        "identity.authorityUnchecked",
        "The paper by which somebody filed for another is not accepted.",
      );
    }
  }
}
