/** A profile that a clerk makes: what was mapped in the form, and the profile that this is. Pure. */
import { z } from "zod";
import { Refused } from "#app/platform/failure.ts";
import type { Format } from "./formats/format.ts";
import type { Sample } from "./guess-columns.ts";
import { DATE_ORDERS } from "./identifier.ts";
import { TIME_FORMATS } from "./log-time.ts";
import { FIELDS, type Field, PLAIN, type Profile, profileSchema, type Source } from "./profile.ts";
import { CITATION, HIDDEN_BY_AGENCY, HIDDEN_BY_VENDOR, PLACEHOLDER } from "./profiles/usual-marks.ts";

/** What a column can be mapped to. A term of any kind needs a table of message keys, which is written by hand. */
export const MAPPED_FIELDS = FIELDS.filter((field) => field !== "term");
/** Columns of which some texts say yes. */
export const MARK_FIELDS = ["bulk", "automatic", "sealed"] as const satisfies readonly Field[];
export type MarkField = (typeof MARK_FIELDS)[number];

export const mappingSchema = z.strictObject({
  /** What people call it. */
  about: z.string(),
  /** The id of the profile that this is a new version of; null for a new one. */
  of: z.string().nullable(),
  /** Column -> field; a column that is left out is not used. */
  columns: z.record(z.string(), z.enum(FIELDS)),
  time: z.enum(TIME_FORMATS),
  /** For times that state no zone. */
  zone: z.string().nullable(),
  dates: z.enum(DATE_ORDERS),
  listSeparator: z.string().max(1).nullable(),
  /** The texts that say yes, for each mark that is mapped. */
  yes: z.partialRecord(z.enum(MARK_FIELDS), z.array(z.string().min(1))),
});
export type Mapping = z.infer<typeof mappingSchema>;

const LONGEST_NAME = 80;
const OWN = "own-";

/** The id under which a new profile of this name is stored. */
export function ownId(about: string): string {
  const plain = about
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `${OWN}${plain.slice(0, 36).replace(/-+$/, "") || "export"}`;
}

/**
 * The profile that a mapping of a sample describes.
 * @param earlier The version that it follows: files and rows that were readable under it stay so.
 * @throws Refused with the field in `params.field`
 */
export function profileOf(sample: Sample, mapping: Mapping, earlier: Profile | null): Profile {
  const about = mapping.about.trim();
  if (about === "" || about.length > LONGEST_NAME) {
    throw refused("feedsProfile.refusedName", "about", `Give the export a name of at most ${LONGEST_NAME} characters.`);
  }
  const fields = fieldsOf(sample, mapping);
  if (fields.at === undefined) throw refused("feedsProfile.refusedTime", "columns", "Say which column is the time.");
  const made = {
    ...PLAIN,
    id: earlier?.id ?? ownId(about),
    version: (earlier?.version ?? 0) + 1,
    about: { en: about, es: about },
    formats: [formatOf(sample)],
    fields,
    time: { formats: [mapping.time], zone: mapping.zone },
    dates: mapping.dates,
    states: {
      hiddenByVendor: HIDDEN_BY_VENDOR,
      hiddenByAgency: HIDDEN_BY_AGENCY,
      citation: CITATION,
      placeholder: PLACEHOLDER,
      empty: {},
    },
    listSeparator: mapping.listSeparator,
    marks: marksOf(mapping),
  };
  const read = profileSchema.safeParse(earlier === null ? made : following(made, earlier));
  if (read.success) return read.data;
  if (read.error.issues.some(({ path }) => path.join(".") === "time.zone")) {
    throw refused("feedsProfile.refusedZone", "zone", "Give a time zone such as America/Los_Angeles.");
  }
  throw refused("feedsProfile.refused", "form", "This cannot be a profile; look at the columns and the time again.");
}

function refused(code: string, field: string, message: string): Refused {
  return new Refused(code, message, { field });
}

function formatOf({ format, columns }: Sample): Format {
  if (format.kind === "json-lines") return { kind: "json-lines", head: null, facts: {} };
  const { delimiter, headerRow } = format;
  return { kind: "csv", delimiter, headerRow, required: columns.map(({ name }) => name), optional: [], aliases: {} };
}

/** @throws Refused when two columns are to mean the same */
function fieldsOf({ columns }: Sample, mapping: Mapping): Profile["fields"] {
  const fields: Partial<Record<Field, Source[]>> = {};
  for (const { name } of columns) {
    const field = Object.hasOwn(mapping.columns, name) ? mapping.columns[name] : undefined;
    if (field === undefined) continue;
    if (fields[field] !== undefined) {
      throw refused("feedsProfile.refusedTwice", "columns", "Two columns cannot mean the same.");
    }
    fields[field] = [name];
  }
  return fields;
}

/** @throws Refused when a mark is mapped and nothing says yes */
function marksOf({ columns, yes }: Mapping): Profile["marks"] {
  const used = MARK_FIELDS.filter((field) => Object.values(columns).includes(field));
  const marks: Record<MarkField, Profile["marks"]["bulk"]> = { bulk: {}, automatic: {}, sealed: {} };
  for (const field of used) {
    const texts = yes[field] ?? [];
    if (texts.length === 0) {
      throw refused("feedsProfile.refusedYes", `yes-${field}`, "Say which texts in that column mean yes.");
    }
    marks[field] = { [field]: texts };
  }
  return marks;
}

const MOST_FORMATS = 20;

/** What came before is read as before: its headers too, and its columns where the new ones are not there. */
function following(made: Profile, earlier: Profile): Profile {
  const known = new Set(made.formats.map((format) => JSON.stringify(format)));
  const formats = [...made.formats, ...earlier.formats.filter((format) => !known.has(JSON.stringify(format)))];
  const fields: Partial<Record<Field, Source[]>> = { ...made.fields };
  for (const [field, sources] of Object.entries(earlier.fields) as [Field, Source[]][]) {
    const now = fields[field] ?? [];
    // A column that means something else now does not mean the old thing beside it.
    const moved = new Set(Object.values(made.fields).flat().map(String));
    const kept = sources.filter((source) => !moved.has(String(source)) && !now.includes(source));
    if (now.length + kept.length > 0) fields[field] = [...now, ...kept];
  }
  const times = [...made.time.formats, ...earlier.time.formats.filter((one) => !made.time.formats.includes(one))];
  const clash = times.includes("month-first") && times.includes("day-first");
  return {
    ...made,
    formats: formats.slice(0, MOST_FORMATS),
    fields,
    time: { ...made.time, formats: clash ? made.time.formats : times },
  };
}
