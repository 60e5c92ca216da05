/** Four eyes: whoever had a hand in an answer cannot approve it. Pure, over the case's own records. */
import type { LedgerEntry } from "#app/platform/ledger/entry.ts";

/** Acts by which a person takes part in making an answer; looking at it, or sending it back, is not one. */
const TAKING_PART: ReadonlySet<string> = new Set([
  "identifier.checked",
  "matches.found",
  "match.decided",
  "line.decided",
  "field.decided",
  "decision.undone",
  "history.proposed",
]);

export interface Records {
  readonly matches: readonly { readonly decidedBy: string | null }[];
  readonly decisions: readonly { readonly by: string }[];
  readonly steps: readonly { readonly kind: string; readonly by: string | null }[];
  readonly ledger: readonly LedgerEntry[];
}

/** Accounts that checked identity, matched, decided or proposed, in any edition. */
export function listReviewerIds({ matches, decisions, steps, ledger }: Records): string[] {
  const ids = [
    ...matches.map((match) => match.decidedBy),
    ...decisions.map((decision) => decision.by),
    ...steps.filter((step) => step.kind === "proposed").map((step) => step.by),
    ...ledger.filter(({ act, actor }) => actor.kind === "account" && TAKING_PART.has(act)).map(({ actor }) => actor.id),
  ];
  return [...new Set(ids.filter((id) => id !== null))];
}
