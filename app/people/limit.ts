/** How often something may be done in a while, and whom a network stands for. Pure. */
import { isIPv4, isIPv6 } from "node:net";

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

/**
 * The neighbourhood of an address: its /24 (IPv4) or /56 (IPv6), what one household or office is given. Null for
 * what is no address, and for this very machine: behind a proxy that is not trusted everybody would come from it,
 * and be counted as one.
 */
export function networkOf(address: string | undefined): string | null {
  const plain = (address ?? "").replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "");
  if (isIPv4(plain)) return plain.startsWith("127.") ? null : plain.replace(/\.\d+$/, ".0/24");
  if (!isIPv6(plain)) return null;
  const groups = groupsOf(plain);
  if (groups.slice(0, 7).every((group) => group === 0)) return null;
  const [a = 0, b = 0, c = 0, d = 0] = groups;
  return `${[a, b, c, d & 0xff00].map((group) => group.toString(16)).join(":")}::/56`;
}

/** The eight groups of an IPv6 address; one that ends in an IPv4 address has that in its last two. */
function groupsOf(address: string): number[] {
  const [head = "", tail] = address.split("::");
  const read = (part: string) => part.split(":").flatMap(readGroup);
  const first = head === "" ? [] : read(head);
  if (tail === undefined) return first;
  const last = tail === "" ? [] : read(tail);
  return [...first, ...Array<number>(Math.max(0, 8 - first.length - last.length)).fill(0), ...last];
}

function readGroup(group: string): number[] {
  if (!group.includes(".")) return [Number.parseInt(group, 16)];
  const [a = 0, b = 0, c = 0, d = 0] = group.split(".").map(Number);
  return [a * 256 + b, c * 256 + d];
}
