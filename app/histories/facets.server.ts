/** Notes of each match where it belongs in the list, so that a page of thousands opens fifty of them. */
import { openEvents } from "#app/feeds/find-events.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { CaseFile } from "#app/requests/case-file.server.ts";
import { type FilterTags, groupOf, type LineFilter, orgOf } from "./facets.ts";
import type { MatchRow } from "./matter.server.ts";

/** The tag of what a case's look-ups have in common. Of another case it says nothing: its id is part of it. */
export type TagFacet = (kind: "org" | "group", text: string) => string;

/** Waits for the database: not inside a transaction. */
export async function facetTagger(portal: Pick<Portal, "vault">, caseId: string): Promise<TagFacet> {
  const tag = await portal.vault.indexer("facet");
  return (kind, text) => tag(JSON.stringify([caseId, kind, text]));
}

/**
 * The matches with their facets. What has none yet is opened, once: the caller writes into the ledger that the case
 * was read.
 */
export async function withFacets(portal: Portal, file: CaseFile, matches: readonly MatchRow[]): Promise<MatchRow[]> {
  const bare = matches.filter((match) => match.systemId === null);
  if (bare.length === 0) return [...matches];
  const tag = await facetTagger(portal, file.id);
  const opened = await openEvents(
    portal,
    bare.map(({ eventId, eventAt }) => ({ eventId, at: eventAt })),
  );
  const found = new Map(
    opened.map(({ eventId, systemId, event }) => {
      const group = groupOf(event);
      const groupTag = group === null ? null : tag("group", group);
      return [eventId, { systemId, orgTag: tag("org", orgOf(event) ?? ""), groupTag }] as const;
    }),
  );
  const facets = [...found.entries()];
  await portal.db.$executeRaw`
    UPDATE match m SET system_id = f.system_id, org_tag = f.org_tag, group_tag = NULLIF(f.group_tag, '')::uuid
    FROM unnest(${facets.map(([eventId]) => eventId)}::uuid[], ${facets.map(([, one]) => one.systemId)}::uuid[],
      ${facets.map(([, one]) => one.orgTag)}::uuid[], ${facets.map(([, one]) => one.groupTag ?? "")}::text[])
      AS f(event_id, system_id, org_tag, group_tag)
    WHERE m.case_id = ${file.id}::uuid AND m.event_id = f.event_id`;
  return matches.map((match) => ({ ...match, ...found.get(match.eventId) }));
}

/** What the filter names, in the tags of this case's matches. */
export function filterTags(
  tag: TagFacet,
  filter: LineFilter,
  matches: readonly { readonly eventId: string; readonly groupTag: string | null }[],
): FilterTags {
  return {
    orgTag: filter.agency === null ? null : tag("org", filter.agency),
    groupTag: matches.find(({ eventId }) => eventId === filter.groupOf)?.groupTag,
  };
}
