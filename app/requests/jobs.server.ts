import type { Job } from "#app/platform/queue/worker.server.ts";
import { SWEEP_TASK, sweepClocks } from "./sweep-clocks.server.ts";
import { TELL_TASK, tellClock } from "./tell-clock.server.ts";

export const requestJobs: Readonly<Record<string, Job>> = { [SWEEP_TASK]: sweepClocks, [TELL_TASK]: tellClock };

/** Every hour: a local day begins in another zone each hour, and some zones lie half an hour beside. */
export const requestCron: Readonly<Record<string, string>> = { [SWEEP_TASK]: "5 * * * *" };
