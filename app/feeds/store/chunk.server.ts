/** Some thousand sealed rows on their way into one transaction, as PostgreSQL's COPY takes them. */

import { SEAL_BYTES } from "#app/platform/sealing/aead.ts";
import { uuidOf } from "#app/platform/sealing/indexer.ts";
import type { Sealer } from "#app/platform/sealing/sealer.ts";
import type { Place } from "#app/platform/sealing/vault.server.ts";
import { FLAG_IDENTIFIERS_IN_TEXT, PLACE_FREE_TEXT, PLACE_SEARCHED_BY } from "../access-event.ts";
import { BinaryCopy } from "../binary-copy.ts";
import { monthReader, type Part, spanOfPart } from "../months.ts";
import type { SealedSubjects } from "../subjects/seal-subjects.server.ts";
import { blockPlace, firstBlockOf, OpenBlock } from "./payload-block.ts";

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

/** Memory of sheaves that are stored, for those of later chunks: garbage by the megabyte costs more than sealing. */
export type Shelf = Sheaf[];

/** Sheaves on a shelf, at most; and the bytes that one of them may keep. */
const SHELVED = 4;
const SHELVED_BYTES = 16 << 20;

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
  /** Whom the rows were searched for by name. */
  readonly subjects: SealedSubjects;
  /** Number of the next block of payloads; null where each row holds its own. */
  nextBlock: number | null;
  readonly shelf: Shelf;
}

/**
 * @param seq Number of the chunk in its batch, where payloads are to be sealed in blocks.
 * @param shelf Where its memory comes from, as far as there is any, and goes when it is given back.
 */
export function newChunk(seq: number | null = null, shelf: Shelf = []): Chunk {
  const nextBlock = seq === null ? null : firstBlockOf(seq);
  return {
    ...{ rows: 0, bytes: 0, keys: 0, months: new Map(), span: null, bad: [], subjects: new Map() },
    nextBlock,
    shelf,
  };
}

/** Gives a chunk's memory to later ones. Everything in it must have been sent. */
export function giveBack({ months, shelf }: Chunk): void {
  for (const sheaf of months.values()) {
    const copies = [sheaf.events, sheaf.keys, sheaf.blocks];
    const held = copies.reduce((sum, copy) => sum + copy.capacity, 0);
    if (shelf.length >= SHELVED || held > SHELVED_BYTES) continue;
    for (const copy of copies) copy.clear();
    shelf.push(sheaf);
  }
  months.clear();
}

/** Columns of a row in `Sheaf.events`, in order. */
export const EVENT_COLUMNS =
  "id, at, row_no, source_tag, query_tag, group_tag, user_tag, flags, payload, block_no, block_pos";
/** Columns of a row in `Sheaf.keys`, in order. */
export const KEY_COLUMNS = "tag, at, event_id, place";
/** Columns of a row in `Sheaf.blocks`, in order. */
export const BLOCK_COLUMNS = "no, at, sealed";

/** Of one row in `Sheaf.keys`. */
const KEY_BYTES = 60;

/** One event without its payload. Tags are the first 16 characters of each (Indexer.raw). */
export interface EventColumns {
  id: string;
  /** Milliseconds since 1970. */
  instant: number;
  /** Row of the delivered file. */
  number: number;
  source: string | null;
  query: string | null;
  group: string | null;
  user: string | null;
  flags: number;
  /** What was searched by, and what only stands in free text: each tag once. */
  searched: readonly string[];
  named: readonly string[];
}

const PAYLOAD = { table: "events.access_event", column: "payload" };

/** Where the payload of an event is bound to. */
export function payloadPlace(eventId: string): Place {
  return { ...PAYLOAD, row: eventId };
}

/** How a block's content is sealed, as the column that comes next. */
export type SealBlock = (place: Place, content: Buffer, column: BinaryCopy) => void;

function blockSealerOf(sealer: Sealer): SealBlock {
  return (place, content, column) => {
    column.byteaBy(SEAL_BYTES + content.length, (target, at) => sealer.sealInto(place, content, target, at));
  };
}

/** Writes events of one batch into chunks. */
export class ChunkWriter {
  readonly #batchId: string;
  readonly #sealer: Sealer;
  readonly #sealBlock: SealBlock;
  readonly #monthOf = monthReader();
  /** Blocks that are sealed, whose memory another may use. */
  readonly #idle: OpenBlock[] = [];

