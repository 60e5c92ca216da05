import type { Job } from "#app/platform/queue/worker.server.ts";
import { laterMonth } from "../months.ts";
import { ensurePartitions } from "../partitions.server.ts";
import { mergeSealedYears } from "./merge-years.server.ts";
import { letEventsGo } from "./retention.server.ts";
import { settleCutShort } from "./settle-cut-short.server.ts";

const KEEP_STORE_TASK = "keep-event-store";
const SETTLE_TASK = "settle-cut-short";
const AHEAD_MONTHS = 2;

export const storeJobs: Readonly<Record<string, Job>> = {
  /** What the event store needs once a day: room for the months to come, sealed years, and what must go. */
  [KEEP_STORE_TASK]: async (portal) => {
    const now = portal.time.now().getTime();
    const months = Array.from({ length: AHEAD_MONTHS + 1 }, (_, later) => laterMonth(now, later));
    await ensurePartitions(portal.pool, months);
    await letEventsGo(portal);
    await mergeSealedYears(portal);
  },
  [SETTLE_TASK]: async (portal) => {
    await settleCutShort(portal);
  },
};

/** At night in the Americas; and every hour. */
export const storeCron: Readonly<Record<string, string>> = {
  [KEEP_STORE_TASK]: "20 9 * * *",
  [SETTLE_TASK]: "35 * * * *",
};
