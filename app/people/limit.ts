/** How often something may be done in a while. Pure. */
interface Limit {
  readonly most: number;
  readonly seconds: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * Each limit by what is counted and by whom. They lie far above what people do, and stop what machines do. None
 * stands before a mailed link: whoever floods an address, or shares a network with its owner, locks nobody out
 * of his own mailbox. How many letters go to one address is the sign-in's own (LETTERS_PER_QUARTER).
 */
export const LIMITS = {
  "sign-in.network": { most: 100, seconds: 15 * MINUTE },
  "code.network": { most: 200, seconds: 15 * MINUTE },
  "filing.account": { most: 20, seconds: 24 * HOUR },
  "filing.network": { most: 60, seconds: HOUR },
  "filing.agency": { most: 1000, seconds: HOUR },
  "upload.account": { most: 60, seconds: HOUR },
  "upload.agency": { most: 300, seconds: HOUR },
  "search.account": { most: 200, seconds: HOUR },
  "search.agency": { most: 1000, seconds: HOUR },
  "check.network": { most: 60, seconds: 15 * MINUTE },
  "export.account": { most: 60, seconds: HOUR },
  "invite.account": { most: 60, seconds: HOUR },
  "invite.agency": { most: 200, seconds: HOUR },
  "contact.account": { most: 5, seconds: HOUR },
  /** A program that asks four times an hour is eager. More often than this is a loop, and each reading is work. */
  "calendar.feed": { most: 10, seconds: MINUTE },
} as const satisfies Readonly<Record<string, Limit>>;
export type LimitName = keyof typeof LIMITS;
