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

/** What a code means, from a table of the profile. */
const meaningSchema = z.strictObject({ en: z.string().min(1), es: z.string().min(1) });

const value = z.strictObject({
  state: z.literal("value"),
  value: z.string().min(1),
  /** Kept with the event: the table may change, what it said when the log was taken in does not. */
  meaning: meaningSchema.optional(),
});
const absent = z.strictObject({
  state: z.enum(ABSENT_STATES),
  /** What stood there instead, as logged: "***", "REDACTED", "N/A". */
  mark: z.string().min(1).optional(),
});
const cellSchema = z.union([value, absent]);
export type Cell = z.infer<typeof cellSchema>;

const kind = z.enum(IDENTIFIER_KINDS);
const searchTermSchema = z.union([
  /** `date`: the birth date that the value was read as, YYYY-MM-DD. */
  value.extend({ kind, date: z.iso.date().optional() }),
  absent.extend({ kind }),
]);
/** One thing the record was searched by, as logged (not normalised). */
export type SearchTerm = z.infer<typeof searchTermSchema>;

/** Left out of what is stored when the log has no such column: most logs have few of these. */
const sparse = cellSchema.default({ state: "not-exported" });
/** Null when the log does not say. */
const told = z.boolean().nullable().default(null);

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
  /** The searching agency's code: an ORI, a register number. */
  orgCode: sparse,
  /** The searching user, by the id or name the log gives. */
  user: cellSchema,
  /** The searching user's name, where the log has it besides an id. */
  userName: sparse,
  /** One term or more for each identifier column that the log has; empty when it exports none of them. */
  searchedBy: z.array(searchTermSchema),
  /** The stated reason. May name other people's plates: see plates-in-text.ts before showing it. */
  purpose: cellSchema,
  /** The reason as a code ("C", "TREAT"), with what the profile's table says that it means. */
  purposeCode: sparse,
  /** The law or consent that the search is said to rest on. */
  legalBasis: sparse,
  consent: sparse,
  caseNumber: cellSchema,
  /** Joins the two sides' logs of one query. */
  queryId: sparse,
  /** Joins the queries of one proceeding, or those that one press of a key sent off. */
  groupId: sparse,
  /** The kind of message or transaction ("QV", "DATA_REQUEST"). */
  messageKey: sparse,
  outcome: sparse,
  scope: z.strictObject({
    networks: cellSchema,
    devices: cellSchema,
    timeFrame: cellSchema,
    searchType: cellSchema,
    filters: cellSchema,
  }),
  textPrompt: cellSchema,
  moderation: cellSchema,
  /** Part of a search over many people's records. */
  bulk: told,
  /** Sent off by a machine, not by a person. */
  automatic: told,
  /** Kept from its subject by the custodian; see also the two cells after it. */
  sealed: told,
  /** Why, in the custodian's words. */
  hiddenReason: sparse,
  /** Until when: an instant in UTC, ISO 8601 with milliseconds; the log's own spelling is not kept. */
  hiddenUntil: sparse,
});
export type AccessEvent = z.infer<typeof accessEventSchema>;
/** The event as it is stored: what its log does not have may be left out. */
export type StoredEvent = z.input<typeof accessEventSchema>;

/** The value, or null in any other state. */
export function valueIn(cell: Cell): string | null {
  return cell.state === "value" ? cell.value : null;
}

/** The cells in which somebody typed freely, so in which anybody's plate may stand. */
export function freeTextsOf(event: StoredEvent): string[] {
  const texts: string[] = [];
  for (const cell of [event.purpose, event.caseNumber, event.textPrompt, event.moderation, event.scope.filters]) {
    if (cell.state === "value") texts.push(cell.value);
  }
  for (const cell of [event.legalBasis, event.hiddenReason]) {
    if (cell?.state === "value") texts.push(cell.value);
  }
  return texts;
}

/** Bits of events.access_event.flags. */
export const FLAG_BULK = 1;
export const FLAG_AUTOMATIC = 2;
/** Identifiers stand in free text, so the purpose must be masked before anybody else reads it. */
export const FLAG_IDENTIFIERS_IN_TEXT = 4;
/** The custodian keeps this entry from its subject: for ever, or until the event's `hiddenUntil`. */
export const FLAG_SEALED = 8;

/** Where an identifier stood in an event: events.search_key.place. */
export const PLACE_SEARCHED_BY = 0;
export const PLACE_FREE_TEXT = 1;
