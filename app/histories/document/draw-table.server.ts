/**
 * Tables, tagged by hand: header cells with their scope, spans said, headers repeated on each page.
 *
 * A group of rows stays together where a page can hold it; a group taller than a page goes over,
 * each cell as one element with a piece of content on every page that it touches.
 */
import type { Part, Table, TableCell, TableGroup, TableRow } from "./blocks.ts";
import type { Face } from "./face.ts";
import { ACCENT, BODY_WIDTH, COLUMN_HEAD, FACES, HAIRLINE, INK, MARK, MARK_FILL, PAGE } from "./look.ts";
import type { Line } from "./paragraphs.server.ts";
import type { Sheet } from "./sheet.server.ts";
import type { Tag } from "./tags.ts";

const GUTTER = 8;
const GROUP_PAD = 6;
const ROW_GAP = 3;
/** After so many groups other work of the process gets its turn. */
const TURN = 50;

interface Column {
  x: number;
  width: number;
  header: readonly Line[];
}

/** A line of a cell, or the mark that stands in its place. */
interface Slip {
  part: number;
  height: number;
  draw: { line: Line; face: Face } | { mark: string };
}

interface LaidCell {
  cell: TableCell;
  x: number;
  slips: Slip[];
}

interface LaidRow {
  cells: LaidCell[];
  height: number;
}

export async function drawTable(sheet: Sheet, table: Table): Promise<void> {
  const columns = columnsOf(sheet, table);
  const headerHeight = Math.max(...columns.map((column) => column.header.length)) * COLUMN_HEAD.leading + 8;
  sheet.need(headerHeight + 80);
  const root = sheet.tags.open("Table");
  sheet.tags.within("THead", "", () => taggedHeader(sheet, columns, headerHeight));
  const body = sheet.tags.open("TBody");
  let drawn = 0;
  for (const group of table.groups()) {
    drawGroup(sheet, columns, headerHeight, layGroup(sheet, columns, group), drawn === 0);
    drawn += 1;
    if (drawn % TURN === 0) await sheet.settle();
  }
  sheet.tags.close(body);
  sheet.tags.close(root);
  sheet.artifact("Layout", () => sheet.rule(sheet.y, HAIRLINE, 0.6));
  sheet.y += 12;
}

function columnsOf(sheet: Sheet, table: Table): Column[] {
  let x: number = PAGE.left;
  return table.columns.map(({ header, share }) => {
    const width = share * BODY_WIDTH;
    const column = { x, width, header: sheet.paragraphs.lines(header, COLUMN_HEAD, width - GUTTER) };
    x += width;
    return column;
  });
}

function taggedHeader(sheet: Sheet, columns: readonly Column[], height: number): void {
  sheet.tags.within("TR", "", () => {
    for (const column of columns) {
      sheet.tags.within("TH", "/A<</O/Table/Scope/Column>>", () => sheet.content(() => headerText(sheet, column)));
    }
  });
  headerRule(sheet, height);
}

/** On later pages the header is for the eye: a screen reader already knows it from the tags. */
function repeatedHeader(sheet: Sheet, columns: readonly Column[], height: number): void {
  sheet.artifact("Pagination", () => {
    for (const column of columns) headerText(sheet, column);
  });
  headerRule(sheet, height);
}

function headerText(sheet: Sheet, column: Column): void {
  for (const [index, line] of column.header.entries())
    sheet.line(line, COLUMN_HEAD, column.x, sheet.y + index * COLUMN_HEAD.leading);
}

function headerRule(sheet: Sheet, height: number): void {
  sheet.y += height;
  sheet.artifact("Layout", () => sheet.rule(sheet.y - 4, ACCENT, 1));
}

function layGroup(sheet: Sheet, columns: readonly Column[], group: TableGroup): LaidRow[] {
  return group.map((row) => layRow(sheet, columns, row));
}

function layRow(sheet: Sheet, columns: readonly Column[], row: TableRow): LaidRow {
  const cells = row.map((cell) => {
    const spanned = columns.slice(cell.column, cell.column + cell.columns);
    const width = spanned.reduce((sum, column) => sum + column.width, 0) - GUTTER;
    const slips = cell.parts.flatMap((part, index) => slipsOf(sheet, part, index, width));
    return { cell, x: spanned[0]?.x ?? PAGE.left, slips };
  });
  return { cells, height: Math.max(...cells.map(({ slips }) => slips.reduce((sum, slip) => sum + slip.height, 0))) };
}

