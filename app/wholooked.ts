/**
 * `wholooked <command>`: what an operator does from a shell, over the same use cases as the pages.
 * Answers go to stdout, everything else to stderr; the exit code is 0 only when it worked.
 */
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { buildClient } from "./build.ts";

enableCompileCache(fileURLToPath(new URL("../.cache/compiled", import.meta.url)));
buildClient();
const { runCommand } = await import("./cli/commands.ts");
const { isReaderGone } = await import("./cli/reader-gone.ts");
let unread = false;
process.stdout.on("error", (error) => {
  if (!isReaderGone(error)) throw error;
  unread = true;
});
const code = await runCommand(process.argv.slice(2));
process.exitCode = unread ? 1 : code;
