import type { Actor } from "#app/people/actor.ts";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate, toDbDate } from "#app/platform/time/local-date.ts";
import { appendCaseLedger, openCaseFile } from "./case-file.server.ts";
import { identifierCheckSchema } from "./identifier-check.ts";

export interface CheckIdentifier {
  readonly caseId: string;
  readonly identifierId: string;
  readonly verdict: string;
  readonly basis: string;
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
}

/**
 * Records a clerk's verdict on one identifier of a case. Earlier verdicts stay; the newest counts.
 * @throws NotFound
 * @throws Refused `request.checkNotWhole` when the verdict breaks a rule of identifierCheckSchema
 */
export async function checkIdentifier(portal: Portal, actor: Actor, input: CheckIdentifier): Promise<void> {
  const file = await openCaseFile(portal, actor, "case.check-identity", input.caseId);
  if (actor.kind !== "account" || !isId(input.identifierId)) throw new NotFound("identifier");
  const check = identifierCheckSchema(localDate(portal.time.now(), file.agency.zone)).safeParse(input);
  if (!check.success) {
    throw new Refused("request.checkNotWhole", "A verdict needs how it was proved and, when verified, the first day.");
  }
  const { verdict, basis, validFrom, validTo } = check.data;
  await inTransaction(portal, async (tx) => {
    const claim = await tx.identifier.findFirst({ where: { id: input.identifierId, requestId: file.requestId } });
    if (!claim) throw new NotFound("identifier");
    await tx.identifierCheck.create({
      data: {
        id: newId(),
        identifierId: claim.id,
        caseId: file.id,
        verdict,
        basis,
        validFrom: verdict === "verified" && validFrom !== null ? toDbDate(validFrom) : null,
        validTo: verdict === "verified" && validTo !== null ? toDbDate(validTo) : null,
        by: actor.accountId,
        at: portal.time.now(),
      },
    });
    await appendCaseLedger(portal, tx, actor, file, {
      act: "identifier.checked",
      thing: { type: "identifier", id: claim.id },
      detail: { verdict, basis },
    });
  });
}
