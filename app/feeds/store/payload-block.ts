/**
 * Payloads of a large delivery, sealed some at a time: a cipher costs as much for sixteen of them as for one.
 * Each event's text stands in its block behind the event's id, so that an entry cannot be passed off as
 * another event's.
 */
import type { Place } from "#app/platform/sealing/aead.ts";

/** Payloads in one block, at most. */
export const BLOCK_ROWS = 16;
/** Two blocks fit into a page of PostgreSQL's, so a block is closed when it has this many bytes. */
export const BLOCK_BYTES = 3600;

const ID_BYTES = 16;
const LENGTH_BYTES = 4;
const NUMBERS_IN_CHUNK = 2 ** 20;

/** Number of a chunk's first block: no two chunks of a batch share one. */
export function firstBlockOf(seq: number): number {
  return seq * NUMBERS_IN_CHUNK;
}

/** Where a block is bound to. */
export function blockPlace(batchId: string, no: number | string): Place {
  return { table: "events.payload_block", column: "sealed", row: `${batchId}/${no}` };
}

/** A block that is being filled. */
export class OpenBlock {
  no: number;
  #bytes = Buffer.allocUnsafe(2 * BLOCK_BYTES);
  #length = 0;
  #rows = 0;

  constructor(no: number) {
    this.no = no;
  }

  get isFull(): boolean {
    return this.#rows >= BLOCK_ROWS || this.#length >= BLOCK_BYTES;
  }

  /** @param id The event's id as its first 16 characters (Indexer.raw). @returns its position in the block. */
  add(id: string, text: string): number {
    const start = this.#begin(id, 3 * text.length);
    return this.#end(start, this.#bytes.write(text, start, "utf8"));
  }

  /** The same for a text that is the first `length` bytes of a buffer. */
  addBytes(id: string, text: Buffer, length: number): number {
    const start = this.#begin(id, length);
    return this.#end(start, text.copy(this.#bytes, start, 0, length));
  }

  /** @param most Bytes that the text may have. @returns where it begins */
  #begin(id: string, most: number): number {
    const needed = this.#length + ID_BYTES + LENGTH_BYTES + most;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, needed));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    for (let i = 0; i < ID_BYTES; i++) this.#bytes[this.#length + i] = id.charCodeAt(i);
    return this.#length + ID_BYTES + LENGTH_BYTES;
  }

  #end(start: number, length: number): number {
    this.#bytes.writeUInt32BE(length, start - LENGTH_BYTES);
    this.#length = start + length;
    this.#rows += 1;
    return this.#rows - 1;
  }

  /** Begins another block in the same memory. */
  renew(no: number): void {
    this.no = no;
    this.#length = 0;
    this.#rows = 0;
  }

  get isEmpty(): boolean {
    return this.#rows === 0;
  }

  /** What is sealed. A view: valid until the block is used again. */
  content(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }
}

/**
 * The text of one event in an opened block.
 *
 * @param eventId As a uuid.
 * @throws when another event's text stands at this position.
 */
export function textInBlock(content: Buffer, position: number, eventId: string): string {
  let at = 0;
  for (let i = 0; i < position && at < content.length; i++) {
    at += ID_BYTES + LENGTH_BYTES + content.readUInt32BE(at + ID_BYTES);
  }
  if (content.toString("hex", at, at + ID_BYTES) !== eventId.replaceAll("-", "")) {
    throw new Error("a sealed event does not stand where its row says");
  }
  const start = at + ID_BYTES + LENGTH_BYTES;
  return content.toString("utf8", start, start + content.readUInt32BE(at + ID_BYTES));
}
