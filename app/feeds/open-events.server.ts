/** Opens sealed events: their own payloads, or their places in the blocks of large deliveries. */
import type pg from "pg";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { AccessEvent } from "./access-event.ts";
import { payloadPlace } from "./store/chunk.server.ts";
import { unpackEvent } from "./store/event-payload.ts";
import { blockPlace, textInBlock } from "./store/payload-block.ts";
import { withReader } from "./store/reader.server.ts";

/** An event's two-part name: the store is partitioned by time. */
export interface EventRef {
  eventId: string;
  at: Date;
}

export interface OpenedEvent extends EventRef {
  agencyId: string;
  systemId: string;
  batchId: string;
  /** Row of the delivered file; the header is row 1. */
  row: number;
  event: AccessEvent;
}

// Blocks of a month are partitioned by its first instant.
const BY_REF = `
  SELECT e.id, e.at, e.agency_id, e.system_id, e.batch_id, e.row_no, e.key_id, e.payload, e.block_no, e.block_pos,
    date_trunc('month', e.at, 'UTC') AS month
  FROM unnest($1::uuid[], $2::timestamptz[]) AS r(id, at)
  JOIN events.access_event e ON e.id = r.id AND e.at = r.at
  WHERE e.at >= $3 AND e.at <= $4`;

const BLOCKS = `
  SELECT p.batch_id, p.no, p.sealed
  FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) AS r(batch_id, no, at)
  JOIN events.payload_block p ON p.batch_id = r.batch_id AND p.no = r.no AND p.at = r.at
  WHERE p.at >= $4 AND p.at <= $5`;

interface SealedRow {
  id: string;
  at: Date;
  agency_id: string;
  system_id: string;
  batch_id: string;
  row_no: number;
  key_id: string;
  payload: Buffer | null;
  /** A bigint comes as text. */
  block_no: string | null;
  block_pos: number | null;
  month: Date;
}

const OPENED_AT_ONCE = 1000;

/**
 * Opens events, in the order asked for. The caller writes the read into the ledger: only he knows for
 * whose case it is.
 *
 * @throws NotFound when one of them does not exist.
 */
export async function openEvents(
  portal: Pick<Portal, "pool" | "vault">,
  refs: readonly EventRef[],
): Promise<OpenedEvent[]> {
  const opened = new Map<string, OpenedEvent>();
  for (let i = 0; i < refs.length; i += OPENED_AT_ONCE) {
    for (const one of await openSome(portal, refs.slice(i, i + OPENED_AT_ONCE))) opened.set(one.eventId, one);
  }
  return refs.map((ref) => {
    const event = opened.get(ref.eventId);
    if (event === undefined) throw new NotFound("event");
    return event;
  });
}

async function openSome(portal: Pick<Portal, "pool" | "vault">, refs: readonly EventRef[]): Promise<OpenedEvent[]> {
  return (await readSome(portal, refs)).map(({ row, text }) => toOpened(row, text));
}

/** The text that is sealed for an event, and the key that it is sealed with. */
export interface SealedText extends EventRef {
  text: string;
  keyId: string;
}

/** What is sealed for each of some events; for those who seal it anew. Events that are not there are left out. */
export async function readTexts(
  portal: Pick<Portal, "pool" | "vault">,
  refs: readonly EventRef[],
): Promise<SealedText[]> {
  const texts: SealedText[] = [];
  for (let i = 0; i < refs.length; i += OPENED_AT_ONCE) {
    for (const { row, text } of await readSome(portal, refs.slice(i, i + OPENED_AT_ONCE))) {
      texts.push({ eventId: row.id, at: row.at, text, keyId: row.key_id });
    }
  }
  return texts;
}

async function readSome(
  portal: Pick<Portal, "pool" | "vault">,
  refs: readonly EventRef[],
): Promise<{ row: SealedRow; text: string }[]> {
  const { rows, blocks } = await withReader(portal.pool, async (client) => {
    const sealed = await loadRows(client, refs);
    return { rows: sealed, blocks: await loadBlocks(client, sealed) };
  });
  const contents = new Map<string, Buffer>();
  const read: { row: SealedRow; text: string }[] = [];
  for (const row of rows) read.push({ row, text: await openText(portal, row, blocks, contents) });
  return read;
}

async function loadRows(client: pg.ClientBase, refs: readonly EventRef[]): Promise<SealedRow[]> {
  const times = refs.map((ref) => ref.at.toISOString()).sort();
  const { rows } = await client.query<SealedRow>(BY_REF, [
    refs.map((ref) => ref.eventId),
    refs.map((ref) => ref.at.toISOString()),
    times[0],
    times.at(-1),
  ]);
  return rows;
}

const nameOf = (batchId: string, no: string) => `${batchId}/${no}`;

/** Each block once, by its name. */
async function loadBlocks(client: pg.ClientBase, rows: readonly SealedRow[]): Promise<Map<string, Buffer>> {
  const wanted = new Map<string, { batchId: string; no: string; month: string }>();
  for (const { batch_id, block_no, month } of rows) {
    if (block_no === null) continue;
    wanted.set(nameOf(batch_id, block_no), { batchId: batch_id, no: block_no, month: month.toISOString() });
  }
  if (wanted.size === 0) return new Map();
  const blocks = [...wanted.values()];
  const months = blocks.map((block) => block.month).sort();
  const { rows: found } = await client.query<{ batch_id: string; no: string; sealed: Buffer }>(BLOCKS, [
    blocks.map((block) => block.batchId),
    blocks.map((block) => block.no),
    blocks.map((block) => block.month),
    months[0],
    months.at(-1),
  ]);
  return new Map(found.map(({ batch_id, no, sealed }) => [nameOf(batch_id, no), sealed]));
}

/** @param contents Blocks that are open already. */
async function openText(
  { vault }: Pick<Portal, "vault">,
  row: SealedRow,
  blocks: ReadonlyMap<string, Buffer>,
  contents: Map<string, Buffer>,
): Promise<string> {
  if (row.payload !== null) return vault.openText(row.key_id, payloadPlace(row.id), row.payload);
  if (row.block_no === null || row.block_pos === null) throw new Error("an event has no payload");
  const name = nameOf(row.batch_id, row.block_no);
  let content = contents.get(name);
  if (content === undefined) {
    const sealed = blocks.get(name);
    if (sealed === undefined) throw new Error("the block of an event's payload is missing");
    content = await vault.open(row.key_id, blockPlace(row.batch_id, row.block_no), sealed);
    contents.set(name, content);
  }
  return textInBlock(content, row.block_pos, row.id);
}

function toOpened(row: SealedRow, text: string): OpenedEvent {
  return {
    eventId: row.id,
    at: row.at,
    agencyId: row.agency_id,
    systemId: row.system_id,
    batchId: row.batch_id,
    row: row.row_no,
    event: unpackEvent(text),
  };
}
