/** The state machine of split-json.ts, and what it cuts out. */
import { isUtf8 } from "node:buffer";
import type { JsonFormat } from "./format.ts";
import { toWay, type Way } from "./json-places.ts";
import { type Limits, Oversize, type ProblemRow, ROWS_AT_ONCE, toProblemRow } from "./limits.ts";

export type JsonProblem = "too-large" | "nul-byte" | "not-utf8" | "not-json" | "cut-off";

export interface Element {
  /** From 1, in the order of the document. */
  number: number;
  text: string;
  raw: Uint8Array;
  /** The member that holds the list: "dataRequests". Empty for a list that is the document itself. */
  list: string;
}

export type JsonProblemRow = ProblemRow<JsonProblem>;

/** A container that is gone through, with the ways that lead on from it. */
interface Frame {
  object: boolean;
  /** Each with the number of its steps that are behind us. */
  ways: readonly { way: Way; done: number }[];
  key: string;
}

const VALUE = 0;
const KEY = 1;
const COLON = 2;
const AFTER_VALUE = 3;
/** As VALUE and KEY, or the end of an empty container. */
const FIRST_VALUE = 4;
const FIRST_KEY = 5;
/** Inside something whose end is looked for: a bracketed value, a string, or a bare word. */
const IN_BRACKETS = 6;
const IN_STRING = 7;
const IN_WORD = 8;
/** The grammar was broken: the rest is one row. */
const LOST = 9;

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const COLON_SIGN = 58;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

const isBlank = (byte: number) => byte === 32 || byte === 10 || byte === 13 || byte === 9;
const endsWord = (byte: number) => isBlank(byte) || byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET;

/** What the end of a token is for. */
type Use = "element" | "member" | "nothing" | "key";

const SHORT = 200;
const MOST_MEMBERS = 64;

export class JsonSplitter {
  readonly #ways: readonly Way[];
  readonly #marks: readonly string[];
  readonly #limits: Limits;
  /** Short members of the outermost objects. */
  readonly members = new Map<string, string>();
  #marked = false;
  #buffer: Buffer = Buffer.alloc(0);
  #position = 0;
  #tokenStart = 0;
  #begun = false;
  #state = VALUE;
  #stack: Frame[] = [];
  #use: Use = "nothing";
  #list = "";
  #depth = 0;
  #quoted = false;
  #escaped = false;
  #number = 1;
  #oversize: Oversize | null = null;

  constructor(format: JsonFormat, limits: Limits) {
    this.#ways = format.items.map(toWay);
    this.#marks = format.marks;
    this.#limits = limits;
  }

  /** Whether a list of rows or a telling member has been seen. */
  get recognised(): boolean {
    return this.#marked || this.#marks.some((mark) => this.#holds(mark));
  }

