/** Who at the agency had a file open, as the answer tells it: a working day in a few rows, not in a hundred. */
import { localDate } from "#app/platform/time/local-date.ts";
import { answerWords } from "./answer-words.ts";
import { sayInstant } from "./cells.ts";
import type { History } from "./history.ts";

interface Act {
  /** ISO instant. */
  readonly at: string;
  readonly role: string;
  /** The ledger's code. */
  readonly act: string;
}

/**
 * One row for each role, act and local day, with how often; `at` is the first time of that day. Oldest
 * first. Each single act stays in the ledger, where the resident reads them all.
 */
export function foldReaders(
  acts: readonly Act[],
  reading: { readonly locale: "en" | "es"; readonly zone: string },
): History["readers"] {
  const words = answerWords(reading.locale);
  const rows = new Map<string, { first: Act; said: string; count: number }>();
  for (const act of [...acts].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) {
    const said = words.acts[act.act] ?? words.otherAct;
    const key = JSON.stringify([localDate(new Date(act.at), reading.zone), act.role, said]);
    const row = rows.get(key);
    if (row) row.count += 1;
    else rows.set(key, { first: act, said, count: 1 });
  }
  return [...rows.values()].map(({ first, said, count }) => ({
    at: sayInstant(new Date(first.at), reading),
    role: first.role,
    act: count === 1 ? said : words.often(said, count),
  }));
}
