import { TELL_NEWS } from "#app/people/factors/tell-owner.server.ts";
import type { Job } from "#app/platform/queue/worker.server.ts";
import { BIND_TASK, bindWalls, checkHandlers } from "./check-handlers.server.ts";
import { REMOVE_FILE_TASK, removeUploadFile, SWEEP_UPLOADS_TASK, sweepUploads } from "./identity/uploads.server.ts";
import { HANDLERS_TASK } from "./plan-handlers.server.ts";
import { SWEEP_TASK, sweepClocks } from "./sweep-clocks.server.ts";
import { tellAccountNews } from "./tell-account-news.server.ts";
import { TELL_TASK, tellClock } from "./tell-clock.server.ts";

export const requestJobs: Readonly<Record<string, Job>> = {
  [TELL_NEWS]: tellAccountNews,
  [SWEEP_TASK]: sweepClocks,
  [TELL_TASK]: tellClock,
  [HANDLERS_TASK]: checkHandlers,
  [BIND_TASK]: bindWalls,
  [REMOVE_FILE_TASK]: removeUploadFile,
  [SWEEP_UPLOADS_TASK]: sweepUploads,
};

/** Every hour: a local day begins in another zone each hour, and some zones lie half an hour beside. */
export const requestCron: Readonly<Record<string, string>> = {
  [SWEEP_TASK]: "5 * * * *",
  // Whoever came in by a way that forgot to ask is bound within the hour, and then the cases are looked at.
  [BIND_TASK]: "20 * * * *",
  [HANDLERS_TASK]: "35 * * * *",
  [SWEEP_UPLOADS_TASK]: "35 * * * *",
};
