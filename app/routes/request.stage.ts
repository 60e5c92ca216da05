import type { Stage } from "#app/requests/case.ts";
import type { WordKey } from "#app/ui/words/words.ts";

/** How a resident is told where a case stands. */
export const STAGE_WORDS = {
  identity: "request.stageIdentity",
  matching: "request.stageMatching",
  review: "request.stageReview",
  proposed: "request.stageProposed",
  "sent-back": "request.stageSentBack",
  approved: "request.stageApproved",
  "gate-failed": "request.stageGateFailed",
  released: "request.stageReleased",
} as const satisfies Readonly<Record<Stage, WordKey>>;
