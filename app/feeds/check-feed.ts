import { type RowProblem, reasonSentence } from "./problem.ts";
import type { Profile } from "./profile.ts";
import { readFeedFile } from "./read-file.ts";

/** What an import would find in a file. Duplicates are known only to the store. */
export interface FeedCheck {
  rows: number;
  readable: number;
  quarantined: number;
  /** The first twenty rows that cannot be read; row 1 is the header. */
  problems: { row: number; code: RowProblem; reason: string }[];
}

const SHOWN = 20;

/**
 * Reads a file as an import would, and stores nothing.
 *
 * @throws Refused when the file as a whole cannot be read.
 */
export async function checkFeed(source: AsyncIterable<Uint8Array>, profile: Profile, now: Date): Promise<FeedCheck> {
  const check: FeedCheck = { rows: 0, readable: 0, quarantined: 0, problems: [] };
  for await (const rows of readFeedFile(source, profile, now)) {
    for (const row of rows) {
      check.rows += 1;
      if (row.problem === null) {
        check.readable += 1;
        continue;
      }
      check.quarantined += 1;
      if (check.problems.length < SHOWN) {
        check.problems.push({ row: row.number, code: row.problem, reason: reasonSentence(row.problem, "en") });
      }
    }
  }
  return check;
}
