/**
 * What a profile says beside its columns: which texts hide or leave out a value, what is the same in every row, what
 * marks a row, which rows are look-ups, and what the codes mean. As data, and as the lines that a clerk types. Pure.
 */
import { z } from "zod";
import { FIELDS, type Field, PLAIN, type Profile, profileSchema } from "../profile.ts";
import { CITATION, HIDDEN_BY_AGENCY, HIDDEN_BY_VENDOR, PLACEHOLDER } from "../profiles/usual-marks.ts";
import type { LineProblem } from "./code-table.ts";

const { states, codes, marks } = profileSchema.shape;
const { hiddenByVendor, hiddenByAgency, placeholder, empty } = states.shape;
const texts = z.array(z.string().min(1).max(200)).max(200);

export const valuesSchema = z.strictObject({
  hiddenByVendor,
  hiddenByAgency,
  placeholder,
  /** How laws are cited in blanked-out cells, as words; null for the usual ways of the United States. */
  citations: texts.nullable(),
  /** Of single columns. */
  empty,
  /** What every row has that says nothing itself. */
  constants: z.partialRecord(z.enum(FIELDS), z.string().min(1).max(200)),
  /** Beside the columns that were given to marks. */
  marks,
  only: z
    .strictObject({ sources: z.array(z.string()).length(1), values: z.array(z.string().min(1)).min(1) })
    .nullable(),
  codes,
});
export type Values = z.infer<typeof valuesSchema>;

export const USUAL_VALUES: Values = {
  hiddenByVendor: HIDDEN_BY_VENDOR,
  hiddenByAgency: HIDDEN_BY_AGENCY,
  placeholder: PLACEHOLDER,
  citations: null,
  empty: {},
  constants: {},
  marks: PLAIN.marks,
  only: null,
  codes: {},
};

/** The states that the values say. @throws nothing: any words make a pattern */
export function statesOf({ hiddenByVendor, hiddenByAgency, placeholder, citations, empty }: Values): Profile["states"] {
  return { hiddenByVendor, hiddenByAgency, placeholder, citation: citationOf(citations), empty };
}

/** Words as the pattern of a citation: "Pen. Code" stands by itself, not within a longer word. */
function citationOf(words: readonly string[] | null): string | null {
  if (words === null) return CITATION;
  if (words.length === 0) return null;
  const edge = (letter: string | undefined) => (letter !== undefined && /\w/.test(letter) ? "\\b" : "");
  const pattern = (word: string) => {
    const escaped = word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/\s+/g, "\\s+");
    return `${edge(word[0])}${escaped}${edge(word.at(-1))}`;
  };
  return words.map(pattern).join("|");
}

/** What an earlier version says beside its columns; the form of a new one begins with it. */
export function valuesOf({ states, codes, marks, only, fields }: Profile): Values {
  const { hiddenByVendor, hiddenByAgency, placeholder, citation, empty } = states;
  const constants: Values["constants"] = {};
  for (const [field, sources] of Object.entries(fields) as [Field, NonNullable<Profile["fields"][Field]>][]) {
    for (const source of sources) {
      if (typeof source === "object" && "constant" in source) constants[field] = source.constant;
    }
  }
  const [source] = only?.sources ?? [];
  return {
    ...{ hiddenByVendor, hiddenByAgency, placeholder, empty, constants, marks, codes },
    citations: citation === null ? [] : wordsOfCitation(citation),
    only: only === null || source === undefined ? null : { sources: [source], values: only.values },
  };
}

/** The words that a pattern was made of; null when it is the usual one, or not of words. */
function wordsOfCitation(citation: string): string[] | null {
  if (citation === CITATION) return null;
  const words = citation.split("|").map((part) =>
    part
      .replace(/^\\b|\\b$/g, "")
      .replaceAll("\\s+", " ")
      .replace(/\\(.)/g, "$1"),
  );
  return citationOf(words) === citation ? words : null;
}

/** Lines as a list of texts, each once. */
export function readTexts(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ""))];
}

/** What a column is called, and what it means. */
export interface NamedField {
  name: string;
  field: Field;
}

export interface ReadLines {
  texts: Partial<Record<Field, string[]>>;
  problems: LineProblem[];
}

/** Reads lines such as "Reason = AUTO": texts of single columns, by the columns' names. */
export function readColumnLines(text: string, columns: readonly NamedField[]): ReadLines {
  const names = [...columns, ...FIELDS.map((field) => ({ name: field, field }))];
  const texts: ReadLines["texts"] = {};
  const problems: LineProblem[] = [];
  for (const [index, whole] of text.split(/\r\n|\r|\n/).entries()) {
    const line = whole.trim();
    if (line === "") continue;
    const found = names.filter(({ name }) => isNamed(line, name)).sort((a, b) => b.name.length - a.name.length)[0];
    const value = found === undefined ? "" : line.slice(found.name.length).replace(/^\s*=/, "").trim();
    if (found === undefined) {
      const [column = ""] = line.split("=");
      problems.push({ line: index + 1, why: "feedsCodes.unknownColumn", params: { text: column.trim().slice(0, 40) } });
    } else if (value === "") {
      problems.push({ line: index + 1, why: "feedsCodes.noMeaning", params: { code: found.name.slice(0, 40) } });
    } else {
      texts[found.field] = [...new Set([...(texts[found.field] ?? []), value])];
    }
  }
  return { texts, problems };
}

function isNamed(line: string, name: string): boolean {
  return line.toLowerCase().startsWith(name.toLowerCase()) && line.slice(name.length).trimStart().startsWith("=");
}

/** The same as lines again. */
export function columnLines(texts: Partial<Record<Field, string[]>>, columns: readonly NamedField[]): string {
  return (Object.entries(texts) as [Field, string[]][])
    .flatMap(([field, all]) => {
      const name = columns.find((column) => column.field === field)?.name ?? field;
      return all.map((one) => `${name} = ${one}`);
    })
    .join("\n");
}

/** A text that would mean two things at once. */
export function findClash({ hiddenByVendor, hiddenByAgency, placeholder }: Values): string | null {
  const all = [...hiddenByVendor, ...hiddenByAgency, ...placeholder];
  return all.find((text, index) => all.indexOf(text) !== index) ?? null;
}
