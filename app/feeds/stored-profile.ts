/** A profile that a clerk makes: what was mapped in the form, and the profile that this is. Pure. */
import { z } from "zod";
import { Refused } from "#app/platform/failure.ts";
import { DATE_ORDERS } from "./identifier.ts";
import { TIME_FORMATS } from "./log-time.ts";
import { formatOf, type Sample } from "./maker/sample.ts";
import { findClash, statesOf, USUAL_VALUES, type Values, valuesOf } from "./maker/values.ts";
import { FIELDS, type Field, PLAIN, type Profile, profileSchema, type Source } from "./profile.ts";

/** Columns of which some texts say yes. */
export const MARK_FIELDS = ["bulk", "automatic", "sealed"] as const satisfies readonly Field[];
export type MarkField = (typeof MARK_FIELDS)[number];

export const SEVERAL = ["refuse", "join", "first"] as const;

export const mappingSchema = z.strictObject({
  /** What people call it. */
  about: z.string(),
  /** The id of the profile that this is a new version of; null for a new one. */
  of: z.string().nullable(),
  /** Column -> field; a column that is left out is not used. */
  columns: z.record(z.string(), z.enum(FIELDS)),
  /** When several columns mean the same: that is a mistake, or they are put together, or the first that says something. */
  several: z.enum(SEVERAL),
  times: z.array(z.enum(TIME_FORMATS)).min(1),
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
 * @param said What it says beside the columns; null for what the earlier version said, or else the usual.
 * @throws Refused with the field in `params.field`
 */
export function profileOf(
  sample: Sample,
  mapping: Mapping,
  earlier: Profile | null,
  said: Values | null = null,
): Profile {
  const values = said ?? (earlier === null ? USUAL_VALUES : valuesOf(earlier));
  const about = mapping.about.trim();
  if (about === "" || about.length > LONGEST_NAME) {
    throw refused("feedsProfile.refusedName", "about", `Give the export a name of at most ${LONGEST_NAME} characters.`);
  }
  const { times } = mapping;
  if (times.includes("month-first") && times.includes("day-first")) {
    throw refused("feedsProfile.refusedOrder", "times", "Times cannot be month first and day first in one log.");
  }
  const clash = findClash(values);
  if (clash !== null) {
    throw refused("feedsProfile.refusedClash", "form", "One text cannot be two things.", { text: clash });
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
    time: { formats: times, zone: mapping.zone },
    dates: mapping.dates,
    states: statesOf(values),
    listSeparator: mapping.listSeparator,
    codes: values.codes,
    only: values.only,
    marks: marksOf(mapping, values),
  };
  const whole = earlier === null ? made : following(made, earlier);
  const read = profileSchema.safeParse({ ...whole, fields: withConstants(whole.fields, values) });
  if (read.success) return read.data;
  if (read.error.issues.some(({ path }) => path.join(".") === "time.zone")) {
    throw refused("feedsProfile.refusedZone", "zone", "Give a time zone such as America/Los_Angeles.");
  }
  throw refused("feedsProfile.refused", "form", "This cannot be a profile; look at the columns and the time again.");
}

function refused(code: string, field: string, message: string, params: Record<string, string> = {}): Refused {
  return new Refused(code, message, { ...params, field });
}

/** @throws Refused when two columns are to mean the same */
function fieldsOf({ columns }: Sample, mapping: Mapping): Profile["fields"] {
  const fields: Partial<Record<Field, string[]>> = {};
  for (const { name } of columns) {
    const field = Object.hasOwn(mapping.columns, name) ? mapping.columns[name] : undefined;
    if (field === undefined) continue;
    if (fields[field] !== undefined && mapping.several === "refuse") {
      throw refused("feedsProfile.refusedTwice", "columns", "Two columns cannot mean the same.");
    }
    fields[field] = [...(fields[field] ?? []), name];
  }
  if (mapping.several !== "join") return fields;
  const joined = (Object.entries(fields) as [Field, string[]][]).map(([field, names]) => [
    field,
    names.length < 2 ? names : [{ join: names, with: " " }],
  ]);
  return Object.fromEntries(joined);
}

/** Constants stand behind all columns, those of earlier versions too: they are for the rows that say nothing themselves. */
function withConstants(fields: Profile["fields"], { constants }: Values): Profile["fields"] {
  const all: Partial<Record<Field, Source[]>> = { ...fields };
  for (const [field, constant] of Object.entries(constants) as [Field, string][]) {
    all[field] = [...(fields[field] ?? []), { constant }];
  }
  return all;
}

/** @throws Refused when a mark is mapped and nothing says yes */
function marksOf({ columns, yes }: Mapping, values: Values): Profile["marks"] {
  const used = MARK_FIELDS.filter((field) => Object.values(columns).includes(field));
  const { bulk, automatic, sealed } = values.marks;
  const marks: Record<MarkField, Profile["marks"]["bulk"]> = {
    bulk: { ...bulk },
    automatic: { ...automatic },
    sealed: { ...sealed },
  };
  for (const field of used) {
    const texts = yes[field] ?? [];
    if (texts.length === 0) {
      throw refused("feedsProfile.refusedYes", `yes-${field}`, "Say which texts in that column mean yes.");
    }
    marks[field][field] = texts;
  }
  return marks;
}

const MOST_FORMATS = 20;

/** What came before is read as before: its headers too, and its columns where the new ones are not there. */
function following(made: Profile, earlier: Profile): Profile {
  const known = new Set(made.formats.map((format) => JSON.stringify(format)));
  const formats = [...made.formats, ...earlier.formats.filter((format) => !known.has(JSON.stringify(format)))];
  const fields: Partial<Record<Field, Source[]>> = { ...made.fields };
  // A column that means something else now does not mean the old thing beside it.
  const used = new Set(Object.values(made.fields).flat().flatMap(columnsIn));
  for (const [field, sources] of Object.entries(earlier.fields) as [Field, Source[]][]) {
    const now = fields[field] ?? [];
    const kept = sources.filter((source) => columnsIn(source).some((name) => !used.has(name)));
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

/** The columns or paths that a source reads. A constant reads none, and is said anew in each version. */
function columnsIn(source: Source): string[] {
  if (typeof source === "string") return [source];
  if ("join" in source) return source.join;
  return "base64" in source ? [source.base64] : [];
}
