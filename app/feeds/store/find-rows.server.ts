/** Rows of the store by blind indexes: those in which a subject stands, and those that belong to them. */
import type pg from "pg";
import type { StoredRow } from "../fold-events.ts";

/** One identifier's tag, and from when until when it counts. */
export interface KeySpan {
  identifierId: string;
  tag: string;
  since: Date;
  before: Date;
}

/** What a row is known by, without opening it. */
const ROW = "e.id, e.at, e.system_id, e.batch_id, e.source_tag, e.query_tag, e.group_tag, e.user_tag";

// Without a name: the period says which parts it looks at.
const KEYS = `
  SELECT tag, at, event_id, place FROM events.search_key WHERE tag = ANY($1::uuid[]) AND at >= $2 AND at < $3`;

/** How far the time of an entry may be moved by a later edition, and the clocks of two sides may differ. */
const AROUND = "make_interval(secs => 2 * 24 * 60 * 60)";

// The events, and after them other editions of their entries. Named, as reader.server.ts has it.
const BY_NAME = `
  WITH named AS MATERIALIZED (
    SELECT ${ROW} FROM unnest($1::uuid[], $2::timestamptz[]) AS f(id, at)
    JOIN events.access_event e ON e.id = f.id AND e.at = f.at
    WHERE e.agency_id = $3
  )
  SELECT ${ROW} FROM named e
  UNION ALL
  SELECT ${ROW} FROM named n
  JOIN events.access_event e ON e.source_tag = n.source_tag AND e.at >= n.at - ${AROUND} AND e.at <= n.at + ${AROUND}
    AND e.id <> n.id
  WHERE e.agency_id = $3`;

const BY_QUERY = `
  SELECT ${ROW} FROM unnest($1::uuid[], $2::timestamptz[]) AS f(tag, at)
  JOIN events.access_event e ON e.query_tag = f.tag AND e.at >= f.at - ${AROUND} AND e.at <= f.at + ${AROUND}
  WHERE e.agency_id = $3`;

interface Row {
  id: string;
  at: Date;
  system_id: string;
  batch_id: string;
  source_tag: string | null;
  query_tag: string | null;
  group_tag: string | null;
  user_tag: string | null;
}

/** A row, and which of the subject's identifiers stand in it; `receivedAt` is not known yet. */
export type FoundRow = Omit<StoredRow, "receivedAt">;

interface Key {
  tag: string;
  at: Date;
  event_id: string;
  place: 0 | 1;
}

/**
 * Rows of one custodian in which one of the keys stands, each once, and other editions of their entries. Where keys
 * were searched by and others only named in its free text, those that were searched by count.
 */
export async function findByKeys(
  client: pg.ClientBase,
  query: { agencyId: string; keys: readonly KeySpan[]; since: Date; before: Date },
): Promise<FoundRow[]> {
  const { agencyId, keys, since, before } = query;
  const tags = [...new Set(keys.map((key) => key.tag))];
  const { rows: there } = await client.query<Key>(KEYS, [tags, since.toISOString(), before.toISOString()]);
  const named = new Map<string, Pick<FoundRow, "place" | "identifierIds"> & { key: Key }>();
  for (const key of there.sort((a, b) => a.place - b.place)) {
    const counting = keys.filter(
      ({ tag, since: from, before: to }) => tag === key.tag && key.at >= from && key.at < to,
    );
    const ids = counting.map(({ identifierId }) => identifierId);
    if (ids.length === 0) continue;
    const name = nameOf(key.event_id, key.at);
    const known = named.get(name);
    if (known === undefined) named.set(name, { place: key.place, identifierIds: ids, key });
    else if (known.place === key.place) known.identifierIds = [...new Set([...known.identifierIds, ...ids])];
  }
  if (named.size === 0) return [];
  const wanted = [...named.values()];
  const { rows } = await client.query<Row>({
    name: "events by name",
    text: BY_NAME,
    values: [wanted.map(({ key }) => key.event_id), wanted.map(({ key }) => key.at.toISOString()), agencyId],
  });
  const found = new Map<string, FoundRow>();
  for (const row of rows) {
    const name = nameOf(row.id, row.at);
    const { place, identifierIds } = named.get(name) ?? { place: 1, identifierIds: [] };
    found.set(name, { ...toFound(row), place, identifierIds });
  }
  return [...found.values()];
}

const nameOf = (id: string, at: Date) => `${id} ${at.getTime()}`;

function toFound(row: Row): FoundRow {
  return {
    eventId: row.id,
    at: row.at,
    systemId: row.system_id,
    batchId: row.batch_id,
    sourceTag: row.source_tag,
    queryTag: row.query_tag,
    groupTag: row.group_tag,
    userTag: row.user_tag,
    identifierIds: [],
    place: 1,
  };
}

/** The other side's rows of a query whose row was found by a key: those that are not among the found ones. */
export async function findOtherSides(
  client: pg.ClientBase,
  agencyId: string,
  found: readonly FoundRow[],
): Promise<FoundRow[]> {
  const asked = found.filter((row) => row.queryTag !== null && row.identifierIds.length > 0);
  if (asked.length === 0) return [];
  const { rows } = await client.query<Row>({
    name: "events by query",
    text: BY_QUERY,
    values: [asked.map((row) => row.queryTag), asked.map((row) => row.at.toISOString()), agencyId],
  });
  const known = new Set(found.map((row) => nameOf(row.eventId, row.at)));
  const others = new Map<string, FoundRow>();
  for (const row of rows) {
    const name = nameOf(row.id, row.at);
    if (!known.has(name)) others.set(name, toFound(row));
  }
  return [...others.values()];
}

/** When the batches of some rows came in; asked for only where it decides which of two editions is the later. */
export async function withReceipt(client: pg.ClientBase, rows: readonly FoundRow[]): Promise<StoredRow[]> {
  const sources = rows.flatMap((row) => row.sourceTag ?? []);
  if (new Set(sources).size === sources.length) return rows.map((row) => ({ ...row, receivedAt: row.at }));
  const batches = [...new Set(rows.map((row) => row.batchId))];
  const { rows: found } = await client.query<{ id: string; at: Date }>(
    "SELECT id, received_at AS at FROM batch WHERE id = ANY($1::uuid[])",
    [batches],
  );
  const receivedAt = new Map(found.map(({ id, at }) => [id, at]));
  return rows.map((row) => ({ ...row, receivedAt: receivedAt.get(row.batchId) ?? row.at }));
}
