/** `npm start`: builds once, opens the installation, serves until told to stop. */
import { parseArgs } from "node:util";
import { buildAll } from "./build.ts";

const { values } = parseArgs({ options: { role: { type: "string", default: "all" } } });
buildAll();
// Loaded only now: these files read what the build has just made.
const { runServer } = await import("./run.ts");
await runServer(values.role);
