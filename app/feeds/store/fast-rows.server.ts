/**
 * The short way from a piece of CSV to sealed rows, for the rows that nearly all rows are: ASCII, no quote and no line
 * break inside a cell, a plain plate. Their bytes go into the keyed hash and into the payload as they are, and no
 * object is made of them. Every other row is left to the reader of that format (formats/csv-rows.ts), which knows
 * everything; what both would make of a row is the same to the last bit, which a test holds against each other.
 */
import { firstVersion, sealerOf } from "#app/platform/sealing/sealer.ts";
import type { CsvFormat } from "../formats/format.ts";
import { ROWS_AT_ONCE } from "../formats/limits.ts";
import { readLogTime } from "../log-time.ts";
import type { Profile } from "../profile.ts";
import { compileCells } from "../profile-states.ts";
import { emptyTexts } from "../profile-texts.ts";
import { namedPlates, openRowTags, type RowKeys, type RowOrigin } from "../seal-rows.server.ts";
import { ByteMemo } from "./byte-memo.ts";
import { type Chunk, ChunkWriter, type EventColumns, type SealBlock } from "./chunk.server.ts";
import { LAYOUT, packCell } from "./event-payload.ts";
import { type FastPlan, type PlannedCell, type PlannedTerm, planFastRows } from "./fast-plan.ts";
import { memoOf } from "./memo.ts";
import { RowScanner } from "./scan-row.ts";

const CR = 13;
const QUOTE = 34;
const SEPARATOR = 31;
const COMMA = 44;

/** Longest row, in bytes, that goes the short way. */
const LONGEST_ROW = 2048;

/** The rows that were not taken: their bytes with their line ends, and their numbers. */
export interface LeftRows {
  bytes: Uint8Array[];
  numbers: number[];
}

/** How far a piece has been read. */
export interface Reading {
  readonly bytes: Buffer;
  /** Where the next row begins, and its number. */
  offset: number;
  number: number;
  readonly left: LeftRows;
}

export function beginReading(piece: Uint8Array, firstRow: number): Reading {
  const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  return { bytes, offset: 0, number: firstRow, left: { bytes: [], numbers: [] } };
}

export interface FastRows {
  /** Takes up to a thousand rows of a whole piece into a chunk, but for those that it leaves. @returns false at its end */
  take(chunk: Chunk, reading: Reading): boolean;
}

/** @returns null when the profile has rows that only the reader of the format understands. */
export function compileFastRows(
  profile: Profile,
  format: CsvFormat,
  lead: Uint8Array,
  now: Date,
  sealing: { keys: RowKeys; origin: RowOrigin; sealBlock: SealBlock | undefined },
): FastRows | null {
  const plan = planFastRows(profile, format, lead, now);
  return plan === null ? null : new Reader(profile, plan, format.delimiter.charCodeAt(0), sealing);
}

interface Judged {
  /** As the payload has it. */
  packed: Buffer;
  isValue: boolean;
  /** Of a user who is named. */
  user: string | null;
}

class Reader implements FastRows {
  readonly #plan: FastPlan;
  readonly #profile: Profile;
  readonly #writer: ChunkWriter;
  readonly #tags: ReturnType<typeof openRowTags>;
  readonly #namedIn: ReturnType<typeof namedPlates>;
  readonly #texts = emptyTexts();
  readonly #cells: ReturnType<typeof compileCells>;
  readonly #judged: readonly (ByteMemo<Judged> | null)[];
  readonly #plates = new ByteMemo<readonly string[]>();
  readonly #termTags: Readonly<Record<PlannedTerm["kind"], ByteMemo<string>>>;
  /** Longest text that can mean "nothing" or "hidden", and the bytes that such texts begin with. */
  readonly #longestMark: number;
  readonly #markBeginnings = new Uint8Array(256);
  readonly #afterInstant = memoOf((zone) => `,${JSON.stringify(zone)},"`);
  readonly #scanner: RowScanner;
  readonly #scratch = Buffer.alloc(4 * LONGEST_ROW);
  #length = 0;
  readonly #searched: string[] = [];
  readonly #row: EventColumns & { number: number };

