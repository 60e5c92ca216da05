import type { IdentifierKind } from "#app/feeds/identifier.ts";
import type { TimeFormat } from "#app/feeds/log-time.ts";
import type { Field } from "#app/feeds/profile.ts";
import type { Mapping, MarkField } from "#app/feeds/stored-profile.ts";
import type { WordKey } from "#app/ui/words/words.ts";

/** What a column can be mapped to, in words. */
export const FIELD_WORDS = {
  at: "feedsProfile.field_at",
  sourceId: "feedsProfile.field_sourceId",
  org: "feedsProfile.field_org",
  orgCode: "feedsProfile.field_orgCode",
  user: "feedsProfile.field_user",
  userName: "feedsProfile.field_userName",
  plate: "feedsProfile.field_plate",
  licence: "feedsProfile.field_licence",
  vin: "feedsProfile.field_vin",
  "state-id": "feedsProfile.field_state_id",
  ssn: "feedsProfile.field_ssn",
  name: "feedsProfile.field_name",
  "birth-date": "feedsProfile.field_birth_date",
  term: "feedsProfile.field_term",
  purpose: "feedsProfile.field_purpose",
  purposeCode: "feedsProfile.field_purposeCode",
  legalBasis: "feedsProfile.field_legalBasis",
  consent: "feedsProfile.field_consent",
  caseNumber: "feedsProfile.field_caseNumber",
  queryId: "feedsProfile.field_queryId",
  groupId: "feedsProfile.field_groupId",
  messageKey: "feedsProfile.field_messageKey",
  outcome: "feedsProfile.field_outcome",
  networks: "feedsProfile.field_networks",
  devices: "feedsProfile.field_devices",
  timeFrame: "feedsProfile.field_timeFrame",
  searchType: "feedsProfile.field_searchType",
  filters: "feedsProfile.field_filters",
  textPrompt: "feedsProfile.field_textPrompt",
  moderation: "feedsProfile.field_moderation",
  bulk: "feedsProfile.field_bulk",
  automatic: "feedsProfile.field_automatic",
  sealed: "feedsProfile.field_sealed",
  hiddenReason: "feedsProfile.field_hiddenReason",
  hiddenUntil: "feedsProfile.field_hiddenUntil",
} as const satisfies Readonly<Record<Field, WordKey>>;

/** What was searched by, in words. */
export const KIND_WORDS = {
  plate: "feedsProfile.kind_plate",
  licence: "feedsProfile.kind_licence",
  vin: "feedsProfile.kind_vin",
  "state-id": "feedsProfile.kind_state_id",
  ssn: "feedsProfile.kind_ssn",
  name: "feedsProfile.kind_name",
  "birth-date": "feedsProfile.kind_birth_date",
} as const satisfies Readonly<Record<IdentifierKind, WordKey>>;

export const TIME_WORDS = {
  iso: "feedsProfile.timeIso",
  "month-first": "feedsProfile.timeMonth",
  "day-first": "feedsProfile.timeDay",
  compact: "feedsProfile.timeCompact",
  "epoch-s": "feedsProfile.timeSeconds",
  "epoch-ms": "feedsProfile.timeMilliseconds",
} as const satisfies Readonly<Record<TimeFormat, WordKey>>;

export const SEVERAL_WORDS = {
  refuse: "feedsProfile.severalRefuse",
  join: "feedsProfile.severalJoin",
  first: "feedsProfile.severalFirst",
} as const satisfies Readonly<Record<Mapping["several"], WordKey>>;

export const DATE_WORDS = {
  "year-first": "feedsProfile.datesYear",
  "month-first": "feedsProfile.datesMonth",
  "day-first": "feedsProfile.datesDay",
} as const satisfies Readonly<Record<string, WordKey>>;

export const DELIMITER_WORDS = {
  ",": "feedsProfile.comma",
  ";": "feedsProfile.semicolon",
  "\t": "feedsProfile.tab",
  "|": "feedsProfile.bar",
} as const satisfies Readonly<Record<string, WordKey>>;

/** Columns of which some texts say yes. */
export const MARKS = ["bulk", "automatic", "sealed"] as const satisfies readonly MarkField[];
