/** The two tables by line: what is disclosed, and what is withheld. */
import { type Absence, FIELDS, type Field, type History, type Line } from "../history.ts";
import type { Part, Table, TableCell, TableGroup } from "./blocks.ts";
import { newestFirst } from "./figures.ts";
import { groundLetters, sayDate, sayLine } from "./speak.ts";
import type { DocumentWords } from "./word-list.ts";

/** Columns after the number; a reason and its case number share one. The shares were set by looking at the page; none is narrower than the mark. */
const COLUMNS: readonly { fields: readonly Field[]; share: number }[] = [
  { fields: ["at"], share: 0.122 },
  { fields: ["system"], share: 0.119 },
  { fields: ["agency"], share: 0.124 },
  { fields: ["user"], share: 0.148 },
  { fields: ["searchedBy"], share: 0.119 },
  { fields: ["purpose", "caseNumber"], share: 0.164 },
  { fields: ["scope"], share: 0.15 },
];
const NUMBER_SHARE = 0.054;

/** Each look-up is two rows: its sentence across the table, and its fields in the columns. */
export function lookUpTable(history: History, words: DocumentWords): Table {
  const letterOf = groundLetters(history);
  const lines = newestFirst(history.lines);
  const header = (fields: readonly Field[]): string =>
    fields.length > 1 ? words.lookUps.purposeAndCase : words.lookUps.fields[fields[0] ?? "at"];
  return {
    kind: "table",
    columns: [
      { header: words.lookUps.number, share: NUMBER_SHARE },
      ...COLUMNS.map(({ fields, share }) => ({ header: header(fields), share })),
    ],
    *groups(): Iterable<TableGroup> {
      for (const line of lines) yield lookUpGroup(line, letterOf, words);
    },
  };
}

function lookUpGroup(line: Line, letterOf: (ground: string) => string, words: DocumentWords): TableGroup {
  const number: TableCell = {
    column: 0,
    columns: 1,
    rows: 2,
    header: true,
    parts: [{ kind: "text", text: String(line.number), style: "number" }],
  };
  const sentence: TableCell = {
    column: 1,
    columns: COLUMNS.length,
    rows: 1,
    header: false,
    parts: [{ kind: "text", text: sayLine(line, words), style: "sentence" }],
  };
  const fields = COLUMNS.map(
    ({ fields }, index): TableCell => ({
      column: index + 1,
      columns: 1,
      rows: 1,
      header: false,
      parts: fields.map((field) => partOf(line, field, letterOf, words)),
    }),
  );
  return [[number, sentence], fields];
}

/** A withheld cell becomes a mark that knows its ground's letter and nothing else. */
function partOf(line: Line, field: Field, letterOf: (ground: string) => string, words: DocumentWords): Part {
  const cell = line.cells[field];
  switch (cell.kind) {
    case "withheld":
      return { kind: "mark", text: words.mark(letterOf(cell.ground)) };
    case "absent":
      return absent(cell.why, field, words);
    case "shown":
      return cell.text.trim() === "" ? absent("empty", field, words) : { kind: "text", text: cell.text, style: "cell" };
  }
}

/** A case number shares its column with the reason: when it is absent, the words say which of the two is. */
function absent(why: Absence, field: Field, words: DocumentWords): Part {
  const text = words.absences[why];
  return {
    kind: "text",
    text: field === "caseNumber" ? `${words.lookUps.fields.caseNumber}: ${text}` : text,
    style: "quiet",
  };
}

/** Line by line what was withheld, whole look-ups and single fields, by number; null when nothing was. */
export function withheldTable(history: History, words: DocumentWords): Table | null {
  const rows = withheldRows(history, words);
  if (rows.length === 0) return null;
  const shares = [0.07, 0.34, 0.37, 0.22];
  return {
    kind: "table",
    columns: [words.withheld.line, words.withheld.what, words.withheld.why, words.withheld.review].map(
      (header, index) => ({ header, share: shares[index] ?? 0 }),
    ),
    *groups(): Iterable<TableGroup> {
      for (const row of rows) {
        yield [
          row.texts.map((text, column) => ({
            column,
            columns: 1,
            rows: 1,
            header: column === 0,
            parts: [{ kind: "text", text, style: column === 0 ? "number" : "cell" }],
          })),
        ];
      }
    },
  };
}

function withheldRows(history: History, words: DocumentWords): { number: number; texts: string[] }[] {
  const letterOf = groundLetters(history);
  const cites = new Map(history.grounds.map((ground) => [ground.id, ground.cite]));
  const why = (ground: string): string => `${letterOf(ground)}. ${cites.get(ground) ?? ""}`;
  const review = (on: string | null): string => (on === null ? words.withheld.noReview : sayDate(on, words));
  const whole = history.withheld.map((line) => ({
    number: line.number,
    texts: [String(line.number), words.withheld.wholeLine[line.outcome], why(line.ground), review(line.reviewOn)],
  }));
  const parts = history.lines.flatMap((line) =>
    [...fieldsByGround(line)].map(([ground, { fields, reviewOn }]) => ({
      number: line.number,
      texts: [
        String(line.number),
        words.withheld.fieldsOf(words.list(fields.map((field) => words.lookUps.fields[field].toLowerCase()))),
        why(ground),
        review(reviewOn),
      ],
    })),
  );
  return [...whole, ...parts].sort((a, b) => a.number - b.number);
}

/** The withheld fields of a line, by ground and, where the model says one, the earliest day of review. */
function fieldsByGround(line: Line): Map<string, { fields: Field[]; reviewOn: string | null }> {
  const found = new Map<string, { fields: Field[]; reviewOn: string | null }>();
  for (const field of FIELDS) {
    const cell = line.cells[field];
    if (cell.kind !== "withheld") continue;
    const entry = found.get(cell.ground) ?? { fields: [], reviewOn: null };
    entry.fields.push(field);
    const on = cell.reviewOn ?? null;
    if (on !== null && (entry.reviewOn === null || on < entry.reviewOn)) entry.reviewOn = on;
    found.set(cell.ground, entry);
  }
  return found;
}
