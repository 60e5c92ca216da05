/** A form with one small file in it, read from the network without ever holding more than the file may have. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebStream } from "node:stream/web";
import busboy from "busboy";

export interface SmallFileForm {
  readonly fields: Readonly<Record<string, string>>;
  /** Null when none was chosen. `isCut`: it was larger than it may be, and its bytes are not kept. */
  readonly file: { readonly name: string; readonly bytes: Buffer; readonly isCut: boolean } | null;
}

const MOST_FIELDS = 10;
const FIELD_BYTES = 1_000;

/**
 * @param fieldBytes what a field of text may have; what is longer is cut there
 * @returns null when the form is broken, or the connection was
 */
export async function receiveSmallFile(
  request: Request,
  mostBytes: number,
  fieldBytes = FIELD_BYTES,
): Promise<SmallFileForm | null> {
  const parser = openParser(request, mostBytes, fieldBytes);
  if (!parser || !request.body) return null;
  const fields = new Map<string, string>();
  let file: SmallFileForm["file"] = null;
  parser.on("field", (name, value) => fields.set(name, value));
  parser.on("file", (_name, stream, { filename }) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("close", () => {
      if (!filename) return;
      const isCut = stream.truncated === true;
      file = { name: filename, bytes: isCut ? Buffer.alloc(0) : Buffer.concat(chunks), isCut };
    });
  });
  const isWhole = await pipeline(Readable.fromWeb(request.body as WebStream), parser).then(
    () => true,
    () => false,
  );
  return isWhole ? { fields: Object.fromEntries(fields), file } : null;
}

function openParser(request: Request, mostBytes: number, fieldSize: number) {
  const type = request.headers.get("content-type") ?? "";
  if (!type.startsWith("multipart/form-data")) return null;
  const limits = { files: 1, fileSize: mostBytes, fields: MOST_FIELDS, fieldSize, parts: MOST_FIELDS + 1 };
  try {
    return busboy({ headers: { "content-type": type }, limits });
  } catch {
    // busboy throws for a content type without a boundary: the form is broken, which the caller says.
    return null;
  }
}
