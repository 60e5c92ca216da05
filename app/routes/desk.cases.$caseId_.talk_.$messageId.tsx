import type { LoaderFunctionArgs } from "@remix-run/node";
import { loadTalkFile } from "./talk.server.ts";

/** What goes with a message, for the agency. */
export const loader = (args: LoaderFunctionArgs) =>
  loadTalkFile(args, { side: "agency", caseId: args.params["caseId"] ?? "" });
