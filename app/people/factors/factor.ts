/** Second factors: which there are, when guessing stops, what may be removed. Pure. */
import { minutesAfter } from "../sign-in.ts";

export const FACTORS = ["totp", "passkey", "recovery"] as const;
export type Factor = (typeof FACTORS)[number];

/** So many failures within so many minutes, and the factor is locked for as long. */
export const LOCK_FAILURES = 5;
export const LOCK_MINUTES = 15;
/** Three codes of a million are good at a time: 30 tries a day leave a guesser one chance in eleven thousand. */
export const FAILURES_PER_DAY = 30;

/** How long a browser that showed a factor keeps a counter of its own. */
export const KNOWN_BROWSER_DAYS = 90;

const DAY_MINUTES = 24 * 60;

/**
 * Until when a factor takes nothing from this asker, or null. What is tried while it is locked is neither looked at nor
 * counted: nobody can keep a lock closed by pushing at it.
 * @param failures of one account, factor and asker in the last day, in any order
 */
export function lockedUntil(failures: readonly Date[], now: Date): Date | null {
  const recent = failures
    .filter((at) => at > minutesAfter(now, -DAY_MINUTES))
    .sort((a, b) => a.getTime() - b.getTime());
  const ends = recent.flatMap((last, index) => {
    const first = recent[index - (LOCK_FAILURES - 1)];
    if (!first || first <= minutesAfter(last, -LOCK_MINUTES)) return [];
    return [minutesAfter(last, LOCK_MINUTES)];
  });
  const oldest = recent[recent.length - FAILURES_PER_DAY];
  if (oldest) ends.push(minutesAfter(oldest, DAY_MINUTES));
  const latest = ends.reduce<Date | null>((late, end) => (late === null || end > late ? end : late), null);
  return latest !== null && latest > now ? latest : null;
}

/** The factors that an account has now. */
export interface OwnFactors {
  readonly totp: { readonly id: string; readonly since: Date } | null;
  readonly passkeys: readonly {
    readonly id: string;
    readonly since: Date;
    readonly usedAt: Date | null;
    readonly device: string | null;
  }[];
  /** How many codes on paper are left. */
  readonly recoveryCodes: number;
}

export function hasFactor({ totp, passkeys }: OwnFactors): boolean {
  return totp !== null || passkeys.length > 0;
}

/** People at work always keep one: they replace the last, and never remove it. */
export function mayRemove(own: OwnFactors, person: { memberships: readonly unknown[] }): boolean {
  const count = (own.totp ? 1 : 0) + own.passkeys.length;
  return count > 1 || person.memberships.length === 0;
}
