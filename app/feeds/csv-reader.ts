/**
 * A streaming reader of CSV (RFC 4180), written over bytes.
 *
 * It promises three things that general readers do not give together: memory stays flat whatever
 * arrives (a 200 MB line included), no row disappears (what cannot be read comes out as a problem row
 * with its bytes), and it is fast enough that sealing, not reading, is what an import waits for.
 *
 * Rows end at LF or CRLF outside quotes. A quote opens only at the start of a cell. A lone CR is
 * content. Blank lines are skipped but numbered, so that row numbers are those a spreadsheet shows.
 */
import { isUtf8 } from "node:buffer";
import {
  inPieces,
  LIMITS,
  type Limits,
  lastReturn,
  Oversize,
  type ProblemRow,
  ROWS_AT_ONCE,
  toProblemRow,
} from "./formats/limits.ts";

export type CsvProblem = "too-large" | "nul-byte" | "not-utf8" | "cut-off" | "stray-quote";

/** A row's cells, and its bytes for whoever asks for them: a view is not made for each of millions of rows. */
export class CsvRow {
  /** From 1: the header is row 1. */
  readonly number: number;
  readonly cells: string[];
  /** Length in bytes as delivered, without the line end. */
  readonly bytes: number;
  /** True when no cell holds a control character but line feeds, or begins with a quote: what most rows are. */
  readonly simple: boolean;
  /** True of a last row without a line end, which may be the beginning of a longer one. */
  readonly open: boolean;
  readonly #buffer: Buffer;
  readonly #start: number;

  constructor(
    number: number,
    cells: string[],
    simple: boolean,
    open: boolean,
    buffer: Buffer,
    start: number,
    stop: number,
  ) {
    this.number = number;
    this.cells = cells;
    this.simple = simple;
    this.open = open;
    this.#buffer = buffer;
    this.#start = start;
    this.bytes = stop - start;
  }

  /** The row as delivered, without its line end: a view on the source's chunk. */
  get raw(): Uint8Array {
    return this.#buffer.subarray(this.#start, this.#start + this.bytes);
  }
}

export type CsvProblemRow = ProblemRow<CsvProblem>;

const LF = 10;
const CR = 13;
const QUOTE = 34;

// What a byte is to the scanner. Everything but PLAIN leaves the hot loop, and stays known of the whole row.
const PLAIN = 0;
const DELIMITER = 1;
const LINE_END = 2;
const QUOTES = 4;
const NUL = 8;
/** Control characters but CR, which most files have at each row's end. */
const ODD = 16;
const RETURN = 32;
const HIGH = 64;

function classesFor(delimiter: number): Uint8Array {
  const classes = new Uint8Array(256);
  classes.fill(ODD, 0, 32);
  classes.fill(HIGH, 128);
  classes[0] = NUL;
  classes[CR] = RETURN;
  classes[LF] = LINE_END;
  classes[QUOTE] = QUOTES;
  classes[delimiter] = DELIMITER;
  return classes;
}

/** Bytes decoded at once. Larger texts are large objects to the engine, and cost more than they save. */
const WINDOW = 1 << 15;

const AT_CELL_START = 0;
const IN_CELL = 1;
const IN_QUOTES = 2;
const AFTER_QUOTE = 3;

/**
 * Reads rows from a stream of bytes.
 *
 * @param source UTF-8 in any chunking, down to single bytes. A chunk must not be written to again once handed over.
 * @param delimiter One ASCII character.
 * @returns Groups of rows in order, header included. Reads on only when the next group is asked for.
 */
export async function* readCsv(
  source: AsyncIterable<Uint8Array>,
  limits: Limits = LIMITS,
  delimiter = ",",
): AsyncGenerator<(CsvRow | CsvProblemRow)[]> {
  const scanner = new Scanner(limits, delimiter.charCodeAt(0));
  for await (const piece of inPieces(source, limits.piece)) {
    scanner.feed(piece);
    for (let rows = scanner.take(); rows.length > 0; rows = scanner.take()) yield rows;
  }
  const last = scanner.end();
  if (last.length > 0) yield last;
}

/** The state machine. Everything about the unfinished row survives from one chunk to the next. */
class Scanner {
  readonly #limits: Limits;
  readonly #classes: Uint8Array;
  #buffer: Buffer = Buffer.alloc(0);
  /** A part of the buffer with one character for each byte, and where it begins. */
  #text = "";
  #textStart = 0;
  /** Where the unfinished row begins, and how far it has been scanned. */
  #rowStart = 0;
  #position = 0;
  #started = false;
  #number = 1;
  #state = AT_CELL_START;
  #cellStart = 0;
  /** Pairs (start, end) of the finished cells of this row, relative to the row; quoted ones without their quotes. */
  readonly #bounds: Int32Array;
  #count = 0;
  /** Indexes of cells that hold doubled quotes. */
  #doubled: number[] = [];
  #quoteEnd = -1;
  #sawDoubled = false;
  #quoted = false;
  /** The classes of all bytes of the row. */
  #seen = 0;
  /** How many carriage returns the row has. */
  #returns = 0;
  #strayQuote = false;
  #tooManyCells = false;
  #skipped: Oversize | null = null;

