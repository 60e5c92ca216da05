/**
 * Whether a PDF is paper and nothing else. It is not rewritten: what could act (scripts, programs, forms that send,
 * files inside) is a reason to refuse it, wherever it stands, also inside packed objects.
 */
import { constants, inflateSync } from "node:zlib";
import { Broken } from "./picture.ts";

/** Names (ISO 32000-2) behind which something acts, is hidden, or reaches out. A script's /JS never comes without. */
const ACTIVE = [
  "JavaScript",
  "Launch",
  "EmbeddedFiles?",
  "Filespec",
  "RichMedia\\w*",
  "XFA",
  "SubmitForm",
  "ImportData",
  "GoToE",
  "GoToR",
  "Rendition",
  "Movie",
  "Sound",
].join("|");
/** Opening at a page (a place in brackets) is harmless; anything else on opening is not. */
const ACTIVE_NAME = new RegExp(
  `/(?:${ACTIVE})(?![A-Za-z0-9_.-])|/OpenAction(?![A-Za-z0-9_.-])(?!\\s*\\[)|/AA\\s*(?:<<|\\d+\\s)`,
);
const MOST_UNPACKED = 64 << 20;

/** "active": it could do something. "locked": what it holds cannot be seen. */
export type PdfFault = "active" | "locked";

/**
 * @returns null when there is nothing in it but pages
 * @throws Broken when it is no whole PDF
 */
export function findPdfFault(bytes: Buffer): PdfFault | null {
  // Readers look for the head anywhere in the first kilobyte; a file that is two kinds at once lives from that.
  if (!/^%PDF-[12]\.\d/.test(bytes.subarray(0, 16).toString("latin1"))) throw new Broken("no PDF");
  const text = bytes.toString("latin1");
  if (!/startxref\s+\d+\s+%%EOF\s*$/.test(text.slice(-1024))) throw new Broken("the PDF is cut off, or goes on");
  const named = unescaped(text);
  if (/\/Encrypt(?![A-Za-z])/.test(named)) return "locked";
  if (ACTIVE_NAME.test(named)) return "active";
  return findInPacked(bytes, text);
}

/** A name's letters may be written as #4a. */
function unescaped(text: string): string {
  return text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Objects may stand packed in streams: each is unpacked and looked through; one that cannot be is not let in. */
function findInPacked(bytes: Buffer, text: string): PdfFault | null {
  let unpacked = 0;
  let after = 0;
  for (const found of text.matchAll(/stream\r?\n/g)) {
    if (found.index < after || text.slice(found.index - 3, found.index) === "end") continue;
    const begin = found.index + found[0].length;
    const end = text.indexOf("endstream", begin);
    if (end < 0) throw new Broken("a part of the PDF is cut off");
    // All that stands between two streams: a string with a bracket in it cannot hide where a dictionary begins.
    const before = unescaped(text.slice(after, found.index));
    after = end;
    if (!holdsObjects(before)) continue;
    const objects = unpack(before, bytes.subarray(begin, end));
    if (objects === null) return "locked";
    unpacked += objects.length;
    if (unpacked > MOST_UNPACKED) return "locked";
    if (ACTIVE_NAME.test(unescaped(objects.toString("latin1")))) return "active";
  }
  return null;
}

/** Without these two (ISO 32000-2, 7.5.7) no reader finds an object in a stream, whatever type it claims. */
function holdsObjects(dictionary: string): boolean {
  return /\/ObjStm(?![A-Za-z])/.test(dictionary) || (/\/First\s*\d/.test(dictionary) && /\/N\s*\d/.test(dictionary));
}

function unpack(dictionary: string, packed: Buffer): Buffer | null {
  const filters = [...dictionary.matchAll(/\/(\w+Decode|Crypt)(?![A-Za-z])/g)].map((match) => match[1]);
  if (filters.length === 0) return packed;
  if (filters.some((filter) => filter !== "FlateDecode") || filters.length > 1) return null;
  if (/\/Predictor(?![A-Za-z])/.test(dictionary)) return null;
  try {
    // What of it can be read is looked at, as readers do that mend a file.
    return inflateSync(packed, { maxOutputLength: MOST_UNPACKED, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    // Damaged or too large: what cannot be seen is not let in, which the caller says.
    return null;
  }
}
