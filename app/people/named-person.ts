/** Somebody whom a resident names as one who must not see a request. Pure. */
import { z } from "zod";
import { emailAddress, normaliseEmail } from "./account.ts";
import { keysOfName, mayBeNamed, partsOfName } from "./name-match.ts";

/** More than anybody has to fear at one agency; each name may keep several people out. */
export const MAX_NAMED = 10;

const line = (maximum: number) =>
  z
    .string()
    .trim()
    .max(maximum, { error: "errors.tooLong" })
    .refine((value) => !/[\p{Cc}\u2028\u2029]/u.test(value), { error: "errors.oneLine" })
    .transform((value) => (value === "" ? null : value))
    .nullish()
    .transform((value) => value ?? null);

/** What the resident knows of the person; any one of it is enough. */
export const namedPerson = z
  .object({
    name: line(120).refine((value) => value === null || keysOfName(value).length > 0, {
      error: "walls.nameWrong",
    }),
    badge: line(40).refine((value) => value === null || normaliseSign(value) !== "", { error: "walls.badgeWrong" }),
    userId: line(80).refine((value) => value === null || normaliseSign(value) !== "", { error: "walls.userIdWrong" }),
    email: line(254).refine((value) => value === null || emailAddress.safeParse(value).success, {
      error: "errors.email",
    }),
  })
  .refine((person) => Object.values(person).some((value) => value !== null), {
    error: "walls.somethingNeeded",
    path: ["name"],
  });

export type NamedPersonFacts = z.output<typeof namedPerson>;

/** A badge number or user id as it is compared: "#0421", "421" and "Badge 421" are one. */
export function normaliseSign(value: string): string {
  const plain = value
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/\b(badge|placa|number|num|numero|no|id|user|usuario)\b/g, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
  return plain.replace(/^0+(?=.)/, "");
}

/** What a log calls somebody, held against names, badges, user ids and mail addresses; null when it calls him nothing. */
export function asNamed(text: string): NamedPersonFacts | null {
  const fits = (field: string) => namedPerson.safeParse({ [field]: text }).success;
  const person = namedPerson.safeParse({
    name: fits("name") ? text : null,
    badge: fits("badge") ? text : null,
    userId: fits("userId") ? text : null,
    email: fits("email") ? text : null,
  });
  return person.success ? person.data : null;
}

/** What is known of a member of staff. */
export interface StaffFacts {
  readonly name: string;
  readonly email: string;
  readonly badges: readonly string[];
  readonly userIds: readonly string[];
}

/**
 * May this member of staff be the person who was named? Any one thing that agrees is enough: a wall that keeps out
 * one too many costs a little work, one that keeps out one too few may cost a life. A number that was meant as a
 * badge may be a user id, so each is held against both.
 */
export function mayBe(person: NamedPersonFacts, staff: StaffFacts): boolean {
  const signs = [...staff.badges, ...staff.userIds].map(normaliseSign);
  const named = [person.badge, person.userId].filter((value) => value !== null).map(normaliseSign);
  if (named.some((sign) => signs.includes(sign))) return true;
  if (person.email !== null && normaliseEmail(person.email) === normaliseEmail(staff.email)) return true;
  // A user id is often the part of the mail address before the @.
  const mailbox = normaliseSign(staff.email.split("@")[0] ?? "");
  if (person.userId !== null && normaliseSign(person.userId) === mailbox) return true;
  return person.name !== null && partsOfName(staff.name).length > 0 && mayBeNamed(person.name, staff.name);
}