  #holds(mark: string): boolean {
    const [name = "", value] = mark.split("=");
    return value === undefined ? this.members.has(name) : this.members.get(name) === value;
  }

  feed(piece: Buffer): void {
    const from = this.#isInToken() ? this.#tokenStart : this.#position;
    const kept = this.#buffer.subarray(from);
    this.#buffer = kept.length === 0 ? piece : Buffer.concat([kept, piece]);
    this.#position -= from;
    this.#tokenStart -= from;
    if (!this.#begun && this.#buffer.length >= 3) {
      this.#begun = true;
      if (this.#buffer[0] === 0xef && this.#buffer[1] === 0xbb && this.#buffer[2] === 0xbf) this.#position = 3;
    }
  }

  #isInToken(): boolean {
    return this.#state >= IN_BRACKETS;
  }

  take(): (Element | JsonProblemRow)[] {
    const rows: (Element | JsonProblemRow)[] = [];
    while (this.#begun && rows.length < ROWS_AT_ONCE && this.#position < this.#buffer.length) {
      const row = this.#isInToken() ? this.#onInToken() : this.#step();
      if (row !== null) rows.push(row);
    }
    if (this.#isInToken()) this.#limit();
    return rows;
  }

  /** What is left, when nothing more comes: the row, or the place of one, that the end cut off. */
  end(): (Element | JsonProblemRow)[] {
    this.#begun = true;
    const rows = this.take();
    const isBetween = this.#stack.length === 0 && (this.#state === VALUE || this.#state === IN_WORD);
    if (isBetween) return rows;
    const problem = this.#state === LOST ? "not-json" : "cut-off";
    const from = this.#isInToken() ? this.#tokenStart : this.#position;
    return [...rows, this.#problem(problem, this.#buffer.subarray(from))];
  }

  /** One byte between tokens. */
  #step(): null {
    const byte = this.#buffer[this.#position] as number;
    if (isBlank(byte)) {
      this.#position += 1;
      return null;
    }
    const frame = this.#stack.at(-1);
    switch (this.#state) {
      case FIRST_KEY:
        if (byte === CLOSE_BRACE) return this.#close();
        return this.#openKey(byte);
      case KEY:
        return this.#openKey(byte);
      case COLON:
        if (byte !== COLON_SIGN) return this.#lose();
        this.#state = VALUE;
        this.#position += 1;
        return null;
      case FIRST_VALUE:
        if (byte === CLOSE_BRACKET) return this.#close();
        return this.#openValue(byte);
      case AFTER_VALUE:
        if (frame === undefined) return this.#lose();
        if (byte === (frame.object ? CLOSE_BRACE : CLOSE_BRACKET)) return this.#close();
        if (byte !== COMMA) return this.#lose();
        this.#state = frame.object ? KEY : VALUE;
        this.#position += 1;
        return null;
      default:
        return this.#openValue(byte);
    }
  }

  #lose(): null {
    this.#state = LOST;
    this.#use = "nothing";
    this.#tokenStart = this.#position;
    return null;
  }

  #close(): null {
    this.#stack.pop();
    this.#position += 1;
    this.#afterValue();
    return null;
  }

  #afterValue(): void {
    this.#state = this.#stack.length === 0 ? VALUE : AFTER_VALUE;
  }

  #openKey(byte: number): null {
    if (byte !== QUOTE) return this.#lose();
    this.#openToken(IN_STRING, "key");
    this.#position += 1;
    return null;
  }

  #openToken(state: number, use: Use): void {
    this.#state = state;
    this.#use = use;
    this.#tokenStart = this.#position;
    this.#depth = 0;
    this.#quoted = false;
    this.#escaped = false;
  }

  #openValue(byte: number): null {
    const ways = this.#waysOn();
    const arrived = ways.find(({ way, done }) => done === way.steps.length);
    if (arrived !== undefined) {
      this.#marked = true;
      this.#list = arrived.way.list;
      return this.#openWhole(byte, "element");
    }
    const object = byte === OPEN_BRACE;
    const onward = ways.filter(({ way, done }) => (way.steps[done] === null) !== object);
    // The outermost object is gone through in any case, for what it says of itself.
    const goesOn = object ? onward.length > 0 || this.#stack.length === 0 : byte === OPEN_BRACKET && onward.length > 0;
    if (!goesOn)
      return this.#openWhole(byte, this.#stack.length === 1 && this.#stack[0]?.object ? "member" : "nothing");
    if (!object) this.#marked = true;
    this.#stack.push({ object, ways: onward, key: "" });
    this.#state = object ? FIRST_KEY : FIRST_VALUE;
    this.#position += 1;
    return null;
  }

  /** The ways that lead to the value that begins here. */
  #waysOn(): Frame["ways"] {
    const frame = this.#stack.at(-1);
    if (frame === undefined) return this.#ways.map((way) => ({ way, done: 0 }));
    return frame.ways.flatMap(({ way, done }) => {
      const step = way.steps[done];
      const goes = frame.object ? step?.key === frame.key : step === null;
      return goes ? [{ way, done: done + 1 }] : [];
    });
  }

  #openWhole(byte: number, use: Use): null {
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#openToken(IN_BRACKETS, use);
    else if (byte === QUOTE) {
      this.#openToken(IN_STRING, use);
      this.#position += 1;
    } else if (byte === COMMA || byte === COLON_SIGN || byte === CLOSE_BRACE || byte === CLOSE_BRACKET)
      return this.#lose();
    else this.#openToken(IN_WORD, use);
    return null;
  }

  /** Walks on to the end of the token, or of the buffer. */
  #onInToken(): Element | JsonProblemRow | null {
    if (this.#state === LOST) {
      this.#position = this.#buffer.length;
      return null;
    }
    const end =
      this.#state === IN_WORD
        ? this.#endOfWord()
        : this.#state === IN_STRING
          ? this.#endOfString()
          : this.#endOfBrackets();
    return end < 0 ? null : this.#finishToken(end);
  }

  #endOfWord(): number {
    for (let i = this.#position; i < this.#buffer.length; i++) {
      if (!endsWord(this.#buffer[i] as number)) continue;
      this.#position = i;
      return i;
    }
    this.#position = this.#buffer.length;
    return -1;
  }

  #endOfString(): number {
    const buffer = this.#buffer;
    for (let i = this.#position; i < buffer.length; i++) {
      const byte = buffer[i];
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) {
        this.#position = i + 1;
        return i + 1;
      }
    }
    this.#position = buffer.length;
    return -1;
  }

  /** The hot loop: nothing but brackets and quotes. */
  #endOfBrackets(): number {
    const buffer = this.#buffer;
    const length = buffer.length;
    let depth = this.#depth;
    let quoted = this.#quoted;
    let escaped = this.#escaped;
    let i = this.#position;
    for (; i < length; i++) {
      const byte = buffer[i] as number;
      if (quoted) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) quoted = false;
      } else if (byte === QUOTE) quoted = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth -= 1;
        if (depth === 0) {
          this.#position = i + 1;
          return i + 1;
        }
      }
    }
    this.#depth = depth;
    this.#quoted = quoted;
    this.#escaped = escaped;
    this.#position = length;
    return -1;
  }

  #finishToken(end: number): Element | JsonProblemRow | null {
    const raw = this.#buffer.subarray(this.#tokenStart, end);
    const oversize = this.#oversize;
    this.#oversize = null;
    if (this.#use === "key") return this.#enterKey(raw, oversize !== null);
    const use = this.#use;
    const key = this.#stack.at(-1)?.key ?? "";
    this.#afterValue();
    if (use === "element") return this.#element(raw, oversize);
    if (use === "member" && oversize === null) this.#note(key, raw);
    return null;
  }

  #enterKey(raw: Buffer, oversize: boolean): null {
    const frame = this.#stack.at(-1);
    const name: unknown = oversize ? "" : scalarOf(raw);
    if (frame === undefined || typeof name !== "string") return this.#lose();
    frame.key = name;
    this.#state = COLON;
    return null;
  }

  #note(key: string, raw: Buffer): void {
    if (raw.length > SHORT || this.members.size >= MOST_MEMBERS) return;
    const value = scalarOf(raw);
    this.members.set(key, typeof value === "string" ? value : raw.toString("utf8"));
  }

  #element(raw: Buffer, oversize: Oversize | null): Element | JsonProblemRow {
    if (oversize !== null) {
      oversize.add(raw);
      return oversize.toRow(this.#next(), "too-large");
    }
    if (raw.length > this.#limits.row) return this.#problem("too-large", raw);
    if (raw.includes(0)) return this.#problem("nul-byte", raw);
    if (!isUtf8(raw)) return this.#problem("not-utf8", raw);
    return { number: this.#next(), text: raw.toString("utf8"), raw, list: this.#list };
  }

  #next(): number {
    this.#number += 1;
    return this.#number - 1;
  }

  #problem(problem: JsonProblem, raw: Buffer): JsonProblemRow {
    const oversize = this.#oversize;
    this.#oversize = null;
    if (oversize === null) return toProblemRow(this.#next(), problem, raw, this.#limits);
    oversize.add(raw);
    return oversize.toRow(this.#next(), problem);
  }

  /** A token that is too long, and the rest of a document that was lost, is hashed and let go. */
  #limit(): void {
    const most = this.#use === "element" ? this.#limits.row : this.#limits.head;
    if (this.#oversize === null && this.#position - this.#tokenStart <= most) return;
    this.#oversize ??= new Oversize(this.#limits.head);
    this.#oversize.add(this.#buffer.subarray(this.#tokenStart, this.#position));
    this.#buffer = this.#buffer.subarray(this.#position);
    this.#position = 0;
    this.#tokenStart = 0;
  }
}

function scalarOf(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
