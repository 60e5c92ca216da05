/** A letter on paper with a code, to the address that an agency itself has on record. Pure. */
import { z } from "zod";
import { addPeriod, isLocalDate, type LocalDate } from "#app/law/local-date.ts";
import { SOURCES } from "./identity-policy.ts";

/** The post takes a week, and people are away. */
export const CODE_LETTER_DAYS = 30;
export const CODE_LETTER_TRIES = 5;
/** An address that was changed just before somebody asked may have been changed by the one who asks. */
export const SETTLED_DAYS = 30;
const MOST_LINES = 6;

/** Without those that look alike on paper: 31 of them, ten in a row are 49 bits. */
const LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const LENGTH = 10;

/** @param pick a whole number from 0 up to and without `below`, at random */
export function makeCode(pick: (below: number) => number): string {
  return Array.from({ length: LENGTH }, () => LETTERS[pick(LETTERS.length)]).join("");
}

/** As it is printed: "7KQ4X-M2PRW". */
export function sayCode(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

/** What was typed, in the one spelling that is compared. O and 0, I, 1 and L stand in no code. */
export function readTypedCode(typed: string): string {
  return typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
}

/** May this address get a code, given since when it stands in the record and when the request came? */
export function isSettled(recordedOn: LocalDate, receivedOn: LocalDate): boolean {
  return recordedOn <= addPeriod(receivedOn, -SETTLED_DAYS, "days");
}

export const postalAddress = z.object({ name: z.string(), lines: z.array(z.string()) });
export type PostalAddress = z.output<typeof postalAddress>;

const line = z.string().trim().min(1).max(80);

/** The clerk's form. `address` is lines as typed; who asks types no address anywhere. Sentences are keys of words. */
export const codeLetterSchema = z.object({
  addressee: z
    .string({ error: "identity.addresseeNeeded" })
    .trim()
    .min(1, { error: "identity.addresseeNeeded" })
    .max(120, { error: "errors.tooLong" }),
  address: z
    .string({ error: "identity.addressNeeded" })
    .transform((text) => text.split(/\r?\n/).filter((one) => one.trim() !== ""))
    .pipe(
      z
        .array(line, { error: "identity.addressLines" })
        .min(2, { error: "identity.addressLines" })
        .max(MOST_LINES, { error: "identity.addressLines" }),
    ),
  source: z.enum(SOURCES, { error: "errors.chooseOne" }),
  recordedOn: z.string({ error: "identity.recordedOnNeeded" }).refine(isLocalDate, { error: "errors.dateNotReal" }),
  identifiers: z.array(z.string(), { error: "errors.chooseSome" }).min(1, { error: "errors.chooseSome" }),
  onRecord: z
    .array(z.literal("yes"), { error: "identity.onRecordNeeded" })
    .min(1, { error: "identity.onRecordNeeded" }),
});
export type CodeLetterForm = z.output<typeof codeLetterSchema>;
