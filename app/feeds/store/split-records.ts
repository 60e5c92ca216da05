/**
 * Cuts a stream of text into pieces of whole records, so that several threads can read them. Where it cuts is
 * decided by the text alone, never by how the stream came in: a file that is delivered again is cut at the same
 * places, and a piece that is staged already is recognised.
 *
 * It agrees with csv-reader.ts and read-lines.ts on where a record ends and on how records are numbered, which a
 * test holds against them.
 */

/** A piece ends with the first record that ends at or after this many bytes. */
export const PIECE_BYTES = 2 << 20;

const LF = 10;
const QUOTE = 34;

const AT_CELL_START = 0;
const IN_CELL = 1;
const IN_QUOTES = 2;
const AFTER_QUOTE = 3;

/** How a record ends: at a line end, or, where cells are divided by this byte, at one outside quotes. */
export type RecordShape = { readonly delimiter: number } | { readonly delimiter: null };

/** What a stretch of bytes ends with: nothing yet, or a whole piece. */
export interface Stretch {
  bytes: Uint8Array;
  /** Number of the piece's first record, blank lines counted. */
  firstRecord: number;
  /** The piece ends with these bytes. */
  ends: boolean;
}

export class RecordSplitter {
  readonly #delimiter: number | null;
  readonly #pieceBytes: number;
  #state = AT_CELL_START;
  #record: number;
  #pieceFirst: number;
  #pieceLength = 0;

  /** @param firstRecord Number of the first record that will be fed. */
  constructor({ delimiter }: RecordShape, firstRecord = 1, pieceBytes = PIECE_BYTES) {
    this.#delimiter = delimiter;
    this.#record = firstRecord;
    this.#pieceFirst = firstRecord;
    this.#pieceBytes = pieceBytes;
  }

  /** Takes the next bytes and gives them back in stretches, none of which reaches over a piece's end. */
  feed(bytes: Uint8Array): Stretch[] {
    const stretches: Stretch[] = [];
    let from = 0;
    while (from < bytes.length) {
      const enough = from + this.#pieceBytes - this.#pieceLength;
      const end =
        this.#delimiter === null
          ? this.#scanLines(bytes, from, enough)
          : this.#scanCells(bytes, from, enough, this.#delimiter);
      const to = end < 0 ? bytes.length : end;
      stretches.push({ bytes: bytes.subarray(from, to), firstRecord: this.#pieceFirst, ends: end >= 0 });
      this.#pieceLength += to - from;
      if (end >= 0) {
        this.#pieceFirst = this.#record;
        this.#pieceLength = 0;
      }
      from = to;
    }
    return stretches;
  }

  /** @returns The offset after the record with which the piece ends, or -1 when the bytes end first. */
  #scanCells(bytes: Uint8Array, from: number, enough: number, delimiter: number): number {
    let state = this.#state;
    let record = this.#record;
    let end = -1;
    for (let i = from; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      if (state === IN_QUOTES) {
        if (byte === QUOTE) state = AFTER_QUOTE;
      } else if (byte === delimiter) {
        state = AT_CELL_START;
      } else if (byte === LF) {
        state = AT_CELL_START;
        record += 1;
        if (i + 1 >= enough) {
          end = i + 1;
          break;
        }
      } else if (state === AT_CELL_START) {
        state = byte === QUOTE ? IN_QUOTES : IN_CELL;
      } else if (state === AFTER_QUOTE && byte === QUOTE) {
        state = IN_QUOTES;
      }
    }
    this.#state = state;
    this.#record = record;
    return end;
  }

  #scanLines(bytes: Uint8Array, from: number, enough: number): number {
    for (let i = bytes.indexOf(LF, from); i >= 0; i = bytes.indexOf(LF, i + 1)) {
      this.#record += 1;
      if (i + 1 >= enough) return i + 1;
    }
    return -1;
  }
}

export interface FirstRecord {
  /** Where it begins, and the offset after its line end. */
  start: number;
  end: number;
  number: number;
}

/** The first record that is no blank line. Null when it does not end in these bytes. */
export function findFirstRecord(bytes: Uint8Array, shape: RecordShape): FirstRecord | null {
  let start = lengthOfMark(bytes);
  for (let number = 1; ; number++) {
    const [first] = new RecordSplitter(shape, 1, 1).feed(bytes.subarray(start));
    if (first === undefined || !first.ends) return null;
    const { length } = first.bytes;
    const isBlank = length === 1 || (length === 2 && first.bytes[0] === 13);
    if (!isBlank) return { start, end: start + length, number };
    start += length;
  }
}

/** A byte order mark is no part of the text. */
export function lengthOfMark(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}
