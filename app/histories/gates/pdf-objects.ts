/**
 * Reads a PDF as a suspicious stranger would: straight through the bytes, every object whether anything
 * points to it or not, every string, name and comment. ISO 32000-1, 7.2 and 7.3.
 */
import { inflateSync } from "node:zlib";

export class Name {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}
export class Keyword {
  readonly word: string;
  constructor(word: string) {
    this.word = word;
  }
}
export class Reference {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}
export type Dictionary = Map<string, Value>;
export type Value = number | Buffer | Name | Keyword | Reference | Value[] | Dictionary;

export interface PdfObject {
  id: number;
  value: Value;
  /** Decoded; null when the object is no stream. */
  stream: Buffer | null;
}

/** The bytes cannot be read as the plain PDF that this program makes. */
export class UnreadablePdf extends Error {
  constructor(reason: string) {
    super(`The file is not the plain PDF that a release must be: ${reason}.`);
    this.name = "UnreadablePdf";
  }
}

const SPACE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITER = new Set([..."()<>[]{}/%"].map((character) => character.charCodeAt(0)));

/** Reads values one after the other; comments are kept, for text can hide in them. */
export class Reader {
  readonly comments: string[] = [];
  at: number;
  readonly bytes: Buffer;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The next value, or null at the end. */
  next(): Value | null {
    this.skip();
    const byte = this.bytes[this.at];
    if (byte === undefined) return null;
    switch (String.fromCharCode(byte)) {
      case "/":
        return this.name();
      case "(":
        return this.literal();
      case "<":
        return this.bytes[this.at + 1] === 0x3c ? this.dictionary() : this.hex();
      case "[":
        this.at += 1;
        return this.until("]");
      case "]":
      case "{":
      case "}":
      case ")":
        this.at += 1;
        return new Keyword(String.fromCharCode(byte));
      case ">":
        this.at += this.bytes[this.at + 1] === 0x3e ? 2 : 1;
        return new Keyword(">>");
      default:
        return this.numberOrWord();
    }
  }

  private skip(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === 0x25) {
        let end = this.at;
        while (end < this.bytes.length && this.bytes[end] !== 10 && this.bytes[end] !== 13) end += 1;
        this.comments.push(this.bytes.toString("latin1", this.at + 1, end));
        this.at = end;
      } else if (byte !== undefined && SPACE.has(byte)) this.at += 1;
      else return;
    }
  }

  private regular(): string {
    const start = this.at;
    for (
      let byte = this.bytes[this.at];
      byte !== undefined && !SPACE.has(byte) && !DELIMITER.has(byte);
      byte = this.bytes[this.at]
    )
      this.at += 1;
    return this.bytes.toString("latin1", start, this.at);
  }

  private name(): Name {
    this.at += 1;
    return new Name(
      this.regular().replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    );
  }

  private numberOrWord(): Value {
    const text = this.regular();
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) return new Keyword(text);
    const [space, digit] = [this.bytes[this.at], this.bytes[this.at + 1] ?? 0];
    // Only a number before a space and a digit can begin a reference; looking further for each would cost much.
    if (space === 0x20 && digit >= 0x30 && digit <= 0x39 && /^\d+$/.test(text)) {
      const follows = /^\s+\d+\s+R(?![A-Za-z0-9])/.exec(this.bytes.toString("latin1", this.at, this.at + 24));
      if (follows !== null) {
        this.at += follows[0].length;
        return new Reference(Number(text));
      }
    }
    return Number(text);
  }

  private hex(): Buffer {
    const end = this.bytes.indexOf(">", this.at);
    if (end < 0) throw new UnreadablePdf("a string has no end");
    const digits = this.bytes.toString("latin1", this.at + 1, end).replace(/\s/g, "");
    this.at = end + 1;
    return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, "hex");
  }

  private literal(): Buffer {
    const out: number[] = [];
    let depth = 0;
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined) throw new UnreadablePdf("a string has no end");
      this.at += 1;
      if (byte === 0x5c) this.escape(out);
      else if (byte === 0x28) {
        if (depth > 0) out.push(byte);
        depth += 1;
      } else if (byte === 0x29) {
        depth -= 1;
        if (depth === 0) return Buffer.from(out);
        out.push(byte);
      } else out.push(byte);
    }
  }

  private escape(out: number[]): void {
    const text = this.bytes.toString("latin1", this.at, this.at + 3);
    const octal = /^[0-7]{1,3}/.exec(text)?.[0];
    if (octal !== undefined) {
      out.push(Number.parseInt(octal, 8) & 0xff);
      this.at += octal.length;
      return;
    }
    const plain = { n: 10, r: 13, t: 9, b: 8, f: 12 }[text[0] ?? ""];
    this.at += 1;
    if (plain !== undefined) out.push(plain);
    else if (text[0] !== "\n" && text[0] !== "\r") out.push(text.charCodeAt(0));
  }

  private until(end: "]" | ">>"): Value[] {
    const values: Value[] = [];
    for (;;) {
      const value = this.next();
      if (value === null) throw new UnreadablePdf(`a ${end} is missing`);
      if (value instanceof Keyword && value.word === end) return values;
      values.push(value);
    }
  }

  private dictionary(): Dictionary {
    this.at += 2;
    const values = this.until(">>");
    const entries: Dictionary = new Map();
    for (let index = 0; index + 1 < values.length; index += 2) {
      const key = values[index];
      const value = values[index + 1];
      if (!(key instanceof Name) || value === undefined)
        throw new UnreadablePdf("a dictionary has no key where one must be");
      entries.set(key.name, value);
    }
    return entries;
  }
}

