/** Who does a duty on one case in place of the agency's own people, because walls keep these out. Pure. */
import { type Actor, hasRole, type Role } from "./actor.ts";

/** The two duties of a case: whoever did the one cannot do the other. */
export const DUTIES = ["clerk", "supervisor"] as const;
export type Duty = (typeof DUTIES)[number];

export interface StandInFacts {
  readonly duty: Duty;
  /** Everyone in this role at this agency; null when it is one account. */
  readonly office: { readonly agencyId: string; readonly role: Role } | null;
  readonly accountId: string | null;
}

/** Does the actor do one of these duties here? */
export function standsIn(actor: Actor, duties: readonly Role[], standIns: readonly StandInFacts[]): boolean {
  return standIns.some((one) => duties.includes(one.duty) && isMeant(actor, one));
}

function isMeant(actor: Actor, { office, accountId }: StandInFacts): boolean {
  if (actor.kind !== "account") return false;
  return office === null ? actor.accountId === accountId : hasRole(actor, office.role, office.agencyId);
}

/** As it is stored. What stands there and is no duty or role stands in for nothing. */
export function standInFacts(
  rows: readonly { duty: string; agencyId: string | null; role: string | null; accountId: string | null }[],
): StandInFacts[] {
  return rows.flatMap(({ duty, agencyId, role, accountId }): StandInFacts[] => {
    const known = DUTIES.find((one) => one === duty);
    const held = (["clerk", "supervisor", "intake"] as const).find((one) => one === role);
    if (!known) return [];
    if (accountId !== null) return [{ duty: known, office: null, accountId }];
    return agencyId !== null && held ? [{ duty: known, office: { agencyId, role: held }, accountId: null }] : [];
  });
}
