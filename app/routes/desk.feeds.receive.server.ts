/** A delivery through the browser: the file flows from the network into the feed and is never whole anywhere. */
import { Readable as NodeReadable, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebStream } from "node:stream/web";
import busboy from "busboy";

/** What became of a form with a file in it. */
export type Received<T> =
  | { readonly kind: "taken"; readonly result: T }
  | { readonly kind: "no-file" }
  /** The form was broken, or the connection was. */
  | { readonly kind: "unreadable" };

/**
 * Reads a multipart form whose text field `log` stands before its file `file`, and hands the file's
 * bytes to `take` as they arrive, no faster than it reads them. What `take` throws is thrown, after
 * the rest of the upload has been read away: a browser that is still sending hears no answer.
 */
export async function receiveFile<T>(
  request: Request,
  take: (log: string, stream: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<Received<T>> {
  const parser = openParser(request);
  if (!parser || !request.body) return { kind: "unreadable" };
  let log = "";
  let taking: Promise<{ result: T } | { error: unknown }> | undefined;
  parser.on("field", (name, value) => {
    if (name === "log") log = value;
  });
  parser.on("file", (_name, file, { filename }) => {
    if (!filename) {
      file.resume();
      return;
    }
    taking = settle(take(log, bytesOf(file)), file);
  });
  const arrived = pipeline(NodeReadable.fromWeb(request.body as WebStream), parser).then(
    () => true,
    () => false,
  );
  const whole = await arrived;
  const taken = await taking;
  if (taken && "error" in taken && whole) throw taken.error;
  if (!whole || (taken && "error" in taken)) return { kind: "unreadable" };
  return taken ? { kind: "taken", result: taken.result } : { kind: "no-file" };
}

function openParser(request: Request) {
  const type = request.headers.get("content-type") ?? "";
  if (!type.startsWith("multipart/form-data")) return null;
  try {
    return busboy({ headers: { "content-type": type }, limits: { files: 1, fields: 10, fieldSize: 1_000, parts: 20 } });
  } catch {
    // busboy throws for a content type without a boundary: the form is broken, which the caller says.
    return null;
  }
}

/** Left open when its reader stops early: a destroyed part would stall the rest of the upload. */
function bytesOf(file: Readable): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => file.iterator({ destroyOnReturn: false }) };
}

async function settle<T>(work: Promise<T>, file: Readable): Promise<{ result: T } | { error: unknown }> {
  try {
    return { result: await work };
  } catch (error) {
    return { error };
  } finally {
    file.resume();
  }
}
