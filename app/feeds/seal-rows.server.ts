/**
 * From readable rows to what the database may hold: payloads sealed with the batch's key, identifiers
 * as blind indexes. Nothing readable leaves this file.
 */
import { newId } from "#app/platform/database/id.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { Place, Sealer } from "#app/platform/sealing/vault.server.ts";
import { FLAG_IDENTIFIERS_IN_TEXT, freeTextsOf, PLACE_FREE_TEXT, PLACE_SEARCHED_BY, valueIn } from "./access-event.ts";
import { BinaryCopy } from "./binary-copy.ts";
import { utcMonth } from "./partitions.server.ts";
import { findPlates } from "./plates-in-text.ts";
import type { BadRow, FileRow, GoodRow, RowContext } from "./read-file.ts";

/** A row for quarantine, sealed. */
export interface SealedBadRow {
  id: string;
  row: number;
  tag: string;
  reason: string;
  sealed: Buffer;
}

/** Some thousand rows, ready for one transaction. */
export interface Chunk {
  rows: number;
  /** Bytes of the rows as delivered: what bounds a chunk when rows are large. */
  bytes: number;
  events: BinaryCopy;
  keys: BinaryCopy;
  months: Set<string>;
  /** Earliest and latest instant of the readable rows; null when none was readable. */
  span: { first: number; last: number } | null;
  bad: SealedBadRow[];
}

/** Where the payload of an event is bound to. */
export function payloadPlace(eventId: string): Place {
  return { table: "events.access_event", column: "payload", row: eventId };
}

/** Where the raw row in quarantine is bound to. */
export function rawPlace(quarantineId: string): Place {
  return { table: "quarantine", column: "raw_sealed", row: quarantineId };
}

export function newChunk(): Chunk {
  return {
    rows: 0,
    bytes: 0,
    events: new BinaryCopy(4 << 20),
    keys: new BinaryCopy(1 << 19),
    months: new Set(),
    span: null,
    bad: [],
  };
}

/**
 * The sealing of one feed's rows.
 *
 * A row's identity is a keyed hash over custodian, system, profile and the delivered text of every
 * field, the log's own number among them. So the same row is one event however often it arrives, and
 * the same number with other content is a later edition, stored beside the first.
 */
export async function openRowSealer(
  portal: Portal,
  feed: { agencyId: string; systemId: string; profile: string; keyId: string },
): Promise<(chunk: Chunk, row: FileRow) => void> {
  const { vault } = portal;
  const sealer = await vault.sealerFor(feed.keyId);
  const tagOf = {
    plate: await vault.indexer("plate"),
    licence: await vault.indexer("licence"),
    vin: await vault.indexer("vin"),
    "state-id": await vault.indexer("state-id"),
    ssn: await vault.indexer("ssn"),
    user: await vault.indexer("user"),
    row: await vault.indexer("row"),
  };
  const origin = `${feed.agencyId}|${feed.systemId}|${feed.profile}|`;
  const badOrigin = `${feed.agencyId}|${feed.systemId}|quarantine|`;

  function addEvent(chunk: Chunk, row: GoodRow): void {
    const { event, instant } = row;
    const id = newId();
    const keys = new Set(row.identifiers.map(({ kind, normalised }) => tagOf[kind](normalised)));
    const named = new Set(freeTextsOf(event).flatMap(findPlates).map(tagOf.plate));
    const user = valueIn(event.user);
    chunk.events.row(7);
    chunk.events.uuid(id);
    chunk.events.instant(instant);
    chunk.events.int4(row.number);
    chunk.events.uuid(tagOf.row(origin + row.identity));
    chunk.events.uuid(user === null ? null : tagOf.user(user.trim().toLowerCase()));
    chunk.events.int2(row.flags | (named.size > 0 ? FLAG_IDENTIFIERS_IN_TEXT : 0));
    chunk.events.bytea(sealer.seal(payloadPlace(id), JSON.stringify(event)));
    for (const tag of keys) addKey(chunk, tag, instant, id, PLACE_SEARCHED_BY);
    for (const tag of named) addKey(chunk, tag, instant, id, PLACE_FREE_TEXT);
    chunk.months.add(utcMonth(instant));
    chunk.span = {
      first: Math.min(chunk.span?.first ?? instant, instant),
      last: Math.max(chunk.span?.last ?? instant, instant),
    };
  }

  return (chunk, row) => {
    chunk.rows += 1;
    chunk.bytes += row.bytes;
    if (row.problem === null) addEvent(chunk, row);
    else chunk.bad.push(sealBadRow(sealer, tagOf.row, badOrigin, row));
  };
}

function addKey(chunk: Chunk, tag: string, instant: number, eventId: string, place: number): void {
  chunk.keys.row(4);
  chunk.keys.uuid(tag);
  chunk.keys.instant(instant);
  chunk.keys.uuid(eventId);
  chunk.keys.int2(place);
}

function sealBadRow(sealer: Sealer, tagOf: (text: string) => string, origin: string, row: BadRow): SealedBadRow {
  const id = newId();
  const raw = Buffer.from(row.raw.buffer, row.raw.byteOffset, row.raw.byteLength);
  const identity = row.digest === null ? raw.toString("latin1") : `${row.digest}|${row.bytes}`;
  const head = JSON.stringify({ bytes: row.bytes, digest: row.digest, context: row.context });
  return {
    id,
    row: row.number,
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
