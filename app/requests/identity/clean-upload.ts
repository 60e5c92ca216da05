/** A file as it came, made into one that can be kept; or refused. Pure. */
import { cleanJpeg } from "./jpeg.ts";
import { findPdfFault } from "./pdf.ts";
import { Broken, fitsTheEye, type Picture } from "./picture.ts";
import { cleanPng } from "./png.ts";
import { type MediaType, MOST_BYTES, type UploadFault } from "./upload.ts";

const EXTENSIONS: Readonly<Record<string, MediaType>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  pdf: "application/pdf",
};

/** A file as it is kept: without what it said of its maker. */
export interface CleanUpload {
  readonly mediaType: MediaType;
  readonly bytes: Buffer;
  readonly turned: number;
}

/**
 * A file as it came, cleaned; or why it is not taken. Its name is looked at for its ending alone, and kept nowhere.
 * The extent of a picture is read from its header before anything is unpacked.
 */
export function cleanUpload(name: string, bytes: Buffer): CleanUpload | { readonly fault: UploadFault } {
  if (bytes.length === 0) return { fault: "uploadEmpty" };
  if (bytes.length > MOST_BYTES) return { fault: "uploadTooLarge" };
  const claimed = EXTENSIONS[/\.([A-Za-z]{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? ""];
  if (claimed === undefined) return { fault: "uploadKind" };
  if (mediaTypeOf(bytes) !== claimed) return { fault: "uploadDisguised" };
  try {
    if (claimed === "application/pdf") return cleanPdf(bytes);
    return cleanPicture(claimed, claimed === "image/png" ? cleanPng(bytes) : cleanJpeg(bytes));
  } catch (error) {
    if (error instanceof Broken) return { fault: "uploadBroken" };
    throw error;
  }
}

/** By its first bytes, and nothing else. */
function mediaTypeOf(bytes: Buffer): MediaType | null {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return "image/jpeg";
  if (bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]))) return "image/png";
  return bytes.subarray(0, 5).toString("latin1") === "%PDF-" ? "application/pdf" : null;
}

function cleanPicture(mediaType: MediaType, picture: Picture): CleanUpload | { fault: UploadFault } {
  if (!fitsTheEye(picture)) return { fault: "uploadTooManyPixels" };
  return { mediaType, bytes: picture.bytes, turned: picture.turned };
}

function cleanPdf(bytes: Buffer): CleanUpload | { fault: UploadFault } {
  const fault = findPdfFault(bytes);
  if (fault !== null) return { fault: fault === "active" ? "uploadActive" : "uploadLocked" };
  return { mediaType: "application/pdf", bytes, turned: 1 };
}