  constructor(
    profile: Profile,
    plan: FastPlan,
    delimiter: number,
    { keys, origin, sealBlock }: { keys: RowKeys; origin: RowOrigin; sealBlock: SealBlock | undefined },
  ) {
    this.#profile = profile;
    this.#plan = plan;
    this.#writer = new ChunkWriter(origin.batchId, sealerOf(keys.keyId, firstVersion(keys.dataKey)), sealBlock);
    this.#tags = openRowTags(keys, origin);
    this.#namedIn = namedPlates(this.#tags);
    this.#cells = compileCells(profile, this.#texts);
    const { hiddenByVendor, hiddenByAgency, placeholder, empty } = profile.states;
    const marks = [...hiddenByVendor, ...hiddenByAgency, ...placeholder, ...Object.values(empty).flat()];
    this.#longestMark = Math.max(0, ...marks.map((mark) => mark.length));
    for (const mark of marks) this.#markBeginnings[mark.charCodeAt(0) & 255] = 1;
    const slots = new Set([...plan.cells, ...plan.freeTexts].flatMap((one) => (one.column < 0 ? [] : [one.slot])));
    this.#judged = this.#texts.map((_, slot) => (slots.has(slot) ? new ByteMemo() : null));
    this.#termTags = { plate: new ByteMemo(), licence: new ByteMemo() };
    this.#scanner = new RowScanner(plan.columns, delimiter);
    const none = { source: null, query: null, group: null, user: null, flags: 0 };
    this.#row = { id: "", instant: 0, number: 0, ...none, searched: this.#searched, named: [] };
  }

  take(chunk: Chunk, reading: Reading): boolean {
    const { bytes, left } = reading;
    let start = reading.offset;
    let number = reading.number;
    const most = number + ROWS_AT_ONCE;
    for (; start < bytes.length && number < most; number++) {
      const end = this.#scanner.scan(bytes, start);
      const next = end < 0 ? bytes.length : end + 1;
      const stop = end > start && bytes[end - 1] === CR ? end - 1 : end;
      // A last row without a line end may be the beginning of one: the format's reader says so.
      const isTaken =
        end >= 0 && this.#scanner.isPlain && stop - start <= LONGEST_ROW && this.#take(chunk, bytes, number);
      if (isTaken) {
        chunk.rows += 1;
        chunk.bytes += stop - start;
      } else if (end < 0 || stop > start) {
        left.bytes.push(bytes.subarray(start, next));
        left.numbers.push(number);
      }
      start = next;
    }
    reading.offset = start;
    reading.number = number;
    return start < bytes.length;
  }

