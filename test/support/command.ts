import type { CommandContext } from "#app/cli/command.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { settableTime } from "#test/support/time.ts";

/** What a command is handed, over a test's portal; without one, a command that asks for it fails. */
export function commandContext(portal?: Portal, progress: CommandContext["progress"] = null): CommandContext {
  return {
    portal: () => (portal ? Promise.resolve(portal) : Promise.reject(new Error("this command needs no database"))),
    time: portal?.time ?? settableTime("2026-03-02T17:00:00Z"),
    say: () => undefined,
    progress,
  };
}
