/**
 * An agency's code table as people have it: pasted from a sheet or a file, one code on each line with what it means.
 * Each line is judged by itself, so that one that is wrong is named and costs no other. Pure.
 */
import { IDENTIFIER_KINDS, type IdentifierKind } from "../identifier.ts";
import type { CodedField, CodeTable } from "../profile.ts";

/** A line that cannot be used, and the key of the sentence that says why. */
export interface LineProblem {
  line: number;
  why:
    | "feedsCodes.noMeaning"
    | "feedsCodes.noCode"
    | "feedsCodes.tooManyCells"
    | "feedsCodes.twice"
    | "feedsCodes.tooLong"
    | "feedsCodes.tooMany"
    | "feedsCodes.unknownKind"
    | "feedsCodes.unknownColumn"
    | "feedsCodes.badHead"
    | "feedsCodes.quote"
    | "feedsCodes.unreadable";
  params: Record<string, string | number>;
}

export interface ReadTable {
  table: CodeTable;
  problems: LineProblem[];
}

export const MOST_CODES = 5_000;
const LONGEST_CODE = 60;
const LONGEST_MEANING = 200;
/** So much of a cell is repeated in a sentence. */
const SHOWN = 40;

const SIGNS = ["\t", "|", ";", ","] as const;
type Sign = (typeof SIGNS)[number];

const HEADS: Readonly<Record<string, Part>> = {
  ...headsFor("code", ["code", "key", "message key", "mke", "código", "codigo", "clave"]),
  ...headsFor("meaning", ["meaning", "description", "english", "significado", "descripción", "descripcion"]),
  ...headsFor("spanish", ["spanish", "español", "espanol"]),
  ...headsFor("searches", ["searches", "searched by", "searches by", "kind", "busca", "busca por"]),
};
type Part = "code" | "meaning" | "spanish" | "searches";

function headsFor(part: Part, names: readonly string[]): Record<string, Part> {
  return Object.fromEntries(names.map((name) => [name, part]));
}

const KIND_NAMES: Readonly<Record<IdentifierKind, readonly string[]>> = {
  plate: ["plate", "license plate", "lic", "placa"],
  licence: ["licence", "driver license", "driver licence", "license", "oln", "dl", "licencia"],
  vin: ["vin"],
  "state-id": ["state-id", "state id", "sid", "identificación estatal", "identificacion estatal"],
  ssn: ["ssn", "social security number", "soc", "seguro social"],
  name: ["name", "nam", "nombre"],
  "birth-date": ["birth-date", "birth date", "dob", "fecha de nacimiento"],
};

/**
 * Reads a table: a code and its meaning, parted by a tab, a bar, a semicolon or a comma; of message keys also what a
 * search with it is by. A first line of names may say more: code, meaning, spanish, searches. Blank lines count only
 * for the numbers.
 */
export function readCodeTable(text: string, field: CodedField): ReadTable {
  const table = new Map<string, CodeTable[string]>();
  const problems: LineProblem[] = [];
  const at = new Map<string, number>();
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  const sign = signOf(lines);
  let parts: Part[] = field === "messageKey" ? ["code", "meaning", "searches"] : ["code", "meaning"];
  let begun = false;
  for (const [index, whole] of lines.entries()) {
    if (whole.trim() === "") continue;
    const line = index + 1;
    const problem = (why: LineProblem["why"], params: LineProblem["params"] = {}) =>
      problems.push({ line, why, params });
    const cells = cellsOf(whole, sign);
    if (cells === null) {
      problem("feedsCodes.quote");
      continue;
    }
    const head = begun ? null : headOf(cells);
    begun = true;
    if (head === "bad") problem("feedsCodes.badHead");
    else if (head !== null) parts = head;
    if (head !== null) continue;
    const read = readCells(cells, parts);
    if ("why" in read) {
      problem(read.why, read.params);
      continue;
    }
    const before = table.get(read.code);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(read.meaning)) {
      problem("feedsCodes.twice", { code: shown(read.code), other: at.get(read.code) ?? 0 });
      continue;
    }
    if (at.size >= MOST_CODES && before === undefined) {
      problem("feedsCodes.tooMany", { most: MOST_CODES });
      break;
    }
    table.set(read.code, read.meaning);
    at.set(read.code, line);
  }
  return { table: Object.fromEntries(table), problems };
}