  /** @returns false when the row needs the format's reader after all; nothing of it is in the chunk then. */
  #take(chunk: Chunk, bytes: Buffer, number: number): boolean {
    const plan = this.#plan;
    const row = this.#row;
    const time = latin1(bytes, this.#from(plan.at), this.#to(plan.at));
    const at = readLogTime(time, this.#profile.time);
    if (typeof at === "string" || at.instant < plan.earliest || at.instant > plan.latest) return false;
    this.#length = 0;
    this.#searched.length = 0;
    this.#text(START);
    this.#whole(at.instant);
    this.#text(this.#afterInstant(at.zone));
    this.#copy(bytes, this.#from(plan.at), this.#to(plan.at));
    this.#text('",[');
    for (let i = 0; i < plan.terms.length; i++) {
      if (i > 0) this.#byte(COMMA);
      if (!this.#term(bytes, plan.terms[i] as PlannedTerm)) return false;
    }
    this.#byte(BRACKET_CLOSE);
    row.source = null;
    row.user = null;
    if (!this.#cellsOf(bytes)) return false;
    this.#byte(BRACKET_CLOSE);
    row.named = this.#named(bytes);
    row.id = this.#identity(bytes);
    row.instant = at.instant;
    row.number = number;
    this.#writer.addBytes(chunk, row, this.#scratch, this.#length);
    return true;
  }

  #from(column: number): number {
    return this.#scanner.bounds[2 * column] as number;
  }

  #to(column: number): number {
    return this.#scanner.bounds[2 * column + 1] as number;
  }

  /** The cells of the row into the payload, each behind a comma. @returns false when one is not plain */
  #cellsOf(bytes: Buffer): boolean {
    const { cells } = this.#plan;
    const { bounds } = this.#scanner;
    const scratch = this.#scratch;
    for (let c = 0; c < cells.length; c++) {
      const cell = cells[c] as PlannedCell;
      const { column } = cell;
      const from = column < 0 ? 0 : (bounds[2 * column] as number);
      const to = column < 0 ? 0 : (bounds[2 * column + 1] as number);
      let length = this.#length;
      scratch[length++] = COMMA;
      if (from === to) scratch[length++] = column < 0 ? NOT_EXPORTED : EMPTY;
      else if (cell.isJudged || this.#couldBeMark(bytes, from, to)) {
        this.#length = length;
        if (!this.#judgedCell(bytes, cell, from, to)) return false;
        continue;
      } else {
        if (cell.isCount && !isDigits(bytes, from, to)) return false;
        if (cell.isSource) this.#row.source = this.#source(bytes, from, to);
        scratch[length++] = QUOTE;
        for (let i = from; i < to; i++) scratch[length++] = bytes[i] as number;
        scratch[length++] = QUOTE;
      }
      this.#length = length;
    }
    return true;
  }

  #judgedCell(bytes: Buffer, cell: PlannedCell, from: number, to: number): boolean {
    const { packed, isValue, user } = this.#judge(cell, bytes, from, to);
    if (cell.column === this.#plan.user) this.#row.user = user;
    if (isValue && cell.isSource) this.#row.source = this.#source(bytes, from, to);
    if (isValue && cell.isCount && !isDigits(bytes, from, to)) return false;
    this.#copy(packed, 0, packed.length);
    return true;
  }

  #couldBeMark(bytes: Buffer, from: number, to: number): boolean {
    return to - from <= this.#longestMark && this.#markBeginnings[bytes[from] as number] === 1;
  }

