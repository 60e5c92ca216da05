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

  constructor(expectedBytes = 1 << 20) {
    this.#buffer = Buffer.allocUnsafe(expectedBytes);
    this.#length = SIGNATURE.copy(this.#buffer);
  }

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  row(columns: number): void {
    this.#reserve(2);
    this.#length = this.#buffer.writeInt16BE(columns, this.#length);
  }

  /** A uuid in its text form, or null. */
  uuid(text: string | null): void {
    this.#reserve(20);
    if (text === null) {
      this.#length = this.#buffer.writeInt32BE(-1, this.#length);
      return;
    }
    this.#length = this.#buffer.writeInt32BE(16, this.#length);
    this.#length += this.#buffer.write(text.replaceAll("-", ""), this.#length, 16, "hex");
  }

  /** A timestamptz from milliseconds since 1970. */
  instant(milliseconds: number): void {
    this.#reserve(12);
    const micros = (milliseconds - POSTGRES_EPOCH) * 1000;
    const high = Math.floor(micros / 2 ** 32);
    this.#length = this.#buffer.writeInt32BE(8, this.#length);
    this.#length = this.#buffer.writeInt32BE(high, this.#length);
    this.#length = this.#buffer.writeUInt32BE(micros - high * 2 ** 32, this.#length);
  }

  int4(value: number): void {
    this.#reserve(8);
    this.#length = this.#buffer.writeInt32BE(4, this.#length);
    this.#length = this.#buffer.writeInt32BE(value, this.#length);
  }

  int2(value: number): void {
    this.#reserve(6);
    this.#length = this.#buffer.writeInt32BE(2, this.#length);
    this.#length = this.#buffer.writeInt16BE(value, this.#length);
  }

  bytea(bytes: Uint8Array): void {
    this.#reserve(4 + bytes.length);
    this.#length = this.#buffer.writeInt32BE(bytes.length, this.#length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** The whole message. Nothing may be added afterwards. */
  finish(): Buffer {
    this.#reserve(2);
    this.#length = this.#buffer.writeInt16BE(-1, this.#length);
    return this.#buffer.subarray(0, this.#length);
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#buffer.length, this.#length + bytes));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
