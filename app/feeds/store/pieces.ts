/** A large file's text in pieces of whole records, each with a name by which it is known again. */
import { createHash } from "node:crypto";
import { PIECE_BYTES, RecordSplitter } from "./split-records.ts";

/** A stretch of one piece, in memory of its own. Nearly every piece is one stretch. */
export interface Piece {
  /** Number of the piece, from 0. */
  seq: number;
  /** Row number of the piece's first record. */
  firstRow: number;
  bytes: Uint8Array;
  /** Null on all but a piece's last stretch. */
  prefix: Uint8Array | null;
}

/** Not more than this is gathered before it is handed on: a record may be larger than memory. */
const MOST_BYTES = 2 * PIECE_BYTES;

/**
 * @param text What follows the header.
 * @param header Goes into the names: the same rows under another header are other rows.
 * @param firstRow Row number of the first record after the header.
 */
export async function* piecesOf(
  text: AsyncIterable<Uint8Array>,
  header: Uint8Array,
  firstRow: number,
  pieceBytes = PIECE_BYTES,
): AsyncGenerator<Piece> {
  const splitter = new RecordSplitter(firstRow, pieceBytes);
  const hash = createHash("sha256").update(header);
  let gathered: Uint8Array[] = [];
  let length = 0;
  let first = firstRow;
  let seq = 0;

  function take(ends: boolean): Piece {
    // Into memory of its own: it is given away to a thread.
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const part of gathered) {
      bytes.set(part, at);
      at += part.length;
    }
    hash.update(bytes);
    gathered = [];
    length = 0;
    return { seq, firstRow: first, bytes, prefix: ends ? hash.copy().digest() : null };
  }

  for await (const chunk of text) {
    for (const stretch of splitter.feed(chunk)) {
      first = stretch.firstRecord;
      gathered.push(stretch.bytes);
      length += stretch.bytes.length;
      if (!stretch.ends && length < Math.max(MOST_BYTES, 2 * pieceBytes)) continue;
      yield take(stretch.ends);
      if (stretch.ends) seq += 1;
    }
  }
  if (length > 0) yield take(true);
}
