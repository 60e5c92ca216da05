/**
 * A profile describes one export format, as data: which headers it has, which column means what, how
 * times are written, and how each cell says "nothing here" or "hidden from you".
 */
import { z } from "zod";
import { IDENTIFIER_KINDS } from "./identifier.ts";
import { TIME_FORMATS } from "./log-time.ts";

/** Everything a column can mean. */
export const FIELDS = [
  "sourceId",
  "at",
  "org",
  "user",
  ...IDENTIFIER_KINDS,
  "purpose",
  "caseNumber",
  "networks",
  "devices",
  "timeFrame",
  "searchType",
  "filters",
  "textPrompt",
  "moderation",
] as const;
export type Field = (typeof FIELDS)[number];

const words = z.array(z.string().min(1));

export const profileSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  version: z.int().positive(),
  /** What the file is, in plain words, for the person who chooses a profile. */
  about: z.strictObject({ en: z.string(), es: z.string() }),
  format: z.literal("csv"),
  /** Every accepted header, its columns in order. */
  headers: z.array(words.min(1)).min(1),
  /** Column name -> what it means. */
  columns: z.record(z.string().min(1), z.enum(FIELDS)),
  time: z.strictObject({
    format: z.enum(TIME_FORMATS),
    /** For times that state no zone; null when each must state its own. */
    zone: z.string().nullable(),
  }),
  states: z.strictObject({
    hiddenByVendor: words,
    hiddenByAgency: words,
    /** A cell that cites the law under which it was blanked out, as a regular expression; null for none. */
    citation: z.string().nullable(),
    placeholder: words,
    /** Marks that mean "nothing" in one column alone, such as "{}" for no filters. */
    empty: z.partialRecord(z.enum(FIELDS), words),
  }),
  /** Identifiers of these kinds are split where one cell lists several. */
  listSeparator: z.string().min(1).max(1).nullable(),
});
export type Profile = z.infer<typeof profileSchema>;

/** The header variant that a file's first row is, or null. Blanks around names do not matter. */
export function findHeader(profile: Profile, cells: readonly string[]): readonly string[] | null {
  const trimmed = cells.map((cell) => cell.trim());
  const same = (header: readonly string[]) =>
    header.length === trimmed.length && header.every((name, i) => name === trimmed[i]);
  return profile.headers.find(same) ?? null;
}
