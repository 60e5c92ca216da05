/** From a parsed model to the bytes of its PDF, in this thread. */
import { createHash } from "node:crypto";
import PDFDocument from "pdfkit";
import { toDbDate } from "#app/platform/time/local-date.ts";
import { type History, historySchema } from "../history.ts";
import { fieldObject, formObject, signatureObject } from "../signature/room.ts";
import { composeHistory, fileTitle } from "./compose.ts";
import { drawBlocks } from "./draw.server.ts";
import { PdfInside } from "./pdfkit-inside.ts";
import { Sheet } from "./sheet.server.ts";
import { Typefaces } from "./typefaces.server.ts";
import { wordsFor } from "./words.ts";

/** Draws a history. Other work of the thread gets its turn in between. Throws as `renderHistory` does. */
export async function drawHistory(history: History, signedAt: Date | null): Promise<Buffer> {
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
    const whole = Buffer.allocUnsafeSlow(this.full.length * BLOCK + this.used);
    let at = 0;
    // Each block is let go once it is copied: a long document must not stand in memory twice.
    for (let block = this.full.shift(); block !== undefined; block = this.full.shift()) {
      whole.set(block, at);
      at += block.length;
    }
    whole.set(this.block.subarray(0, this.used), at);
    return whole;
  }
}
