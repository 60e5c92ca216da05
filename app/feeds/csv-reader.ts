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
import { createHash, type Hash } from "node:crypto";

export type CsvProblem = "too-large" | "nul-byte" | "not-utf8" | "cut-off" | "stray-quote";

export interface CsvRow {
  /** From 1: the header is row 1. */
  number: number;
  cells: string[];
  /** The row as delivered, without its line end: a view on the source's chunk. */
  raw: Uint8Array;
}

export interface CsvProblemRow {
  number: number;
  problem: CsvProblem;
  /** The row as delivered; of a row that is too large only the beginning. */
  raw: Uint8Array;
  /** Its whole length in bytes. */
  bytes: number;
  /** SHA-256 (hex) of the whole row, when `raw` is only its beginning. */
  digest: string | null;
}

export interface CsvLimits {
  /** Longest cell in bytes. */
  cell: number;
  /** Longest row in bytes. */
  row: number;
  /** Most cells in a row. */
  cells: number;
  /** How much of a row that is too large is kept. */
  head: number;
}

export const CSV_LIMITS: CsvLimits = { cell: 1_048_576, row: 4_194_304, cells: 1024, head: 65_536 };

/** Rows handed over at once, at most. */
const ROWS_AT_ONCE = 1024;

const LF = 10;
const CR = 13;
const QUOTE = 34;
const COMMA = 44;

const AT_CELL_START = 0;
const IN_CELL = 1;
const IN_QUOTES = 2;
const AFTER_QUOTE = 3;

/**
 * Reads rows from a stream of bytes.
 *
 * @param source Any chunking, down to single bytes. A chunk must not be written to again once handed over.
 * @returns Groups of rows in order, header included. Reads on only when the next group is asked for.
 */
export async function* readCsv(
  source: AsyncIterable<Uint8Array>,
  limits: CsvLimits = CSV_LIMITS,
): AsyncGenerator<(CsvRow | CsvProblemRow)[]> {
  const scanner = new Scanner(limits);
  for await (const chunk of source) {
    scanner.feed(chunk);
    for (let rows = scanner.take(); rows.length > 0; rows = scanner.take()) yield rows;
  }
  const last = scanner.end();
  if (last.length > 0) yield last;
}

/** The state machine. Everything about the unfinished row survives from one chunk to the next. */
class Scanner {
  readonly #limits: CsvLimits;
  #buffer: Buffer = Buffer.alloc(0);
  /** Where the unfinished row begins, and how far it has been scanned. */
  #rowStart = 0;
  #position = 0;
  #started = false;
  #number = 1;
  #state = AT_CELL_START;
  #cellStart = 0;
  /** Pairs (start, end) of the finished cells of this row, relative to the row; quoted ones without their quotes. */
  #bounds: number[] = [];
  /** Indexes of cells that hold doubled quotes. */
  #doubled: number[] = [];
  #quoteEnd = -1;
  #sawDoubled = false;
  #quoted = false;
  #seenBits = 0;
  #sawNul = false;
  #strayQuote = false;
  #tooManyCells = false;
  #skipped: { head: Buffer; hash: Hash; bytes: number } | null = null;

  constructor(limits: CsvLimits) {
    this.#limits = limits;
  }

  feed(chunk: Uint8Array): void {
    const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const kept = this.#buffer.length - this.#rowStart;
    this.#buffer = kept === 0 ? fresh : Buffer.concat([this.#buffer.subarray(this.#rowStart), fresh]);
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
      const row = this.#finish(end);
      if (row !== null) rows.push(row);
    }
    if (this.#position >= this.#buffer.length) this.#limit();
    return rows;
  }

