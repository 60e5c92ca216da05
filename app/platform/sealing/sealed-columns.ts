/**
 * Every place where sealed values stand, and under whose key. A rotation seals them anew by this table; a test holds it
 * against the schema, so that a new column cannot be forgotten.
 */

/** What a data key stands for: its purpose, as the row in data_key names it. */
export interface SealedTable {
  readonly table: string;
  readonly columns: readonly string[];
  /** The purpose of the keys that seal it. */
  readonly purpose: string;
  /** SQL for the key's id, over the row `t`. */
  readonly key: string;
  /** SQL for what the values are bound to as their row, over the row `t`. */
  readonly row: string;
  /** SQL that is true for the one row whose text `row` is $1, by an index. */
  readonly is: string;
  /** SQL for the order in which rows are taken, and what is true for those after the one whose text `row` is $1. */
  readonly order: string;
  readonly after: string;
}

const byId = { row: "t.id::text", is: "t.id = $1::uuid", order: "t.id", after: "t.id > $1::uuid" } as const;
const own = { ...byId, key: "t.key_id" } as const;

/** Sealed anew when their keys are. */
export const SEALED_TABLES: readonly SealedTable[] = [
  { ...own, table: "account", columns: ["email_sealed", "name_sealed"], purpose: "account" },
  { ...own, table: "staff_sign", columns: ["value_sealed"], purpose: "account" },
  {
    ...byId,
    table: "authenticator",
    columns: ["secret_sealed"],
    purpose: "account",
    key: "(SELECT a.key_id FROM account a WHERE a.id = t.account_id)",
  },
  { ...own, table: "contact_change", columns: ["new_email_sealed", "old_email_sealed"], purpose: "contact-change" },
  { ...own, table: "invitation", columns: ["email_sealed"], purpose: "invitation" },
  { ...own, table: "agency_sign_in", columns: ["secret_sealed"], purpose: "agency-sign-in" },
  { ...own, table: "sign_in", columns: ["email_sealed"], purpose: "sign-in" },
  { ...own, table: "request", columns: ["answers_sealed"], purpose: "request" },
  {
    ...byId,
    table: "identifier",
    columns: ["value_sealed"],
    purpose: "request",
    key: "(SELECT r.key_id FROM request r WHERE r.id = t.request_id)",
  },
  {
    ...byId,
    table: "contact_choice",
    columns: ["choice_sealed"],
    purpose: "request",
    key: "(SELECT r.key_id FROM request r WHERE r.id = t.request_id)",
  },
  { ...own, table: "named_person", columns: ["person_sealed"], purpose: "request" },
  { ...own, table: "step_aside", columns: ["reason_sealed"], purpose: "request" },
  {
    ...byId,
    table: "match",
    columns: ["score_sealed"],
    purpose: "request",
    key: '(SELECT r.key_id FROM "case" c JOIN request r ON r.id = c.request_id WHERE c.id = t.case_id)',
  },
  { ...own, table: "code_letter", columns: ["address_sealed"], purpose: "code-letter" },
  { ...own, table: "representation", columns: ["parties_sealed"], purpose: "representation" },
  { ...own, table: "letter", columns: ["body_sealed"], purpose: "request" },
  { ...own, table: "decision", columns: ["reason_sealed"], purpose: "request" },
  { ...own, table: "case_message", columns: ["text_sealed"], purpose: "request" },
  { ...own, table: "line_note", columns: ["note_sealed"], purpose: "request" },
  { ...own, table: "history_step", columns: ["note_sealed"], purpose: "request" },
  { ...own, table: "line_look", columns: ["remark_sealed"], purpose: "request" },
  { ...own, table: "release", columns: ["model_sealed", "lines_sealed"], purpose: "release" },
  { ...own, table: "signing_key", columns: ["private_sealed"], purpose: "signing" },
  { ...own, table: "dispute", columns: ["words_sealed"], purpose: "dispute" },
  { ...own, table: "complaint_event", columns: ["note_sealed"], purpose: "dispute" },
  { ...own, table: "outbox_mail", columns: ["to_sealed", "params_sealed"], purpose: "mail" },
  { ...own, table: "feed_door", columns: ["settings_sealed"], purpose: "door" },
  {
    table: "custody",
    columns: ["contact_sealed"],
    purpose: "custody",
    key: "t.contact_key_id",
    row: "t.agency_id::text || ' ' || t.system_id::text",
    is: "t.agency_id = split_part($1, ' ', 1)::uuid AND t.system_id = split_part($1, ' ', 2)::uuid",
    order: "t.agency_id::text || ' ' || t.system_id::text",
    after: "t.agency_id::text || ' ' || t.system_id::text > $1",
  },
  { ...own, table: "checkpoint_key", columns: ["private_sealed"], purpose: "checkpoint" },
  { ...own, table: "checkpoint_place", columns: ["target_sealed"], purpose: "checkpoint-place" },
];

/** Files, sealed by the same keys as the rows that name them. */
export const SEALED_FILES: readonly { table: string; file: string; key: string; purpose: string }[] = [
  { table: "release", file: "t.file_id", key: "t.key_id", purpose: "release" },
  { table: "message_file", file: "t.file_id", key: "t.key_id", purpose: "request" },
];

/**
 * Under keys that are wrapped anew, and never exchanged for others: a log's rows (their number, and a batch is let go as
 * a whole), the people in them (by the million too), files on their way in, samples and what was typed before a proof, which live for hours, and uploads, which
 * live for thirty days.
 */
export const ONLY_REWRAPPED: readonly { table: string; columns: readonly string[]; purpose: string }[] = [
  { table: "quarantine", columns: ["raw_sealed", "discarded_sealed"], purpose: "batch" },
  { table: "subject", columns: ["traits_sealed"], purpose: "subjects" },
  { table: "subject_book", columns: ["names_sealed"], purpose: "subjects" },
  { table: "profile_draft", columns: ["sample_sealed"], purpose: "profile-draft" },
  { table: "step_up", columns: ["draft_sealed"], purpose: "step-up" },
];

/** Purposes whose keys get a new version in a rotation. */
export const ROTATED_PURPOSES: readonly string[] = [
  ...new Set([...SEALED_TABLES, ...SEALED_FILES].map(({ purpose }) => purpose)),
];
