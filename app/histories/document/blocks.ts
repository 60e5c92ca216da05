/**
 * The document before it is drawn: blocks in reading order, made of words alone.
 *
 * The renderer draws exactly these texts, each once and in this order, and the gates hold the text
 * that they extract from the bytes against the same list. Page furniture (running head, page number,
 * repeated table headers) is not content and is not in here.
 */

export type TextStyle =
  | "title"
  | "h2"
  | "h3"
  | "lead"
  | "body"
  | "small"
  | "strong"
  | "cell"
  | "sentence"
  | "number"
  | "quiet"
  | "value"
  | "label";

/** A mark is the fixed-width box that stands where a value is withheld. */
export type Part = { kind: "text"; text: string; style: TextStyle } | { kind: "mark"; text: string };

export interface TableCell {
  /** First column that the cell stands in, from 0. */
  column: number;
  /** Columns and rows that it spans. */
  columns: number;
  rows: number;
  header: boolean;
  parts: readonly Part[];
}

export type TableRow = readonly TableCell[];
/** Rows that stay on one page together where a page can hold them. */
export type TableGroup = readonly TableRow[];

export interface Table {
  kind: "table";
  /** `share` is a column's part of the width; the shares add up to 1. */
  columns: readonly { header: string; share: number }[];
  /** Made one at a time: a table of 100,000 look-ups is never held as blocks. */
  groups(): Iterable<TableGroup>;
}

export interface Bar {
  label: string;
  /** Shown under the first bar of a year, else empty. */
  year: string;
  count: number;
}

export interface Stretch {
  /** Parts of the row's width, 0 to 1. */
  from: number;
  to: number;
}

export interface TimelineRow {
  label: string;
  held: readonly Stretch[];
  missing: readonly Stretch[];
}

/** A square for a phone's camera, that leads to an address. */
export interface SquareCode {
  address: string;
  alt: string;
}

export type Block =
  | { kind: "letterhead"; sender: readonly string[]; notice: string | null }
  | { kind: "heading"; level: 1 | 2 | 3; text: string; bookmark: boolean; startsPage: boolean }
  | { kind: "paragraph"; text: string; style: TextStyle }
  | { kind: "pairs"; as: "facts" | "tiles" | "terms"; items: readonly { label: string; value: string }[] }
  | { kind: "list"; numbered: boolean; items: readonly { strong: string; text: string }[]; beside?: SquareCode }
  | { kind: "chart"; caption: string; alt: string; bars: readonly Bar[]; counts: readonly string[] }
  | { kind: "ranking"; caption: string; alt: string; rows: readonly { label: string; count: number; said: string }[] }
  | {
      kind: "timeline";
      alt: string;
      ticks: readonly { at: number; text: string }[];
      rows: readonly TimelineRow[];
      legend: { held: string; missing: string };
    }
  | Table;

/** The texts of a block in reading order. */
export function* textsOf(block: Block): Iterable<string> {
  switch (block.kind) {
    case "letterhead":
      yield* block.sender;
      if (block.notice !== null) yield block.notice;
      return;
    case "heading":
    case "paragraph":
      yield block.text;
      return;
    case "pairs":
      for (const { label, value } of block.items) yield* block.as === "tiles" ? [value, label] : [label, value];
      return;
    case "list":
      for (const [index, item] of block.items.entries()) yield* [bullet(block.numbered, index), item.strong, item.text];
      return;
    case "chart":
      yield block.caption;
      for (const [index, bar] of block.bars.entries()) yield* [block.counts[index] ?? "", bar.label, bar.year];
      return;
    case "ranking":
      yield block.caption;
      for (const { label, said } of block.rows) yield* [label, said];
      return;
    case "timeline":
      for (const row of block.rows) yield row.label;
      for (const tick of block.ticks) yield tick.text;
      yield* [block.legend.held, block.legend.missing];
      return;
    case "table":
      yield* tableTexts(block);
  }
}

function* tableTexts(table: Table): Iterable<string> {
  for (const column of table.columns) yield column.header;
  for (const group of table.groups()) {
    for (const row of group) for (const cell of row) for (const part of cell.parts) yield part.text;
  }
}

/** The alternative texts of a block's pictures. */
export function alternativesOf(block: Block): string[] {
  switch (block.kind) {
    case "chart":
    case "ranking":
    case "timeline":
      return [block.alt];
    case "list":
      return block.beside === undefined ? [] : [block.beside.alt];
    default:
      return [];
  }
}

/** The label of a list item. */
export function bullet(numbered: boolean, index: number): string {
  return numbered ? `${index + 1}.` : "–";
}
