/** A case: the part of a request that one agency must answer. Its number, its stage. */

/** "WL-2026-00012" from a running number of a year. */
export function requestNumber(year: number, running: number): string {
  return `WL-${year}-${String(running).padStart(5, "0")}`;
}

/** "WL-2026-00012-A", "-B" ... "-Z", "-AA" ... in the order of the agencies. */
export function caseNumber(request: string, index: number): string {
  let letters = "";
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1) {
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
  }
  return `${request}-${letters}`;
}

/** Where a case stands, derived from what has happened. */
export type Stage =
  | "identity"
  | "matching"
  | "review"
  | "proposed"
  | "sent-back"
  | "approved"
  | "gate-failed"
  | "released";

export interface CaseProgress {
  readonly identifierIds: readonly string[];
  /** Identifiers on which this agency has given a verdict. */
  readonly checkedIds: readonly string[];
  readonly matches: number;
  /** Newest last. */
  readonly steps: readonly { readonly kind: string; readonly at: Date }[];
}

const STAGE_OF_STEP: Readonly<Record<string, Stage>> = {
  proposed: "proposed",
  "sent-back": "sent-back",
  approved: "approved",
  "gate-failed": "gate-failed",
  released: "released",
};

export function stageOf(progress: CaseProgress): Stage {
  const last = progress.steps.at(-1);
  const stage = last && STAGE_OF_STEP[last.kind];
  if (stage) return stage;
  if (progress.identifierIds.some((id) => !progress.checkedIds.includes(id))) return "identity";
  return progress.matches === 0 ? "matching" : "review";
}