function slipsOf(sheet: Sheet, part: Part, index: number, width: number): Slip[] {
  if (part.kind === "mark") return [{ part: index, height: MARK.leading, draw: { mark: part.text } }];
  const face = FACES[part.style];
  return sheet.paragraphs
    .lines(part.text, face, width)
    .map((line) => ({ part: index, height: face.leading, draw: { line, face } }));
}

function drawGroup(
  sheet: Sheet,
  columns: readonly Column[],
  headerHeight: number,
  rows: readonly LaidRow[],
  first: boolean,
): void {
  const height = rows.reduce((sum, row) => sum + row.height, 0) + (rows.length - 1) * ROW_GAP + 2 * GROUP_PAD;
  const turn = (): void => {
    sheet.newPage();
    repeatedHeader(sheet, columns, headerHeight);
  };
  const wholePage = PAGE.bottom - PAGE.top - headerHeight;
  if (sheet.room < height && (height <= wholePage || sheet.room < 120)) turn();
  else if (!first) sheet.artifact("Layout", () => sheet.rule(sheet.y, HAIRLINE, 0.5));
  sheet.y += GROUP_PAD;
  for (const [index, row] of rows.entries()) {
    drawRow(sheet, row, turn);
    sheet.y += index < rows.length - 1 ? ROW_GAP : GROUP_PAD;
  }
}

function drawRow(sheet: Sheet, row: LaidRow, turn: () => void): void {
  const tag = sheet.tags.open("TR");
  const tags = row.cells.map(({ cell }) => sheet.tags.loose(cell.header ? "TH" : "TD", attributesOf(cell)));
  let cells = row.cells;
  for (;;) {
    const heights = cells.map((cell, index) => drawCell(sheet, cell, tags[index]));
    const rests = cells.map((cell, index) => ({ ...cell, slips: cell.slips.slice(heights[index]?.drawn ?? 0) }));
    sheet.y += Math.max(...heights.map(({ height }) => height));
    if (rests.every(({ slips }) => slips.length === 0)) break;
    turn();
    sheet.y += GROUP_PAD;
    cells = rests;
  }
  for (const cell of tags) sheet.tags.finish(cell);
  sheet.tags.close(tag);
}

function attributesOf(cell: TableCell): string {
  const said = [
    cell.header ? "/Scope/Row" : "",
    cell.columns > 1 ? `/ColSpan ${cell.columns}` : "",
    cell.rows > 1 ? `/RowSpan ${cell.rows}` : "",
  ].join("");
  return said === "" ? "" : `/A<</O/Table${said}>>`;
}

/** Draws as much of a cell as this page holds; says how many slips that was, and how tall. */
function drawCell(sheet: Sheet, { x, slips }: LaidCell, tag: Tag | undefined): { drawn: number; height: number } {
  let height = 0;
  let drawn = 0;
  while (drawn < slips.length) {
    const part = slips[drawn]?.part;
    const here: { slip: Slip; y: number }[] = [];
    for (
      let slip = slips[drawn + here.length];
      slip !== undefined && slip.part === part;
      slip = slips[drawn + here.length]
    ) {
      if (height + slip.height > sheet.room) break;
      here.push({ slip, y: sheet.y + height });
      height += slip.height;
    }
    if (here.length === 0) break;
    sheet.content(() => {
      for (const { slip, y } of here) drawSlip(sheet, slip, x, y);
    }, tag);
    drawn += here.length;
  }
  return { drawn, height };
}

function drawSlip(sheet: Sheet, slip: Slip, x: number, y: number): void {
  if ("mark" in slip.draw) drawMark(sheet, slip.draw.mark, x, y);
  else sheet.line(slip.draw.line, slip.draw.face, x, y);
}

function drawMark(sheet: Sheet, text: string, x: number, top: number): void {
  const y = top + MARK.above;
  sheet.box(x, y, MARK.width, MARK.height, MARK_FILL);
  sheet.frame(x, y, MARK.width, MARK.height, INK, 0.5);
  sheet.text(text, MARK.face, x + 4, y);
}
