/** `npm start`: builds once, opens the installation, serves until told to stop. */
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildAll } from "./build.ts";

const { values } = parseArgs({ options: { role: { type: "string", default: "all" } } });
buildAll();
// Types are stripped and scripts compiled once, and not at every start. Where it cannot be written, it is done anew.
enableCompileCache(fileURLToPath(new URL("../.cache/compiled", import.meta.url)));
// Loaded only now: these files read what the build has just made.
const { runServer } = await import("./run.ts");
await runServer(values.role);
