/** A resident's change of the mail address, and what protects the resident while it is new. Pure. */

/** How long no release reaches a resident whose address has changed: who stole a mailbox must not be served. */
export const FREEZE_DAYS = 7;
/** How long the old address can undo it: longer than the freeze, and than most holidays. */
export const UNDO_DAYS = 14;
/** A code lives long enough to change to the other mail program and back. */
export const CONTACT_CODE_MINUTES = 15;
export const CONTACT_CODE_TRIES = 5;

/** Until when nothing is released to a resident. */
export interface Freeze {
  /** When the last of those that hold began: what was proved earlier ends none. */
  readonly from: Date;
  readonly until: Date;
}

/** The freeze that holds at a moment, the longest of several; null when none does. */
export function freezeAt(
  freezes: readonly { readonly from: Date; readonly until: Date; readonly endedAt: Date | null }[],
  now: Date,
): Freeze | null {
  const holding = freezes.filter(({ from, until, endedAt }) => endedAt === null && from <= now && now < until);
  const last = holding.reduce<Date | null>((latest, { until }) => (latest && latest > until ? latest : until), null);
  const from = holding.reduce<Date | null>((latest, one) => (latest && latest > one.from ? latest : one.from), null);
  return last && from && { from, until: last };
}
