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

// Planned anew each time, because it has no name: the parts of the period are all that it looks at.
const KEYS = `
  SELECT tag, at, event_id, place FROM events.search_key WHERE tag = ANY($1::uuid[]) AND at >= $2 AND at < $3`;

// Named, so planned once for a connection: in which parts the rows stand, only the values say, row by row. To plan
// it takes three times as long as to do it.
const BY_NAME = `
  SELECT ${ROW} FROM unnest($1::uuid[], $2::timestamptz[]) AS f(id, at)
  JOIN events.access_event e ON e.id = f.id AND e.at = f.at
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
 * Rows of one custodian in which one of the keys stands, each once. Where keys were searched by and others only named
 * in its free text, those that were searched by count.
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
  return rows.map((row) => {
    const { place, identifierIds } = named.get(nameOf(row.id, row.at)) ?? { place: 1, identifierIds: [] };
    return { ...toFound(row), place, identifierIds };
  });
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

/** How far the time of an entry may be moved by a later edition, and the clocks of two sides may differ. */
const AROUND_MS = 2 * 24 * 60 * 60_000;

type Tag = "source_tag" | "query_tag";

// Named for the same reason.
const byTag = (tag: Tag) => `
  SELECT ${ROW}
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS f(id, tag, since, before)
  JOIN events.access_event e ON e.${tag} = f.tag AND e.at >= f.since AND e.at <= f.before AND e.id <> f.id
  WHERE e.agency_id = $5`;

const BY_TAG: Readonly<Record<Tag, string>> = { source_tag: byTag("source_tag"), query_tag: byTag("query_tag") };

/** Rows that belong to found ones and are not among them: other editions, and the other side's rows of a query. */
export async function findRelated(
  client: pg.ClientBase,
  agencyId: string,
  found: readonly FoundRow[],
): Promise<FoundRow[]> {
  const known = new Set(found.map((row) => nameOf(row.eventId, row.at)));
  const related = new Map<string, FoundRow>();
  for (const tag of ["source_tag", "query_tag"] as const) {
    const tags = found.flatMap((row) => {
      const value = tag === "source_tag" ? row.sourceTag : row.queryTag;
      return value === null ? [] : [{ id: row.eventId, tag: value, at: row.at.getTime() }];
    });
    if (tags.length === 0) continue;
    const moved = (at: number, by: number) => new Date(at + by).toISOString();
    const { rows } = await client.query<Row>({
      name: `events by ${tag}`,
      text: BY_TAG[tag],
      values: [
        tags.map((one) => one.id),
        tags.map((one) => one.tag),
        tags.map(({ at }) => moved(at, -AROUND_MS)),
        tags.map(({ at }) => moved(at, AROUND_MS)),
        agencyId,
      ],
    });
    for (const row of rows) {
      const name = nameOf(row.id, row.at);
      if (!known.has(name)) related.set(name, toFound(row));
    }
  }
  return [...related.values()];
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
