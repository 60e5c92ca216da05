/** The road of one edition, from its dated steps: proposed, sent back, approved, stopped by a gate, released. */

export const STEP_KINDS = ["proposed", "sent-back", "approved", "gate-failed", "released"] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export interface Step {
  readonly id: string;
  readonly edition: number;
  readonly kind: StepKind;
  readonly by: string | null;
  readonly at: Date;
  /** The supervisor's remark, or which gate stopped the release. */
  readonly note: string | null;
  /** Over the decisions that were proposed. */
  readonly digest: string | null;
}

/** Where the newest edition stands. */
export interface Road {
  /** The edition that is being made, from 1. */
  readonly edition: number;
  readonly stage: "open" | "proposed" | "sent-back" | "approved" | "gate-failed";
  readonly last: Step | null;
  /** The proposal that the edition rests on, if one stands. */
  readonly proposal: Step | null;
}

/** Once an edition is released the next one is open, with nothing proposed. @param steps oldest first */
export function roadOf(steps: readonly Step[]): Road {
  const released = steps.filter((step) => step.kind === "released").map((step) => step.edition);
  const edition = Math.max(0, ...released) + 1;
  const own = steps.filter((step) => step.edition === edition);
  const last = own.at(-1) ?? null;
  if (last === null || last.kind === "released") return { edition, stage: "open", last: null, proposal: null };
  const proposal = own.findLast((step) => step.kind === "proposed") ?? null;
  return { edition, stage: last.kind, last, proposal };
}

/** Decisions stand still only while a release is being made from them. */
export function mayDecide(road: Road): boolean {
  return road.stage !== "approved";
}

/** A proposal may be made anew: after a remark, after a gate, or to replace one that has gone stale. */
export function mayPropose(road: Road): boolean {
  return road.stage !== "approved";
}
