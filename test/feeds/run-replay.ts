// The job that reads waiting rows again, in a process of its own that a test may kill.
import { runReplay } from "#app/feeds/run-replay.server.ts";
import { readConfig } from "#app/platform/config/config.server.ts";
import { openLog } from "#app/platform/log/log.server.ts";
import { openPortal } from "#app/platform/portal.server.ts";
import { systemTime } from "#app/platform/time/time.ts";

const config = readConfig();
const databaseUrl = config.databaseUrl ?? "";
const portal = await openPortal({ config, databaseUrl, time: systemTime, log: openLog("silent") });
const [, , replayId = ""] = process.argv;
process.stdout.write("reading\n");
await runReplay(portal, { replayId });
process.exit(0);
