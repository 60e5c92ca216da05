/**
 * From readable rows to what the database may hold: payloads sealed with the batch's key, identifiers
 * as blind indexes. Nothing readable leaves this file.
 */
import { newId } from "#app/platform/database/id.ts";
import { indexerOf, uuidOf } from "#app/platform/sealing/indexer.ts";
import { type Sealer, sealerOf } from "#app/platform/sealing/sealer.ts";
import type { KeysInHand, Place } from "#app/platform/sealing/vault.server.ts";
import {
  type Cell,
  FLAG_IDENTIFIERS_IN_TEXT,
  freeTextsOf,
  PLACE_FREE_TEXT,
  PLACE_SEARCHED_BY,
  type StoredEvent,
  valueIn,
} from "./access-event.ts";
import { BinaryCopy } from "./binary-copy.ts";
import { INDEXED_KINDS, type IndexedKind } from "./identifier.ts";
import { monthReader, type Part, spanOfPart } from "./months.ts";
import { findPlates } from "./plates-in-text.ts";
import type { BadRow, FileRow, GoodRow, RowContext } from "./read-file.ts";
import { packEvent } from "./store/event-payload.ts";
import { type Memo, memoOf } from "./store/memo.ts";
import { blockPlace, firstBlockOf, OpenBlock } from "./store/payload-block.ts";

/** The blind indexes that a row needs. */
export const ROW_INDEXES = [...INDEXED_KINDS, "row", "source", "query", "user"] as const;
export type RowKeys = KeysInHand<(typeof ROW_INDEXES)[number]>;

/** A row for quarantine, sealed. */
export interface SealedBadRow {
  id: string;
  row: number;
  tag: string;
  reason: string;
  sealed: Buffer;
}

/** The rows of one month. */
interface Sheaf {
  /** The month's first instant, by which its blocks are partitioned. */
  from: number;
  events: BinaryCopy;
  keys: BinaryCopy;
  blocks: BinaryCopy;
  open: OpenBlock | null;
}

/** Some thousand rows, ready for one transaction. */
export interface Chunk {
  rows: number;
  /** Bytes of the rows as delivered: what bounds a chunk when rows are large. */
  bytes: number;
  /** Bytes of its search keys: what bounds a chunk when rows name hundreds of plates. */
  keys: number;
  months: Map<Part, Sheaf>;
  /** Earliest and latest instant of the readable rows; null when none was readable. */
  span: { first: number; last: number } | null;
  bad: SealedBadRow[];
  /** Number of the next block of payloads; null where each row holds its own. */
  nextBlock: number | null;
}

/** Whose rows are sealed. */
export interface RowOrigin {
  batchId: string;
  agencyId: string;
  systemId: string;
  profile: string;
}

const PAYLOAD = { table: "events.access_event", column: "payload" };

/** Where the payload of an event is bound to. */
export function payloadPlace(eventId: string): Place {
  return { ...PAYLOAD, row: eventId };
}

/** Where the raw row in quarantine is bound to. */
export function rawPlace(quarantineId: string): Place {
  return { table: "quarantine", column: "raw_sealed", row: quarantineId };
}

/** @param seq Number of the chunk in its batch, where payloads are to be sealed in blocks. */
export function newChunk(seq: number | null = null): Chunk {
  const nextBlock = seq === null ? null : firstBlockOf(seq);
  return { rows: 0, bytes: 0, keys: 0, months: new Map(), span: null, bad: [], nextBlock };
}

/** Columns of a row in `Sheaf.events`, in order. */
export const EVENT_COLUMNS =
  "id, at, row_no, source_tag, query_tag, group_tag, user_tag, flags, payload, block_no, block_pos";
/** Columns of a row in `Sheaf.keys`, in order. */
export const KEY_COLUMNS = "tag, at, event_id, place";
/** Columns of a row in `Sheaf.blocks`, in order. */
export const BLOCK_COLUMNS = "no, at, sealed";

