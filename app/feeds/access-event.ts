/**
 * The canonical access event: one recorded query of somebody's record, whatever log it came from.
 *
 * Every cell keeps its STATE apart from its value: an empty cell, a column that the export does not
 * have, and a value that the vendor or the agency had hidden before the log reached us are different
 * facts, and the resident is told which one it was.
 */
import { z } from "zod";
import { IDENTIFIER_KINDS } from "./identifier.ts";

/** Why a cell holds no value. */
export const ABSENT_STATES = ["empty", "not-exported", "hidden-by-vendor", "hidden-by-agency", "placeholder"] as const;
export type AbsentState = (typeof ABSENT_STATES)[number];

const value = z.strictObject({ state: z.literal("value"), value: z.string().min(1) });
const absent = z.strictObject({
  state: z.enum(ABSENT_STATES),
  /** What stood there instead, as logged: "***", "REDACTED", "N/A". */
  mark: z.string().min(1).optional(),
});
const cellSchema = z.union([value, absent]);
export type Cell = z.infer<typeof cellSchema>;

const kind = z.enum(IDENTIFIER_KINDS);
const searchTermSchema = z.union([value.extend({ kind }), absent.extend({ kind })]);
/** One thing the record was searched by, as logged (not normalised). */
export type SearchTerm = z.infer<typeof searchTermSchema>;

export const accessEventSchema = z.strictObject({
  /** The log's own number of this entry. */
  sourceId: cellSchema,
  /** The instant, ISO 8601 in UTC with milliseconds. */
  at: z.iso.datetime({ precision: 3 }),
  /** The zone the log states or the profile supplies: "UTC", "PDT", "-07:00", "America/Los_Angeles". */
  zone: z.string().min(1),
  /** The time exactly as logged. */
  timeAsLogged: z.string().min(1),
  /** The searching agency, by the name the log gives it. */
  org: cellSchema,
  /** The searching user, by the id or name the log gives. */
  user: cellSchema,
  /** One term or more for each identifier column that the log has; empty when it exports none of them. */
  searchedBy: z.array(searchTermSchema),
  /** The stated reason. May name other people's plates: see plates-in-text.ts before showing it. */
  purpose: cellSchema,
  caseNumber: cellSchema,
  scope: z.strictObject({
    networks: cellSchema,
    devices: cellSchema,
    timeFrame: cellSchema,
    searchType: cellSchema,
    filters: cellSchema,
  }),
  textPrompt: cellSchema,
  moderation: cellSchema,
});
export type AccessEvent = z.infer<typeof accessEventSchema>;

/** The value, or null in any other state. */
export function valueIn(cell: Cell): string | null {
  return cell.state === "value" ? cell.value : null;
}

/** The cells in which somebody typed freely, so in which anybody's plate may stand. */
export function freeTextsOf(event: AccessEvent): string[] {
  const cells = [event.purpose, event.caseNumber, event.textPrompt, event.moderation, event.scope.filters];
  return cells.flatMap((cell) => (cell.state === "value" ? [cell.value] : []));
}

/**
 * Bit 2 of events.access_event.flags: identifiers stand in free text, so the purpose must be masked before
 * anybody else reads it. Bits 0 (bulk) and 1 (automatic) wait for a profile that can tell.
 */
export const FLAG_IDENTIFIERS_IN_TEXT = 4;

/** Where an identifier stood in an event: events.search_key.place. */
export const PLACE_SEARCHED_BY = 0;
export const PLACE_FREE_TEXT = 1;
