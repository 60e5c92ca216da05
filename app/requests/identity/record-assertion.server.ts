import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { appendCaseLedger, getCaseFile } from "../case-file.server.ts";
import { ASSERTION_LEVEL } from "./identity-policy.ts";
import { addProof } from "./proofs.server.ts";

/** What an issuer says of the one who signed in there, once its signature and its audience have been checked. */
export interface Assertion {
  readonly name: string;
  /** YYYY-MM-DD */
  readonly birthDate: string;
  /** The level of identity assurance, 1 to 3 (NIST SP 800-63A). */
  readonly level: number;
}

/**
 * Keeps, for each identifier of a case, that an issuer knows the one who asks as the person in whose name the
 * request was made. Whose the identifiers are it does not say: identity-policy.ts wants that beside it.
 *
 * The sign-in through an issuer calls this when it has verified the assertion, for the resident's own session.
 * @throws NotFound
 * @throws Refused `identity.assertionWeak` below the level that counts, `identity.assertionOther` for another person
 */
export async function recordAssertion(
  portal: Portal,
  actor: Actor,
  input: { readonly caseId: string; readonly assertion: Assertion },
): Promise<void> {
  const file = await getCaseFile(portal, input.caseId);
  authorise(actor, "identity.prove", file.facts);
  const { name, birthDate, level } = input.assertion;
  if (!Number.isInteger(level) || level < ASSERTION_LEVEL || level > 3) {
    throw new Refused("identity.assertionWeak", "This sign-in has not looked at an identity document.");
  }
  if (birthDate !== file.birthDate || spelling(name) !== spelling(file.residentName)) {
    throw new Refused("identity.assertionOther", "This sign-in belongs to somebody of another name or birth date.");
  }
  const identifiers = await portal.db.identifier.findMany({ where: { requestId: file.requestId } });
  if (identifiers.length === 0) throw new NotFound("identifier");
  await inTransaction(portal, async (tx) => {
    for (const { id } of identifiers) {
      const proof = { basis: "assertion", shown: [], validFrom: null, validTo: null, level, by: null } as const;
      await addProof(portal, tx, { ...proof, caseId: file.id, identifierId: id });
    }
    await appendCaseLedger(portal, tx, actor, file, { act: "identity.asserted", detail: { level } });
  });
}

/** One name in one spelling: case, accents, hyphens and blanks do not part a person from himself. */
function spelling(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
