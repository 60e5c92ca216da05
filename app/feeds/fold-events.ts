/**
 * From stored rows to look-ups as a reader sees them. One look-up can stand in several rows: a log is released
 * again with an entry more or less redacted, two systems log the same search, and one press of a key sends off
 * several queries. The reader gets one event, and the rows behind it stay to be seen.
 */

/** What is known of a row without opening it. */
export interface StoredRow {
  eventId: string;
  at: Date;
  systemId: string;
  batchId: string;
  /** When its batch came in. */
  receivedAt: Date;
  /** Blind indexes: the log's own number of the entry, the query's id, its group's, the user. */
  sourceTag: string | null;
  queryTag: string | null;
  groupTag: string | null;
  userTag: string | null;
  /** Identifiers of the subject that stand in the row; none in a row that was only found through another. */
  identifierIds: readonly string[];
  /** 0: searched by one of them. 1: they only stand in its free text. */
  place: 0 | 1;
}

export interface FoldedEvent {
  /** The latest edition of the first row. */
  row: StoredRow;
  /** Earlier editions of it, the latest first. */
  earlier: StoredRow[];
  /** Other rows of the same look-up, in their latest editions: the other side's, and the rest of a chain. */
  others: StoredRow[];
  /** Of all these rows, earlier editions too: what a later edition hides was searched by all the same. */
  identifierIds: string[];
  place: 0 | 1;
}

/** How far the clocks of two systems that log one query may lie apart. */
const CLOCKS_MS = 10 * 60_000;
/** The longest pause between the queries of a machine chain. */
const CHAIN_MS = 5_000;

/** One entry of one log, with its editions. */
interface Entry {
  row: StoredRow;
  earlier: StoredRow[];
}

/** @returns In the order of time. */
export function foldEvents(rows: readonly StoredRow[]): FoldedEvent[] {
  const entries = toEntries(rows).sort((a, b) => inTime(a.row, b.row));
  const folded: Entry[][] = [];
  // Only groups that share a tag with an entry can be its own: to ask all of them takes the square of their number.
  const groupsOf = new Map<string, Set<number>>();
  for (const entry of entries) {
    const tags = tagsOf(entry.row);
    const near = [...new Set(tags.flatMap((tag) => [...(groupsOf.get(tag) ?? [])]))].sort((a, b) => a - b);
    const same = near.find((no) => folded[no]?.some((other) => isSameLookUp(other.row, entry.row)));
    const no = same ?? folded.length;
    if (same === undefined) folded.push([entry]);
    else folded[no]?.push(entry);
    for (const tag of tags) groupsOf.set(tag, (groupsOf.get(tag) ?? new Set()).add(no));
  }
  return folded.map(toFolded).filter((event) => event.identifierIds.length > 0);
}

function inTime(a: StoredRow, b: StoredRow): number {
  return a.at.getTime() - b.at.getTime() || (a.eventId < b.eventId ? -1 : 1);
}

/**
 * A number that stands in one batch several times is not a number of entries, whatever the log calls it: hiding one
 * of its rows behind another would lose a look-up.
 */
function toEntries(rows: readonly StoredRow[]): Entry[] {
  const bySource = Map.groupBy(rows, (row) => row.sourceTag ?? row.eventId);
  return [...bySource.values()].flatMap((editions) => {
    const isNumbered = new Set(editions.map((row) => row.batchId)).size === editions.length;
    if (!isNumbered) return editions.map((row) => ({ row, earlier: [] }));
    const [row, ...earlier] = [...editions].sort(latestFirst);
    return row === undefined ? [] : [{ row, earlier }];
  });
}

function latestFirst(a: StoredRow, b: StoredRow): number {
  return b.receivedAt.getTime() - a.receivedAt.getTime() || (a.batchId < b.batchId ? 1 : -1);
}

/** What two rows of one look-up have in common (isSameLookUp), one or the other. */
function tagsOf({ queryTag, groupTag, userTag }: StoredRow): string[] {
  const chain = groupTag === null || userTag === null ? null : `chain ${userTag} ${groupTag}`;
  return [queryTag === null ? null : `query ${queryTag}`, chain].filter((tag) => tag !== null);
}

function isSameLookUp(a: StoredRow, b: StoredRow): boolean {
  const apart = Math.abs(a.at.getTime() - b.at.getTime());
  if (a.queryTag !== null && a.queryTag === b.queryTag && apart <= CLOCKS_MS) return true;
  const oneUser = a.userTag !== null && a.userTag === b.userTag;
  return oneUser && a.groupTag !== null && a.groupTag === b.groupTag && apart <= CHAIN_MS;
}

function toFolded(entries: readonly Entry[]): FoldedEvent {
  const [first, ...others] = entries;
  if (first === undefined) throw new Error("a look-up has no row");
  const all = entries.flatMap(({ row, earlier }) => [row, ...earlier]);
  return {
    row: first.row,
    earlier: first.earlier,
    others: others.map((entry) => entry.row),
    identifierIds: [...new Set(all.flatMap((row) => row.identifierIds))],
    place: all.some((row) => row.identifierIds.length > 0 && row.place === 0) ? 0 : 1,
  };
}
