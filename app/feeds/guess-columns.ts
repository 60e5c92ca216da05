/** What the columns of an unknown export may mean. Guesses alone: a person looks at them and decides. Pure. */
import { findIdentifier, INDEXED_KINDS } from "./identifier.ts";
import { readLogTime, TIME_FORMATS, type TimeFormat } from "./log-time.ts";
import type { Field } from "./profile.ts";

/** One column of a sample, or one path of its objects. */
export interface SampleColumn {
  name: string;
  /** Its texts in the first rows, those that are not empty. */
  values: string[];
}

/** Whether a text is a time in one of the ways that logs have. */
export function isTimeText(text: string): boolean {
  return TIME_FORMATS.some((format) => typeof readLogTime(text, { formats: [format], zone: "UTC" }) !== "string");
}

/** Names that exports have for a field, as letters and digits alone. The first field that fits is taken. */
const NAMES: readonly (readonly [Field, readonly string[]])[] = [
  [
    "at",
    ["at", "time", "timestamp", "datetime", "searchtime", "searchdate", "querytime", "eventtime", "date", "fecha"],
  ],
  ["sourceId", ["id", "searchid", "recordid", "eventid", "entryid", "rowid", "seq", "sequence", "number"]],
  ["orgCode", ["ori", "orgcode", "agencycode", "agencyid"]],
  ["org", ["org", "orgname", "organization", "organisation", "agency", "agencyname", "department", "agencia"]],
  ["userName", ["username", "fullname", "officername", "operatorname"]],
  ["user", ["user", "userid", "officer", "operator", "badge", "login", "account", "usuario"]],
  ["plate", ["plate", "licenseplate", "licenceplate", "plates", "platenumber", "lic", "tag", "placa"]],
  ["licence", ["licence", "license", "driverlicense", "driverslicense", "dl", "oln", "dlnumber", "licencia"]],
  ["vin", ["vin"]],
  ["state-id", ["sid", "stateid", "cii"]],
  ["ssn", ["ssn", "soc", "socialsecurity", "socialsecuritynumber"]],
  ["name", ["name", "nam", "subject", "subjectname", "personname", "nombre"]],
  ["birth-date", ["dob", "birthdate", "dateofbirth", "nacimiento"]],
  ["purposeCode", ["purposecode", "pur", "reasoncode"]],
  ["purpose", ["purpose", "reason", "why", "searchreason", "justification", "motivo"]],
  ["legalBasis", ["legalbasis", "statute", "authority"]],
  ["caseNumber", ["case", "casenumber", "caseno", "incident", "incidentnumber", "caso"]],
  ["queryId", ["queryid", "requestid", "correlationid"]],
  ["groupId", ["groupid", "sessionid"]],
  ["messageKey", ["messagekey", "mke", "msgkey", "transaction", "transactiontype"]],
  ["outcome", ["outcome", "result", "hit", "response", "resultado"]],
  ["networks", ["networks", "totalnetworkssearched", "networkcount"]],
  ["devices", ["devices", "totaldevicessearched", "cameracount", "cameras"]],
  ["timeFrame", ["timeframe", "daterange", "searchrange"]],
  ["searchType", ["searchtype", "type", "querytype", "tipo"]],
  ["filters", ["filters", "filter", "criteria", "filtros"]],
  ["textPrompt", ["textprompt", "prompt", "freetext"]],
  ["moderation", ["moderation"]],
  ["bulk", ["bulk", "isbulk", "batchquery"]],
  ["automatic", ["automatic", "automated", "isautomatic"]],
  ["sealed", ["sealed", "confidential", "restricted"]],
  ["hiddenReason", ["hiddenreason"]],
  ["hiddenUntil", ["hiddenuntil"]],
];

