import { type CsvProblemRow, CsvRow, readCsv } from "../csv-reader.ts";
import { refusal } from "../problem.ts";
import type { Profile } from "../profile.ts";
import { compileColumns, compileIdentity, emptyTexts } from "../profile-texts.ts";
import { compileEventReader, type GoodRow, type RowFacts } from "../read-row.ts";
import { type BadRow, type FileRow, type ReadContext, toBadRow } from "./file-row.ts";
import { isShifted } from "./find-shift.ts";
import { type CsvFormat, findHeader } from "./format.ts";

/** @throws Refused before the first row, when the header is not one of the format's. */
export async function* readCsvRows(
  source: AsyncIterable<Uint8Array>,
  format: CsvFormat,
  context: ReadContext,
): AsyncGenerator<FileRow[]> {
  const reader = new CsvRows(format, context);
  for await (const group of readCsv(source, context.limits, format.delimiter)) {
    const rows: FileRow[] = [];
    for (const row of group) {
      const read = reader.read(row);
      if (read !== null) rows.push(read);
    }
    if (rows.length > 0) yield rows;
  }
  reader.end();
}

/** The reader of rows under one header; a file that was put together from several exports has several. */
interface Compiled {
  names: readonly string[];
  /** Cells that a row may have: nameless ones at the header's end may be left out, or stand there empty. */
  most: number;
  fill(cells: readonly string[]): void;
  event(facts: RowFacts): GoodRow | BadRow["problem"];
  identity(cells: readonly string[], simple: boolean): string;
}

class CsvRows {
  readonly #format: CsvFormat;
  readonly #context: ReadContext;
  readonly #texts = emptyTexts();
  #compiled: Compiled | null;
  /** The row that is being read. */
  #row: CsvRow | null = null;
  readonly #facts: RowFacts;

  constructor(format: CsvFormat, context: ReadContext) {
    this.#format = format;
    this.#context = context;
    this.#compiled = format.headerRow ? null : this.#compile(format.required, format.required.length);
    this.#facts = {
      source: { number: 0, raw: new Uint8Array(), bytes: 0 },
      simple: false,
      identity: (edges) => this.#identity(edges),
    };
  }

  #identity(edges: boolean): string {
    if (this.#row === null || this.#compiled === null) throw new Error("No row is being read.");
    return this.#compiled.identity(this.#row.cells, this.#row.simple && !edges);
  }

  #compile(names: readonly string[], most: number): Compiled {
    const { profile, now } = this.#context;
    return {
      names,
      most,
      fill: compileColumns(profile, names, this.#texts),
      event: compileEventReader(profile, this.#texts, now),
      identity: compileIdentity(this.#format, names),
    };
  }

  /** @returns null for the header. */
  read(row: CsvRow | CsvProblemRow): FileRow | null {
    if (this.#compiled === null) {
      const names = getHeader(this.#format, this.#context.profile, row);
      this.#compiled = this.#compile(names, row instanceof CsvRow ? row.cells.length : names.length);
      return null;
    }
    if (!(row instanceof CsvRow)) return row;
    return this.#readRow(row, this.#compiled);
  }

  #readRow(row: CsvRow, compiled: Compiled): FileRow {
    const { cells } = row;
    if (cells.length !== compiled.names.length && !hasOnlyPhantoms(cells, compiled)) {
      return toBadRow(row, this.#explain(row, compiled, "cell-count"));
    }
    compiled.fill(cells);
    this.#row = row;
    this.#facts.source = row;
    this.#facts.simple = row.simple;
    const read = compiled.event(this.#facts);
    return typeof read === "string" ? toBadRow(row, this.#explain(row, compiled, read)) : read;
  }

  /** A closer look at a row that could not be read. */
  #explain(row: CsvRow, compiled: Compiled, problem: BadRow["problem"]): BadRow["problem"] {
    const header = this.#format.headerRow ? findHeader(this.#format, row.cells) : null;
    if (header !== null) {
      this.#compiled = this.#compile(header, row.cells.length);
      return "header-again";
    }
    if (problem === "cell-count") return row.open && row.cells.length < compiled.names.length ? "cut-off" : problem;
    return isShifted(this.#context.profile, compiled.names, row.cells, problem) ? "shifted" : problem;
  }

  /** @throws Refused when there was not even a header. */
  end(): void {
    if (this.#compiled === null) throw refusal("feed-empty", this.#context.profile);
  }
}

function hasOnlyPhantoms(cells: readonly string[], { names, most }: Compiled): boolean {
  if (cells.length < names.length || cells.length > most) return false;
  return cells.slice(names.length).every((cell) => cell.trim() === "");
}

function getHeader(format: CsvFormat, profile: Profile, row: CsvRow | CsvProblemRow): readonly string[] {
  if (!(row instanceof CsvRow)) {
    const notText = row.problem === "nul-byte" || row.problem === "not-utf8" || row.raw.includes(0);
    throw refusal(notText ? "feed-not-text" : "feed-wrong-header", profile);
  }
  const header = findHeader(format, row.cells);
  if (header === null) throw refusal("feed-wrong-header", profile);
  return header;
}
