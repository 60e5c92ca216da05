/** How keys are exchanged for new ones while the portal serves: the stages of it, in their order. */

/** "kek": only the key that wraps the others. "all": the data keys too, and everything that they seal. */
export type RotationKind = "kek" | "all";

/**
 * renew: the key file gets a new key (a key service makes its keys itself). rewrap: every data key is wrapped by it.
 * spread: data keys get a new version; settle: until every process knows it. reseal: what the former version sealed is
 * sealed by the new one. grace: until whoever still wrote by the former has ended; then both once more. retire: the
 * former versions are deleted. drop: the former key-encryption key is.
 */
const STAGES = {
  kek: ["renew", "rewrap", "grace", "rewrap-again", "drop"],
  all: ["renew", "rewrap", "spread", "settle", "reseal", "grace", "rewrap-again", "reseal-again", "retire", "drop"],
} as const;
export type Stage = (typeof STAGES)[RotationKind][number] | "done";

export const FIRST_STAGE: Stage = "renew";

export function stageAfter(kind: RotationKind, stage: Stage): Stage {
  const stages: readonly Stage[] = STAGES[kind];
  return stages[stages.indexOf(stage) + 1] ?? "done";
}

/**
 * A transaction lasts a minute at most, and a process takes a key from memory for ten seconds, one of its own making for
 * a minute: after that long nobody uses what was replaced before.
 */
export const GRACE_SECONDS = 130;

export interface Rotation {
  readonly id: string;
  readonly kind: RotationKind;
  readonly stage: Stage;
  readonly by: string;
  readonly begunAt: Date;
  readonly endedAt: Date | null;
  /** Data keys wrapped anew, data keys made anew, values and files sealed anew, so far. */
  readonly wrapped: number;
  readonly renewed: number;
  readonly resealed: number;
  /** Code of what stopped it last; it goes on by itself. */
  readonly fault: string | null;
}

/** How long a waiting stage still has to last, in milliseconds. */
export function waitOf(stage: Stage, stageAt: Date, graceSeconds: number, now: Date): number {
  if (stage !== "settle" && stage !== "grace") return 0;
  return Math.max(0, stageAt.getTime() + graceSeconds * 1000 - now.getTime());
}
