/**
 * A profile describes one export, as data: how the file is built, which column or path means what, how
 * times are written, how a cell says "nothing here" or "hidden from you", what the codes mean, and what
 * marks a bulk, an automatic or a sealed query. It holds no code: a clerk can make one in the browser.
 */
import { z } from "zod";
import { formatSchema } from "./formats/format.ts";
import { DATE_ORDERS, IDENTIFIER_KINDS } from "./identifier.ts";
import { TIME_FORMATS } from "./log-time.ts";

/** Everything that a column can mean. */
export const FIELDS = [
  "sourceId",
  "at",
  "org",
  "orgCode",
  "user",
  "userName",
  ...IDENTIFIER_KINDS,
  /** What was searched by, of the kind that the table of message keys gives. */
  "term",
  "purpose",
  "purposeCode",
  "legalBasis",
  "consent",
  "caseNumber",
  "queryId",
  "groupId",
  "messageKey",
  "outcome",
  "networks",
  "devices",
  "timeFrame",
  "searchType",
  "filters",
  "textPrompt",
  "moderation",
  /** Cells that only serve as marks (see `marks`); their text is not kept. */
  "bulk",
  "automatic",
  "sealed",
  "hiddenReason",
  "hiddenUntil",
] as const;
export type Field = (typeof FIELDS)[number];
const field = z.enum(FIELDS);

/** The fields whose values are codes, with a table each. */
export const CODED_FIELDS = ["purposeCode", "messageKey", "outcome", "searchType"] as const;
export type CodedField = (typeof CODED_FIELDS)[number];

const words = z.array(z.string().min(1));
/** A column's name in CSV and fixed-width files, a path (formats/json-path.ts) in JSON. */
const name = z.string().min(1).max(300);

const sourceSchema = z.union([
  name,
  /** Several columns put together: a date and a time, a last and a first name. Empty ones are left out. */
  z.strictObject({ join: z.array(name).min(2), with: z.string().max(3) }),
  /** A text that the log holds in base64, as FHIR holds the query. */
  z.strictObject({ base64: name }),
  /** What the log leaves out because it is the same in every row, such as the one agency that it is of. */
  z.strictObject({ constant: z.string().min(1) }),
]);
export type Source = z.infer<typeof sourceSchema>;

const codeSchema = z.strictObject({
  en: z.string().min(1),
  es: z.string().min(1),
  /** Of a message key: what a search with it is by, for logs that have one column for all kinds. */
  searches: z.enum(IDENTIFIER_KINDS).optional(),
});
const tableSchema = z.record(z.string().min(1), codeSchema);
/** Code -> what it means. */
export type CodeTable = z.infer<typeof tableSchema>;

/** Field -> texts that, standing in it, mark the row. Capitals do not matter. */
const markSchema = z.partialRecord(field, words.min(1));

const shape = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  version: z.int().positive(),
  /** What the file is, in plain words, for the person who chooses a profile. */
  about: z.strictObject({ en: z.string(), es: z.string() }),
  /** The ways in which the same export may be built; which one a file is shows in its first bytes. */
  formats: z.array(formatSchema).min(1),
  /** What each field is taken from: the first source that the row has. */
  fields: z.partialRecord(field, z.array(sourceSchema).min(1)),
  /** For exports that also hold other things: a row is a look-up when one of these sources has one of these texts. */
  only: z.strictObject({ sources: z.array(name).min(1), values: words.min(1) }).nullable(),
  /** Whether each row must be, member for member, what the published schema of this name says; null for no schema. */
  schema: z.literal("canonical-event").nullable(),
  time: z.strictObject({
    /** In the order in which they are tried. */
    formats: z.array(z.enum(TIME_FORMATS)).min(1),
    /** For times that state no zone; null when each must state its own. */
    zone: z.string().refine(isZone, "not a time zone of the IANA database").nullable(),
  }),
  /** How birth dates are written. */
  dates: z.enum(DATE_ORDERS),
  states: z.strictObject({
    hiddenByVendor: words,
    hiddenByAgency: words,
    /** A cell that cites the law under which it was blanked out, as a regular expression; null for none. */
    citation: z.string().refine(isPattern, "not a regular expression").nullable(),
    placeholder: words,
    /** Marks that mean "nothing" in one column alone, such as "{}" for no filters. */
    empty: z.partialRecord(field, words),
  }),
  /** Identifiers are split where one cell lists several; names never are. */
  listSeparator: z.string().min(1).max(1).nullable(),
  /** Code tables: an agency's own are data of its own profile. A code that is not in its table is kept as it is. */
  codes: z.partialRecord(z.enum(CODED_FIELDS), tableSchema),
  /** What marks a query over many people, one that a machine sent off, and one kept from its subject. */
  marks: z.strictObject({ bulk: markSchema, automatic: markSchema, sealed: markSchema }),
});

export const profileSchema = shape
  .refine((profile) => profile.fields.at !== undefined, "a profile must say where the time stands")
  .refine(
    ({ time }) => !(time.formats.includes("month-first") && time.formats.includes("day-first")),
    "times cannot be month-first and day-first at once",
  );
export type Profile = z.infer<typeof profileSchema>;

/** For a profile's parts that most exports do not need. */
export const PLAIN = {
  only: null,
  schema: null,
  dates: "year-first",
  codes: {},
  marks: { bulk: {}, automatic: {}, sealed: {} },
} as const satisfies Partial<Profile>;

/** The same profile with an agency's own code tables in the place of the shipped ones. */
export function withCodes(profile: Profile, id: string, codes: Profile["codes"]): Profile {
  return { ...profile, id, codes: { ...profile.codes, ...codes } };
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
