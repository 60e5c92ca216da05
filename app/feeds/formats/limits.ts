/** How much of a delivered file is held at once, and what becomes of a row that is larger. */
import { createHash, type Hash } from "node:crypto";

export interface Limits {
  /** Longest cell in bytes. */
  cell: number;
  /** Longest row in bytes. */
  row: number;
  /** Most cells in a row. */
  cells: number;
  /** How much of a row that is too large is kept. */
  head: number;
  /** Bytes that are waited for before anything is read: each piece begins by moving the row that is unfinished. */
  piece: number;
}

export const LIMITS: Limits = { cell: 1_048_576, row: 4_194_304, cells: 1024, head: 65_536, piece: 65_536 };

/** Rows handed over at once, at most. Few enough that most are gone again when the young generation is collected. */
export const ROWS_AT_ONCE = 256;

/** A row that could not be read, with what stood there. */
export interface ProblemRow<Problem extends string> {
  number: number;
  problem: Problem;
  /** The row as delivered; of a row that is too large only the beginning. */
  raw: Uint8Array;
  /** Its whole length in bytes. */
  bytes: number;
  /** SHA-256 (hex) of the whole row, when `raw` is only its beginning. */
  digest: string | null;
}

/** A row past its cap: hashed and let go piece by piece, its beginning kept. */
export class Oversize {
  readonly #limit: number;
  readonly #hash: Hash = createHash("sha256");
  #head: Buffer = Buffer.alloc(0);
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(piece: Uint8Array): void {
    this.#hash.update(piece);
    this.#bytes += piece.length;
    if (this.#head.length >= this.#limit) return;
    this.#head = Buffer.concat([this.#head, piece.subarray(0, this.#limit - this.#head.length)]);
  }

  /** Nothing may be added afterwards. */
  toRow<Problem extends string>(number: number, problem: Problem): ProblemRow<Problem> {
    return { number, problem, raw: this.#head, bytes: this.#bytes, digest: this.#hash.digest("hex") };
  }
}

const CR = 13;

/** The CR that a buffer ends with, or nothing: whether it is a part of the line or of its end is not known yet. */
export function lastReturn(buffer: Buffer): Buffer {
  return buffer.at(-1) === CR ? buffer.subarray(buffer.length - 1) : Buffer.alloc(0);
}

/** A problem row of bytes that are at hand; of more than a row may have, the beginning and the hash. */
export function toProblemRow<Problem extends string>(
  number: number,
  problem: Problem,
  bytes: Uint8Array,
  limits: Limits,
): ProblemRow<Problem> {
  if (problem !== "too-large" && bytes.length <= limits.row) {
    return { number, problem, raw: bytes, bytes: bytes.length, digest: null };
  }
  const oversize = new Oversize(limits.head);
  oversize.add(bytes);
  return oversize.toRow(number, problem);
}

/**
 * The same bytes in pieces of at least `least`, the last one excepted. What arrived before the source failed is
 * handed on before its failure is.
 */
export async function* inPieces(source: AsyncIterable<Uint8Array>, least: number): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  let failed: { error: unknown } | null = null;
  try {
    for await (const chunk of source) {
      if (bytes === 0 && chunk.length >= least) {
        yield asBuffer(chunk);
        continue;
      }
      waiting.push(chunk);
      bytes += chunk.length;
      if (bytes < least) continue;
      yield Buffer.concat(waiting);
      waiting = [];
      bytes = 0;
    }
  } catch (error) {
    failed = { error };
  }
  if (bytes > 0) yield Buffer.concat(waiting);
  if (failed !== null) throw failed.error;
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