  /** @param sealBlock As the sealer seals, unless a bench wants to know what that costs. */
  constructor(batchId: string, sealer: Sealer, sealBlock?: SealBlock) {
    this.#batchId = batchId;
    this.#sealer = sealer;
    this.#sealBlock = sealBlock ?? blockSealerOf(sealer);
  }

  add(chunk: Chunk, row: EventColumns, text: string): void {
    const sheaf = this.#addColumns(chunk, row);
    if (chunk.nextBlock !== null) {
      const block = this.#blockOf(chunk, sheaf, chunk.nextBlock);
      this.#addPlace(sheaf, block, block.add(row.id, text));
      return;
    }
    sheaf.events.bytea(this.#sealer.seal(payloadPlace(uuidOf(row.id)), text));
    sheaf.events.none();
    sheaf.events.none();
  }

  /** The same for a text that is the first `length` bytes of a buffer, in a chunk with blocks. */
  addBytes(chunk: Chunk, row: EventColumns, text: Buffer, length: number): void {
    if (chunk.nextBlock === null) throw new Error("the chunk has no blocks");
    const sheaf = this.#addColumns(chunk, row);
    const block = this.#blockOf(chunk, sheaf, chunk.nextBlock);
    this.#addPlace(sheaf, block, block.addBytes(row.id, text, length));
  }

  /** Closes what is still open. Nothing may be added to the chunk afterwards. */
  finish(chunk: Chunk): void {
    for (const sheaf of chunk.months.values()) if (sheaf.open !== null) this.#close(sheaf, sheaf.open);
  }

  /** All columns but those of the payload. */
  #addColumns(chunk: Chunk, row: EventColumns): Sheaf {
    const { id, instant, searched, named } = row;
    const sheaf = sheafOf(chunk, this.#monthOf(instant));
    const { events, keys } = sheaf;
    events.row(11);
    events.tag(id);
    events.instant(instant);
    events.int4(row.number);
    events.tag(row.source);
    events.tag(row.query);
    events.tag(row.group);
    events.tag(row.user);
    events.int2(row.flags | (named.length > 0 ? FLAG_IDENTIFIERS_IN_TEXT : 0));
    for (let i = 0; i < searched.length; i++) addKey(keys, searched[i] as string, instant, id, PLACE_SEARCHED_BY);
    for (let i = 0; i < named.length; i++) addKey(keys, named[i] as string, instant, id, PLACE_FREE_TEXT);
    chunk.keys += KEY_BYTES * (searched.length + named.length);
    widen(chunk, instant);
    return sheaf;
  }

  #addPlace(sheaf: Sheaf, block: OpenBlock, position: number): void {
    sheaf.events.none();
    sheaf.events.int8(block.no);
    sheaf.events.int2(position);
    if (block.isFull) this.#close(sheaf, block);
  }

  #blockOf(chunk: Chunk, sheaf: Sheaf, no: number): OpenBlock {
    if (sheaf.open !== null) return sheaf.open;
    chunk.nextBlock = no + 1;
    const block = this.#idle.pop() ?? new OpenBlock(no);
    block.renew(no);
    sheaf.open = block;
    return block;
  }

  #close(sheaf: Sheaf, block: OpenBlock): void {
    sheaf.blocks.row(3);
    sheaf.blocks.int8(block.no);
    sheaf.blocks.instant(sheaf.from);
    this.#sealBlock(blockPlace(this.#batchId, block.no), block.content(), sheaf.blocks);
    sheaf.open = null;
    this.#idle.push(block);
  }
}

function sheafOf(chunk: Chunk, month: Part): Sheaf {
  const known = chunk.months.get(month);
  if (known !== undefined) return known;
  const sheaf = chunk.shelf.pop() ?? newSheaf();
  sheaf.from = spanOfPart(month).from;
  chunk.months.set(month, sheaf);
  return sheaf;
}

function newSheaf(): Sheaf {
  return {
    from: 0,
    events: new BinaryCopy(1 << 18),
    keys: new BinaryCopy(1 << 16),
    blocks: new BinaryCopy(1 << 16),
    open: null,
  };
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
