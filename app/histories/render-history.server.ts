/**
 * The released document: from the redacted model, and from nothing else, to the bytes of a PDF.
 *
 * The same model gives the same bytes: no clock, no chance. Two histories that differ only in what was
 * withheld are one and the same model, and so one and the same file.
 */
import { createHash } from "node:crypto";
import PDFDocument from "pdfkit";
import { toDbDate } from "#app/platform/time/local-date.ts";
import { composeHistory, fileTitle } from "./document/compose.ts";
import { drawBlocks } from "./document/draw.server.ts";
import { PdfInside } from "./document/pdfkit-inside.ts";
import { Sheet } from "./document/sheet.server.ts";
import { Typefaces } from "./document/typefaces.server.ts";
import { wordsFor } from "./document/words.ts";
import { type History, historySchema } from "./history.ts";
import { fieldObject, formObject, signatureObject } from "./signature/room.ts";

export { UnknownGround } from "./document/speak.ts";
export { UndrawableText } from "./document/typefaces.server.ts";

/**
 * Draws a history as a tagged PDF (PDF 1.7, PDF/UA-1) on US Letter, with room for a signature where `signedAt` is given:
 * the time that the signature will name.
 *
 * Throws UndrawableText when a character has no glyph in the embedded fonts, UnknownGround when a
 * withholding is not explained, ZodError when the model holds anything that it does not allow.
 */
export async function renderHistory(history: History, signedAt: Date | null = null): Promise<Buffer> {
  const model = historySchema.parse(history);
  const words = wordsFor(model.locale);
  const document = openDocument(model);
  const bytes = new Bytes();
  const inside = new PdfInside(document, (chunk) => bytes.add(chunk));
  inside.identify(fingerprint(model));
  const sheet = new Sheet(document, inside, {
    runningHead: words.runningHead(model.reference, model.edition),
    demo: model.demo ? words.demoLabel : null,
    footer: words.page,
  });
  await drawBlocks(sheet, composeHistory(model));
  await sheet.end();
  if (signedAt !== null) {
    inside.leaveRoom({ signature: signatureObject(signedAt), field: fieldObject, form: formObject });
  }
  document.end();
  return bytes.whole();
}

/** The file's identifier: of what it says, so that the same answer is the same file. */
function fingerprint(model: History): Buffer {
  const hash = createHash("sha256").update(JSON.stringify({ ...model, lines: [] }));
  for (const line of model.lines) hash.update(JSON.stringify(line));
  return hash.digest().subarray(0, 16);
}

function openDocument(model: History): PDFKit.PDFDocument {
  return new PDFDocument({
    autoFirstPage: false,
    compress: true,
    displayTitle: true,
    font: Typefaces.first,
    info: {
      Title: fileTitle(model),
      Creator: "WhoLooked",
      Producer: "WhoLooked",
      CreationDate: toDbDate(model.answeredOn),
    },
    lang: wordsFor(model.locale).language,
    pdfVersion: "1.7",
    size: "letter",
    subset: "PDF/UA" as "PDF/A-1",
  });
}

const BLOCK = 1 << 20;

/** The file as it grows: a few large blocks instead of a hundred thousand small ones. */
class Bytes {
  private readonly full: Buffer[] = [];
  private block = Buffer.allocUnsafeSlow(BLOCK);
  private used = 0;

  add(chunk: Uint8Array): void {
    let rest = chunk;
    while (rest.length > 0) {
      const taken = rest.subarray(0, BLOCK - this.used);
      this.block.set(taken, this.used);
      this.used += taken.length;
      rest = rest.subarray(taken.length);
      if (this.used < BLOCK) continue;
      this.full.push(this.block);
      this.block = Buffer.allocUnsafeSlow(BLOCK);
      this.used = 0;
    }
  }

  whole(): Buffer {
    return Buffer.concat([...this.full, this.block.subarray(0, this.used)]);
  }
}
