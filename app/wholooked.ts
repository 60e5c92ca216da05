/**
 * `wholooked <command>`: what an operator does from a shell, over the same use cases as the pages.
 * Answers go to stdout, everything else to stderr; the exit code is 0 only when it worked.
 */
import { buildClient } from "./build.ts";

buildClient();
const { runCommand } = await import("./cli/commands.ts");
process.exitCode = await runCommand(process.argv.slice(2));
