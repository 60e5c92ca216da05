// A worker in a process of its own, that a test may kill: goes on with the exchange of keys that is under way.
import { readConfig } from "#app/platform/config/config.server.ts";
import { openLog } from "#app/platform/log/log.server.ts";
import { openPortal } from "#app/platform/portal.server.ts";
import { startWorker } from "#app/platform/queue/worker.server.ts";
import { keyJobs } from "#app/platform/sealing/rotate-keys.server.ts";
import { systemTime } from "#app/platform/time/time.ts";

const config = readConfig();
const portal = await openPortal({
  config,
  databaseUrl: config.databaseUrl ?? "",
  time: systemTime,
  log: openLog("silent"),
});
await startWorker(portal, keyJobs, { concurrency: 1 });
