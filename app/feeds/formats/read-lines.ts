/** Lines of text with the same promises as the reader of CSV: flat memory, no line lost, each numbered. */
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
} from "./limits.ts";

export type LineProblem = "too-large" | "nul-byte" | "not-utf8";

export interface Line {
  /** From 1. */
  number: number;
  text: string;
  /** As delivered, without its line end. */
  raw: Uint8Array;
  /** True of a last line without a line end. */
  open: boolean;
}

export type LineProblemRow = ProblemRow<LineProblem>;

const LF = 10;
const CR = 13;

/** @param source UTF-8 in any chunking. @returns Groups of lines in order; blank ones are skipped but numbered. */
export async function* readLines(
  source: AsyncIterable<Uint8Array>,
  limits: Limits = LIMITS,
): AsyncGenerator<(Line | LineProblemRow)[]> {
  const reader = new LineReader(limits);
  for await (const piece of inPieces(source, limits.piece)) {
    reader.feed(piece);
    for (let lines = reader.take(); lines.length > 0; lines = reader.take()) yield lines;
  }
  const last = reader.end();
  if (last.length > 0) yield last;
}

class LineReader {
  readonly #limits: Limits;
  #buffer: Buffer = Buffer.alloc(0);
  #start = 0;
  /** How far no line end was found. */
  #searched = 0;
  #number = 1;
  #begun = false;
  #skipped: Oversize | null = null;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  feed(piece: Buffer): void {
    const kept = this.#buffer.subarray(this.#start);
    this.#buffer = kept.length === 0 ? piece : Buffer.concat([kept, piece]);
    this.#start = 0;
    this.#searched = this.#begun ? kept.length : 0;
    if (!this.#begun && this.#buffer.length >= 3) this.#skipBom();
  }

  #skipBom(): void {
    this.#begun = true;
    const marked = this.#buffer[0] === 0xef && this.#buffer[1] === 0xbb && this.#buffer[2] === 0xbf;
    if (marked) this.#start = 3;
  }

  take(): (Line | LineProblemRow)[] {
    const lines: (Line | LineProblemRow)[] = [];
    if (!this.#begun) return lines;
    while (lines.length < ROWS_AT_ONCE) {
      const end = this.#buffer.indexOf(LF, Math.max(this.#searched, this.#start));
      if (end < 0) {
        this.#searched = this.#buffer.length;
        this.#limit();
        break;
      }
      const line = this.#line(end, false);
      if (line !== null) lines.push(line);
      this.#start = end + 1;
      this.#searched = end + 1;
    }
    return lines;
  }

  /** What is left, when nothing more comes. */
  end(): (Line | LineProblemRow)[] {
    this.#begun = true;
    const lines = this.take();
    if (this.#start >= this.#buffer.length && this.#skipped === null) return lines;
    const last = this.#line(this.#buffer.length, true);
    return last === null ? lines : [...lines, last];
  }

  #line(end: number, open: boolean): Line | LineProblemRow | null {
    const number = this.#number;
    this.#number += 1;
    const stop = end > this.#start && this.#buffer[end - 1] === CR ? end - 1 : end;
    const raw = this.#buffer.subarray(this.#start, stop);
    const skipped = this.#skipped;
    if (skipped !== null) {
      this.#skipped = null;
      skipped.add(raw);
      return skipped.toRow(number, "too-large");
    }
    if (raw.length > this.#limits.row) return toProblemRow(number, "too-large", raw, this.#limits);
    if (raw.includes(0)) return toProblemRow(number, "nul-byte", raw, this.#limits);
    if (!isUtf8(raw)) return toProblemRow(number, "not-utf8", raw, this.#limits);
    const text = raw.toString("utf8");
    return text.trim() === "" ? null : { number, text, raw, open };
  }

  #limit(): void {
    // One more than may be, because the last byte may be the CR of a line end.
    if (this.#skipped === null && this.#buffer.length - this.#start <= this.#limits.row + 1) return;
    this.#skipped ??= new Oversize(this.#limits.head);
    const rest = lastReturn(this.#buffer);
    this.#skipped.add(this.#buffer.subarray(this.#start, this.#buffer.length - rest.length));
    this.#buffer = rest;
    this.#start = 0;
    this.#searched = rest.length;
  }
}