  /** What the profile's states make of a text in this field, by the profile's own reader. */
  #judge({ slot, column }: { slot: number; column: number }, bytes: Buffer, from: number, to: number): Judged {
    const memo = this.#judged[slot] as ByteMemo<Judged>;
    const known = memo.find(bytes, from, to);
    if (known !== undefined) return known;
    const text = latin1(bytes, from, to);
    this.#texts[slot] = text;
    this.#cells.begin(true);
    const cell = this.#cells.cellOf(slot);
    const isValue = cell.state === "value";
    const user = isValue && column === this.#plan.user ? this.#tags.user(text) : null;
    return memo.keep(bytes, from, to, { packed: Buffer.from(packCell(cell), "latin1"), isValue, user });
  }

  #term(bytes: Buffer, term: PlannedTerm): boolean {
    const { kind, column, least, most } = term;
    const from = this.#from(column);
    const to = this.#to(column);
    this.#text(TERM_START[kind]);
    if (to === from) this.#byte(EMPTY);
    else {
      const tag = this.#termTags[kind].find(bytes, from, to);
      const absent = tag === undefined ? this.#absentTerm(term, bytes, from, to) : null;
      if (absent !== null) this.#copy(absent, 0, absent.length);
      else {
        if (to - from < least || to - from > most || !isCapitalsAndDigits(bytes, from, to)) return false;
        this.#searched.push(tag ?? this.#tagTerm(kind, bytes, from, to));
        this.#byte(QUOTE);
        this.#copy(bytes, from, to);
        this.#byte(QUOTE);
      }
    }
    this.#byte(BRACKET_CLOSE);
    return true;
  }

  /** What the payload has of a term that is no value, by the profile's own reader; null when it is one. */
  #absentTerm({ slot }: PlannedTerm, bytes: Buffer, from: number, to: number): Buffer | null {
    this.#texts[slot] = latin1(bytes, from, to);
    this.#cells.begin(true);
    const cell = this.#cells.cellOf(slot);
    return cell.state === "value" ? null : Buffer.from(packCell(cell), "latin1");
  }

  #tagTerm(kind: PlannedTerm["kind"], bytes: Buffer, from: number, to: number): string {
    const { room, from: start, hashBytes } = this.#tags.terms[kind];
    for (let i = from, o = start; i < to; i++, o++) room[o] = bytes[i] as number;
    return this.#termTags[kind].keep(bytes, from, to, hashBytes(to - from));
  }

  #named(bytes: Buffer): readonly string[] {
    let named: readonly string[] = NONE;
    for (let i = 0; i < this.#plan.freeTexts.length; i++) {
      const cell = this.#plan.freeTexts[i] as FastPlan["freeTexts"][number];
      const from = this.#from(cell.column);
      const to = this.#to(cell.column);
      if (!hasLetter(bytes, from, to)) continue;
      if (this.#couldBeMark(bytes, from, to) && !this.#judge(cell, bytes, from, to).isValue) continue;
      const found =
        this.#plates.find(bytes, from, to) ??
        this.#plates.keep(bytes, from, to, this.#namedIn([latin1(bytes, from, to)]));
      if (named.length === 0) named = found;
      else if (found.length > 0) named = [...new Set([...named, ...found])];
    }
    return named;
  }

  #source(bytes: Buffer, from: number, to: number): string {
    const { room, from: start, hashBytes } = this.#tags.source;
    for (let i = from, o = start; i < to; i++, o++) room[o] = bytes[i] as number;
    return hashBytes(to - from);
  }

  #identity(bytes: Buffer): string {
    const { identityStart, identityOrder } = this.#plan;
    const { room, from, hashBytes } = this.#tags.row;
    let o = from;
    for (let i = 0; i < identityStart.length; i++) room[o++] = identityStart.charCodeAt(i);
    for (let c = 0; c < identityOrder.length; c++) {
      room[o++] = SEPARATOR;
      const column = identityOrder[c] as number;
      const to = this.#to(column);
      for (let i = this.#from(column); i < to; i++) room[o++] = bytes[i] as number;
    }
    return hashBytes(o - from);
  }

  #byte(byte: number): void {
    this.#scratch[this.#length++] = byte;
  }

  /** A whole number from 0 on, digit by digit: as a text it takes five times as long. */
  #whole(value: number): void {
    const scratch = this.#scratch;
    const end = this.#length + digitsOf(value);
    let high = Math.floor(value / MILLION);
    let rest = value - high * MILLION;
    for (let i = end - 1; i >= this.#length; i--) {
      scratch[i] = ZERO + (rest % 10);
      rest = (rest / 10) | 0;
      if (end - i === 6) {
        rest = high % MILLION;
        high = Math.floor(high / MILLION);
      } else if (end - i === 12) rest = high;
    }
    this.#length = end;
  }

  #text(text: string): void {
    const scratch = this.#scratch;
    let length = this.#length;
    for (let i = 0; i < text.length; i++) scratch[length++] = text.charCodeAt(i);
    this.#length = length;
  }

  #copy(bytes: Buffer, from: number, to: number): void {
    const scratch = this.#scratch;
    let length = this.#length;
    for (let i = from; i < to; i++) scratch[length++] = bytes[i] as number;
    this.#length = length;
  }
}

function digitsOf(value: number): number {
  let digits = 1;
  for (let more = 10; value >= more; more *= 10) digits += 1;
  return digits;
}

function latin1(bytes: Buffer, from: number, to: number): string {
  return bytes.toString("latin1", from, to);
}

const MILLION = 1_000_000;
const ZERO = 48;
const START = `[${LAYOUT},`;
const NONE: readonly string[] = [];
const BRACKET_CLOSE = 93;
/** Absent cells as the payload has them: the number of their state. */
const [EMPTY, NOT_EXPORTED] = (["empty", "not-exported"] as const).map((state) =>
  packCell({ state }).charCodeAt(0),
) as [number, number];
const TERM_START = { plate: '["plate",', licence: '["licence",' } as Readonly<Record<string, string>> as Record<
  PlannedTerm["kind"],
  string
>;

function isDigits(bytes: Buffer, from: number, to: number): boolean {
  if (to - from > 12) return false;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number;
    if (byte < 48 || byte > 57) return false;
  }
  return true;
}

function isCapitalsAndDigits(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number;
    if (byte < 48 || byte > 90 || (byte > 57 && byte < 65)) return false;
  }
  return true;
}

function hasLetter(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const byte = (bytes[i] as number) | 32;
    if (byte > 96 && byte < 123) return true;
  }
  return false;
}
