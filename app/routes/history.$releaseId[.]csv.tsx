import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportRelease } from "./history.export.server.ts";

export const loader = (args: LoaderFunctionArgs) => exportRelease(args, "csv");