  constructor(limits: Limits, delimiter: number) {
    this.#limits = limits;
    this.#classes = classesFor(delimiter);
    this.#bounds = new Int32Array(2 * limits.cells);
  }

  feed(piece: Buffer): void {
    const kept = this.#buffer.length - this.#rowStart;
    this.#buffer = kept === 0 ? piece : Buffer.concat([this.#buffer.subarray(this.#rowStart), piece]);
    this.#text = "";
    this.#position -= this.#rowStart;
    this.#rowStart = 0;
    if (!this.#started) this.#skipBom();
  }

  /** A byte order mark says "UTF-8" and is no part of the first cell. */
  #skipBom(): void {
    const mark = [0xef, 0xbb, 0xbf];
    const length = Math.min(3, this.#buffer.length);
    const agrees = mark.slice(0, length).every((byte, i) => this.#buffer[i] === byte);
    if (agrees && length < 3) return;
    this.#started = true;
    if (agrees) {
      this.#rowStart = 3;
      this.#position = 3;
    }
  }

  /** The next rows that are complete in what was fed; empty when more bytes are needed. */
  take(): (CsvRow | CsvProblemRow)[] {
    const rows: (CsvRow | CsvProblemRow)[] = [];
    if (!this.#started) return rows;
    while (rows.length < ROWS_AT_ONCE) {
      const end = this.#scan();
      if (end < 0) break;
      const row = this.#finish(end, false);
      if (row !== null) rows.push(row);
    }
    if (this.#position >= this.#buffer.length) this.#limit();
    return rows;
  }

  /** The last row, when the file does not end with a line end. */
  end(): (CsvRow | CsvProblemRow)[] {
    if (!this.#started && this.#buffer.length > 0) this.#started = true;
    const rows = this.take();
    const pending = this.#buffer.length - this.#rowStart;
    if (pending === 0 && this.#skipped === null) return rows;
    const end = this.#buffer.length;
    const cut = this.#state === IN_QUOTES;
    const row = cut ? this.#problem("cut-off", this.#rowStart, end) : this.#finish(end, true);
    if (row !== null) rows.push(row);
    this.#rowStart = end;
    return rows;
  }

  /**
   * Walks on to the end of the row. The hot loop: one look at each byte, no strings.
   *
   * @returns The offset of the LF that ends the row, or -1 when the buffer ends first.
   */
  #scan(): number {
    const buffer = this.#buffer;
    const classes = this.#classes;
    const length = buffer.length;
    const rowStart = this.#rowStart;
    let position = this.#position;
    let state = this.#state;
    let seen = this.#seen;
    let end = -1;
    for (; position < length; position++) {
      const from = position;
      while (position < length && classes[buffer[position] as number] === PLAIN) position++;
      if (position > from) {
        if (state === AT_CELL_START) state = IN_CELL;
        else if (state === AFTER_QUOTE) this.#strayQuote = true;
        if (position === length) break;
      }
      const kind = classes[buffer[position] as number] as number;
      seen |= kind;
      if (state === IN_QUOTES) {
        if (kind === QUOTES) {
          state = AFTER_QUOTE;
          this.#quoteEnd = position - rowStart;
        } else if (kind === RETURN) this.#returns += 1;
      } else if (kind === DELIMITER) {
        this.#closeCell(this.#cellStart, position - rowStart);
        this.#cellStart = position - rowStart + 1;
        state = AT_CELL_START;
      } else if (kind === LINE_END) {
        end = position;
        break;
      } else if (kind === RETURN) {
        this.#returns += 1;
        if (state === AT_CELL_START) state = IN_CELL;
      } else if (state === AT_CELL_START) {
        if (kind === QUOTES) {
          state = IN_QUOTES;
          this.#quoted = true;
          this.#cellStart = position - rowStart + 1;
        } else state = IN_CELL;
      } else if (state === AFTER_QUOTE) {
        if (kind === QUOTES) {
          state = IN_QUOTES;
          this.#sawDoubled = true;
        } else this.#strayQuote = true;
      }
    }
    this.#position = position;
    this.#state = state;
    this.#seen = seen;
    return end;
  }

  #closeCell(start: number, end: number): void {
    if (this.#count < this.#bounds.length) {
      if (this.#sawDoubled) this.#doubled.push(this.#count >> 1);
      this.#bounds[this.#count] = start;
      this.#bounds[this.#count + 1] = this.#quoted ? this.#quoteEnd : end;
      this.#count += 2;
    } else this.#tooManyCells = true;
    this.#quoted = false;
    this.#sawDoubled = false;
  }

  /** Makes the row that ends before `end`, and readies the scanner for the next one. */
  #finish(end: number, open: boolean): CsvRow | CsvProblemRow | null {
    const start = this.#rowStart;
    const returned = end > start && this.#buffer[end - 1] === CR;
    const stop = returned ? end - 1 : end;
    let row: CsvRow | CsvProblemRow | null = null;
    if (this.#skipped !== null) row = this.#problem("too-large", start, stop);
    else if (stop > start) {
      this.#closeCell(this.#cellStart, stop - start);
      const problem = this.#problemOf(start, stop);
      row = problem === null ? this.#row(start, stop, returned, open) : this.#problem(problem, start, stop);
    }
    this.#number += 1;
    this.#rowStart = Math.min(end + 1, this.#buffer.length);
    this.#position = this.#rowStart;
    this.#reset();
    return row;
  }

  #reset(): void {
    this.#state = AT_CELL_START;
    this.#cellStart = 0;
    this.#count = 0;
    if (this.#doubled.length > 0) this.#doubled = [];
    this.#quoted = false;
    this.#sawDoubled = false;
    this.#seen = 0;
    this.#returns = 0;
    this.#strayQuote = false;
    this.#tooManyCells = false;
  }

  /** Size first: of a row that is let go on the way nothing else is known. */
  #problemOf(start: number, stop: number): CsvProblem | null {
    if (this.#tooManyCells || stop - start > this.#limits.row || this.#hasLargeCell(start, stop)) return "too-large";
    if ((this.#seen & NUL) !== 0) return "nul-byte";
    if ((this.#seen & HIGH) !== 0 && !isUtf8(this.#buffer.subarray(start, stop))) return "not-utf8";
    return this.#strayQuote ? "stray-quote" : null;
  }

  #hasLargeCell(start: number, stop: number): boolean {
    if (stop - start <= this.#limits.cell) return false;
    for (let i = 0; i < this.#count; i += 2) {
      if ((this.#bounds[i + 1] as number) - (this.#bounds[i] as number) > this.#limits.cell) return true;
    }
    return false;
  }

  /** @param returned Whether the row ended in CRLF: that CR is not one of the row's own characters. */
  #row(start: number, stop: number, returned: boolean, open: boolean): CsvRow {
    const cells = (this.#seen & HIGH) === 0 ? this.#asciiCells(start, stop) : this.#utf8Cells(start);
    for (const index of this.#doubled) cells[index] = (cells[index] as string).replaceAll('""', '"');
    const odd = (this.#seen & ODD) !== 0 || this.#returns !== (returned ? 1 : 0) || this.#doubled.length > 0;
    return new CsvRow(this.#number, cells, !odd, open, this.#buffer, start, stop);
  }

  /** One decoding for many rows: where all bytes of a row are ASCII they are its characters, and cells are slices. */
  #asciiCells(start: number, stop: number): string[] {
    if (start < this.#textStart || stop > this.#textStart + this.#text.length) this.#decodeFrom(start, stop);
    const text = this.#text;
    const from = start - this.#textStart;
    const bounds = this.#bounds;
    const count = this.#count;
    const cells: string[] = [];
    for (let i = 0; i < count; i += 2)
      cells.push(text.slice(from + (bounds[i] as number), from + (bounds[i + 1] as number)));
    return cells;
  }

  #decodeFrom(start: number, stop: number): void {
    this.#text = this.#buffer.toString("latin1", start, Math.max(stop, start + WINDOW));
    this.#textStart = start;
  }

  #utf8Cells(start: number): string[] {
    const cells: string[] = [];
    for (let i = 0; i < this.#count; i += 2) {
      const from = start + (this.#bounds[i] as number);
      cells.push(this.#buffer.toString("utf8", from, start + (this.#bounds[i + 1] as number)));
    }
    return cells;
  }

  #problem(problem: CsvProblem, start: number, stop: number): CsvProblemRow {
    const rest = this.#buffer.subarray(start, stop);
    const skipped = this.#skipped;
    if (skipped === null) return toProblemRow(this.#number, problem, rest, this.#limits);
    this.#skipped = null;
    skipped.add(rest);
    return skipped.toRow(this.#number, problem);
  }

  /** Called when the buffer is used up: an unfinished row past its cap is hashed and let go, byte by byte. */
  #limit(): void {
    const pending = this.#buffer.length - this.#rowStart;
    // One more than may be, because the last byte may be the CR of a line end.
    const overCell = pending - this.#cellStart > this.#limits.cell + 1 && this.#state !== AFTER_QUOTE;
    if (this.#skipped === null && pending <= this.#limits.row + 1 && !overCell) return;
    this.#skipped ??= new Oversize(this.#limits.head);
    const rest = lastReturn(this.#buffer);
    this.#skipped.add(this.#buffer.subarray(this.#rowStart, this.#buffer.length - rest.length));
    this.#count = 0;
    this.#doubled = [];
    this.#cellStart = 0;
    this.#buffer = rest;
    this.#text = "";
    this.#rowStart = 0;
    this.#position = rest.length;
  }
}
