import type { LoaderFunctionArgs } from "@remix-run/node";
import { readUpload } from "#app/requests/identity/uploads.server.ts";
import { attachment, picture } from "./attachment.server.ts";
import { answering, requireActor } from "./respond.server.ts";

/** The bytes of an upload, for a clerk of its case: a picture as a picture, a PDF to be kept. Each time an entry. */
export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { caseId = "", uploadId = "" } = args.params;
  const upload = await answering(() => readUpload(args.context.portal, actor, { caseId, uploadId }));
  if (upload.mediaType === "application/pdf") return attachment(upload.mediaType, upload);
  return picture(upload.mediaType, upload.bytes);
}
