/** Whoever may be of the resident's family is asked to step aside before the file opens. Pure. */
import { Refused } from "#app/platform/failure.ts";
import type { Actor } from "./actor.ts";
import { sharesAddress, sharesSurname } from "./name-match.ts";

/** The resident as far as a conflict shows. */
export interface Namesake {
  readonly caseId: string;
  readonly name: string;
  /** Postal address, mail address: what is known. */
  readonly address: string | null;
  /** Accounts that have said, with a reason, that they are not of the same family. */
  readonly clearedIds: readonly string[];
}

/** Surname or postal address are alike. */
export function hasConflict(
  staff: { readonly name: string; readonly addresses: readonly string[] },
  resident: Pick<Namesake, "name" | "address">,
): boolean {
  const { address } = resident;
  return (
    sharesSurname(staff.name, resident.name) ||
    (address !== null && staff.addresses.some((own) => sharesAddress(own, address)))
  );
}

/** Not yet answered: by `authorise` alone, so that lists and letters still reach whoever may have to answer. */
export function isAskedToStepAside(actor: Actor, action: string, facts: { namesake?: Namesake | undefined }): boolean {
  if (actor.kind !== "account" || !action.startsWith("case.") || facts.namesake === undefined) return false;
  if (facts.namesake.clearedIds.includes(actor.accountId)) return false;
  return hasConflict({ name: actor.name, addresses: actor.addresses ?? [] }, facts.namesake);
}

/** Somebody must say first whether there is a conflict. The page that asks lies at the case. */
export class StepAsideAsked extends Refused {
  readonly caseId: string;
  constructor(caseId: string) {
    super(
      "walls.refusedConflict",
      "Before you open this file, say whether you and the person who asked are family or share a household.",
    );
    this.name = "StepAsideAsked";
    this.caseId = caseId;
  }
}
