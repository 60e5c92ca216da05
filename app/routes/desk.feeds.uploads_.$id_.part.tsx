import { Readable } from "node:stream";
import type { ReadableStream as WebStream } from "node:stream/web";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { WrongOffset } from "#app/feeds/delivery/spool.server.ts";
import { MOST_PART_BYTES } from "#app/feeds/upload/upload.ts";
import { continueUpload, getUpload } from "#app/feeds/upload/uploads.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { getWords } from "#app/ui/words/words.ts";
import { refusalMessage } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

/** How much has arrived: {offset}. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const actor = requireActor(args);
  const { kept } = await answering(() => getUpload(args.context.portal, actor, args.params["id"] ?? ""));
  return Response.json({ offset: kept });
}

/**
 * One piece: its bytes as the body, where they begin as Upload-Offset. Answers {offset} after them, and 409 with
 * the offset that would be right when it is another.
 */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const id = args.params["id"] ?? "";
  // Asked before the first byte: nobody's upload takes no memory.
  await answering(() => getUpload(portal, actor, id));
  const offset = Number(args.request.headers.get("upload-offset") ?? "none");
  const bytes = Number.isSafeInteger(offset) && offset >= 0 ? await readPart(args.request) : null;
  if (bytes === null) return Response.json({ reason: getWords(locale).t("upload.partTooLarge") }, { status: 413 });
  return answering(async () => {
    try {
      const upload = await continueUpload(portal, actor, { id, offset, bytes });
      return Response.json({ offset: upload.offset });
    } catch (error) {
      if (error instanceof Refused) {
        return Response.json({ reason: getWords(locale).say(refusalMessage(error)) }, { status: 422 });
      }
      if (!(error instanceof WrongOffset)) throw error;
      const { kept } = await getUpload(portal, actor, id);
      return Response.json({ offset: kept }, { status: 409 });
    }
  });
}

/** The body, or null when it is larger than a piece may be: the rest is not read. */
async function readPart(request: Request): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (request.body === null) return new Uint8Array();
  for await (const chunk of Readable.fromWeb(request.body as WebStream<Uint8Array>)) {
    bytes += chunk.length;
    if (bytes > MOST_PART_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
