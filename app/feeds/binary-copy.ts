/**
 * PostgreSQL's binary COPY format, for the few types that the event store has. Twice as fast to send
 * and to load as text, and nothing needs escaping.
 */

const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
/** Milliseconds from 1970 to 2000, where PostgreSQL counts from. */
const POSTGRES_EPOCH = 946_684_800_000;

/** Builds one COPY message. Call `row` with the number of columns, then one method for each column. */
export class BinaryCopy {
  #buffer: Buffer;
  #length: number;
  #rows = 0;

  constructor(expectedBytes = 1 << 20) {
    this.#buffer = Buffer.allocUnsafeSlow(expectedBytes);
    this.#length = SIGNATURE.copy(this.#buffer);
  }

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  /** Bytes of memory that it holds. */
  get capacity(): number {
    return this.#buffer.length;
  }

  /** Rows so far. */
  get rows(): number {
    return this.#rows;
  }

  row(columns: number): void {
    this.#reserve(2);
    this.#buffer[this.#length] = 0;
    this.#buffer[this.#length + 1] = columns;
    this.#length += 2;
    this.#rows += 1;
  }

  /** A uuid from its 16 bytes, written as a text's first 16 characters (Indexer.raw); or null. */
  tag(raw: string | null): void {
    this.#reserve(20);
    this.#int32(raw === null ? -1 : 16);
    if (raw === null) return;
    const buffer = this.#buffer;
    const at = this.#length;
    for (let i = 0; i < 16; i++) buffer[at + i] = raw.charCodeAt(i);
    this.#length = at + 16;
  }

  /** A timestamptz from milliseconds since 1970. */
  instant(milliseconds: number): void {
    this.#reserve(12);
    const micros = (milliseconds - POSTGRES_EPOCH) * 1000;
    const high = Math.floor(micros / 2 ** 32);
    this.#int32(8);
    this.#int32(high);
    this.#int32(micros - high * 2 ** 32);
  }

  int4(value: number): void {
    this.#reserve(8);
    this.#int32(4);
    this.#int32(value);
  }

  /** A bigint from a whole number up to 2^53. */
  int8(value: number): void {
    this.#reserve(12);
    const high = Math.floor(value / 2 ** 32);
    this.#int32(8);
    this.#int32(high);
    this.#int32(value - high * 2 ** 32);
  }

  /** A column without a value. */
  none(): void {
    this.#reserve(4);
    this.#int32(-1);
  }

  int2(value: number): void {
    this.#reserve(6);
    this.#int32(2);
    this.#buffer[this.#length] = value >> 8;
    this.#buffer[this.#length + 1] = value;
    this.#length += 2;
  }

  bytea(bytes: Uint8Array): void {
    this.#reserve(4 + bytes.length);
    this.#int32(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A bytea of so many bytes, which `write` puts into the memory at its place. */
  byteaBy(length: number, write: (target: Uint8Array, at: number) => void): void {
    this.#reserve(4 + length);
    this.#int32(length);
    write(this.#buffer, this.#length);
    this.#length += length;
  }

  /** The whole message. Nothing may be added afterwards. */
  finish(): Buffer {
    this.#reserve(2);
    this.#buffer[this.#length] = 0xff;
    this.#buffer[this.#length + 1] = 0xff;
    return this.#buffer.subarray(0, this.#length + 2);
  }

  /** Ready for the next message in the same memory. What `finish` gave must have been sent. */
  clear(): void {
    this.#length = SIGNATURE.length;
    this.#rows = 0;
  }

  #int32(value: number): void {
    const buffer = this.#buffer;
    const at = this.#length;
    buffer[at] = value >>> 24;
    buffer[at + 1] = value >>> 16;
    buffer[at + 2] = value >>> 8;
    buffer[at + 3] = value;
    this.#length = at + 4;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#buffer.length, this.#length + bytes));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
