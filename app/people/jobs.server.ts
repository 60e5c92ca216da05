import type { Job } from "#app/platform/queue/worker.server.ts";
import { forgetTurns } from "./limits.server.ts";

const FORGET_TURNS = "forget-turns";

export const peopleJobs: Readonly<Record<string, Job>> = { [FORGET_TURNS]: forgetTurns };

export const peopleCron: Readonly<Record<string, string>> = { [FORGET_TURNS]: "20 * * * *" };
