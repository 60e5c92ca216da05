/** The list of a case's look-ups as a clerk works on it: narrowed, grouped, one page opened. Callers authorise. */
import type { AccountActor } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { listCustodies } from "#app/registry/queries.server.ts";
import type { CaseFile } from "#app/requests/case-file.server.ts";
import type { MatchedEvent } from "./cells.ts";
import { facetTagger, filterTags, withFacets } from "./facets.server.ts";
import { type Facets, type FilterTags, inGroups, type LineFilter, orgOf, passes } from "./facets.ts";
import { type MatchRow, type Matter, openMatched } from "./matter.server.ts";
import { countLineNotes } from "./note-line.server.ts";

const LINES_ON_A_PAGE = 50;

/** What the list can be narrowed to. */
export interface FilterChoices {
  readonly systems: readonly { readonly id: string; readonly name: string }[];
  /** Names as the log gives them, in the order of the alphabet. */
  readonly agencies: readonly string[];
}

/** One row of the page, with what stands around it. */
export interface ListedRow {
  readonly row: MatchRow;
  readonly event: MatchedEvent | undefined;
  /** How many look-ups of this case were made together with it, itself included. */
  readonly groupSize: number;
  readonly opened: boolean;
  readonly notes: number;
}

export interface DeskList {
  readonly rows: readonly ListedRow[];
  readonly page: number;
  readonly pages: number;
  /** How many the filter shows, on all pages. */
  readonly shown: number;
  readonly choices: FilterChoices;
}

interface ListedFacets extends Facets {
  readonly row: MatchRow;
}

export async function listDesk(
  portal: Portal,
  reader: AccountActor,
  matter: Matter,
  wanted: { readonly filter: LineFilter; readonly page: number; readonly waits: (match: MatchRow) => boolean },
): Promise<DeskList> {
  const { file } = matter;
  const matches = await withFacets(portal, file, matter.matches);
  const all = matches.map(
    (row): ListedFacets => ({
      ...{ row, eventId: row.eventId, eventAt: row.eventAt },
      ...{ systemId: row.systemId, orgTag: row.orgTag, groupTag: row.groupTag, waits: wanted.waits(row) },
    }),
  );
  const tags: FilterTags = filterTags(await facetTagger(portal, file.id), wanted.filter, all);
  const shown = inGroups(all.filter((one) => passes(wanted.filter, tags, one, file.agency.zone)));
  const pages = Math.max(1, Math.ceil(shown.length / LINES_ON_A_PAGE));
  const page = Math.min(Math.max(1, Math.trunc(wanted.page) || 1), pages);
  const rows = shown.slice((page - 1) * LINES_ON_A_PAGE, page * LINES_ON_A_PAGE).map(({ row }) => row);
  const ids = rows.map(({ eventId }) => eventId);
  const [events, notes, openings, choices] = await Promise.all([
    openMatched(portal, matter, rows),
    countLineNotes(portal, file.id, ids),
    portal.db.lineOpening.findMany({
      where: { caseId: file.id, accountId: reader.accountId, eventId: { in: ids } },
      select: { eventId: true },
    }),
    choicesOf(portal, matter, matches),
  ]);
  const opened = new Set(openings.map(({ eventId }) => eventId));
  const sizes = Map.groupBy(
    matches.filter(({ groupTag }) => groupTag !== null),
    ({ groupTag }) => groupTag,
  );
  return {
    rows: rows.map((row, index) => ({
      row,
      event: events[index],
      groupSize: row.groupTag === null ? 1 : (sizes.get(row.groupTag)?.length ?? 1),
      opened: opened.has(row.eventId),
      notes: notes.get(row.eventId) ?? 0,
    })),
    page,
    pages,
    shown: shown.length,
    choices,
  };
}

/** One look-up of each agency is opened for its name: there are few agencies, and may be thousands of look-ups. */
async function choicesOf(portal: Portal, matter: Matter, matches: readonly MatchRow[]): Promise<FilterChoices> {
  const byOrg = new Map(matches.map((match) => [match.orgTag, match]));
  const custodies = await listCustodies(portal, matter.file.agency.id);
  const opened = await openMatched(portal, matter, [...byOrg.values()]);
  const names = opened.map(({ event }) => orgOf(event)).filter((name) => name !== null);
  const there = new Set(matches.map(({ systemId }) => systemId));
  return {
    systems: custodies
      .filter(({ systemId }) => there.has(systemId))
      .map(({ systemId, system }) => ({ id: systemId, name: system.name })),
    agencies: [...new Set(names)].sort((a, b) => a.localeCompare(b)),
  };
}

/** That somebody has one look-up before his eyes by itself. In the transaction that writes it into the ledger. */
export async function noteOpening(
  portal: Pick<Portal, "time">,
  tx: Pick<Portal["db"], "lineOpening">,
  { id: caseId }: Pick<CaseFile, "id">,
  { accountId, eventId }: { readonly accountId: string; readonly eventId: string },
): Promise<void> {
  await tx.lineOpening.createMany({
    data: [{ caseId, accountId, eventId, at: portal.time.now() }],
    skipDuplicates: true,
  });
}
