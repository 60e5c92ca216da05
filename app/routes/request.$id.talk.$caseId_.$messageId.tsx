import type { LoaderFunctionArgs } from "@remix-run/node";
import { loadTalkFile } from "./talk.server.ts";

/** What goes with a message, for the resident. */
export const loader = (args: LoaderFunctionArgs) => {
  const { id: requestId = "", caseId = "" } = args.params;
  return loadTalkFile(args, { side: "resident", requestId, caseId });
};