/** The sign that parts the cells of most lines; what a sheet puts there before what a sentence may hold. */
function signOf(lines: readonly string[]): Sign {
  const having = (sign: Sign) => lines.filter((line) => line.includes(sign)).length;
  const most = Math.max(...SIGNS.map(having));
  return SIGNS.find((sign) => having(sign) === most) ?? ",";
}

/** @returns null when a quote is opened and not closed. */
function cellsOf(line: string, sign: Sign): string[] | null {
  const cells: string[] = [];
  let rest = line;
  for (;;) {
    rest = sign === "\t" ? rest.replace(/^ +/, "") : rest.trimStart();
    const quoted = /^"((?:[^"]|"")*)"\s*/.exec(rest);
    if (rest.startsWith('"') && quoted === null) return null;
    const end = quoted === null ? rest.indexOf(sign) : quoted[0].length;
    const after = quoted === null ? end : rest.startsWith(sign, end) ? end : -1;
    if (quoted !== null && after < 0 && rest.length > end) return null;
    const cell = quoted === null ? rest.slice(0, end < 0 ? undefined : end) : (quoted[1] ?? "").replaceAll('""', '"');
    cells.push(cell.trim());
    if (after < 0) break;
    rest = rest.slice(after + 1);
  }
  while (cells.length > 1 && cells.at(-1) === "") cells.pop();
  return cells;
}

/** The parts that a first line names; null when it is a line like the others. */
function headOf(cells: readonly string[]): Part[] | "bad" | null {
  const named = cells.map((cell) => HEADS[cell.toLowerCase()]);
  if (named[0] === undefined || named.filter((part) => part !== undefined).length < 2) return null;
  const parts = named.filter((part) => part !== undefined);
  const whole = parts.length === cells.length && new Set(parts).size === parts.length;
  return whole && parts.includes("code") && parts.includes("meaning") ? parts : "bad";
}

type ReadLine = { code: string; meaning: CodeTable[string] } | Omit<LineProblem, "line">;

function readCells(cells: readonly string[], parts: readonly Part[]): ReadLine {
  const cell = (part: Part) => cells[parts.indexOf(part)] ?? "";
  const code = cell("code");
  const en = cell("meaning");
  if (code === "") return { why: "feedsCodes.noCode", params: {} };
  if (en === "") return { why: "feedsCodes.noMeaning", params: { code: shown(code) } };
  if (cells.length > parts.length) {
    return { why: "feedsCodes.tooManyCells", params: { cells: cells.length, most: parts.length } };
  }
  const es = cell("spanish") || en;
  if (cells.some((one) => one.length > LONGEST_MEANING) || code.length > LONGEST_CODE) {
    return { why: "feedsCodes.tooLong", params: { most: LONGEST_MEANING } };
  }
  // A key of that name is none in an object.
  if (code === "__proto__" || cells.some((one) => /\p{Cc}/u.test(one)))
    return { why: "feedsCodes.unreadable", params: {} };
  const said = cell("searches").toLowerCase();
  if (said === "") return { code, meaning: { en, es } };
  const searches = IDENTIFIER_KINDS.find((kind) => KIND_NAMES[kind].includes(said));
  if (searches === undefined) return { why: "feedsCodes.unknownKind", params: { text: shown(said) } };
  return { code, meaning: { en, es, searches } };
}

function shown(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** A table as its text: what `readCodeTable` reads back to the same. */
export function codeTableText(table: CodeTable): string {
  const entries = Object.entries(table);
  if (entries.length === 0) return "";
  const spanish = entries.some(([, { en, es }]) => en !== es);
  const searches = entries.some(([, code]) => code.searches !== undefined);
  const lines = entries.map(([code, { en, es, searches: kind }]) => [
    ...[code, en],
    ...(searches ? [kind ?? ""] : []),
    ...(spanish ? [es] : []),
  ]);
  const head = ["code", "meaning", ...(searches ? ["searches"] : []), ...(spanish ? ["spanish"] : [])];
  return [head, ...lines].map((cells) => cells.map(quotedCell).join(" | ")).join("\n");
}

function quotedCell(cell: string): string {
  return /^"|[|\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
