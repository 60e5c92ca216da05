/**
 * The redacted model of one answer: everything that a release may contain, and nothing else.
 *
 * The page and the PDF are drawn from this alone. A withheld value has no place to stand in these
 * types: a cell is shown, withheld (with its ground), or absent (with the state the log itself had).
 */
import { z } from "zod";

/** The columns of a look-up that a reader may see, in reading order. */
export const FIELDS = ["at", "system", "agency", "user", "searchedBy", "purpose", "caseNumber", "scope"] as const;
export type Field = (typeof FIELDS)[number];

/**
 * Why a cell holds no value although nobody withheld it: the log left it empty, the export has no
 * such column, or it was already hidden when the log reached us (by the vendor, by the agency).
 */
export const ABSENCES = ["empty", "not-exported", "hidden-by-vendor", "hidden-by-agency", "placeholder"] as const;
export type Absence = (typeof ABSENCES)[number];

const cell = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("shown"), text: z.string() }),
  z.strictObject({
    kind: z.literal("withheld"),
    /** Key into `grounds`. */
    ground: z.string(),
    /** When the agency looks at it again, if a day is set. */
    reviewOn: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .nullable()
      .optional(),
  }),
  z.strictObject({ kind: z.literal("absent"), why: z.enum(ABSENCES) }),
]);
export type Cell = z.infer<typeof cell>;

const localDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const line = z.strictObject({
  /** Stable within one edition, from 1; a dispute names the line by it. */
  number: z.int().positive(),
  /** Local date of the look-up in the agency's zone, or null when the time itself is withheld. */
  on: localDate.nullable(),
  cells: z.record(z.enum(FIELDS), cell),
  /** Ids of the neutral signals that it carries; what each says stands once, in `signals`. */
  signals: z.array(z.string()).optional(),
});
export type Line = z.infer<typeof line>;

const withheldLine = z.strictObject({
  number: z.int().positive(),
  /** Key into `grounds`. */
  ground: z.string(),
  outcome: z.enum(["withhold", "defer"]),
  /** When the agency looks at it again. */
  reviewOn: localDate.nullable(),
});

const ground = z.strictObject({
  id: z.string(),
  cite: z.string(),
  plain: z.string(),
  /** How often it was used on cells and lines of this edition. */
  uses: z.int().nonnegative(),
});

const signal = z.strictObject({
  id: z.string(),
  /** Of the rule that found it (signals/signal.ts). */
  version: z.int().positive(),
  name: z.string(),
  plain: z.string(),
  source: z.string(),
});
export type SaidSignal = z.infer<typeof signal>;

const period = z.strictObject({ from: localDate, to: localDate });

const coverage = z.strictObject({
  system: z.string(),
  custodian: z.string(),
  asked: period,
  /** What the delivered logs really contain of the period asked for. Empty: nothing arrived. */
  held: z.array(period),
  missing: z.array(period),
  /** Rows of this log that could not be read and wait in quarantine. */
  unread: z.int().nonnegative(),
  /** The last day from which the custodian has delivered entries, if any. */
  latest: localDate.nullable(),
});
export type CoverageStatement = z.infer<typeof coverage>;

export const historySchema = z.strictObject({
  locale: z.enum(["en", "es"]),
  /** Case number as the resident knows it, such as WL-2026-00012-A. */
  reference: z.string(),
  edition: z.int().positive(),
  demo: z.boolean(),
  agency: z.strictObject({ name: z.string(), unit: z.string(), address: z.array(z.string()), email: z.string() }),
  resident: z.strictObject({ name: z.string() }),
  requestedOn: localDate,
  answeredOn: localDate,
  rule: z.strictObject({
    id: z.string(),
    cite: z.string(),
    due: localDate,
    /** What this law wants an answer to say; left out in editions of before it was told. */
    mustSay: z.array(z.strictObject({ plain: z.string(), cite: z.string() })).optional(),
  }),
  period,
  /** What was searched for, in words, each with the period in which it was the resident's own. */
  searchedFor: z.array(
    z.strictObject({ kind: z.string(), value: z.string(), from: localDate, to: localDate.nullable() }),
  ),
  lines: z.array(line),
  withheld: z.array(withheldLine),
  grounds: z.array(ground),
  /** What may be asked about in a look-up, in words; each is on one line at least. Left out where there is none. */
  signals: z.array(signal).optional(),
  coverage: z.array(coverage),
  /** Ways to have the answer reviewed, in plain words, each with its citation. */
  reviews: z.array(z.strictObject({ plain: z.string(), cite: z.string() })),
  /** Who at the agency has opened this file: role and times, no names of clerks. */
  readers: z.array(z.strictObject({ at: z.string(), role: z.string(), act: z.string() })),
  checkUrl: z.string(),
  /** Of a later edition: what it says that the one before it did not (news.ts). */
  news: z
    .strictObject({
      edition: z.int().positive(),
      releasedOn: localDate,
      lines: z.array(z.int().positive()),
      changed: z.array(z.int().positive()),
      gone: z.int().nonnegative(),
    })
    .optional(),
});
export type History = z.infer<typeof historySchema>;
