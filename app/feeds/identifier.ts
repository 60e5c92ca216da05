/**
 * What a person can be searched by, in the one spelling that blind indexes are built from.
 *
 * Two spellings of one plate must meet ("8wlk-042", "8WLK 042"), so normalising keeps letters and
 * digits alone. O and 0, I and 1 stay apart: merging them would show one person another's look-ups.
 */
import { z } from "zod";

/** The kinds that this edition can match. */
export const IDENTIFIER_KINDS = ["plate", "licence"] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** Upper-case letters and digits of any script, everything else dropped; full-width forms become plain ones. */
function lettersAndDigits(text: string): string {
  if (/^[A-Z0-9]*$/.test(text)) return text;
  return text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** "8wlk-042" -> "8WLK042". Never fails; `plateSchema` says whether the result can be a plate. */
export function normalisePlate(text: string): string {
  return lettersAndDigits(text);
}

/** "a123 4567" -> "A1234567". Never fails; `licenceSchema` says whether the result can be a licence number. */
export function normaliseLicence(text: string): string {
  return lettersAndDigits(text);
}

const PLATE = /^[\p{L}\p{N}]{2,8}$/u;
const LICENCE = /^[\p{L}\p{N}]{4,20}$/u;

/** A number plate as typed, 2 to 8 letters and digits once spaces and hyphens are gone; gives the normalised one. */
export const plateSchema = z.string().max(40).transform(normalisePlate).pipe(z.string().regex(PLATE));

/** A driver licence number as typed, 4 to 20 letters and digits; gives the normalised one. */
export const licenceSchema = z.string().max(60).transform(normaliseLicence).pipe(z.string().regex(LICENCE));

/** The normalised identifier, or null when the text cannot be one of this kind. For loops over many rows. */
export function findIdentifier(kind: IdentifierKind, text: string): string | null {
  const normalised = lettersAndDigits(text);
  return (kind === "plate" ? PLATE : LICENCE).test(normalised) ? normalised : null;
}

/** A search with a wildcard ("8WL*", "8WLK?42") names no single plate and must not be indexed as one. */
export function isPartial(text: string): boolean {
  return /[*?%_]/.test(text);
}