export interface RowSealer {
  /** @param shift Added to the row's number, for rows that were read from a part of their file. */
  add(chunk: Chunk, row: FileRow, shift?: number): void;
  /** Closes what is still open. Nothing may be added to the chunk afterwards. */
  finish(chunk: Chunk): void;
}

export type SealBlock = (place: Place, content: Buffer) => Uint8Array;

/** Of one row in `Sheaf.keys`. */
const KEY_BYTES = 60;

/**
 * The sealing of one feed's rows.
 *
 * A row's identity, which is its event's id, is a keyed hash over custodian, system, profile and the
 * delivered text of every field, the log's own number among them. So the same row is one event however
 * often it arrives, and the same number with other content is a later edition, stored beside the first.
 */
export function openRowSealer(keys: RowKeys, origin: RowOrigin, sealBlock?: SealBlock): RowSealer {
  const sealer = sealerOf(keys.keyId, keys.dataKey);
  const sealed: SealBlock = sealBlock ?? ((place, content) => sealer.seal(place, content));
  const rowTag = indexerOf(keys.indexKeys.row);
  const sourceTag = indexerOf(keys.indexKeys.source);
  const queryTag = memoOf(indexerOf(keys.indexKeys.query).raw);
  const ofUser = indexerOf(keys.indexKeys.user).raw;
  const userTag = memoOf((user) => ofUser(user.trim().toLowerCase()));
  const keyTags = Object.fromEntries(
    INDEXED_KINDS.map((kind) => [kind, memoOf(indexerOf(keys.indexKeys[kind]).raw)]),
  ) as Record<IndexedKind, Memo<string>>;
  const platesIn = memoOf(findPlates);
  const monthOf = monthReader();
  const feed = `${origin.agencyId}|${origin.systemId}|`;
  const rowOrigin = `${feed}${origin.profile}|`;
  const badOrigin = `${feed}quarantine|`;

  /** The tags of plates that stand in the event's free texts. */
  function namedIn(event: StoredEvent): string[] {
    const named: string[] = [];
    for (const text of freeTextsOf(event)) {
      if (!hasLetter(text)) continue;
      for (const plate of platesIn(text)) addOnce(named, keyTags.plate(plate));
    }
    return named;
  }

  /** The last three columns of an event: its own payload, or where it stands in a block. */
  function addPayload(chunk: Chunk, sheaf: Sheaf, id: string, text: string): void {
    const { events } = sheaf;
    if (chunk.nextBlock === null) {
      events.bytea(sealer.seal(payloadPlace(uuidOf(id)), text));
      events.none();
      events.none();
      return;
    }
    sheaf.open ??= new OpenBlock(chunk.nextBlock++);
    events.none();
    events.int8(sheaf.open.no);
    events.int2(sheaf.open.add(id, text));
    if (sheaf.open.isFull) closeBlock(sheaf, sheaf.open);
  }

  function addEvent(chunk: Chunk, row: GoodRow, number: number): void {
    const { event, instant } = row;
    const id = rowTag.raw(rowOrigin + row.identity);
    const searched: string[] = [];
    for (const { kind, normalised } of row.identifiers) addOnce(searched, keyTags[kind](normalised));
    const named = namedIn(event);
    const user = valueIn(event.user);
    const source = valueIn(event.sourceId);
    const query = textOf(event.queryId);
    const group = textOf(event.groupId);
    const sheaf = sheafOf(chunk, monthOf(instant));
    const { events, keys } = sheaf;
    events.row(11);
    events.tag(id);
    events.instant(instant);
    events.int4(number);
    events.tag(source === null ? null : sourceTag.raw(feed + source));
    events.tag(query === null ? null : queryTag(query));
    events.tag(group === null ? null : queryTag(group));
    events.tag(user === null ? null : userTag(user));
    events.int2(row.flags | (named.length > 0 ? FLAG_IDENTIFIERS_IN_TEXT : 0));
    addPayload(chunk, sheaf, id, packEvent(event));
    for (const tag of searched) addKey(keys, tag, instant, id, PLACE_SEARCHED_BY);
    for (const tag of named) addKey(keys, tag, instant, id, PLACE_FREE_TEXT);
    chunk.keys += KEY_BYTES * (searched.length + named.length);
    widen(chunk, instant);
  }

  function closeBlock(sheaf: Sheaf, block: OpenBlock): void {
    sheaf.blocks.row(3);
    sheaf.blocks.int8(block.no);
    sheaf.blocks.instant(sheaf.from);
    sheaf.blocks.bytea(sealed(blockPlace(origin.batchId, block.no), block.content()));
    sheaf.open = null;
  }

  return {
    add: (chunk, row, shift = 0) => {
      chunk.rows += 1;
      chunk.bytes += row.bytes;
      const number = row.number + shift;
      if (row.problem === null) addEvent(chunk, row, number);
      else chunk.bad.push(sealBadRow(sealer, rowTag, badOrigin, row, number));
    },
    finish: (chunk) => {
      for (const sheaf of chunk.months.values()) if (sheaf.open !== null) closeBlock(sheaf, sheaf.open);
    },
  };
}

