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

/** How far the time of an entry may be moved by a later edition, and the clocks of two sides may differ. */
const AROUND = "make_interval(secs => 2 * 24 * 60 * 60)";

// The events once for each of the keys, and after them other editions of their entries. Keys and events are parted
// alike, so they are joined part by part (reader.server.ts): of each part only what the keys name is touched.
const BY_KEYS = `
  WITH named AS MATERIALIZED (
    SELECT ${ROW}, k.tag, k.place FROM events.search_key k
    JOIN events.access_event e ON e.id = k.event_id AND e.at = k.at
    WHERE k.tag = ANY($1::uuid[]) AND k.at >= $2 AND k.at < $3 AND e.agency_id = $4
  )
  SELECT ${ROW}, e.tag, e.place FROM named e
  UNION ALL
  SELECT ${ROW}, NULL, NULL FROM named n
  JOIN events.access_event e ON e.source_tag = n.source_tag AND e.at >= n.at - ${AROUND} AND e.at <= n.at + ${AROUND}
    AND e.id <> n.id
  WHERE e.agency_id = $4`;

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

/** Null where the row is another edition of one in which a key stands. */
type KeyedRow = Row & ({ tag: string; place: 0 | 1 } | { tag: null; place: null });

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
  const { rows } = await client.query<KeyedRow>({
    name: "events by keys",
    text: BY_KEYS,
    values: [tags, since.toISOString(), before.toISOString(), agencyId],
  });
  const found = new Map<string, FoundRow>();
  const sources = new Set<string | null>();
  for (const row of rows.filter((one) => one.tag !== null).sort((a, b) => a.place - b.place)) {
    const counting = keys.filter(
      ({ tag, since: from, before: to }) => tag === row.tag && row.at >= from && row.at < to,
    );
    const ids = counting.map(({ identifierId }) => identifierId);
    if (ids.length === 0) continue;
    const name = nameOf(row.id, row.at);
    const known = found.get(name);
    if (known === undefined) found.set(name, { ...toFound(row), place: row.place, identifierIds: ids });
    else if (known.place === row.place) known.identifierIds = [...new Set([...known.identifierIds, ...ids])];
    if (row.source_tag !== null) sources.add(row.source_tag);
  }
  for (const row of rows) {
    const name = nameOf(row.id, row.at);
    // An edition of what counts for none of the keys is nobody's.
    if (row.tag === null && sources.has(row.source_tag) && !found.has(name)) found.set(name, toFound(row));
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
