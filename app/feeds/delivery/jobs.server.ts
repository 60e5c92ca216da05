import type { Job } from "#app/platform/queue/worker.server.ts";
import { IMPORT_TASK, importDeliveryJob } from "./import-delivery.server.ts";
import { SWEEP_DELIVERIES_TASK, sweepDeliveries } from "./sweep-deliveries.server.ts";

/** The jobs of the ways in, by the name under which they are queued. */
export const deliveryJobs: Readonly<Record<string, Job>> = {
  [IMPORT_TASK]: importDeliveryJob,
  [SWEEP_DELIVERIES_TASK]: sweepDeliveries,
};

export const deliveryCron: Readonly<Record<string, string>> = { [SWEEP_DELIVERIES_TASK]: "20 * * * *" };
