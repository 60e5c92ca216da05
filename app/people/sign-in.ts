/** The times of signing in. A code lives long enough to change to the mail program and back. */
export const SIGN_IN_MINUTES = 10;
/** Wrong codes after which a code is dead; a new one may be asked for at once. */
export const CODE_TRIES = 5;
/**
 * Codes tried for one address in a day, whatever number of letters was asked for: 30 of a million. Who
 * guesses for months must not get in. After that the link in the letter, which nobody guesses, still does.
 */
export const CODE_TRIES_PER_DAY = 30;
/** Letters sent to one address in a quarter of an hour; the answer on the page stays the same. */
export const LETTERS_PER_QUARTER = 5;
/** What a signed token is good for: a passkey's answer, the way to an agency and back. */
export const TOKEN_MINUTES = 10;
export const SESSION_IDLE_MINUTES = 30;
export const SESSION_HOURS = 12;
/** Demo links are printed at the start and must outlive a coffee. */
export const DEMO_LINK_HOURS = 12;

export function minutesAfter(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * 60_000);
}

/** What was typed as a code, without the spaces and dashes that people and mail programs add. */
export function readCode(typed: string): string {
  return typed.replace(/[\s-]/g, "");
}
