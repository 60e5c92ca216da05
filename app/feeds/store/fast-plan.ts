/** Which profile and header have rows that fast-rows.server.ts can take, and how: worked out once for a piece. */
import { type CsvFormat, findHeader } from "../formats/format.ts";
import { FIELDS, type Field, type Profile } from "../profile.ts";
import { compileIdentity, SLOTS } from "../profile-texts.ts";
import { EVENT_CELLS, SCOPE_CELLS } from "./event-payload.ts";

/** A cell of the event, in the order in which the payload has them. */
export interface PlannedCell {
  slot: number;
  /** -1 where the file has no such column. */
  column: number;
  /** Only a whole number is plain here. */
  isCount: boolean;
  /** Whether each text is looked at: a cited law may stand here instead of a value, and a user has a tag. */
  isJudged: boolean;
  /** The log's own number. */
  isSource: boolean;
}

export interface PlannedTerm {
  kind: "plate" | "licence";
  slot: number;
  column: number;
  /** Fewest and most letters and digits of a plain one. */
  least: number;
  most: number;
}

export interface FastPlan {
  columns: number;
  /** What every identity of a row begins with, and the columns in its order. */
  identityStart: string;
  identityOrder: readonly number[];
  at: number;
  user: number;
  cells: readonly PlannedCell[];
  terms: readonly PlannedTerm[];
  /** Where somebody typed freely. */
  freeTexts: readonly { slot: number; column: number }[];
  earliest: number;
  latest: number;
}

const TERMS = [
  { kind: "plate", least: 2, most: 8 },
  { kind: "licence", least: 4, most: 20 },
] as const;
const FREE_TEXTS: readonly Field[] = ["purpose", "caseNumber", "textPrompt", "moderation", "filters"];
const COUNTS: readonly Field[] = ["networks", "devices"];
const CITABLE: readonly Field[] = ["org", "user"];
const TAKEN: readonly Field[] = ["at", ...EVENT_CELLS, ...SCOPE_CELLS, ...TERMS.map(({ kind }) => kind)];

/** As read-row.ts has them. */
const EARLIEST = Date.UTC(2000, 0, 1);
const AHEAD = 24 * 60 * 60 * 1000;

/** @param lead The header as delivered. @returns null when every row needs the format's own reader. */
export function planFastRows(profile: Profile, format: CsvFormat, lead: Uint8Array, now: Date): FastPlan | null {
  const names = format.delimiter === "," && format.headerRow ? namesOf(format, lead) : null;
  if (names === null) return null;
  const columns = columnsOf(profile, names);
  if (columns === null || !isPlainProfile(profile, columns)) return null;
  const at = columns.get("at");
  if (at === undefined) return null;
  const column = (field: Field) => columns.get(field) ?? -1;
  const identity = compileIdentity(format, names)(
    names.map(() => ""),
    true,
  );
  const order = [...format.required, ...format.optional].filter((name) => names.includes(name));
  return {
    columns: names.length,
    identityStart: identity.slice(0, identity.length - names.length),
    identityOrder: order.map((name) => names.indexOf(name)),
    at,
    user: column("user"),
    cells: [...EVENT_CELLS, ...SCOPE_CELLS].map((field) => ({
      slot: SLOTS[field],
      column: column(field),
      isCount: COUNTS.includes(field),
      isJudged: field === "user" || (profile.states.citation !== null && CITABLE.includes(field)),
      isSource: field === "sourceId",
    })),
    terms: TERMS.filter(({ kind }) => columns.has(kind)).map((term) => ({
      ...term,
      slot: SLOTS[term.kind],
      column: column(term.kind),
    })),
    freeTexts: FREE_TEXTS.filter((field) => columns.has(field)).map((field) => ({
      slot: SLOTS[field],
      column: column(field),
    })),
    earliest: EARLIEST,
    latest: now.getTime() + AHEAD,
  };
}

/** A header that needs a closer look (quotes around names, line breaks in them) has none of its rows taken. */
function namesOf(format: CsvFormat, lead: Uint8Array): readonly string[] | null {
  const line = Buffer.from(lead.buffer, lead.byteOffset, lead.byteLength)
    .toString("utf8")
    .replace(/\r?\n$/, "");
  if (/["\r\n]/.test(line)) return null;
  const cells = line.split(format.delimiter);
  const names = findHeader(format, cells);
  return names !== null && names.length === cells.length ? names : null;
}

/** A mark in a column that the file does not have marks nothing. */
function isPlainProfile({ only, schema, codes, marks }: Profile, columns: ReadonlyMap<Field, number>): boolean {
  const marked = [marks.bulk, marks.automatic, marks.sealed].flatMap((mark) => Object.keys(mark) as Field[]);
  return (
    only === null && schema === null && codes.searchType === undefined && !marked.some((field) => columns.has(field))
  );
}

/** The one column of each field that the file has; null when one is put together, or is a field of few logs. */
function columnsOf(profile: Profile, names: readonly string[]): ReadonlyMap<Field, number> | null {
  const columns = new Map<Field, number>();
  for (const field of FIELDS) {
    const sources = profile.fields[field] ?? [];
    if (sources.some((source) => typeof source !== "string")) return null;
    const there = sources.flatMap((source) => (typeof source === "string" && names.includes(source) ? [source] : []));
    const [name, ...more] = there;
    if (name === undefined) continue;
    if (more.length > 0 || !TAKEN.includes(field)) return null;
    columns.set(field, names.indexOf(name));
  }
  return columns;
}
