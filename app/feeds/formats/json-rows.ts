import { canonicalEventSchema } from "../canonical-schema.ts";
import { compilePaths, emptyTexts, fieldIdentity } from "../profile-texts.ts";
import { compileEventReader, type RowFacts, type RowSource } from "../read-row.ts";
import { type FileRow, type ReadContext, toBadRow } from "./file-row.ts";
import type { JsonFormat, JsonLinesFormat } from "./format.ts";
import { compilePath, parseJson } from "./json-path.ts";
import { readLines } from "./read-lines.ts";
import { splitJson } from "./split-json.ts";

/** What a delivery says of itself. Texts, as it says them; a number that is none is left out. */
export interface BatchFacts {
  /** How many rows its sender put in. */
  rows: number | null;
  /** Its sender's own number of the delivery. */
  sequenceNo: number | null;
  /** The period of which it holds every look-up, as written. */
  from: string | null;
  to: string | null;
}

/** One JSON object on each line. A first object with nothing but the format's head member is no row. */
export async function* readJsonLineRows(
  source: AsyncIterable<Uint8Array>,
  format: JsonLinesFormat,
  context: ReadContext,
  onFacts?: (facts: BatchFacts) => void,
): AsyncGenerator<FileRow[]> {
  const read = compileJsonRow(context);
  let first = true;
  for await (const lines of readLines(source, context.limits)) {
    const rows: FileRow[] = [];
    for (const line of lines) {
      const isFirst = first;
      first = false;
      if ("problem" in line) {
        rows.push(line);
        continue;
      }
      const value = parseJson(line.text);
      const head = isFirst ? headOf(value, format.head) : null;
      if (head !== null) {
        onFacts?.(factsOf(new Map(Object.entries(head)), format.facts));
        continue;
      }
      const row = { number: line.number, raw: line.raw, bytes: line.raw.length };
      if (value === undefined && line.open && line.text.trimStart().startsWith("{"))
        rows.push(toBadRow(row, "cut-off"));
      else rows.push(read(row, value, ""));
    }
    if (rows.length > 0) yield rows;
  }
}

/** @throws NotThisDocument */
export async function* readJsonRows(
  source: AsyncIterable<Uint8Array>,
  format: JsonFormat,
  context: ReadContext,
  onFacts?: (facts: BatchFacts) => void,
): AsyncGenerator<FileRow[]> {
  const read = compileJsonRow(context);
  const tell = (members: ReadonlyMap<string, string>) => onFacts?.(factsOf(members, format.facts));
  for await (const elements of splitJson(source, format, context.limits, tell)) {
    yield elements.map((element) => {
      if ("problem" in element) return element;
      const row = { number: element.number, raw: element.raw, bytes: element.raw.length };
      return read(row, parseJson(element.text), element.list);
    });
  }
}

function compileJsonRow({ profile, now }: ReadContext): (row: RowSource, value: unknown, list: string) => FileRow {
  const texts = emptyTexts();
  const fill = compilePaths(profile, texts);
  const event = compileEventReader(profile, texts, now);
  const { only } = profile;
  const kindPaths = (only?.sources ?? []).map(compilePath);
  const isLookUp = (value: unknown, list: string) =>
    only === null || kindPaths.some((path) => path(value, list).some((kind) => only.values.includes(kind)));
  return (row, value, list) => {
    const context = { list };
    if (typeof value !== "object" || value === null || Array.isArray(value)) return toBadRow(row, "not-json", context);
    if (!isLookUp(value, list)) return toBadRow(row, "not-a-look-up", context);
    if (profile.schema !== null && !canonicalEventSchema.safeParse(value).success) {
      return toBadRow(row, "schema", context);
    }
    fill(value, list);
    const facts: RowFacts = { source: row, simple: false, identity: () => fieldIdentity(texts) };
    const read = event(facts);
    return typeof read === "string" ? toBadRow(row, read, context) : read;
  };
}

function headOf(value: unknown, member: string | null): object | null {
  if (member === null || typeof value !== "object" || value === null) return null;
  const entries = Object.entries(value);
  const [name, head] = entries[0] ?? [];
  return entries.length === 1 && name === member && typeof head === "object" && head !== null ? head : null;
}

function factsOf(members: ReadonlyMap<string, unknown>, names: JsonFormat["facts"]): BatchFacts {
  const text = (name: string | undefined) => {
    const value = name === undefined ? undefined : members.get(name);
    return typeof value === "string" || typeof value === "number" ? String(value) : null;
  };
  const number = (name: string | undefined) => {
    const found = text(name);
    return found !== null && /^\d{1,15}$/.test(found) ? Number(found) : null;
  };
  return { rows: number(names.rows), sequenceNo: number(names.sequenceNo), from: text(names.from), to: text(names.to) };
}
