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

const BY_KEYS = `
  SELECT ${ROW}, k.place, s.identifier_id
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS s(identifier_id, tag, since, before)
  JOIN events.search_key k ON k.tag = s.tag AND k.at >= s.since AND k.at < s.before
  JOIN events.access_event e ON e.id = k.event_id AND e.at = k.at
  WHERE k.at >= $5 AND k.at < $6 AND e.at >= $5 AND e.at < $6 AND e.agency_id = $7`;

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

/**
 * Rows of one custodian in which one of the keys stands, each once. Where keys were searched by and others only named
 * in its free text, those that were searched by count.
 */
export async function findByKeys(
  client: pg.ClientBase,
  query: { agencyId: string; keys: readonly KeySpan[]; since: Date; before: Date },
): Promise<FoundRow[]> {
  const { keys } = query;
  const { rows } = await client.query<Row & { place: 0 | 1; identifier_id: string }>(BY_KEYS, [
    keys.map((key) => key.identifierId),
    keys.map((key) => key.tag),
    keys.map((key) => key.since.toISOString()),
    keys.map((key) => key.before.toISOString()),
    query.since.toISOString(),
    query.before.toISOString(),
    query.agencyId,
  ]);
  const found = new Map<string, FoundRow>();
  for (const row of rows.sort((a, b) => a.place - b.place)) {
    const known = found.get(nameOf(row));
    if (known === undefined) {
      found.set(nameOf(row), { ...toFound(row), place: row.place, identifierIds: [row.identifier_id] });
    } else if (known.place === row.place && !known.identifierIds.includes(row.identifier_id)) {
      known.identifierIds = [...known.identifierIds, row.identifier_id];
    }
  }
  return [...found.values()];
}

const nameOf = ({ id, at }: Row) => `${id} ${at.getTime()}`;

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

const byTag = (tag: Tag) => `
  SELECT ${ROW}
  FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS f(tag, since, before)
  JOIN events.access_event e ON e.${tag} = f.tag AND e.at >= f.since AND e.at <= f.before
  WHERE e.at >= $4 AND e.at <= $5 AND e.agency_id = $6`;

const BY_TAG: Readonly<Record<Tag, string>> = { source_tag: byTag("source_tag"), query_tag: byTag("query_tag") };

/** Rows that belong to found ones and are not among them: other editions, and the other side's rows of a query. */
export async function findRelated(
  client: pg.ClientBase,
  agencyId: string,
  found: readonly FoundRow[],
): Promise<FoundRow[]> {
  const known = new Set(found.map((row) => `${row.eventId} ${row.at.getTime()}`));
  const related = new Map<string, FoundRow>();
  for (const tag of ["source_tag", "query_tag"] as const) {
    const tags = found.flatMap((row) => {
      const value = tag === "source_tag" ? row.sourceTag : row.queryTag;
      return value === null ? [] : [{ tag: value, at: row.at.getTime() }];
    });
    if (tags.length === 0) continue;
    const moved = (at: number, by: number) => new Date(at + by).toISOString();
    const times = tags.map(({ at }) => at);
    const { rows } = await client.query<Row>(BY_TAG[tag], [
      tags.map((one) => one.tag),
      times.map((at) => moved(at, -AROUND_MS)),
      times.map((at) => moved(at, AROUND_MS)),
      moved(Math.min(...times), -AROUND_MS),
      moved(Math.max(...times), AROUND_MS),
      agencyId,
    ]);
    for (const row of rows) if (!known.has(nameOf(row))) related.set(nameOf(row), toFound(row));
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
