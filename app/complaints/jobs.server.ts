import type { Job } from "#app/platform/queue/worker.server.ts";
import { PURGE_TASK, purgeDue } from "./purge-due.server.ts";
import { REMINDER_TASK, remindIntake } from "./remind-intake.server.ts";

export const complaintJobs: Readonly<Record<string, Job>> = { [REMINDER_TASK]: remindIntake, [PURGE_TASK]: purgeDue };

/** At night in California, where the offices are. */
export const complaintCron: Readonly<Record<string, string>> = { [PURGE_TASK]: "50 10 * * *" };
