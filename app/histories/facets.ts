/** How a clerk narrows a case's list of look-ups, and in what order it stands. Pure. */
import { type AccessEvent, valueIn } from "#app/feeds/access-event.ts";
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";

export const SHOWN = ["all", "waiting"] as const;
/** All look-ups, or those that still wait for somebody's decision. */
export type Show = (typeof SHOWN)[number];

/** What a list is narrowed to; null: not by this. */
export interface LineFilter {
  readonly show: Show;
  readonly systemId: string | null;
  /** The agency that searched, by the name that the log gives it. */
  readonly agency: string | null;
  /** Local days, both included. */
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  /** The look-ups that were made together with this one. */
  readonly groupOf: string | null;
}

export const UNFILTERED: LineFilter = {
  show: "all",
  systemId: null,
  agency: null,
  from: null,
  to: null,
  groupOf: null,
};

/** What of a look-up a filter asks for. */
export interface Facets {
  readonly eventId: string;
  readonly eventAt: Date;
  readonly systemId: string | null;
  readonly orgTag: string | null;
  readonly groupTag: string | null;
  readonly waits: boolean;
}

/** The agency that searched, as the log names it; null when the log does not say. */
export function orgOf(event: Pick<AccessEvent, "org">): string | null {
  return valueIn(event.org);
}

/**
 * What an event was made together with, as one text: the log's own number of the proceeding or of the machine's chain,
 * else the same user of one agency under the same case number. Null where the log says neither: it stands alone.
 */
export function groupOf(event: Pick<AccessEvent, "groupId" | "org" | "user" | "caseNumber">): string | null {
  const group = valueIn(event.groupId);
  const org = orgOf(event) ?? "";
  if (group !== null) return JSON.stringify(["group", org, group]);
  const [user, caseNumber] = [valueIn(event.user), valueIn(event.caseNumber)];
  return user === null || caseNumber === null ? null : JSON.stringify(["case", org, user, caseNumber]);
}

/** Tags of what the filter names, as the rows bear them. Undefined: it names nothing that this case has. */
export interface FilterTags {
  readonly orgTag: string | null | undefined;
  readonly groupTag: string | null | undefined;
}

/** Whether a look-up passes. A group that there is not has only the look-up that it was named by. */
export function passes(filter: LineFilter, tags: FilterTags, row: Facets, zone: string): boolean {
  if (filter.show === "waiting" && !row.waits) return false;
  if (filter.systemId !== null && row.systemId !== filter.systemId) return false;
  if (filter.agency !== null && row.orgTag !== tags.orgTag) return false;
  if (filter.groupOf !== null && row.eventId !== filter.groupOf) {
    if (tags.groupTag == null || row.groupTag !== tags.groupTag) return false;
  }
  if (filter.from === null && filter.to === null) return true;
  const on = localDate(row.eventAt, zone);
  return (filter.from === null || filter.from <= on) && (filter.to === null || on <= filter.to);
}

/**
 * What was made together stands together, each group where its newest look-up would stand.
 * @param rows newest first
 */
export function inGroups<R extends Pick<Facets, "eventId" | "groupTag">>(rows: readonly R[]): R[] {
  return [...Map.groupBy(rows, (row) => row.groupTag ?? row.eventId).values()].flat();
}
