import { DROP_UPLOADS } from "#app/people/end-membership.server.ts";
import type { Job } from "#app/platform/queue/worker.server.ts";
import { deliveryCron, deliveryJobs } from "./delivery/jobs.server.ts";
import { REMIND_TASK, remindCustodians } from "./feed-reminder.server.ts";
import { pullCron, pullJobs } from "./pull/look-at-doors.server.ts";
import { REPLAY_TASK, runReplay } from "./run-replay.server.ts";
import { storeCron, storeJobs } from "./store/jobs.server.ts";
import { FORGET_TASK, forgetProfileDrafts } from "./stored-profile-draft.server.ts";
import { COUNT_NAMES_TASK, countAllNames } from "./subjects/count-names.server.ts";
import { dropUploads } from "./upload/drop-uploads.server.ts";

export const feedJobs: Readonly<Record<string, Job>> = {
  [DROP_UPLOADS]: dropUploads,
  ...deliveryJobs,
  ...pullJobs,
  ...storeJobs,
  [REMIND_TASK]: remindCustodians,
  [FORGET_TASK]: forgetProfileDrafts,
  [REPLAY_TASK]: runReplay,
  [COUNT_NAMES_TASK]: countAllNames,
};

export const feedCron: Readonly<Record<string, string>> = {
  ...deliveryCron,
  ...pullCron,
  ...storeCron,
  // Every hour: in some zone it is morning, and a sample has become a day old.
  [REMIND_TASK]: "35 * * * *",
  [FORGET_TASK]: "50 * * * *",
  // After retention has had its turn.
  [COUNT_NAMES_TASK]: "50 9 * * *",
};