  /** The last row, when the file does not end with a line end. */
  end(): (CsvRow | CsvProblemRow)[] {
    if (!this.#started && this.#buffer.length > 0) this.#started = true;
    const cut = this.#state === IN_QUOTES;
    const rows = this.take();
    const pending = this.#buffer.length - this.#rowStart;
    if (pending === 0 && this.#skipped === null) return rows;
    const end = this.#buffer.length;
    const row = cut || this.#state === IN_QUOTES ? this.#problem("cut-off", this.#rowStart, end) : this.#finish(end);
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
    const length = buffer.length;
    const rowStart = this.#rowStart;
    let position = this.#position;
    let state = this.#state;
    let bits = this.#seenBits;
    let cellStart = this.#cellStart;
    let end = -1;
    for (; position < length; position++) {
      const byte = buffer[position] as number;
      bits |= byte;
      if (byte === 0) this.#sawNul = true;
      if (state === IN_QUOTES) {
        if (byte === QUOTE) {
          state = AFTER_QUOTE;
          this.#quoteEnd = position - rowStart;
        }
      } else if (byte === COMMA) {
        this.#closeCell(cellStart, position - rowStart);
        cellStart = position - rowStart + 1;
        state = AT_CELL_START;
      } else if (byte === LF) {
        end = position;
        break;
      } else if (state === AT_CELL_START) {
        if (byte === QUOTE) {
          state = IN_QUOTES;
          this.#quoted = true;
          cellStart = position - rowStart + 1;
        } else state = IN_CELL;
      } else if (state === AFTER_QUOTE) {
        if (byte === QUOTE) {
          state = IN_QUOTES;
          this.#sawDoubled = true;
        } else if (byte !== CR) this.#strayQuote = true;
      }
    }
    this.#position = position;
    this.#state = state;
    this.#seenBits = bits;
    this.#cellStart = cellStart;
    return end;
  }

  #closeCell(start: number, end: number): void {
    if (this.#bounds.length < 2 * this.#limits.cells) {
      if (this.#sawDoubled) this.#doubled.push(this.#bounds.length >> 1);
      this.#bounds.push(start, this.#quoted ? this.#quoteEnd : end);
    } else this.#tooManyCells = true;
    this.#quoted = false;
    this.#sawDoubled = false;
  }

  /** Makes the row that ends before `end`, and readies the scanner for the next one. */
  #finish(end: number): CsvRow | CsvProblemRow | null {
    const start = this.#rowStart;
    const stop = end > start && this.#buffer[end - 1] === CR ? end - 1 : end;
    let row: CsvRow | CsvProblemRow | null = null;
    if (this.#skipped !== null) row = this.#problem("too-large", start, stop);
    else if (stop > start) {
      this.#closeCell(this.#cellStart, stop - start);
      const problem = this.#problemOf(start, stop);
      if (problem !== null) row = this.#problem(problem, start, stop);
      else row = { number: this.#number, cells: this.#cells(start, stop), raw: this.#buffer.subarray(start, stop) };
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
    this.#bounds = [];
    this.#doubled = [];
    this.#quoted = false;
    this.#sawDoubled = false;
    this.#seenBits = 0;
    this.#sawNul = false;
    this.#strayQuote = false;
    this.#tooManyCells = false;
  }

  #problemOf(start: number, stop: number): CsvProblem | null {
    if (this.#sawNul) return "nul-byte";
    if (this.#seenBits > 127 && !isUtf8(this.#buffer.subarray(start, stop))) return "not-utf8";
    if (this.#strayQuote) return "stray-quote";
    if (this.#tooManyCells || stop - start > this.#limits.row) return "too-large";
    if (stop - start <= this.#limits.cell) return null;
    for (let i = 0; i < this.#bounds.length; i += 2) {
      if ((this.#bounds[i + 1] as number) - (this.#bounds[i] as number) > this.#limits.cell) return "too-large";
    }
    return null;
  }

  /** One decoding for the whole row when it is ASCII: bytes are then characters, and cells are slices. */
  #cells(start: number, stop: number): string[] {
    const cells: string[] = [];
    const bounds = this.#bounds;
    const ascii = this.#seenBits < 128;
    const text = ascii ? this.#buffer.toString("latin1", start, stop) : "";
    for (let i = 0; i < bounds.length; i += 2) {
      const from = bounds[i] as number;
      const to = bounds[i + 1] as number;
      cells.push(ascii ? text.slice(from, to) : this.#buffer.toString("utf8", start + from, start + to));
    }
    for (const index of this.#doubled) cells[index] = (cells[index] as string).replaceAll('""', '"');
    return cells;
  }

  #problem(problem: CsvProblem, start: number, stop: number): CsvProblemRow {
    const number = this.#number;
    const rest = this.#buffer.subarray(start, stop);
    const skipped = this.#skipped;
    this.#skipped = null;
    if (skipped !== null) {
      skipped.hash.update(rest);
      const head = keepHead(skipped.head, rest, this.#limits.head);
      return { number, problem, raw: head, bytes: skipped.bytes + rest.length, digest: skipped.hash.digest("hex") };
    }
    if (problem !== "too-large" && rest.length <= this.#limits.row) {
      return { number, problem, raw: rest, bytes: rest.length, digest: null };
    }
    const digest = createHash("sha256").update(rest).digest("hex");
    return { number, problem, raw: Buffer.from(rest.subarray(0, this.#limits.head)), bytes: rest.length, digest };
  }

  /** Called when the buffer is used up: an unfinished row past its cap is hashed and let go, byte by byte. */
  #limit(): void {
    const pending = this.#buffer.length - this.#rowStart;
    const overCell = pending - this.#cellStart > this.#limits.cell && this.#state !== AFTER_QUOTE;
    if (this.#skipped === null && pending <= this.#limits.row && !overCell) return;
    const part = this.#buffer.subarray(this.#rowStart);
    this.#skipped ??= { head: Buffer.alloc(0), hash: createHash("sha256"), bytes: 0 };
    this.#skipped.hash.update(part);
    this.#skipped.bytes += part.length;
    this.#skipped.head = keepHead(this.#skipped.head, part, this.#limits.head);
    this.#bounds = [];
    this.#doubled = [];
    this.#cellStart = 0;
    this.#buffer = Buffer.alloc(0);
    this.#rowStart = 0;
    this.#position = 0;
  }
}

/** The first `limit` bytes of what was kept and what follows, copied out of the stream's buffer. */
function keepHead(head: Buffer, next: Uint8Array, limit: number): Buffer {
  if (head.length >= limit) return head;
  return Buffer.concat([head, next.subarray(0, limit - head.length)]);
}
