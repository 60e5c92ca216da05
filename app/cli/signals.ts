/** `wholooked signals count`: how often each neutral signal would be said of a log, before anybody switches one on. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";

import { type AccessEvent, accessEventSchema } from "#app/feeds/access-event.ts";
import { getProfile } from "#app/feeds/profiles.ts";
import { readFeedFile } from "#app/feeds/read-file.ts";
import { countSignals } from "#app/histories/signals/count-in-log.ts";
import { SIGNALS } from "#app/histories/signals/signal.ts";
import { type Command, type CommandContext, WrongUsage } from "./command.ts";

const ZONE = "America/Los_Angeles";

/** `signals count FILE --profile P --system SLUG [--zone Z]`. Needs no database, and stores nothing. */
export const signalsCount: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args,
    options: {
      profile: { type: "string" },
      system: { type: "string" },
      zone: { type: "string" },
      json: { type: "boolean" },
    },
    allowPositionals: true,
  });
  const { profile, system, zone = ZONE } = values;
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new WrongUsage("Give the path of one log.");
  if (profile === undefined || system === undefined) {
    throw new WrongUsage(
      "signals count needs to know how to read the log, and which system's it is: --profile and --system.",
    );
  }
  if (!isZone(zone)) throw new WrongUsage("--zone takes the name of a time zone, such as America/Los_Angeles.");
  const { events, unread } = await readEvents(path, profile, context);
  const counts = countSignals(events, { system, zone });
  const share = (count: number) => `${((count * 100) / Math.max(1, counts.lookUps)).toFixed(1)} %`;
  return {
    ok: true,
    json: { ...counts, unread },
    lines: [
      `${counts.lookUps} look-ups by ${counts.users} users, searching for ${counts.subjects}; ${unread} rows could not be read.`,
      ...SIGNALS.map(
        ({ id, version }) => `${id} (version ${version}): ${counts.carrying[id]}, ${share(counts.carrying[id])}`,
      ),
    ],
  };
};

async function readEvents(
  path: string,
  profile: string,
  context: CommandContext,
): Promise<{ events: AccessEvent[]; unread: number }> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new WrongUsage("There is no such file, or it cannot be read; give the path of one log.");
  const events: AccessEvent[] = [];
  let unread = 0;
  for await (const rows of readFeedFile(createReadStream(path), getProfile(profile), context.time.now())) {
    for (const row of rows) {
      if (row.problem === null) events.push(accessEventSchema.parse(row.event));
      else unread += 1;
    }
  }
  return { events, unread };
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
