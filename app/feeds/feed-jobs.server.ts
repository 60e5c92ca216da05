import type { Job } from "#app/platform/queue/worker.server.ts";
import { REMIND_TASK, remindCustodians } from "./feed-reminder.server.ts";
import { FORGET_TASK, forgetProfileDrafts } from "./stored-profile-draft.server.ts";

export const feedJobs: Readonly<Record<string, Job>> = {
  [REMIND_TASK]: remindCustodians,
  [FORGET_TASK]: forgetProfileDrafts,
};

/** Every hour: in some zone it is morning, and a sample has become a day old. */
export const feedCron: Readonly<Record<string, string>> = { [REMIND_TASK]: "35 * * * *", [FORGET_TASK]: "50 * * * *" };
