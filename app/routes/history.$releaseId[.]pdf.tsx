import type { LoaderFunctionArgs } from "@remix-run/node";
import { getReleasePdf } from "#app/histories/queries.server.ts";
import { answering, requireActor } from "./respond.server.ts";

/** The released document, byte for byte. Its name is the case's number: a downloads folder tells nothing else. */
export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { bytes, fileName } = await answering(() =>
    getReleasePdf(args.context.portal, actor, args.params["releaseId"] ?? ""),
  );
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": "application/pdf",
      "Content-Disposition": `attachment; filename="${fileName}"`,
      "Content-Length": String(bytes.length),
      "Cache-Control": "no-store",
    },
  });
}