function addOnce(tags: string[], tag: string): void {
  if (!tags.includes(tag)) tags.push(tag);
}

/** No plate is found in a text without one (plates-in-text.ts), and most case numbers have none. */
function hasLetter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) | 32;
    if (code > 96 && code < 123) return true;
  }
  return false;
}

function textOf(cell: Cell | undefined): string | null {
  return cell === undefined ? null : valueIn(cell);
}

function sheafOf(chunk: Chunk, month: Part): Sheaf {
  const known = chunk.months.get(month);
  if (known !== undefined) return known;
  const sheaf: Sheaf = {
    from: spanOfPart(month).from,
    events: new BinaryCopy(1 << 18),
    keys: new BinaryCopy(1 << 16),
    blocks: new BinaryCopy(1 << 16),
    open: null,
  };
  chunk.months.set(month, sheaf);
  return sheaf;
}

function widen(chunk: Chunk, instant: number): void {
  const { span } = chunk;
  if (span === null) chunk.span = { first: instant, last: instant };
  else if (instant < span.first) span.first = instant;
  else if (instant > span.last) span.last = instant;
}

function addKey(keys: BinaryCopy, tag: string, instant: number, eventId: string, place: number): void {
  keys.row(4);
  keys.tag(tag);
  keys.instant(instant);
  keys.tag(eventId);
  keys.int2(place);
}

function sealBadRow(
  sealer: Sealer,
  tagOf: (text: string) => string,
  origin: string,
  row: BadRow,
  number: number,
): SealedBadRow {
  const id = newId();
  const raw = Buffer.from(row.raw.buffer, row.raw.byteOffset, row.raw.byteLength);
  const identity = row.digest === null ? raw.toString("latin1") : `${row.digest}|${row.bytes}`;
  const head = JSON.stringify({ bytes: row.bytes, digest: row.digest, context: row.context });
  return {
    id,
    row: number,
    tag: tagOf(origin + identity),
    reason: row.problem,
    sealed: sealer.seal(rawPlace(id), Buffer.concat([Buffer.from(`${head}\n`), raw])),
  };
}

/** A row that waits, as it was delivered. */
export interface RawParts {
  bytes: number;
  digest: string | null;
  context?: RowContext;
  raw: Buffer;
}

/** Takes apart what `sealBadRow` put together. */
export function parseRawRow(plain: Buffer): RawParts {
  const end = plain.indexOf(10);
  const head = JSON.parse(plain.toString("utf8", 0, end)) as Omit<RawParts, "raw">;
  return { ...head, raw: plain.subarray(end + 1) };
}
