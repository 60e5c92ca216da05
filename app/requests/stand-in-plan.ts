/** Who may still work on a case, and who does it where the agency's own people may not. Pure. */
import type { Duty, StandInFacts } from "#app/people/stand-in.ts";

/** Accounts that could do each duty, if no wall and no former part in the answer spoke against them. */
export interface Pool {
  readonly clerk: readonly string[];
  readonly supervisor: readonly string[];
}

/** Who is kept from what. */
export interface Kept {
  /** From everything: walled, or the resident. */
  readonly from: ReadonlySet<string>;
  /** From approving: they had a part in the answer. */
  readonly hands: ReadonlySet<string>;
}

/** People to turn to, and as what they are stored. */
export interface Substitute {
  readonly pool: Pool;
  readonly as: (duty: Duty) => StandInFacts;
}

/**
 * The duties that nobody can do: there must be a clerk, and another person who approves, with no part in the answer.
 */
export function lacking(pool: Pool, kept: Kept): Duty[] {
  const clerks = pool.clerk.filter((id) => !kept.from.has(id));
  const approvers = pool.supervisor.filter((id) => !kept.from.has(id) && !kept.hands.has(id));
  const lacks: Duty[] = [];
  if (clerks.length === 0) lacks.push("clerk");
  const isOther = (approver: string) => clerks.length === 0 || clerks.some((clerk) => clerk !== approver);
  if (!approvers.some(isOther)) lacks.push("supervisor");
  return lacks;
}

export interface Plan {
  readonly standIns: readonly StandInFacts[];
  /** What nobody can do even so. */
  readonly lacks: readonly Duty[];
}

/** For each duty that nobody of the agency can do: the first of those to turn to who has somebody for it. */
export function planStandIns(own: Pool, substitutes: readonly Substitute[], kept: Kept): Plan {
  let pool = own;
  const standIns: StandInFacts[] = [];
  for (const duty of lacking(own, kept)) {
    const found = substitutes.find((one) => !lacking(withDuty(pool, one, duty), kept).includes(duty));
    if (!found) continue;
    pool = withDuty(pool, found, duty);
    standIns.push(found.as(duty));
  }
  return { standIns, lacks: lacking(pool, kept) };
}

function withDuty(pool: Pool, { pool: more }: Substitute, duty: Duty): Pool {
  return { ...pool, [duty]: [...pool[duty], ...more[duty]] };
}

export function sameStandIn(one: StandInFacts, other: StandInFacts): boolean {
  return (
    one.duty === other.duty &&
    one.accountId === other.accountId &&
    one.office?.agencyId === other.office?.agencyId &&
    one.office?.role === other.office?.role
  );
}
