/** A large file's text in pieces of whole records, each with a name by which it is known again. */
import { createHash } from "node:crypto";
import { PIECE_BYTES, RecordSplitter } from "./split-records.ts";
import { compileHeaderFinder, type Lead, type Splitting } from "./splitting.ts";

/** A stretch of one piece, in memory of its own. Nearly every piece is one stretch. */
export interface Piece {
  /** Number of the piece, from 0. */
  seq: number;
  /** Row number of the piece's first record. */
  firstRow: number;
  bytes: Uint8Array;
  /** What the piece is read behind. */
  lead: Lead;
  /** Whether no other header stands in the middle. */
  isPlain: boolean;
  /** Null on all but a piece's last stretch. */
  prefix: Uint8Array | null;
}

export interface CutOptions {
  readonly pieceBytes?: number;
  readonly spareMemory?: () => ArrayBuffer | undefined;
}

/** Not more than this beyond a piece's usual end is gathered before it is handed on: a record may be larger than memory. */
const BEYOND = 1 << 18;

/**
 * @param text The file's text from its first row on.
 * @param spareMemory Memory that is free again.
 */
export async function* piecesOf(
  text: AsyncIterable<Uint8Array>,
  splitting: Splitting,
  { pieceBytes = PIECE_BYTES, spareMemory = () => undefined }: CutOptions = {},
): AsyncGenerator<Piece> {
  const { format, shape, firstRow } = splitting;
  const splitter = new RecordSplitter(shape, firstRow, pieceBytes);
  const findLead = compileHeaderFinder(format);
  // The lead goes into the names: the same rows under another header are other rows.
  const hash = createHash("sha256").update(splitting.lead.text);
  const usual = pieceBytes + BEYOND;
  let gathered: Uint8Array[] = [];
  let length = 0;
  let first = firstRow;
  let seq = 0;
  let lead = splitting.lead;

  function take(ends: boolean): Piece {
    // Into memory of its own: it is given away to a thread.
    const spare = spareMemory();
    const isEnough = spare !== undefined && spare.byteLength >= length;
    const bytes = new Uint8Array(isEnough ? spare : new ArrayBuffer(Math.max(length, usual)), 0, length);
    let at = 0;
    for (const part of gathered) {
      bytes.set(part, at);
      at += part.length;
    }
    hash.update(bytes);
    gathered = [];
    length = 0;
    return { seq, firstRow: first, bytes, lead, isPlain: true, prefix: ends ? hash.copy().digest() : null };
  }

  for await (const chunk of text) {
    for (const stretch of splitter.feed(chunk)) {
      first = stretch.firstRecord;
      gathered.push(stretch.bytes);
      length += stretch.bytes.length;
      if (!stretch.ends && length < pieceBytes + BEYOND) continue;
      const piece = take(stretch.ends);
      const later = await findLead(piece.bytes);
      yield { ...piece, isPlain: later === null };
      lead = later ?? lead;
      if (stretch.ends) seq += 1;
    }
  }
  if (length > 0) {
    const piece = take(true);
    yield { ...piece, isPlain: (await findLead(piece.bytes)) === null };
  }
}
