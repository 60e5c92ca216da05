/** A released answer as a table and as data, for the resident: from the redacted model, and from nothing else. */
import { csvFile } from "#app/platform/csv-cell.ts";
import { answerWords } from "./answer-words.ts";
import { toldDay } from "./document/figures.ts";
import { wordsFor } from "./document/words.ts";
import { type Cell, FIELDS, type History } from "./history.ts";

export const EXPORT_FORMATS = ["csv", "json"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const COLUMNS = ["number", "kind", "day", ...FIELDS, "signals", "law", "review_on"] as const;

/** So that a spreadsheet reads names in every script. */
const BYTE_ORDER_MARK = "\ufeff";

/**
 * One row for each look-up, those withheld as a whole at the end. A cell says what the answer shows; where it shows
 * nothing it says why, so that withheld, empty and never exported stay apart. No cell is a formula.
 */
export function csvOf(history: History): string {
  const citeOf = new Map(history.grounds.map(({ id, cite }) => [id, cite]));
  const { mark } = answerWords(history.locale);
  const { absences } = wordsFor(history.locale);
  const named = new Map((history.signals ?? []).map(({ id, name }) => [id, name]));
  const say = (cell: Cell): string => {
    if (cell.kind === "shown") return cell.text;
    return cell.kind === "absent" ? `[${absences[cell.why]}]` : `${mark} ${citeOf.get(cell.ground) ?? ""}`.trim();
  };
  const blank = Object.fromEntries(COLUMNS.map((column) => [column, null])) as Row;
  const lines = history.lines.map((line): Row => {
    const cells = Object.fromEntries(FIELDS.map((field) => [field, say(line.cells[field])]));
    const signals = (line.signals ?? []).map((id) => named.get(id) ?? id);
    const said = signals.length === 0 ? null : signals.join("; ");
    return { ...blank, ...cells, number: line.number, kind: "disclosed", day: toldDay(line), signals: said };
  });
  const withheld = history.withheld.map((one): Row => {
    const kind = one.outcome === "defer" ? "deferred" : "withheld";
    return { ...blank, number: one.number, kind, law: citeOf.get(one.ground) ?? null, review_on: one.reviewOn };
  });
  return BYTE_ORDER_MARK + csvFile(COLUMNS, [...lines, ...withheld]);
}

type Row = Record<(typeof COLUMNS)[number], string | number | null>;

/** The redacted model itself, with a name for its shape and the fingerprint of the document that says the same. */
export function jsonOf(history: History, sha256: string): string {
  return `${JSON.stringify({ format: "wholooked-answer", version: 1, document: { sha256 }, ...history }, null, 1)}\n`;
}