/** What each column may mean, by its name, and where that says nothing by what stands in it. Each field once. */
export function guessFields(columns: readonly SampleColumn[]): Map<string, Field> {
  const guesses = new Map<string, Field>();
  const taken = new Set<Field>();
  const take = (column: SampleColumn, field: Field | undefined) => {
    if (field === undefined || taken.has(field) || guesses.has(column.name)) return;
    taken.add(field);
    guesses.set(column.name, field);
  };
  for (const [field, names] of NAMES) {
    for (const column of columns) {
      if (names.includes(plainName(column.name)) && fits(field, column.values)) take(column, field);
    }
  }
  for (const column of columns) take(column, fieldOfValues(column.values));
  // Without a time nothing can be read: a column of which half are times is better than none.
  const times = columns.find(({ name, values }) => !guesses.has(name) && mostly(values, isTimeText, 0.5));
  if (times !== undefined) take(times, "at");
  if (!taken.has("at")) {
    for (const { name } of findDayAndTime(columns.filter((column) => !guesses.has(column.name))))
      guesses.set(name, "at");
  }
  return guesses;
}

/** Two columns whose texts are times only together, as the day and the hour are. */
function findDayAndTime(columns: readonly SampleColumn[]): SampleColumn[] {
  for (const day of columns) {
    for (const hour of columns) {
      if (day !== hour && mostly(togetherIn([day, hour]), isTimeText)) return [day, hour];
    }
  }
  return [];
}

/** The texts of several columns put together, row by row; nothing when a row has not all of them. */
export function togetherIn(columns: readonly SampleColumn[]): string[] {
  const [first, ...rest] = columns;
  if (first === undefined || rest.some(({ values }) => values.length !== first.values.length)) return [];
  return first.values.map((_, row) => columns.map(({ values }) => values[row]).join(" "));
}

const KNOWN = new Set(NAMES.flatMap(([, names]) => names));

/** "user.id" is the user's, and no entry's; of "search.plate" only the last part names what it is. */
function plainName(name: string): string {
  const parts = name.split(".").map((part) => part.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
  const together = parts.slice(-2).join("");
  return KNOWN.has(together) ? together : (parts.at(-1) ?? "");
}

/** A column called "date" of which no text is a time is not the time. */
function fits(field: Field, values: readonly string[]): boolean {
  return field !== "at" || values.length === 0 || mostly(values, isTimeText, 0.5);
}

function fieldOfValues(values: readonly string[]): Field | undefined {
  if (values.length < 3) return undefined;
  if (mostly(values, isTimeText)) return "at";
  if (mostly(values, (text) => text.length === 17 && findIdentifier("vin", text) !== null)) return "vin";
  return mostly(values, isPlateLike) ? "plate" : undefined;
}

/** Letters and digits mixed, as plates are and words and numbers are not. */
function isPlateLike(text: string): boolean {
  return (
    /\d/.test(text) && /[A-Za-z]/.test(text) && text.length <= 8 && findIdentifier(INDEXED_KINDS[0], text) !== null
  );
}

function mostly(values: readonly string[], is: (text: string) => boolean, share = 0.9): boolean {
  return values.length > 0 && values.filter(is).length >= values.length * share;
}

export interface TimeGuess {
  formats: TimeFormat[];
  /** Whether some time does not say its own zone. */
  needsZone: boolean;
}

/** How the times of a column are written. Empty formats: none of the known ways fits most of them. */
export function guessTime(values: readonly string[]): TimeGuess {
  const reads = (format: TimeFormat, zone: string | null) => (text: string) =>
    typeof readLogTime(text, { formats: [format], zone }) !== "string";
  const counted = TIME_FORMATS.map((format) => ({ format, read: values.filter(reads(format, "UTC")).length }));
  const [best] = counted.sort((a, b) => b.read - a.read);
  if (best === undefined || best.read * 2 < values.length || best.read === 0) return { formats: [], needsZone: false };
  const formats = [best.format];
  let left = values.filter((text) => !reads(best.format, "UTC")(text));
  for (const { format } of counted) {
    const clash = isSlashed(format) && formats.some(isSlashed);
    const more = clash ? [] : left.filter(reads(format, "UTC"));
    if (more.length === 0) continue;
    formats.push(format);
    left = left.filter((text) => !more.includes(text));
  }
  const saysZone = (text: string) => formats.some((format) => reads(format, null)(text));
  return { formats, needsZone: values.some((text) => !saysZone(text)) };
}

/** Of the two one alone can be meant. */
function isSlashed(format: TimeFormat): boolean {
  return format === "month-first" || format === "day-first";
}
