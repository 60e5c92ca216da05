/**
 * The part of RFC 8941 (structured fields) that signed requests use: a dictionary whose members are byte
 * sequences, or lists of strings with parameters. Stricter than the RFC in one point: a name that stands twice is
 * refused, not overruled, so that nobody can show two readers two meanings.
 */

/** Bytes, a whole number, a text, or true for a bare name. */
export type BareItem = Uint8Array | number | string | boolean;
export type Parameters = ReadonlyMap<string, BareItem>;

export interface Item {
  readonly kind: "item";
  readonly value: BareItem;
  readonly parameters: Parameters;
}
export interface InnerList {
  readonly kind: "list";
  readonly items: readonly Item[];
  readonly parameters: Parameters;
}

/** The field's value is not one; the message says what was expected, and never repeats it. */
export class NotStructured extends Error {
  constructor(expected: string) {
    super(`expected ${expected}`);
    this.name = "NotStructured";
  }
}

const KEY = /[a-z*][a-z0-9_.*-]*/y;
const INTEGER = /-?\d{1,15}(?![\d.])/y;
const STRING = /"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"/y;
const BYTES = /:([A-Za-z0-9+/]*={0,2}):/y;
const TOKEN = /[A-Za-z*][\w!#$%&'*+.^`|~:/-]*/y;
const BOOLEAN = /\?([01])/y;
const SPACES = / */y;
const BLANKS = /[ \t]*/y;

/** @throws NotStructured */
export function parseDictionary(text: string): Map<string, Item | InnerList> {
  const reader = readerOf(text);
  const members = new Map<string, Item | InnerList>();
  reader.take(SPACES);
  while (!reader.atEnd()) {
    const key = reader.expect(KEY, "a name")[0];
    if (members.has(key)) throw new NotStructured("each name once");
    members.set(key, reader.skip("=") ? readMember(reader) : bare(true, readParameters(reader)));
    reader.take(BLANKS);
    if (reader.atEnd()) return members;
    if (!reader.skip(",")) throw new NotStructured("a comma between members");
    reader.take(BLANKS);
    if (reader.atEnd()) throw new NotStructured("a member after the comma");
  }
  return members;
}

/** As RFC 8941, section 4.1.1.1 writes it: what both sides sign, however it was spaced on the way. */
export function serializeInnerList(list: InnerList): string {
  const items = list.items.map((item) => `${serializeBare(item.value)}${serializeParameters(item.parameters)}`);
  return `(${items.join(" ")})${serializeParameters(list.parameters)}`;
}

/** A text in quotation marks. @throws NotStructured for what no such text can hold */
export function serializeString(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new NotStructured("printable ASCII");
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

function serializeParameters(parameters: Parameters): string {
  return [...parameters]
    .map(([key, value]) => (value === true ? `;${key}` : `;${key}=${serializeBare(value)}`))
    .join("");
}

function serializeBare(value: BareItem): string {
  if (typeof value === "string") return serializeString(value);
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "?1" : "?0";
  return `:${Buffer.from(value).toString("base64")}:`;
}

interface Reader {
  atEnd(): boolean;
  /** Steps over one character if it is this one. */
  skip(character: string): boolean;
  take(pattern: RegExp): RegExpExecArray | null;
  expect(pattern: RegExp, what: string): RegExpExecArray;
}

function readerOf(text: string): Reader {
  let at = 0;
  const reader: Reader = {
    atEnd: () => at >= text.length,
    skip(character) {
      if (text[at] !== character) return false;
      at += 1;
      return true;
    },
    take(pattern) {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (found) at = pattern.lastIndex;
      return found;
    },
    expect(pattern, what) {
      const found = reader.take(pattern);
      if (!found) throw new NotStructured(what);
      return found;
    },
  };
  return reader;
}

function readMember(reader: Reader): Item | InnerList {
  if (!reader.skip("(")) return bare(readBare(reader), readParameters(reader));
  const items: Item[] = [];
  for (;;) {
    reader.take(SPACES);
    if (reader.skip(")")) return { kind: "list", items, parameters: readParameters(reader) };
    if (items.length > 0 && !reader.take(/(?<= )/y)) throw new NotStructured("a space between items");
    items.push(bare(readBare(reader), readParameters(reader)));
  }
}

function bare(value: BareItem, parameters: Parameters): Item {
  return { kind: "item", value, parameters };
}

function readParameters(reader: Reader): Parameters {
  const parameters = new Map<string, BareItem>();
  while (reader.skip(";")) {
    reader.take(SPACES);
    const key = reader.expect(KEY, "a parameter's name")[0];
    if (parameters.has(key)) throw new NotStructured("each parameter once");
    parameters.set(key, reader.skip("=") ? readBare(reader) : true);
  }
  return parameters;
}

function readBare(reader: Reader): BareItem {
  const text = reader.take(STRING);
  if (text) return (text[1] ?? "").replace(/\\(["\\])/g, "$1");
  const bytes = reader.take(BYTES);
  if (bytes) return Buffer.from(bytes[1] ?? "", "base64");
  const boolean = reader.take(BOOLEAN);
  if (boolean) return boolean[1] === "1";
  const integer = reader.take(INTEGER);
  if (integer) return Number(integer[0]);
  if (reader.take(TOKEN)) throw new NotStructured("a text in quotation marks, not a word");
  throw new NotStructured("bytes, a whole number or a text in quotation marks");
}
