import type { Job } from "#app/platform/queue/worker.server.ts";
import { REMINDER_TASK, remindIntake } from "./remind-intake.server.ts";

export const complaintJobs: Readonly<Record<string, Job>> = { [REMINDER_TASK]: remindIntake };
