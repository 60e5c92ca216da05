import type { LoaderFunctionArgs } from "@remix-run/node";
import type { ExportFormat } from "#app/histories/export-release.ts";
import { getReleaseExport } from "#app/histories/queries.server.ts";
import { answering, requireActor } from "./respond.server.ts";

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" } as const;

/** A released answer as a file to keep, for the resident whose it is. */
export async function exportRelease(args: LoaderFunctionArgs, format: ExportFormat): Promise<Response> {
  const actor = requireActor(args);
  const { text, fileName } = await answering(() =>
    getReleaseExport(args.context.portal, actor, args.params["releaseId"] ?? "", format),
  );
  return new Response(text, {
    headers: {
      "Content-Type": TYPES[format],
      "Content-Disposition": `attachment; filename="${fileName}"`,
      "Cache-Control": "no-store",
    },
  });
}
