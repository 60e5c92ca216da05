import {
  columnLines,
  type NamedField,
  readColumnLines,
  readTexts,
  type Values,
  valuesSchema,
} from "#app/feeds/maker/values.ts";
import { CODED_FIELDS, type CodedField, FIELDS, type Field } from "#app/feeds/profile.ts";
import { MARK_FIELDS } from "#app/feeds/stored-profile.ts";
import type { ProfileDraft } from "#app/feeds/stored-profile-draft.server.ts";
import type { BadLine } from "#app/ui/feeds/code-table.ts";
import type { RejectedForm } from "#app/ui/form.ts";
import { addProblems, readCodes, typedCodes } from "../desk.feeds.codes.server.ts";
import { CONSTANTS, constantField, constantText, LISTS, markField } from "./values-fields.ts";

type Texts = Record<string, string>;

/** The columns of a draft that have a meaning. */
export function namedFields({ sample, mapping }: Pick<ProfileDraft, "sample" | "mapping">): NamedField[] {
  return sample.columns.flatMap(({ name }) => {
    const field = mapping?.columns[name];
    return field === undefined ? [] : [{ name, field }];
  });
}

/** The mapped fields that are codes. */
export function codedFields(named: readonly NamedField[]): CodedField[] {
  return CODED_FIELDS.filter((coded) => named.some(({ field }) => field === coded));
}

export type ReadValues =
  | { values: Values; answer: null }
  | { values: null; answer: RejectedForm & { lines: BadLine[] } };

/** @param kept What was kept before: of fields that the form does not show, nothing changes. */
export async function readValues(form: FormData, named: readonly NamedField[], kept: Values): Promise<ReadValues> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const fields = codedFields(named);
  const tables = await readCodes(form, fields);
  const typed: Texts = { ...Object.fromEntries(texts), ...tables.typed };
  const answer = { issues: tables.issues, typed, lines: tables.lines };
  const text = (name: string) => (typed[name] ?? "").trim();
  const byColumn = (name: string) => {
    const { texts: found, problems } = readColumnLines(text(name), named);
    addProblems(answer, name, problems);
    return found;
  };
  const onlyTexts = readTexts(text("only-texts"));
  const only = text("only") === "" ? null : { sources: [text("only")], values: onlyTexts };
  if (only !== null && onlyTexts.length === 0) answer.issues["only-texts"] = { key: "feedsValues.refusedOnly" };
  const constants = readConstants(typed, answer.issues);
  const lists = Object.fromEntries(LISTS.map((name) => [name, readTexts(text(name))]));
  const values = {
    ...lists,
    citations: text("citations-kind") === "own" ? readTexts(text("citations")) : null,
    empty: byColumn("empty"),
    constants,
    marks: Object.fromEntries(MARK_FIELDS.map((mark) => [mark, byColumn(markField(mark))])),
    only,
    codes: { ...kept.codes, ...tables.codes },
  };
  if (Object.keys(answer.issues).length > 0) return { values: null, answer };
  const read = valuesSchema.safeParse(values);
  if (read.success) return { values: read.data, answer: null };
  const at = String(read.error.issues[0]?.path[0] ?? "form");
  answer.issues[typed[at] === undefined ? "form" : at] = { key: "feedsValues.refusedLong" };
  return { values: null, answer };
}

function readConstants(typed: Texts, issues: RejectedForm["issues"]): Partial<Record<Field, string>> {
  const constants: Partial<Record<Field, string>> = {};
  for (let i = 0; i < CONSTANTS; i++) {
    const text = (typed[constantText(i)] ?? "").trim();
    const field = FIELDS.find((one) => one !== "at" && one === typed[constantField(i)]);
    if (field === undefined && text === "") continue;
    if (field === undefined) issues[constantField(i)] = { key: "feedsValues.refusedConstant" };
    else if (text === "") issues[constantText(i)] = { key: "feedsValues.refusedConstantText" };
    else if (constants[field] !== undefined) issues[constantField(i)] = { key: "feedsValues.refusedConstantTwice" };
    else constants[field] = text;
  }
  return constants;
}

/** What the form shows of the values that are kept. */
export function typedValues(values: Values, named: readonly NamedField[]): Texts {
  const constants = Object.entries(values.constants);
  return {
    ...Object.fromEntries(LISTS.map((name) => [name, values[name].join("\n")])),
    "citations-kind": values.citations === null ? "usual" : "own",
    citations: (values.citations ?? []).join("\n"),
    empty: columnLines(values.empty, named),
    ...Object.fromEntries(MARK_FIELDS.map((mark) => [markField(mark), columnLines(values.marks[mark], named)])),
    ...Object.fromEntries(
      constants.flatMap(([field, text], i) => [
        [constantField(i), field],
        [constantText(i), text],
      ]),
    ),
    only: values.only?.sources[0] ?? "",
    "only-texts": (values.only?.values ?? []).join("\n"),
    ...typedCodes(values.codes, codedFields(named)),
  };
}