export interface PdfBytes {
  objects: Map<number, PdfObject>;
  trailer: Dictionary;
  comments: readonly string[];
}

/** Every object of a file, in the order of the bytes. Throws UnreadablePdf, also when an object is there twice. */
export function readPdf(bytes: Buffer): PdfBytes {
  const reader = new Reader(bytes);
  const objects = new Map<number, PdfObject>();
  let trailer: Dictionary | null = null;
  const behind: Value[] = [];
  for (let value = reader.next(); value !== null; value = reader.next()) {
    if (value instanceof Keyword && value.word === "obj") {
      const id = behind.at(-2);
      if (typeof id !== "number") throw new UnreadablePdf("an object has no number");
      if (objects.has(id)) throw new UnreadablePdf("an object is there twice");
      objects.set(id, readObject(reader, id));
      behind.length = 0;
    } else if (value instanceof Keyword && value.word === "trailer") {
      const found = reader.next();
      if (trailer !== null || !(found instanceof Map)) throw new UnreadablePdf("it has more than one revision");
      trailer = found;
    } else {
      behind.push(value);
      if (behind.length > 2) behind.shift();
    }
  }
  if (trailer === null) throw new UnreadablePdf("it has no trailer");
  return { objects, trailer, comments: reader.comments };
}

function readObject(reader: Reader, id: number): PdfObject {
  const value = reader.next();
  if (value === null) throw new UnreadablePdf("an object has no end");
  const after = reader.next();
  if (!(after instanceof Keyword)) throw new UnreadablePdf("an object has no end");
  if (after.word === "endobj") return { id, value, stream: null };
  if (after.word !== "stream" || !(value instanceof Map)) throw new UnreadablePdf("an object has no end");
  return { id, value, stream: readStream(reader, value) };
}

function readStream(reader: Reader, dictionary: Dictionary): Buffer {
  const { bytes } = reader;
  if (bytes[reader.at] === 13) reader.at += 1;
  if (bytes[reader.at] === 10) reader.at += 1;
  const length = dictionary.get("Length");
  if (typeof length !== "number") throw new UnreadablePdf("a stream does not say its length");
  const raw = bytes.subarray(reader.at, reader.at + length);
  reader.at += length;
  const end = reader.next();
  if (!(end instanceof Keyword) || end.word !== "endstream") throw new UnreadablePdf("a stream is longer than it says");
  reader.next();
  const filter = dictionary.get("Filter");
  if (filter === undefined) return raw;
  if (!(filter instanceof Name) || filter.name !== "FlateDecode" || dictionary.has("DecodeParms"))
    throw new UnreadablePdf("a stream is packed in a way that is not allowed");
  return inflateSync(raw);
}
