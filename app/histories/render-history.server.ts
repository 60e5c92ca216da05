/**
 * The released document: from the redacted model, and from nothing else, to the bytes of a PDF.
 *
 * The same model gives the same bytes: no clock, no chance. Two histories that differ only in what was
 * withheld are one and the same model, and so one and the same file.
 */
import { drawApart } from "./document/draw-apart.server.ts";
import { drawHistory } from "./document/draw-history.server.ts";
import type { History } from "./history.ts";

export { UnknownGround } from "./document/speak.ts";
export { UndrawableText } from "./document/typefaces.server.ts";

/** A longer answer takes longer to draw than a page of the portal may wait. */
const SHORT = 400;

/**
 * Draws a history as a tagged PDF (PDF 1.7, PDF/UA-1) on US Letter, with room for a signature where `signedAt` is given:
 * the time that the signature will name. A long one is drawn in a thread of its own.
 *
 * Throws UndrawableText when a character has no glyph in the embedded fonts, UnknownGround when a
 * withholding is not explained, ZodError when the model holds anything that it does not allow.
 */
export async function renderHistory(history: History, signedAt: Date | null = null): Promise<Buffer> {
  const length = history.lines.length + history.withheld.length;
  return length <= SHORT ? drawHistory(history, signedAt) : drawApart(history, signedAt);
}
