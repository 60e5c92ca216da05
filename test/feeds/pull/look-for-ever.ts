// A worker in a process of its own, that a test may kill: looks at every door again and again.
import { pullJobs } from "#app/feeds/pull/look-at-doors.server.ts";
import { readConfig } from "#app/platform/config/config.server.ts";
import { openLog } from "#app/platform/log/log.server.ts";
import { openPortal } from "#app/platform/portal.server.ts";
import { systemTime } from "#app/platform/time/time.ts";

const config = readConfig();
const databaseUrl = config.databaseUrl ?? "";
const portal = await openPortal({ config, databaseUrl, time: systemTime, log: openLog("silent") });
const ids = (await portal.db.feedDoor.findMany({ select: { id: true } })).map(({ id }) => id);
process.stdout.write("looking\n");
for (;;) for (const doorId of ids) await pullJobs["look-at-door"]?.(portal, { doorId });
