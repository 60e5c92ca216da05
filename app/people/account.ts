import { z } from "zod";

/**
 * A mail address as people type it: trimmed, one line, at most 254 characters (RFC 5321). Compared
 * in lower case, because nobody remembers how he capitalised it.
 */
export const emailAddress = z
  .string()
  .trim()
  .max(254, { error: "email" })
  .regex(/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\]+$/, { error: "email" });

export function normaliseEmail(address: string): string {
  return address.trim().toLowerCase();
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly locale: "en" | "es";
  readonly demo: boolean;
}
