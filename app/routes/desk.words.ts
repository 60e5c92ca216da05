import type { Field } from "#app/histories/history.ts";
import type { Stage } from "#app/requests/case.ts";
import type { WordKey } from "#app/ui/words/words.ts";

/** How staff are told where a case stands. */
export const DESK_STAGES = {
  identity: "desk.stageIdentity",
  matching: "desk.stageMatching",
  review: "desk.stageReview",
  proposed: "desk.stageProposed",
  "sent-back": "desk.stageSentBack",
  approved: "desk.stageApproved",
  "gate-failed": "desk.stageGateFailed",
  released: "desk.stageReleased",
} as const satisfies Readonly<Record<Stage, WordKey>>;

export const FIELD_WORDS = {
  at: "desk.at",
  system: "desk.system",
  agency: "desk.agency",
  user: "desk.user",
  searchedBy: "desk.searchedBy",
  purpose: "desk.purpose",
  caseNumber: "desk.caseNo",
  scope: "desk.scope",
} as const satisfies Readonly<Record<Field, WordKey>>;
