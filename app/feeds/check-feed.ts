import { type Locale, type RowProblem, reasonSentence } from "./problem.ts";
import type { Profile } from "./profile.ts";
import { type BatchFacts, readFeedFile } from "./read-file.ts";

/** What an import would find in a file. Duplicates are known only to the store. */
export interface FeedCheck {
  rows: number;
  readable: number;
  quarantined: number;
  /** How many rows wait for each reason. */
  reasons: Partial<Record<RowProblem, number>>;
  /** The first twenty rows that cannot be read; row 1 is the header. */
  problems: { row: number; code: RowProblem; reason: string }[];
  /** What the delivery says of itself; null when it says nothing. */
  facts: BatchFacts | null;
}

const SHOWN = 20;

/**
 * Reads a file as an import would, and stores nothing.
 *
 * @throws Refused when the file as a whole cannot be read.
 */
export async function checkFeed(
  source: AsyncIterable<Uint8Array>,
  profile: Profile,
  now: Date,
  locale: Locale = "en",
): Promise<FeedCheck> {
  const check: FeedCheck = { rows: 0, readable: 0, quarantined: 0, reasons: {}, problems: [], facts: null };
  const onFacts = (facts: BatchFacts) => {
    check.facts = facts;
  };
  for await (const rows of readFeedFile(source, profile, now, { onFacts })) {
    for (const row of rows) {
      check.rows += 1;
      if (row.problem === null) {
        check.readable += 1;
        continue;
      }
      check.quarantined += 1;
      check.reasons[row.problem] = (check.reasons[row.problem] ?? 0) + 1;
      if (check.problems.length < SHOWN) {
        check.problems.push({ row: row.number, code: row.problem, reason: reasonSentence(row.problem, locale) });
      }
    }
  }
  return check;
}
