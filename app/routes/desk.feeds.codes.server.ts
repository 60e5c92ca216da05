/** Code tables in a form: what was pasted, or the file that was chosen instead. */
import { isUtf8 } from "node:buffer";
import { codeTableText, type LineProblem, readCodeTable } from "#app/feeds/maker/code-table.ts";
import type { CodedField, Profile } from "#app/feeds/profile.ts";
import { type BadLine, codesField, codesFile } from "#app/ui/feeds/code-table.ts";
import type { Message } from "#app/ui/words/words.ts";

type Texts = Record<string, string>;

export interface ReadCodes {
  codes: Profile["codes"];
  issues: Record<string, Message>;
  /** What stands in each table's field, the chosen file's text where one was chosen. */
  typed: Texts;
  lines: BadLine[];
}

export async function readCodes(form: FormData, fields: readonly CodedField[]): Promise<ReadCodes> {
  const read: ReadCodes = { codes: {}, issues: {}, typed: {}, lines: [] };
  for (const coded of fields) {
    const name = codesField(coded);
    const pasted = form.get(name);
    const file = await textOfFile(form.get(codesFile(coded)));
    read.typed[name] = file ?? (typeof pasted === "string" ? pasted : "");
    if (file === null) {
      read.typed[name] = typeof pasted === "string" ? pasted : "";
      read.issues[codesFile(coded)] = { key: "feedsCodes.notText" };
    }
    const { table, problems } = readCodeTable(read.typed[name], coded);
    read.codes[coded] = table;
    addProblems(read, name, problems);
  }
  return read;
}

/** Each line that cannot be used, and one sentence at the field that there are some. */
export function addProblems(to: Pick<ReadCodes, "issues" | "lines">, field: string, problems: readonly LineProblem[]) {
  if (problems.length === 0) return;
  to.issues[field] = { key: "feedsCodes.wrong", params: { count: problems.length } };
  to.lines.push(...problems.map(({ line, why, params }) => ({ field, line, why: { key: why, params } })));
}

/** @returns undefined when no file was chosen, null when it is no text */
async function textOfFile(entry: FormDataEntryValue | null): Promise<string | null | undefined> {
  if (entry === null || typeof entry === "string" || entry.size === 0) return undefined;
  const bytes = Buffer.from(await entry.arrayBuffer());
  return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString("utf8").replace(/^\ufeff/, "") : null;
}

/** What the form shows of the tables that are kept. */
export function typedCodes(codes: Profile["codes"], fields: readonly CodedField[]): Texts {
  return Object.fromEntries(fields.map((coded) => [codesField(coded), codeTableText(codes[coded] ?? {})]));
}
